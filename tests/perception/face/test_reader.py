"""FaceReader on real photos and on everything that can be wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.perception.face.drawings import cartoon, smiley

from insideout.perception.affect import Affect, Emotion
from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.expression import Expression
from insideout.perception.face.detecting import Cascade, YuNet
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.libraries import need
from insideout.perception.face.loading import load_picture
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.label_spaces import FER_2013, LabelSpace
from insideout.perception.reading import Reading

pytest.importorskip("cv2")
Image = pytest.importorskip("PIL.Image")


HAPPY = Expression(probabilities={"happy": 0.9, "sad": 0.1})


@dataclass
class Told:
    """A recogniser that is told what to say, and keeps what it was asked."""

    said: Expression = field(
        default_factory=lambda: Expression(probabilities={"happy": 0.9, "sad": 0.1})
    )
    name: str = "told"
    space: LabelSpace = FER_2013
    asked: list[int] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        """The same for each face."""
        self.asked.append(len(faces))
        self.pictures.append(picture)
        return [self.said] * len(faces)


class Words:
    """Cues that are always the same."""

    def cues(self, picture: Picture, face: DetectedFace) -> tuple[str, ...]:
        """Two cues."""
        del picture, face
        return ("brows lowered (AU4)", "lips pressed (AU24)")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def reader(yunet: Path, told: Told) -> FaceReader:
    return FaceReader(detector=YuNet(yunet), recogniser=told)


@pytest.fixture
def happy(photos: Path) -> Picture:
    return load_picture(photos / "faceapi_happy.jpg")


def test_a_photo_is_read(reader: FaceReader, photos: Path) -> None:
    reading = reader.read(photos / "faceapi_happy.jpg")
    assert (reading.abstained, reading.model, reading.space) == (None, "told", "fer_2013")
    assert reading.emotions[Emotion.JOY] == 0.9
    assert (reading.confidence, reading.cues) == (0.9, ("looks happy",))
    assert reading.affect == FER_2013.affect({"happy": 0.9, "sad": 0.1})


def test_every_kind_of_source_is_read_alike(reader: FaceReader, photos: Path) -> None:
    path = photos / "faceapi_sad.jpg"
    sources: list[Any] = [path, str(path), path.read_bytes(), Image.open(path), load_picture(path)]
    found = [reader.observe(source) for source in sources]
    assert len({one.faces[0].face.box for one in found}) == 1


def test_a_frame_is_not_copied(reader: FaceReader, told: Told, happy: Picture) -> None:
    reader.read(happy)
    assert told.pictures[0] is happy


def test_the_size_and_time_of_the_picture_are_kept(reader: FaceReader, happy: Picture) -> None:
    found = reader.observe(happy, at_secs=4.5)
    assert (found.width, found.height) == (happy.shape[1], happy.shape[0])
    assert (found.reading.start_secs, found.reading.end_secs) == (4.5, 4.5)


def test_valence_and_arousal_of_the_model_come_first(yunet: Path, happy: Picture) -> None:
    affect = Affect(valence=0.3, arousal=-0.3)
    told = Told(Expression(probabilities={"happy": 1.0}, affect=affect))
    assert FaceReader(detector=YuNet(yunet), recogniser=told).read(happy).affect == affect


def test_a_model_of_affect_alone_gives_no_emotions(yunet: Path, happy: Picture) -> None:
    told = Told(Expression(affect=Affect(valence=0.3, arousal=-0.3)))
    reading = FaceReader(detector=YuNet(yunet), recogniser=told).read(happy)
    assert (reading.abstained, reading.emotions, reading.cues) == (None, {}, ())


def test_cues_of_what_is_seen_replace_those_of_the_recogniser(
    yunet: Path, told: Told, happy: Picture
) -> None:
    reader = FaceReader(detector=YuNet(yunet), recogniser=told, cues=Words())
    assert reader.read(happy).cues == ("brows lowered (AU4)", "lips pressed (AU24)")


def test_of_a_group_the_largest_face_is_read(reader: FaceReader, told: Told, photos: Path) -> None:
    found = reader.observe(photos / "pyfeat_multi_face.jpg")
    assert told.asked == [1]
    assert found.reading is found.faces[0].reading
    assert [one.reading.abstained for one in found.faces[1:]] == [
        "only the largest face was asked for"
    ] * 4


def test_all_faces_are_read_in_one_batch(yunet: Path, told: Told, photos: Path) -> None:
    reader = FaceReader(detector=YuNet(yunet), recogniser=told, all_faces=True)
    found = reader.observe(photos / "pyfeat_multi_face.jpg")
    assert told.asked == [5]
    assert all(one.reading.abstained is None for one in found.faces)


def test_faces_found_elsewhere_are_read_too(reader: FaceReader, happy: Picture) -> None:
    faces = reader.detector.detect(happy)
    assert reader.seen(happy, faces)[0].reading.abstained is None
    assert reader.seen(happy, []) == ()


def _abstains(reader: FaceReader, source: Any, told: Told) -> str:
    reading: Reading = reader.read(source)
    assert told.asked == []  # nobody is asked about a face that cannot be read
    assert (reading.emotions, reading.confidence, reading.affect) == ({}, 0.0, None)
    return str(reading.abstained)


def test_no_face_is_no_guess(reader: FaceReader, told: Told) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (240, 320, 3), dtype=np.uint8)
    for picture in (noise, np.zeros((240, 320, 3), dtype=np.uint8)):
        assert _abstains(reader, picture, told) == "no face is to be seen"


def test_half_a_face_is_no_guess(reader: FaceReader, told: Told, happy: Picture) -> None:
    face = reader.detector.detect(happy)[0]
    half = np.ascontiguousarray(happy[: round(face.box.top + 0.5 * face.box.height)])
    assert _abstains(reader, half, told) in (
        "no face is to be seen",
        "too much of the face is covered or out of the picture",
    )


def test_a_face_of_twenty_pixels_is_no_guess(
    reader: FaceReader, told: Told, happy: Picture
) -> None:
    cv: Any = need("cv2")
    share = 18.0 / reader.detector.detect(happy)[0].box.width
    small = cv.resize(happy, None, fx=share, fy=share, interpolation=cv.INTER_AREA)
    page = np.full((240, 320, 3), 128, dtype=np.uint8)
    page[50 : 50 + small.shape[0], 50 : 50 + small.shape[1]] = small
    said = _abstains(reader, page, told)
    assert said.startswith("the face is too small") or said == "no face is to be seen"


@pytest.mark.parametrize("draw", [smiley, cartoon])
def test_cartoons_are_no_guess(reader: FaceReader, told: Told, draw: Any) -> None:
    assert _abstains(reader, draw(), told) in (
        "no face is to be seen",
        "the face looks drawn; only photographed faces are read",
    )


def test_a_blurred_face_is_no_guess(reader: FaceReader, told: Told, happy: Picture) -> None:
    width = reader.detector.detect(happy)[0].box.width
    blurred = need("cv2").GaussianBlur(happy, (0, 0), 0.07 * width)
    assert _abstains(reader, blurred, told) == "the face is too blurred"


def test_a_grey_photo_is_read(reader: FaceReader, happy: Picture) -> None:
    assert reader.read(happy.mean(axis=2).astype(np.uint8)).abstained is None


def test_a_sixteen_bit_photo_is_read(reader: FaceReader, happy: Picture) -> None:
    assert reader.read(happy.astype(np.uint16) * 257).abstained is None


@pytest.mark.parametrize("mode", ["CMYK", "RGBA", "L"])
def test_photos_of_other_modes_are_read(reader: FaceReader, happy: Picture, mode: str) -> None:
    assert reader.read(Image.fromarray(happy).convert(mode)).abstained is None


def test_a_photo_turned_by_its_exif_is_read(reader: FaceReader, happy: Picture) -> None:
    exif, file = Image.Exif(), BytesIO()
    exif[0x0112] = 6
    lying = Image.fromarray(happy).transpose(Image.Transpose.ROTATE_90)
    lying.save(file, "JPEG", exif=exif, quality=95)
    assert reader.read(file.getvalue()).abstained is None


def test_a_truncated_photo_is_an_error(reader: FaceReader, photos: Path) -> None:
    data = (photos / "faceapi_happy.jpg").read_bytes()
    with pytest.raises(BadSignalError, match="is damaged or breaks off"):
        reader.read(data[: len(data) // 2])


def test_reasons_are_given_in_russian(yunet: Path, told: Told) -> None:
    reader = FaceReader(detector=YuNet(yunet), recogniser=told, language="ru")
    assert reader.read(np.zeros((99, 99, 3), dtype=np.uint8)).abstained == "лица не видно"


def test_an_unknown_language_lists_the_known(told: Told) -> None:
    with pytest.raises(PerceptionError, match="Known: en, ru"):
        FaceReader(detector=Cascade(), recogniser=told, language="de")


def test_the_lesser_detector_is_remarked_upon(told: Told) -> None:
    reader = FaceReader(detector=Cascade("no network"), recogniser=told)
    assert reader.remarks == ("no network",)
    assert FaceReader(detector=Cascade(), recogniser=told).remarks == ()


def test_the_cascade_reads_a_photo_too(told: Told, photos: Path) -> None:
    reader = FaceReader(detector=Cascade(), recogniser=told)
    assert reader.read(photos / "faceapi_happy.jpg").abstained is None


def test_a_real_model_tells_a_smile_from_anger(yunet: Path, shared: Path, photos: Path) -> None:
    model = shared / "models" / "fer_xception" / "fer2013_big_xception_54_64.onnx"
    reader = FaceReader(detector=YuNet(yunet), recogniser=face_recogniser(str(model)))
    tops = [reader.read(photos / f"faceapi_{name}.jpg").top()[0][0] for name in ("happy", "angry")]
    assert tops == ["happy", "angry"]
