"""Photos of faces as JSON objects."""

from typing import Any

from insideout.perception.face.face import FaceObservation, FaceQuality, SeenFace


def observation_json(observation: FaceObservation, *, all_faces: bool = False) -> dict[str, Any]:
    """The picture's size and its faces; all of them, or the one that was read."""
    faces = observation.faces if all_faces else observation.faces[:1]
    return {
        "width": observation.width,
        "height": observation.height,
        "faces": [seen_json(seen) for seen in faces],
    }


def seen_json(seen: SeenFace) -> dict[str, Any]:
    """Where one face is, how well it is seen, what it says."""
    box = seen.face.box
    return {
        "box": {
            "left": round(box.left, 1),
            "top": round(box.top, 1),
            "width": round(box.width, 1),
            "height": round(box.height, 1),
        },
        "score": round(seen.face.score, 4),
        "quality": quality_json(seen.quality),
        "reading": seen.reading.to_json(),
    }


def quality_json(quality: FaceQuality) -> dict[str, float]:
    """Each part, and the weakest as `overall`."""
    names = ("size", "sharpness", "light", "pose", "uncovered", "overall")
    return {name: round(float(getattr(quality, name)), 4) for name in names}
