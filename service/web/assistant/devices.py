"""Devices: camera and microphone, and what the guest agreed to."""

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

import gradio as gr

from insideout.perception.policy import Consent, refusal
from insideout.perception.reading import Modality
from insideout.service.web.assistant.desk import CAMERA, MICROPHONE, Desk, live_of, read_by
from insideout.service.web.assistant.room import Room
from insideout.service.web.assistant.texts import ASSISTANT_TEXTS
from insideout.service.web.guests import Guest
from insideout.service.web.header import Notice
from insideout.service.web.live.starting import begin
from insideout.service.web.shown import Shown, nothing

NOTICE = "assistant-1"
"""Version of the words in which consent is asked for; another when their sense changes."""

# How often the panel follows the camera, and how often a tab shows that it is still there.
_WATCH_SECS, ALIVE_SECS = 2.0, 15.0


class Devices:
    """The handlers of devices and of consent."""

    def __init__(self, room: Room) -> None:
        self.room, self.parts = room, room.parts

    def switch(self, guest: Guest, device: str) -> Shown:
        """On where it is off, off where it is on; consent is asked for first."""
        desk = self.room.desk(guest)
        if device not in (CAMERA, MICROPHONE):
            return nothing()
        if device in desk.on:
            desk.on.discard(device)
            return self._ordered(guest)
        why = self._refused(guest, device)
        if why is not None:
            return self.room.say(why, Notice.WRONG)
        if not self._agreed(guest, device):
            desk.asked = device
            return self._panel(guest)
        desk.on.add(device)
        return self._ordered(guest)

    def all_off(self, guest: Guest) -> Shown:
        """Both off; what was agreed to stays agreed to."""
        self.room.desk(guest).on.clear()
        return self._ordered(guest)

    def off(self) -> Shown:
        """Off in a browser whose guest is gone."""
        return {self.parts.order: _order("", Desk()), self.parts.consent: gr.Column(visible=False)}

    def lost(self, guest: Guest, device: str, reason: str) -> Shown:
        """The browser does not give the device, or it vanished; the reasons are those of live.js."""
        whys = ASSISTANT_TEXTS[guest.language].lost_device.get(device)
        if whys is None:
            return nothing()
        self.room.desk(guest).on.discard(device)
        why = whys.get(reason, whys["missing"])
        return {**self._ordered(guest), **self.room.say(why, Notice.WRONG)}

    def resumed(self, guest: Guest) -> Shown:
        """After the tab was loaded again: off until they are switched on, since the browser let go."""
        self.room.desk(guest).on.clear()
        return {self.parts.consent: gr.Column(visible=False)}

    def translated(self, guest: Guest) -> Shown:
        """The panel in the guest's language; the measurement goes on and speaks it too."""
        return {self.parts.consent_head: _head(guest.language), **self._offers(guest)}

    def ask(self, token: str) -> Shown:
        """The panel, with what was agreed to so far."""
        guest = self.room.guest(token)
        return nothing() if guest is None else self._panel(guest)

    def agree(self, token: str, ticked: Sequence[str]) -> Shown:
        """Consent to what is ticked, to nothing else; then the device goes on for which it was asked."""
        guest = self.room.guest(token)
        if guest is None:
            return nothing()
        texts, desk = ASSISTANT_TEXTS[guest.language], self.room.desk(guest)
        offered = self._offered(guest)
        chosen = [modality for modality in offered if modality.value in ticked]
        if not chosen and guest.consent is None:
            return self.room.say(texts.pick_one, Notice.WRONG)
        if not chosen:
            return {**self.withdrawn(guest), **self.room.say(texts.taken_back)}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._begin(guest, Consent.to(chosen, now, NOTICE))
        wanted = {*desk.on, *([desk.asked] if desk.asked else [])}
        desk.on = {device for device in wanted if self._agreed(guest, device)}
        desk.asked = None
        closed = {self.parts.consent: gr.Column(visible=False)}
        return {**closed, **self._ordered(guest), **self.room.say(texts.agreed)}

    def decline(self, token: str) -> Shown:
        """Nothing changes."""
        guest = self.room.guest(token)
        if guest is not None:
            self.room.desk(guest).asked = None
        return {self.parts.consent: gr.Column(visible=False), self.parts.hint: ""}

    def withdrawn(self, guest: Guest) -> Shown:
        """Nothing is agreed to any longer, and nothing of what was measured is left."""
        desk = self.room.desk(guest)
        desk.on.clear()
        desk.asked = desk.rest = None
        if guest.live is not None:
            guest.live.close()
        if guest.consent is not None and guest.visit.exchanges:
            taken_back = Consent.to((), datetime.now(UTC).isoformat(timespec="seconds"), NOTICE)
            self.room.assistant.sessions.set_consent(guest.visit.session, taken_back)
        guest.live, guest.consent = None, None
        return {self.parts.consent: gr.Column(visible=False), **self._ordered(guest)}

    def keep_consent(self, guest: Guest) -> None:
        """Keep with the conversation what was agreed to, where that has changed."""
        sessions, session = self.room.assistant.sessions, guest.visit.session
        if guest.consent is not None and sessions.consent(session) != guest.consent:
            sessions.set_consent(session, guest.consent)

    def _begin(self, guest: Guest, consent: Consent) -> None:
        begin(guest, consent, self.room.site.settings)
        desk = self.room.desk(guest)
        desk.told_secs, desk.begun = 0.0, desk.begun + 1

    def _refused(self, guest: Guest, device: str) -> str | None:
        """Why the policy does not let the device on; a microphone may write down words."""
        modality = Modality.FACE if device == CAMERA else Modality.TEXT
        return refusal(modality, guest.language)

    def _agreed(self, guest: Guest, device: str) -> bool:
        consent = guest.consent
        live = live_of(guest) is not None
        return (
            live and consent is not None and bool(consent.modalities.intersection(read_by(device)))
        )

    def _offered(self, guest: Guest) -> list[Modality]:
        """What may be agreed to: a camera is for feelings, a microphone for words as well."""
        offers = ASSISTANT_TEXTS[guest.language].consent_offers
        camera = refusal(Modality.FACE) is None
        return [modality for modality in offers if camera or modality is Modality.VOICE]

    def _panel(self, guest: Guest) -> Shown:
        return {
            self.parts.consent: gr.Column(visible=True),
            self.parts.consent_head: _head(guest.language),
            **self._offers(guest),
            self.parts.order: _order(guest.token, self.room.desk(guest), show="#consent"),
        }

    def _offers(self, guest: Guest) -> Shown:
        texts = ASSISTANT_TEXTS[guest.language]
        offered = self._offered(guest)
        agreed = guest.consent.modalities if guest.consent is not None else ()
        offers: Any = gr.CheckboxGroup(
            [(texts.consent_offers[modality], modality.value) for modality in offered],
            value=[modality.value for modality in offered if modality in agreed],
            label=texts.consent_asked,
        )
        return {self.parts.agreed_to: offers}

    def _ordered(self, guest: Guest) -> Shown:
        """What the browser is to open, and how often the panel follows."""
        desk = self.room.desk(guest)
        often = _WATCH_SECS if CAMERA in desk.on else ALIVE_SECS
        return {
            self.parts.order: _order(guest.token, desk),
            self.parts.pulse: gr.Timer(often),
            **self.room.seen(guest),
        }


def _order(token: str, desk: Desk, show: str = "") -> str:
    """For the page's script; no two are equal, so that each is obeyed."""
    on = {device: device in desk.on for device in (CAMERA, MICROPHONE)}
    more = {"show": show, "begun": desk.begun, "n": time.monotonic_ns()}
    return json.dumps({"token": token, **on, **more})


def _head(language: str) -> str:
    texts = ASSISTANT_TEXTS[language]
    return (
        f'<h2 tabindex="-1">{escape(texts.consent_title)}</h2><p>{escape(texts.consent_intro)}</p>'
    )
