"""FER-2013, AffectNet and ABAW from the file to the report, with a recogniser of brightness."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.eval.face_samples import BrightnessRecogniser
from tests.perception.face.datasets.layouts import (
    abaw_faces,
    fer_face,
    write_abaw,
    write_affectnet_folder,
    write_affectnet_list,
    write_fer_csv,
    write_fer_folder,
    write_fer_zip,
)

from insideout.eval import face_running
from insideout.eval.errors import DataSetError, RunError
from insideout.eval.face_fer import fer_2013
from insideout.eval.face_running import Asked, folder_of
from insideout.eval.face_sets import abaw_frames, affectnet
from insideout.perception.affect import Affect, Emotion
from insideout.perception.errors import BadSignalError
from insideout.perception.label_spaces import AFFECTNET, FER_2013

pytest.importorskip("sklearn")
pytest.importorskip("PIL")

PUBLIC = [(label, f"PublicTest_{i}", fer_face(label)) for i, label in enumerate(FER_2013.labels)]
TRAIN = [("happy", "Training_1", fer_face("happy")), ("sad", "Training_2", fer_face("sad", 1))]
MODELS = {
    "right": BrightnessRecogniser(),
    "sadless": BrightnessRecogniser(wrong=[Emotion.SADNESS]),
    "eight": BrightnessRecogniser(AFFECTNET, affect=Affect(valence=0.5, arousal=0.25)),
}


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face_running, "face_recogniser", MODELS.__getitem__)


def _track(what: str, total: int) -> Callable[[int], None]:
    return lambda done: None


def _asked(model: str = "right", against: str | None = None, out: Path | None = None) -> Asked:
    return Asked(model=model, against=against, out=out, track=_track)


@pytest.mark.parametrize("model", ["right", "eight"])
def test_a_recogniser_that_is_right_has_everything(tmp_path: Path, model: str) -> None:
    found = fer_2013(write_fer_folder(tmp_path, PUBLIC)).run(_asked(model))
    assert found["metrics"]["top1"] == 1.0
    assert found["metrics"]["macro_f1"] == 1.0
    assert found["interval95"]["top1"] == [1.0, 1.0]
    assert (found["n"], found["split"]) == (7, "public")


def test_a_label_that_is_taken_for_another_shows(tmp_path: Path) -> None:
    found = fer_2013(write_fer_folder(tmp_path, PUBLIC)).run(_asked("sadless"))
    sad, happy = FER_2013.labels.index("sad"), FER_2013.labels.index("happy")
    assert found["metrics"]["top1"] == pytest.approx(6 / 7, abs=1e-4)
    assert found["metrics"]["recall_sad"] == 0.0
    assert found["labels"]["confusion"][sad][happy] == 1


def test_the_test_images_are_taken_where_training_images_are_there_too(tmp_path: Path) -> None:
    rows = [(label, name.partition("_")[0], image) for label, name, image in PUBLIC + TRAIN]
    task = fer_2013(write_fer_csv(tmp_path / "fer2013.csv", rows))
    assert (len(task.items), task.split) == (7, "public")
    assert task.doubles == {"within": 0, "under_another_label": 0, "in_training": 1}


def test_doubles_are_looked_for_in_train_zip_beside_the_data_and_left_out(tmp_path: Path) -> None:
    write_fer_zip(tmp_path / "train.zip", TRAIN)
    found = fer_2013(write_fer_zip(tmp_path / "test.zip", PUBLIC)).run(_asked("sadless"))
    assert found["doubles"]["in_training"] == 1
    assert found["metrics"]["top1_without_doubles"] == pytest.approx(5 / 6, abs=1e-4)
    assert found["n_parts"] == {"top1_without_doubles": 6}


def test_training_images_elsewhere_can_be_named(tmp_path: Path) -> None:
    train = write_fer_folder(tmp_path / "elsewhere", TRAIN)
    test = write_fer_zip(tmp_path / "test.zip", PUBLIC)
    assert fer_2013(test, train=train).doubles["in_training"] == 1
    assert fer_2013(test).doubles["in_training"] is None


def test_figures_on_training_images_are_marked(tmp_path: Path) -> None:
    found = fer_2013(write_fer_folder(tmp_path, TRAIN)).run(_asked())
    assert found["split"] == "train"
    assert "TRAINING" in found["protocol"]


def test_a_split_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match="no images of the private split; what it has is train"):
        fer_2013(write_fer_folder(tmp_path, TRAIN), "private")


def test_two_models_are_compared_over_the_same_images(tmp_path: Path) -> None:
    found = fer_2013(write_fer_folder(tmp_path, PUBLIC)).run(_asked("right", "sadless"))
    other = found["against"]
    assert (other["only_this"], other["only_other"], other["mcnemar_p"]) == (1, 0, 1.0)
    assert other["difference"] == pytest.approx(1 / 7, abs=1e-4)


def test_kept_answers_are_not_asked_again(tmp_path: Path) -> None:
    task = fer_2013(write_fer_folder(tmp_path / "fer", PUBLIC))
    first = task.run(_asked(out=tmp_path / "run"))
    before = MODELS["right"].asked
    assert task.run(_asked(out=tmp_path / "run"))["metrics"] == first["metrics"]
    assert MODELS["right"].asked == before


def test_answers_of_another_model_file_of_that_name_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_running, "face_recogniser", lambda name: MODELS["right"])
    task = fer_2013(write_fer_folder(tmp_path / "fer", PUBLIC))
    model = tmp_path / "model.onnx"
    for content in (b"one", b"two"):
        model.write_bytes(content)
        asked = _asked(str(model), out=tmp_path / "run")
        if content == b"one":
            task.run(asked)
    with pytest.raises(RunError, match="holds another run: its model"):
        task.run(asked)


def test_the_folder_of_a_model_is_named_by_its_file() -> None:
    assert folder_of("/a/b/mini.onnx+emotiefflib:enet") == "mini.onnx+emotiefflib-enet"


ROWS = [(1, 0.8, 0.2), (2, -0.6, -0.3), (7, -0.2, 0.1), (0, 0.1, 0.0)]


def test_affectnet_is_read_in_the_box_and_cut(tmp_path: Path) -> None:
    for path in (
        write_affectnet_list(tmp_path / "list", ROWS),
        write_affectnet_folder(tmp_path / "cut", ROWS),
    ):
        found = affectnet(_asked("eight"), path)
        assert found["metrics"]["top1"] == 1.0
        assert found["metrics"]["top1_without_contempt"] == 1.0
        assert (found["n"], found["n_rated"]) == (4, 4)


def test_a_model_without_contempt_is_wrong_about_it(tmp_path: Path) -> None:
    MODELS["right"].wrong = (Emotion.CONTEMPT,)
    found = affectnet(_asked("right"), write_affectnet_folder(tmp_path / "cut", ROWS))
    MODELS["right"].wrong = ()
    assert found["metrics"]["recall_contempt"] == 0.0
    assert found["metrics"]["top1_without_contempt"] == 1.0


def test_valence_follows_from_the_labels_where_a_model_does_not_give_it(tmp_path: Path) -> None:
    path = write_affectnet_folder(tmp_path / "cut", ROWS[:2])
    assert affectnet(_asked("right"), path)["metrics"]["valence_ccc"] > 0.5
    assert affectnet(_asked("eight"), path)["metrics"]["valence_ccc"] == 0.0


def test_a_picture_that_cannot_be_read_is_counted_as_failed(tmp_path: Path) -> None:
    path = write_affectnet_folder(tmp_path / "cut", ROWS)
    (path / "images" / "0.png").write_bytes(b"")
    found = affectnet(_asked("eight"), path)
    assert found["failed"] == 1
    assert found["metrics"]["recall_happiness"] == 0.0
    assert found["labels"]["confusion"][AFFECTNET.labels.index("happiness")][-1] == 1


EXPRESSIONS = "Neutral,Anger,Disgust,Fear,Happiness,Sadness,Surprise,Other"


def test_abaw_expressions_with_and_without_other(tmp_path: Path) -> None:
    faces = abaw_faces("neutral", "happiness", "sadness")
    places = write_abaw(tmp_path, {"v1": ["0", "4", "7", "-1"], "v2": ["0"]}, EXPRESSIONS, faces)
    found = abaw_frames(_asked(), *places)
    assert (found["n"], found["films"], found["left_out"]) == (4, 2, 1)
    assert found["metrics"]["top1"] == 0.75
    assert found["metrics"]["top1_without_other"] == 1.0
    assert found["metrics"]["recall_other"] == 0.0


def test_a_frame_without_a_picture_is_wrong_and_told(tmp_path: Path) -> None:
    places = write_abaw(tmp_path, {"v1": ["0", "4"]}, EXPRESSIONS, abaw_faces("neutral"))
    found = abaw_frames(_asked(), *places)
    assert found["metrics"]["top1"] == 0.5
    assert any("no picture of the face" in reason for reason in found["unanswered"])


def test_abaw_ratings_alone_have_no_labels(tmp_path: Path) -> None:
    lines = ["0.8,0.5", "-0.7,-0.4", "-5,-5"]
    places = write_abaw(
        tmp_path, {"v1": lines}, "valence,arousal", abaw_faces("happiness", "sadness", "neutral")
    )
    found = abaw_frames(_asked("right", "sadless"), *places)
    assert found["metrics"]["mean_ccc"] > 0.8
    assert "top1" not in found["metrics"]
    assert "labels" not in found
    assert found["against"]["difference"] > 0.0


def test_wrong_data_are_told_before_a_model_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="there is nothing at"):
        affectnet(_asked("nobody"), tmp_path / "nowhere")
