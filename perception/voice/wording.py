"""How a voice sounds, in a person's words, in English and Russian."""

from collections.abc import Iterable, Mapping

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.voice.baseline import SpeakerBaseline
from insideout.perception.voice.changes import Change, changes, stands_out
from insideout.perception.voice.sound import Prosody

LANGUAGES = ("en", "ru")

Cue = tuple[float, str]  # how striking, and the words

# Said together, as "quieter and slower than before", in this order.
_TOGETHER = ("loudness_db", "rate_per_sec")
_RANGE = "pitch_range_semitones"

# What is said of a figure that is (lower, higher) than this person's usual; empty where it is not told.
_COMPARED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "loudness_db": ("quieter", "louder"),
        "rate_per_sec": ("slower", "faster"),
        "pitch_hz": ("lower voice", "higher voice"),
        "pitch_range_semitones": ("flatter pitch", "livelier pitch"),
        "pause_share": ("fewer pauses", "more pauses"),
        "hnr_db": ("rougher voice", ""),
        "jitter": ("", "less steady voice"),
    },
    "ru": {
        "loudness_db": ("тише", "громче"),
        "rate_per_sec": ("медленнее", "быстрее"),
        "pitch_hz": ("голос ниже", "голос выше"),
        "pitch_range_semitones": ("тон ровнее", "тон живее"),
        "pause_share": ("меньше пауз", "больше пауз"),
        "hnr_db": ("голос грубее", ""),
        "jitter": ("", "голос менее твёрдый"),
    },
}

# What is said of a figure that is (low, high) among people.
_PLAIN: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "rate_per_sec": ("slow speech", "fast speech"),
        "pitch_hz": ("low voice", "high voice"),
        "pitch_range_semitones": ("flat pitch", "lively pitch"),
        "pause_share": ("", "many pauses"),
    },
    "ru": {
        "rate_per_sec": ("говорит медленно", "говорит быстро"),
        "pitch_hz": ("низкий голос", "высокий голос"),
        "pitch_range_semitones": ("ровный тон", "живая интонация"),
        "pause_share": ("", "много пауз"),
    },
}

_SAYS: Mapping[str, Mapping[str, str]] = {
    "en": {"than": "{what} than before", "much": "much {what}", "and": "{one} and {other}"},
    "ru": {"than": "{what}, чем раньше", "much": "намного {what}", "and": "{one} и {other}"},
}


def prosody_cues(
    prosody: Prosody, baseline: SpeakerBaseline | None = None, language: str = "en"
) -> tuple[str, ...]:
    """How the voice sounds, the most striking first; empty where nothing stands out.

    Against the person's own baseline where that is ready, else against norms. Raises PerceptionError
    for another language than English and Russian.

    >>> prosody_cues(prosody, baseline, "en")
    ('quieter and slower than before', 'flat pitch')
    """
    if language not in LANGUAGES:
        raise PerceptionError(unknown_name("language", language, LANGUAGES))
    if baseline is None or not baseline.ready:
        return _ordered(_plain_cues(stands_out(prosody), language))
    return _ordered(_compared_cues(changes(prosody, baseline), prosody, language))


def _ordered(cues: Iterable[Cue]) -> tuple[str, ...]:
    """The words, the most striking first."""
    return tuple(words for _, words in sorted(cues, key=lambda cue: -cue[0]))


def _plain_cues(found: Iterable[Change], language: str) -> Iterable[Cue]:
    for change in found:
        yield abs(change.by), _PLAIN[language][change.figure.name][change.by > 0.0]


def _compared_cues(found: Iterable[Change], prosody: Prosody, language: str) -> Iterable[Cue]:
    """Loudness and rate in one; a pitch range that is flat or lively anyway is called just that."""
    than = _SAYS[language]["than"]
    by_name = {change.figure.name: change for change in found}
    together = [by_name.pop(name) for name in _TOGETHER if name in by_name]
    if together:
        strength = max(abs(change.by) for change in together)
        yield strength, than.format(what=_joined(together, language))
    for name, change in by_name.items():
        if name == _RANGE and change.figure.beyond(prosody) * change.by > 0.0:
            yield abs(change.by), _PLAIN[language][name][change.by > 0.0]
        else:
            yield abs(change.by), than.format(what=_bare(change, language))


def _joined(together: list[Change], language: str) -> str:
    """One "much" stands for all that follow it, so what is not much comes first."""
    says = _SAYS[language]
    mild = [_bare(change, language) for change in together if not change.much]
    strong = [_bare(change, language) for change in together if change.much]
    if strong:
        strong[0] = says["much"].format(what=strong[0])
    words = [*mild, *strong]
    return words[0] if len(words) == 1 else says["and"].format(one=words[0], other=words[1])


def _bare(change: Change, language: str) -> str:
    return _COMPARED[language][change.figure.name][change.by > 0.0]
