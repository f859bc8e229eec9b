"""Every word of the lab, by language."""

from collections.abc import Mapping

from insideout.service.web.lab.english import ENGLISH
from insideout.service.web.lab.russian import RUSSIAN
from insideout.service.web.lab.wordlist import Texts

TEXTS: Mapping[str, Texts] = {"en": ENGLISH, "ru": RUSSIAN}
