"""How two voices at once are said, in English and Russian."""

from collections.abc import Iterable, Mapping

from insideout.perception.voice.sound import HeardUtterance

CUES: Mapping[str, str] = {"en": "two voices at once", "ru": "два голоса сразу"}

_REMARKS: Mapping[str, str] = {
    "en": "two people may be speaking at once ({times} s); they are read as one voice",
    "ru": "возможно, говорят двое сразу ({times} с); прочитано как один голос",
}
_NAMED = 3  # stretches; more are not listed


def remark(heard: Iterable[HeardUtterance], language: str) -> str | None:
    """What is to be said of the utterances that have the cue; None where none has."""
    stretches = [u.stretch for u in heard if CUES[language] in u.reading.cues]
    if not stretches:
        return None
    times = [f"{s.start_secs:.0f}-{s.end_secs:.0f}" for s in stretches[:_NAMED]]
    more = ["…"] if len(stretches) > _NAMED else []
    return _REMARKS[language].format(times=", ".join([*times, *more]))
