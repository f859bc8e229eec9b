"""Every word of the kiosk, in English and Russian."""

from collections.abc import Mapping

from insideout.service.web.kiosk.english import ENGLISH
from insideout.service.web.kiosk.russian import RUSSIAN
from insideout.service.web.kiosk.wording import KioskTexts

KIOSK_TEXTS: Mapping[str, KioskTexts] = {"en": ENGLISH, "ru": RUSSIAN}
