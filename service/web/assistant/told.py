"""Told: what the script of the page notices, handed on to who deals with it."""

from typing import Any

import gradio as gr

from insideout.service.web.assistant.devices import Devices
from insideout.service.web.assistant.files import Files
from insideout.service.web.assistant.room import Room
from insideout.service.web.shown import Shown, nothing

_MOST_CHARS = 200  # of a name that a browser gives


class Told:
    """One handler for all of it, since a script has one wire to the server."""

    def __init__(self, room: Room, devices: Devices, files: Files) -> None:
        self.room, self.devices, self.files = room, devices, files

    def take(self, token: str, event: gr.EventData) -> Shown:
        """event: {"what": "switch" | "off" | "lost" | "take" | "rest" | "large", …}; else nothing."""
        guest = self.room.guest(token)
        data: Any = event._data
        if guest is None or not isinstance(data, dict):
            return nothing()
        given = {key: str(value)[:_MOST_CHARS] for key, value in data.items()}
        device, name = given.get("device", ""), given.get("name", "")
        match given.get("what"):
            case "switch":
                return self.devices.switch(guest, device)
            case "off":
                return self.devices.all_off(guest)
            case "lost":
                return self.devices.lost(guest, device, given.get("reason", ""))
            case "take":
                return self.files.take_away(guest, name)
            case "rest":
                return self.files.as_rest(guest, name)
            case "large":
                return self.files.too_large(guest, name, given.get("megabytes", ""))
        return nothing()
