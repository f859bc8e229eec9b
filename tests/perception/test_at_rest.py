"""How people in general are at rest, as a file."""

from pathlib import Path

import pytest

from insideout.perception.at_rest import WEIGHTS, AtRest, load, others_at_rest, save
from insideout.perception.errors import WeightsError
from insideout.perception.face.embedded import embedded_recogniser
from insideout.perception.reading import Modality
from insideout.perception.voice.embedded import load_embedded
from insideout.perception.weights import checksums, sha256

SAID = {"some-model": AtRest(logs={"sad": -1.5, "neutral": -0.5}, n=7, of="people")}


def test_the_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    save(SAID, tmp_path / "rest.json")
    assert load(tmp_path / "rest.json") == SAID


@pytest.mark.parametrize("text", ["{", '{"format": 2, "models": {}}', '{"format": 1}', "[]"])
def test_another_file_says_how_to_make_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "rest.json").write_text(text)
    with pytest.raises(WeightsError, match="insideout train rest"):
        load(tmp_path / "rest.json")


def test_the_embedded_recognisers_are_known() -> None:
    face = others_at_rest(Modality.FACE, embedded_recogniser().name)
    voice = others_at_rest(Modality.VOICE, load_embedded().name)
    assert face is not None
    assert voice is not None
    assert max(face, key=lambda label: face[label]) == "neutral"
    assert max(voice, key=lambda label: voice[label]) == "neutral"


def test_another_recogniser_is_not_known() -> None:
    assert others_at_rest(Modality.FACE, "somebody's") is None


@pytest.mark.parametrize("modality", list(WEIGHTS))
def test_the_shipped_file_is_the_one_that_was_measured(modality: Modality) -> None:
    path = WEIGHTS[modality].shipped
    assert checksums(path.parent)[path.name] == sha256(path)
