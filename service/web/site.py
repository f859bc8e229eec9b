"""Site: what all pages of the web app share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from insideout.agents.insideout import InsideOut
from insideout.perception.errors import unknown_name
from insideout.service.errors import SettingError
from insideout.service.settings import Settings
from insideout.service.web.guests import Guests

# By name, where each page is.
ADDRESSES: Mapping[str, str] = {
    "kiosk": "/kiosk",
    "assistant": "/assistant",
    "lab": "/lab",
    "operator": "/operator",
}
_GRACE_SECS = 30.0  # the page itself counts down and says good-bye before the server does


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """assistant: answers on every page. settings: of the program. guests: who is there.

    Raises SettingError for a page that there is none of.
    """

    assistant: InsideOut
    settings: Settings = field(default_factory=Settings)
    guests: Guests = field(default_factory=Guests)

    def __post_init__(self) -> None:
        for name in self.settings.pages:
            if name not in ADDRESSES:
                raise SettingError(f"pages: {unknown_name('page', name, ADDRESSES)}")
        if not self.settings.pages:
            raise SettingError(f"pages: none is named; there are {', '.join(ADDRESSES)}")

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of the pages served, as the settings order them; the operator's needs a password."""
        named = tuple(name for name in self.settings.pages if name != "operator")
        return (*named, "operator") if self.settings.operator_password else named

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of each page."""
        return tuple(ADDRESSES[name] for name in self.pages)

    @property
    def longest_idle_secs(self) -> float:
        """After which a guest without a sign of life is let go by the server."""
        return self.settings.kiosk_idle_secs + _GRACE_SECS
