from pathlib import Path

import numpy as np
import pytest
from tests.perception.face.small_models import small_model

from insideout.perception.errors import WeightsError
from insideout.perception.face.card import CardCrop, CardInput, CardOutput, ModelCard
from insideout.perception.face.card_model import CardModel
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.onnx_recogniser import OnnxRecogniser

pytest.importorskip("cv2")

CARD = ModelCard(
    name="small",
    space="fer_2013",
    labels=("happy", "sad", "neutral"),
    input=CardInput(size=16, mean=(100.0, 0.0, 0.0)),
    output=CardOutput(valence=3, arousal=4),
)
RED, GREEN, BLUE = (np.full((20, 20, 3), colour, dtype=np.uint8) for colour in np.eye(3) * 200)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Red less 100 makes happy, green sad, blue neutral; valence 0.5, arousal beyond 1."""
    weights = [[1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0, 0.0]]
    return small_model(
        tmp_path / "small.onnx", outputs=5, size=16, weights=weights, bias=[0, 0, 0, 0.5, 9.0]
    )


def _top(recogniser: OnnxRecogniser, *faces: Picture) -> list[str]:
    found = recogniser.recognise_cut(faces)
    return [max(one.probabilities, key=lambda label: one.probabilities[label]) for one in found]


def test_faces_are_named_in_their_order(file: Path) -> None:
    assert _top(OnnxRecogniser(file, CARD), BLUE, RED, GREEN) == ["neutral", "happy", "sad"]


def test_colours_come_in_the_order_of_the_card(file: Path) -> None:
    card = CARD.model_copy(update={"input": CardInput(size=16, colour="bgr")})
    assert _top(OnnxRecogniser(file, card), BLUE, RED) == ["happy", "neutral"]


def test_probabilities_sum_to_one_and_affect_stays_in_range(file: Path) -> None:
    one = OnnxRecogniser(file, CARD).recognise_cut([RED])[0]
    assert sum(one.probabilities.values()) == pytest.approx(1.0)
    assert one.affect is not None
    assert (one.affect.valence, one.affect.arousal) == (0.5, 1.0)


def test_many_faces_run_in_batches(file: Path) -> None:
    found = OnnxRecogniser(file, CARD).recognise_cut([RED, GREEN] * 50)
    assert len(found) == 100
    assert found[98] == found[0]


def test_no_faces_give_no_answers(file: Path) -> None:
    assert OnnxRecogniser(file, CARD).recognise_cut([]) == []


def test_a_model_of_one_picture_at_a_time_is_run_so(tmp_path: Path) -> None:
    file = small_model(tmp_path / "one.onnx", outputs=5, size=16, one_by_one=True)
    assert len(OnnxRecogniser(file, CARD).recognise_cut([RED, GREEN])) == 2


def test_faces_are_cut_from_their_picture(
    file: Path, scene: Picture, middle_face: DetectedFace
) -> None:
    assert len(OnnxRecogniser(file, CARD).recognise(scene, [middle_face] * 2)) == 2


def test_a_dim_face_is_brought_to_light(file: Path, middle_face: DetectedFace) -> None:
    noise = np.random.default_rng(0).integers(10, 20, (160, 200, 3), dtype=np.uint8)
    assert np.ptp(CardModel(file, CARD).cut(noise, [middle_face])[0]) > 100


def test_temperature_softens(file: Path) -> None:
    soft = CARD.model_copy(update={"output": CardOutput(temperature=50.0)})
    sharp, softer = (OnnxRecogniser(file, card).recognise_cut([RED])[0] for card in (CARD, soft))
    assert softer.probabilities["happy"] < sharp.probabilities["happy"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"input": CardInput(size=16, layout="nhwc")}, "cannot be run as its card says"),
        ({"labels": ("happy", "sad", "neutral", "fear", "angry", "disgust")}, r"expects \(1, 6\)"),
        ({"labels": ("happy", "joyous")}, "labels that fer_2013 does not know: joyous"),
        ({"space": None}, "an emotion model needs one of"),
        ({"output": CardOutput(gives="values")}, "gives values"),
        ({"crop": CardCrop(), "space": "fer2013"}, "label space 'fer2013'"),
    ],
)
def test_a_card_that_does_not_fit_is_told_of(
    file: Path, change: dict[str, object], message: str
) -> None:
    with pytest.raises(WeightsError, match=message):
        OnnxRecogniser(file, CARD.model_copy(update=change))


@pytest.mark.parametrize("suffix", [".onnx", ".tflite"])
def test_a_file_that_is_no_model_is_told_of(tmp_path: Path, suffix: str) -> None:
    if suffix == ".tflite":
        pytest.importorskip("ai_edge_litert")
    broken = tmp_path / f"broken{suffix}"
    broken.write_bytes(b"no model")
    with pytest.raises(WeightsError, match="model"):
        OnnxRecogniser(broken, CARD)


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="there is no model"):
        OnnxRecogniser(tmp_path / "none.onnx", CARD)


def test_models_of_others_are_known_by_their_checksum(shared: Path) -> None:
    folder = shared / "models"
    names = [
        OnnxRecogniser(folder / path).name
        for path in (
            "fer_xception/fer2013_mini_xception_119_48.onnx",
            "hsemotion_mobilenet7/mobilenet_7.onnx",
        )
    ]
    assert names == ["mini-xception-48", "hsemotion-mobilenet-7"]


def test_a_tflite_model_is_run(shared: Path) -> None:
    pytest.importorskip("ai_edge_litert")
    recogniser = OnnxRecogniser(shared / "models" / "fer_cyanora" / "emotion_model.tflite")
    assert len(recogniser.recognise_cut([RED, GREEN, BLUE])) == 3
