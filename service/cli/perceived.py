"""What a reader of files is asked, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from insideout.perception.reading import Reading

Show = Callable[[Console], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of `perceive` that belong to files, cameras and microphones; None or False where
    they were not given.

    profile: the name of the person's profile. secs: after how long a camera or a microphone is switched
    off. json_: a live door prints one JSON object a line.
    """

    rate: float | None = None
    kind: str | None = None
    column: str | None = None
    baseline: Path | None = None
    plot: Path | None = None
    pulse: bool = False
    annotate: Path | None = None
    all_faces: bool = False
    face_model: str | None = None
    face_cues: bool = False
    age_gender: Path | None = None
    transcribe: bool = False
    voice_model: str | None = None
    out: Path | None = None
    profile: str | None = None
    camera: str | None = None
    secs: float | None = None
    language: str = "en"
    json_: bool = False

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the options that were given, without the language and the shape of the output."""
        return tuple(
            f"--{name.replace('_', '-')}"
            for name in self.__slots__
            if name not in ("language", "json_") and getattr(self, name) not in (None, False)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Perceived:
    """One file: its Reading, what stands beside it in the JSON, and how that is shown to people.

    section: under which name of the JSON object `details` are listed. more: further Readings of the same
    file, such as that of the words in it.
    """

    reading: Reading
    section: str
    more: tuple[Reading, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    show: Show = lambda _: None
