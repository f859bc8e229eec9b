"""The words that the pages share, by language, and which language a browser asks for."""

from collections.abc import Mapping

from insideout.service.web.english import ENGLISH
from insideout.service.web.russian import RUSSIAN
from insideout.service.web.wordlist import Texts

__all__ = ["TEXTS", "Texts", "preferred"]

TEXTS: Mapping[str, Texts] = {"en": ENGLISH, "ru": RUSSIAN}


def preferred(accept_language: str) -> str:
    """The page's language for a browser's Accept-Language header; English where it names neither.

    >>> preferred("fr-FR,ru;q=0.8,en;q=0.5")
    'ru'
    """
    wanted = (part.strip()[:2].lower() for part in accept_language.split(","))
    return next((language for language in wanted if language in TEXTS), "en")
