"""Room: what the handlers of the assistant's page share, and how a guest's conversation is drawn."""

from insideout.agents.insideout import InsideOut
from insideout.service.web.assistant.choices import Choices
from insideout.service.web.assistant.desk import CAMERA, Desk, live_of
from insideout.service.web.assistant.parts import Parts
from insideout.service.web.assistant.tools import chips
from insideout.service.web.conversation import messages
from insideout.service.web.guests import Guest
from insideout.service.web.header import Notice, hint
from insideout.service.web.shown import Shown
from insideout.service.web.site import Site
from insideout.service.web.talk import leave
from insideout.service.web.turns import Turns
from insideout.service.web.views import facts_view, state_view
from insideout.service.web.voices import voices_view

PAGE = "assistant"


class Room:
    """The guests of the page by the token that their browser shows, and the desk of each."""

    def __init__(self, site: Site, parts: Parts) -> None:
        self.site, self.parts = site, parts
        self.assistant = site.assistant
        self.choices = Choices(site.assistant, site.settings)
        self.turns = Turns()
        self._desks: dict[str, Desk] = {}
        site.guests.on_leave.append(self._left)

    def guest(self, token: str) -> Guest | None:
        """Who that is; None where they were let go, or never were at this page."""
        guest = self.site.guests.find(token)
        return guest if guest is not None and guest.page == PAGE else None

    def welcome(self, language: str) -> Guest:
        """Somebody new."""
        return self.site.guests.welcome(PAGE, language)

    def desk(self, guest: Guest) -> Desk:
        """What lies beside their next message."""
        return self._desks.setdefault(guest.token, Desk())

    def model(self, guest: Guest) -> str:
        """The spec of the model that answers them."""
        return self.desk(guest).model or self.choices.own

    def mind(self, guest: Guest) -> InsideOut:
        """The assistant with that model; raises InsideOutError where it cannot be had."""
        return self.choices[self.model(guest)]

    def paint(self, guest: Guest) -> Shown:
        """All that depends on the conversation."""
        parts, visit, language = self.parts, guest.visit, guest.language
        team = [agent.name for agent in self.assistant.setup.team]
        return {
            parts.chat: messages(visit, language),
            **self.seen(guest),
            parts.voices: voices_view(visit.last, team, language),
            parts.facts: facts_view(visit, self.model(guest), language),
            parts.chips: chips(self.desk(guest), language),
        }

    def seen(self, guest: Guest) -> Shown:
        """How the person seems; by the camera as well while it is on and no turn is under way."""
        live = live_of(guest) if CAMERA in self.desk(guest).on else None
        idle = live is not None and not self.turns.running(guest.visit.session)
        now = live.state() if live is not None and idle else None
        return {self.parts.state: state_view(guest.visit, guest.language, now)}

    def say(self, text: str, notice: Notice = Notice.WELL) -> Shown:
        """A line under the message box."""
        return {self.parts.hint: hint(text, notice)}

    def _left(self, guest: Guest) -> None:
        if guest.page != PAGE:
            return
        desk = self._desks.pop(guest.token, None)
        if desk is not None:
            desk.cleared()
        leave(self.assistant, guest.visit)
