import sys

import pytest

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.libraries import folder_of, need


def test_a_missing_library_names_the_extra_that_brings_it() -> None:
    with pytest.raises(PerceptionError, match=r'pip install "insideout-emotions\[voice\]"'):
        need("no_such_library")
    with pytest.raises(PerceptionError, match=r"\[rough-asr\]"):
        folder_of("no_such_library", "rough-asr")


def test_a_missing_system_library_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    class Deaf:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Deaf(), *sys.meta_path])
    with pytest.raises(PerceptionError, match="apt-get install libportaudio2"):
        need("sounddevice")


def test_a_package_is_found_without_importing_it() -> None:
    assert (folder_of("faster_whisper") / "assets").is_dir()
