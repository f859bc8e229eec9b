import sys

import pytest

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError, UnknownLabelError
from insideout.perception.label_spaces import BROAD_FOUR, RAVDESS
from insideout.perception.voice.hf_labels import (
    CARD_LABELS,
    is_dimensional,
    named_labels,
    plain_label,
    space_of,
)
from insideout.perception.voice.transformers_recogniser import transformers_recogniser


@pytest.mark.parametrize(
    ("found", "plain"), [("ang", "angry"), (" Happy ", "happy"), ("NEU", "neutral"), ("xyz", "xyz")]
)
def test_a_label_is_written_out(found: str, plain: str) -> None:
    assert plain_label(found) == plain


def test_the_labels_of_a_known_data_set_are_its_space() -> None:
    assert space_of(("neu", "hap", "ang", "sad"), "hf:any") is BROAD_FOUR
    assert space_of(reversed(RAVDESS.labels), "hf:any") is RAVDESS


def test_other_labels_make_a_space_of_the_model() -> None:
    space = space_of(("neutral", "angry", "positive", "sad", "other"), "hf:dusha")
    assert space.name == "hf:dusha"
    assert space.labels == ("neutral", "angry", "positive", "sad")
    assert space.canonical["positive"] is Emotion.JOY


def test_labels_that_mean_nothing_are_named() -> None:
    with pytest.raises(UnknownLabelError, match=r"label 0, label 1; .*id2label"):
        space_of(("LABEL_0", "LABEL_1"), "hf:any")


def test_dimensions_are_told_from_labels() -> None:
    assert is_dimensional(("arousal", "dominance", "valence"))
    assert is_dimensional(("Valence", "Arousal"))
    assert not is_dimensional(("arousal", "angry", "valence"))


@pytest.mark.parametrize("model", CARD_LABELS)
def test_a_card_names_the_labels_that_files_leave_out(model: str) -> None:
    files = [f"LABEL_{place}" for place in range(len(CARD_LABELS[model]))]
    assert named_labels(files, model) == CARD_LABELS[model]
    assert named_labels(["ang", "hap", "neu", "sad", "x"], model)[:2] == ("angry", "happy")
    assert space_of(CARD_LABELS[model], model).labels


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(PerceptionError, match=r"insideout-emotions\[local\]"):
        transformers_recogniser("any/model")


def test_a_temperature_of_zero_is_refused() -> None:
    with pytest.raises(PerceptionError, match="expected a number over 0"):
        transformers_recogniser("any/model", temperature=0.0)
