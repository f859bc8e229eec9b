"""What several files make together in `perceive --json`, and the note under it."""

import pytest

from insideout.perception.fusion import fuse
from insideout.perception.heart.signal import NOTES
from insideout.service.cli.joined import CUES, caution, joined_json


def test_files_stand_in_the_section_they_belong_to() -> None:
    state = fuse([])
    files = [("face", {"file": "a"}), ("heart", {"file": "b"}), ("face", {"file": "c"})]
    assert joined_json(state, files) == {
        "state": state.to_json(),
        "face": [{"file": "a"}, {"file": "c"}],
        "heart": [{"file": "b"}],
        "note": f"{NOTES['en']}; {CUES['en']}",
    }


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("section", ["heart", "film_pulse"])
def test_hearts_alone_are_no_diagnosis(section: str, language: str) -> None:
    assert caution([section], language) == NOTES[language]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("section", ["face", "film", "voice"])
def test_faces_and_voices_alone_are_no_facts(section: str, language: str) -> None:
    assert caution([section], language) == CUES[language]
