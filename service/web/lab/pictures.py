"""Pictures for the page, made and kept in memory: shrunk, the faces marked, as data URIs."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from insideout.perception.face.drawing import draw
from insideout.perception.face.face import FaceBox, Picture, SeenFace
from insideout.perception.face.libraries import need

_QUALITY = 82  # of the JPEG


def marked(picture: Picture, faces: Sequence[SeenFace], language: str, most: int) -> str:
    """The picture as a JPEG's data URI, its longer side at most `most` pixels, the faces drawn in."""
    cv: Any = need("cv2")
    scale = min(1.0, most / max(picture.shape[:2]))
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    small = cv.resize(picture, size, interpolation=cv.INTER_AREA) if scale < 1.0 else picture
    return data_uri(draw(small, [_scaled(seen, scale) for seen in faces], language))


def _scaled(seen: SeenFace, scale: float) -> SeenFace:
    box = seen.face.box
    smaller = FaceBox(
        left=box.left * scale,
        top=box.top * scale,
        width=box.width * scale,
        height=box.height * scale,
    )
    return replace(seen, face=replace(seen.face, box=smaller))


def data_uri(picture: Picture) -> str:
    """RGB as a JPEG that a page can hold."""
    kept = BytesIO()
    need("PIL.Image").fromarray(picture).save(kept, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(kept.getvalue()).decode()}"
