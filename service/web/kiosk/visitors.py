"""Visitors: the steps that a guest of the kiosk takes, and what is wiped as they go."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing

from insideout.perception.errors import InsideOutError
from insideout.perception.reading import EmotionState, Modality
from insideout.service.web.guests import Guest, Step
from insideout.service.web.kiosk.asking import (
    before,
    consent_to,
    is_measured,
    opens_camera,
    opens_microphone,
)
from insideout.service.web.live.live import Live
from insideout.service.web.live.starting import begin
from insideout.service.web.site import Site
from insideout.service.web.talk import forget, talk
from insideout.service.web.turns import Turns
from insideout.service.web.visit import Visit

log = logging.getLogger(__name__)
PAGE = "kiosk"


class Visitors:
    """The kiosk's guests. Each step is taken from one other alone, so that a second click is idle."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._turns = Turns()
        self._loop: asyncio.AbstractEventLoop | None = None
        site.guests.on_leave.append(self._wipe)

    def find(self, token: str | None) -> Guest | None:
        """The visitor of that token; being asked for is a sign of life."""
        guest = self._site.guests.find(token)
        return guest if guest is not None and guest.page == PAGE else None

    def is_here(self, token: str | None) -> bool:
        """Whether the visitor has not left, without taking the question for a sign of life."""
        return any(guest.token == token for guest in self._site.guests.present)

    def arrive(self, language: str) -> Guest:
        """A new visitor, who is asked for consent."""
        guest = self._site.guests.welcome(PAGE, language)
        guest.step = Step.CONSENT
        return guest

    def agree(self, guest: Guest, modalities: Iterable[Modality]) -> bool:
        """Keep what they agreed to and go on; whether that was still to be answered."""
        if guest.step is not Step.CONSENT:
            return False
        consent = consent_to(modalities, guest.language)
        self._site.assistant.sessions.set_consent(guest.visit.session, consent)
        guest.consent = consent
        guest.step = Step.MEASURE if is_measured(consent) else Step.TALK
        return True

    def needs(self, guest: Guest) -> bool:
        """Whether camera or microphone have yet to be made ready for them."""
        agreed = opens_camera(guest.consent) or opens_microphone(guest.consent)
        return agreed and guest.live is None

    async def prepare(self, guest: Guest) -> None:
        """Have their camera and microphone ready to be read, where they agreed to any.

        Raises InsideOutError where that cannot be; the talk can be had without.
        """
        if guest.consent is None or not self.needs(guest):
            return
        await asyncio.to_thread(begin, guest, guest.consent, self._site.settings)
        if not self.is_here(guest.token):  # they left meanwhile
            _close(guest)

    def onward(self, guest: Guest, step: Step) -> bool:
        """From that step to the next one; whether they still stood there."""
        if guest.step is not step or step not in (Step.MEASURE, Step.TALK):
            return False
        guest.step = Step.TALK if step is Step.MEASURE else Step.RESULT
        return True

    async def back(self, guest: Guest) -> None:
        """One step back; before the consent there is nothing but the door."""
        await self.stop(guest)
        guest.step = before(guest.step, guest.consent)
        if guest.step is Step.CONSENT:
            _close(guest)  # they may want to answer otherwise
        elif guest.step is Step.WELCOME:
            self._site.guests.leave(guest.token)

    async def leave(self, token: str | None) -> None:
        """Good-bye: nothing of theirs is left but a result that they saved."""
        guest = self.find(token)
        if guest is not None:
            await self.stop(guest)
            self._site.guests.leave(token)

    def talks(self, guest: Guest) -> bool:
        """Whether a turn of theirs is under way."""
        return self._turns.running(guest.visit.session)

    async def say(self, guest: Guest, text: str) -> AsyncGenerator[Visit, None]:
        """One turn; the guest keeps what becomes of it, whether or not a page reads along."""
        self._loop = asyncio.get_running_loop()
        async with aclosing(
            self._turns.run(guest.visit.session, self._kept(guest, text))
        ) as course:
            async for visit in course:
                yield visit

    async def _kept(self, guest: Guest, text: str) -> AsyncGenerator[Visit, None]:
        setup, earlier = self._site.assistant.setup, guest.visit
        state, aside = await asyncio.to_thread(_noticed, guest)
        course = talk(
            self._site.assistant, earlier, text, setup.mode.value, setup.language, state, aside
        )
        try:
            async with aclosing(course):
                async for visit in course:
                    guest.visit = visit
                    yield visit
        except asyncio.CancelledError:
            guest.visit = guest.visit.stopped()
            raise
        except Exception:
            guest.visit = earlier
            raise

    async def stop(self, guest: Guest) -> None:
        """Cut their turn short; what was said of it stays."""
        await self._turns.cut(guest.visit.session)

    def _wipe(self, guest: Guest) -> None:
        """Everything of a visitor who left, however they did: called from any thread."""
        if guest.page != PAGE:
            return
        loop = self._loop
        if loop is not None and self.talks(guest) and not loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._end(guest), loop)
        else:
            self._forget(guest)

    async def _end(self, guest: Guest) -> None:
        await self.stop(guest)
        await asyncio.to_thread(self._forget, guest)

    def _forget(self, guest: Guest) -> None:
        try:
            forget(self._site.assistant, guest.visit)
        except InsideOutError:
            log.exception("a visit could not be deleted")


def _close(guest: Guest) -> None:
    if guest.live is not None:
        guest.live.close()
        guest.live = None


def _noticed(guest: Guest) -> tuple[EmotionState | None, str]:
    """What was seen and heard since the turn before, and how the words were said."""
    if not isinstance(guest.live, Live):
        return None, ""
    return guest.live.state(), guest.live.aside()
