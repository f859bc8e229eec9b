"""Where a guest's measurement begins."""

from insideout.perception.policy import Consent
from insideout.service.settings import Settings
from insideout.service.web.guests import Guest
from insideout.service.web.live.live import Live


def begin(guest: Guest, consent: Consent, settings: Settings) -> Live:
    """A measurement of what the guest agreed to, in the place of an earlier one."""
    if guest.live is not None:
        guest.live.close()
    live = Live(consent, lambda: guest.language, settings.kiosk_measure_secs)
    guest.consent, guest.live = consent, live
    return live
