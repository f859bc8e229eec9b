"""Which reader of the lab looks at which file, in a thread that can be watched and stopped."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from insideout.agents.errors import BadInputError
from insideout.perception.errors import InsideOutError
from insideout.perception.face.film import Watch
from insideout.service.cli.file_kinds import FILM, HEART, PICTURE, SOUND, FileKind, imported
from insideout.service.cli.perceived import Asked
from insideout.service.web.lab.look import Look
from insideout.service.web.lab.texts import TEXTS
from insideout.service.web.lab.uploads import kind_of, taken, to_read

log = logging.getLogger(__name__)

LookAt = Callable[[Path, str, Asked, Watch], tuple[Look, ...]]

_MODULES: Mapping[str, str] = {
    PICTURE.name: "insideout.service.web.lab.photo",
    FILM.name: "insideout.service.web.lab.film",
    SOUND.name: "insideout.service.web.lab.sound",
    HEART.name: "insideout.service.web.lab.heart",
}


# What readers tell people to give, which is a field of the page here.
_OPTIONS = ("--rate", "--kind", "--column")


class Stopped(Exception):  # noqa: N818 - it is no error, the person asked for it
    """The reading was stopped half-way."""


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a reading is. name: of the file. share: of it, None where its length is unknown."""

    name: str = ""
    share: float | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Let the reading end as soon as it looks up."""
        self._stop.set()

    def watch(self, secs: float, total: float | None) -> None:
        """Told by a reader; raises Stopped where the person wants it."""
        if self._stop.is_set():
            raise Stopped
        self.share = min(1.0, secs / total) if total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What came of a drop: what was read, and what could not be, in the language of the page."""

    looks: tuple[Look, ...] = ()
    faults: tuple[str, ...] = ()
    stopped: bool = False


def open_all(uploads: Sequence[str], folder: Path, asked: Asked, progress: Progress) -> Opened:
    """Read everything that was dropped together; a file that cannot be read does not spoil the rest."""
    texts = TEXTS[asked.language]
    looks: list[Look] = []
    faults: list[str] = []
    try:
        with taken(uploads, folder, texts) as paths:
            for path in to_read(paths):
                progress.name, progress.share = path.name, None
                try:
                    looks += _look_at(path, asked, progress)
                except InsideOutError as error:
                    faults.append(_told(error, path, asked.language))
                except Stopped:
                    return Opened(looks=tuple(looks), faults=tuple(faults), stopped=True)
                except Exception:
                    log.exception("a reader of the lab broke down")
                    faults.append(texts.broke.format(name=path.name))
    except BadInputError as error:
        faults.append(str(error))
    return Opened(looks=tuple(looks), faults=tuple(faults))


def _look_at(path: Path, asked: Asked, progress: Progress) -> tuple[Look, ...]:
    kind = kind_of(path, TEXTS[asked.language])
    look: LookAt = imported(_MODULES[kind.name], kind.name, kind.extra).look
    return look(path, path.name, _meant_for(kind, asked), progress.watch)


def _meant_for(kind: FileKind, asked: Asked) -> Asked:
    """The options without the ones that are for other kinds of files."""
    given = {name: getattr(asked, name) for name in asked.__slots__}
    for option in asked.given:
        if option not in kind.takes:
            given[option.removeprefix("--").replace("-", "_")] = None
    return Asked(**given)


def _told(error: InsideOutError, path: Path, language: str) -> str:
    """The reader's reason under the name that the person knows the file by."""
    texts = TEXTS[language]
    why = str(error).replace(str(path), path.name).replace(f"{path.parent}/", "")
    if isinstance(error, BadInputError):  # the page's own, in its language
        return why
    why = why if path.name in why else f"{path.name}: {why}"
    said = texts.unread.format(why=why)
    return f"{said}. {texts.where_options}" if any(o in why for o in _OPTIONS) else said
