"""Files: what a guest drops on the page, read and gone."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from insideout.perception.errors import InsideOutError
from insideout.service.web.assistant.attaching import Attached, Progress, TakenAwayError, attach
from insideout.service.web.assistant.desk import Waiting
from insideout.service.web.assistant.room import Room
from insideout.service.web.assistant.texts import ASSISTANT_TEXTS
from insideout.service.web.assistant.tools import chips
from insideout.service.web.assistant.uploads import MOST_MEGABYTES, UploadError, taken_over
from insideout.service.web.guests import Guest
from insideout.service.web.header import Notice
from insideout.service.web.shown import Shown, nothing

_DRAW_SECS = 0.4


class Files:
    """The handlers of files."""

    def __init__(self, room: Room) -> None:
        self.room, self.parts = room, room.parts

    async def add(
        self, sent: Sequence[str] | None, token: str, ui: str, text: str
    ) -> AsyncGenerator[Shown, None]:
        """Read what was sent, one after another; the words of a recording come into an empty box."""
        guest = self.room.guest(token)
        texts = ASSISTANT_TEXTS[guest.language if guest else ui]
        try:
            with taken_over(sent or [], texts) as paths:
                if guest is None:
                    yield nothing()
                    return
                async for shown in self._read_all(paths, guest, text):
                    yield shown
        except UploadError as error:
            yield self.room.say(str(error), Notice.WRONG)

    async def _read_all(
        self, paths: Sequence[Path], guest: Guest, text: str
    ) -> AsyncGenerator[Shown, None]:
        desk = self.room.desk(guest)
        queue = [(path, Waiting(name=path.name)) for path in paths]
        desk.waiting += [waiting for _, waiting in queue]
        heard: list[Attached] = []
        faults: list[str] = []
        try:
            for path, waiting in queue:
                async for _ in self._progress(path, waiting, guest, heard, faults):
                    yield self._drawn(guest)
                desk.waiting.remove(waiting)
        finally:
            desk.waiting = [one for one in desk.waiting if all(one is not w for _, w in queue)]
        yield {**self._drawn(guest), **self._told(guest, heard, faults, text)}

    async def _progress(
        self, path: Path, waiting: Waiting, guest: Guest, heard: list[Attached], faults: list[str]
    ) -> AsyncGenerator[None, None]:
        """Reads one file; a sign now and then, for the page to be drawn."""
        task = asyncio.create_task(
            asyncio.to_thread(
                attach, path, guest.language, _watch(waiting), self.room.desk(guest).rest
            )
        )
        while not task.done():
            yield
            await asyncio.wait([task], timeout=_DRAW_SECS)
        try:
            found = task.result()
        except TakenAwayError:
            return
        except InsideOutError as error:
            faults.append(str(error))
            return
        if not waiting.taken_away:
            self.room.desk(guest).attached.append(found)
            heard.append(found)

    def _drawn(self, guest: Guest) -> Shown:
        return {self.parts.chips: chips(self.room.desk(guest), guest.language)}

    def _told(
        self, guest: Guest, heard: Sequence[Attached], faults: Sequence[str], text: str
    ) -> Shown:
        """The words that were spoken in the files, into the box where nothing stands there yet."""
        texts = ASSISTANT_TEXTS[guest.language]
        if faults:
            return self.room.say(" ".join(faults), Notice.WRONG)
        spoken = next((one for one in heard if one.words), None)
        if spoken is None or text.strip():
            return {self.parts.hint: ""}
        said = texts.words_rough if spoken.rough else texts.words_found
        return {
            self.parts.box: spoken.words,
            **self.room.say(said.format(name=spoken.name)),
        }

    def take_away(self, guest: Guest, name: str) -> Shown:
        """Without that file; its reading is broken off."""
        self.room.desk(guest).take_away(name)
        return self._drawn(guest)

    def as_rest(self, guest: Guest, name: str) -> Shown:
        """Later recordings of the heart are compared with that one, which goes with no message."""
        desk = self.room.desk(guest)
        beats = next((one.beats for one in desk.attached if one.name == name), None)
        if beats is None:
            return nothing()
        desk.rest = beats
        desk.take_away(name)
        said = ASSISTANT_TEXTS[guest.language].rest_kept.format(name=name)
        return {**self._drawn(guest), **self.room.say(said)}

    def too_large(self, guest: Guest, name: str, megabytes: str) -> Shown:
        """The browser did not send it."""
        texts = ASSISTANT_TEXTS[guest.language]
        said = texts.too_large.format(name=name, found=megabytes, limit=MOST_MEGABYTES)
        return self.room.say(said, Notice.WRONG)


def _watch(waiting: Waiting) -> Progress:
    def told(secs: float, total: float | None) -> None:
        if waiting.taken_away:
            raise TakenAwayError(waiting.name)
        waiting.done = min(1.0, secs / total) if total else None

    return told
