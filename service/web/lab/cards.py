"""One Reading as a card: probabilities, valence and arousal, confidence, quality, cues; or why not."""

from html import escape

from insideout.perception.affect import Affect, Emotion
from insideout.perception.describe import label_words
from insideout.perception.reading import Modality, Reading
from insideout.perception.words import MODALITIES
from insideout.service.web.lab.bars import bars, colour, meter
from insideout.service.web.lab.charts import clock
from insideout.service.web.lab.texts import TEXTS
from insideout.service.web.wording import affect_words

_FINE = 8  # labels of a reader's own space


def reading_card(reading: Reading, language: str) -> str:
    """What one modality says, or why it says nothing."""
    texts = TEXTS[language]
    head = (
        f'<div class="l-card-head"><h4>{escape(MODALITIES[language][reading.modality])}</h4>'
        f"<small>{escape(_origin(reading))}</small></div>"
    )
    if reading.abstained is not None:
        body = f'<p class="l-silent">{escape(texts.not_read.format(why=reading.abstained))}</p>'
        meters = meter(texts.quality, reading.quality)
        return f'<article class="l-card">{head}{body}<ul class="l-meters">{meters}</ul></article>'
    return (
        f'<article class="l-card">{head}<div class="l-look-bars">{_fine(reading, language)}'
        f"{_canonical(reading, language)}</div>{_figures(reading, language)}"
        f"{_cues(reading, language)}</article>"
    )


def _origin(reading: Reading) -> str:
    """Which model, over which stretch."""
    if reading.end_secs <= reading.start_secs:
        return reading.model
    return f"{reading.model} · {clock(reading.start_secs)}–{clock(reading.end_secs)}"


def _fine(reading: Reading, language: str) -> str:
    """The reader's own labels, where these are others than the canonical ones."""
    own = set(reading.probabilities) - {emotion.value for emotion in Emotion}
    if not own:
        return ""
    title = TEXTS[language].fine.format(n=len(reading.probabilities))
    rows = (
        (colour(label, reading.space), label_words(label, language), share)
        for label, share in reading.top(_FINE)
    )
    return f"<div><h5>{escape(title)}</h5>{bars(rows)}</div>"


def _canonical(reading: Reading, language: str) -> str:
    if not reading.emotions or _one_to_one(reading):
        return ""
    shares = sorted(reading.emotions.items(), key=lambda item: -item[1])
    rows = ((e.value, label_words(e.value, language), share) for e, share in shares)
    return f"<div><h5>{escape(TEXTS[language].canonical)}</h5>{bars(rows)}</div>"


def _one_to_one(reading: Reading) -> bool:
    """Whether the reader's own labels, shown beside these, are the canonical ones by other names."""
    if not set(reading.probabilities) - {emotion.value for emotion in Emotion}:
        return False
    named = [colour(label, reading.space) for label in reading.probabilities]
    return len(set(named)) == len(named) > 0 and not set(named) - {e.value for e in Emotion}


def _figures(reading: Reading, language: str) -> str:
    texts = TEXTS[language]
    affect = "" if reading.affect is None else affect_line(reading.affect, language)
    meters = meter(texts.confidence, reading.confidence) + meter(texts.quality, reading.quality)
    return f'{affect}<ul class="l-meters">{meters}</ul>'


def affect_line(affect: Affect, language: str) -> str:
    """Valence and arousal in figures and in words."""
    texts = TEXTS[language]
    valence, arousal = affect_words(affect, language)
    return (
        f'<p class="l-affect">{escape(texts.valence)} <b>{affect.valence:+.2f}</b> '
        f"<small>{escape(valence)}</small> · {escape(texts.arousal)} <b>{affect.arousal:+.2f}</b> "
        f"<small>{escape(arousal)}</small></p>"
    )


def _cues(reading: Reading, language: str) -> str:
    if not reading.cues:
        return ""
    quoted = "„{}“" if language == "ru" else "“{}”"
    words = reading.modality is Modality.TEXT
    cues = "".join(f"<q>{escape(quoted.format(cue) if words else cue)}</q>" for cue in reading.cues)
    return f'<p class="l-cues"><span>{escape(TEXTS[language].cues)}</span>{cues}</p>'
