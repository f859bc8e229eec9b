"""Content: a result as it is shown and saved, every figure already in words.

The screen, the PDF, the picture and the JSON are all made from it, so that no two of them can differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from insideout.agents.crisis import CrisisKind
from insideout.perception.affect import Affect, Emotion
from insideout.perception.describe import label_words
from insideout.perception.reading import EmotionState, Modality
from insideout.perception.words import MODALITIES
from insideout.service.web.live.measured import Measured, Spot
from insideout.service.web.result.figures import Figure, figures, source_words
from insideout.service.web.result.texts import RESULT_TEXTS, ResultTexts
from insideout.service.web.texts import TEXTS
from insideout.service.web.visit import Exchange, Visit
from insideout.service.web.wording import NAMED_FROM, affect_words, band, percents


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and what is said under it."""

    name: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One modality: what was read of it, or why nothing was."""

    modality: Modality
    name: str
    said: str
    measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of the time an emotion was the most likely one, in whole percents."""

    emotion: Emotion
    name: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How the person seemed after a message."""

    affect: Affect
    top: Emotion


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One exchange of the conversation."""

    said: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A result. made_at has a zone; secs: of the measurement; top, affect, confidence: of the person at
    its end, None where nothing was read.

    help: title and text for somebody whose words called for help; None for everybody else.
    conversation: empty unless the visitor wants it in.
    """

    language: str
    made_at: datetime
    secs: float
    top: Emotion | None
    affect: Affect | None
    confidence: float | None
    headline: str
    likely: str
    facts: tuple[Fact, ...]
    course: tuple[Spot, ...]
    turns: tuple[Turn, ...]
    shares: tuple[Share, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    remarks: tuple[str, ...]
    help: Fact | None
    conversation: tuple[Said, ...]

    @property
    def texts(self) -> ResultTexts:
        """The words around it."""
        return RESULT_TEXTS[self.language]

    @property
    def made(self) -> str:
        """When it was made: "21 November 2026, 14:05"."""
        at = self.made_at
        month = self.texts.months[at.month - 1]
        return self.texts.made.format(day=at.day, month=month, year=at.year, time=f"{at:%H:%M}")


def content(
    measured: Measured,
    visit: Visit,
    language: str,
    *,
    made_at: datetime | None = None,
    conversation: bool = False,
) -> Content:
    """The result of a measurement and a conversation; either may be empty.

    conversation: whether what was talked about stands in it.
    """
    state = visit.states[-1] if visit.states else measured.state
    help_ = _help(visit.exchanges, language)
    guess = None if help_ or state is None or state.confidence == 0.0 else state
    return Content(
        language=language,
        made_at=made_at or datetime.now().astimezone(),
        secs=measured.secs,
        top=guess.top if guess else None,
        affect=guess.affect if guess else None,
        confidence=guess.confidence if guess else None,
        headline=_headline(guess, language),
        likely=_likely(guess, language, crisis=help_ is not None),
        facts=tuple(_facts(guess, language)),
        course=measured.course,
        turns=tuple(Turn(affect=s.affect, top=s.top) for s in visit.states if s.confidence > 0.0),
        shares=_shares(measured.course, language),
        figures=figures(measured, language),
        sources=tuple(_source(modality, measured, visit, language) for modality in _ORDER),
        remarks=measured.remarks,
        help=help_,
        conversation=tuple(_said(visit.exchanges)) if conversation else (),
    )


_ORDER = (Modality.FACE, Modality.VOICE, Modality.HEART, Modality.TEXT)


def _help(exchanges: Sequence[Exchange], language: str) -> Fact | None:
    """What was said last to somebody in need; it goes home with them."""
    for exchange in reversed(exchanges):
        if exchange.turn is not None and exchange.turn.crisis:
            title = TEXTS[language].crisis[CrisisKind(exchange.turn.crisis)]
            return Fact(name=title, said=exchange.reply)
    return None


def _headline(state: EmotionState | None, language: str) -> str:
    texts = RESULT_TEXTS[language]
    if state is None:
        return texts.nothing_read
    if state.emotions[state.top] < NAMED_FROM:
        return texts.hard_to_tell
    if state.top is Emotion.NEUTRAL:
        return texts.seems_neutral
    return texts.seems.format(emotion=label_words(state.top, language))


def _likely(state: EmotionState | None, language: str, *, crisis: bool) -> str:
    if crisis:
        return RESULT_TEXTS[language].no_guess
    return band(state.emotions[state.top], language) if state else ""


def _facts(state: EmotionState | None, language: str) -> Iterator[Fact]:
    if state is None:
        return
    texts = RESULT_TEXTS[language]
    yield Fact(name=texts.mood, said=", ".join(affect_words(state.affect, language)))
    yield Fact(name=texts.sure, said=f"{state.confidence:.0%}")


def _shares(course: Sequence[Spot], language: str) -> tuple[Share, ...]:
    if not course:
        return ()
    counted = dict.fromkeys(Emotion, 0.0)
    for spot in course:
        counted[spot.top] += 1.0
    found = percents(counted)
    ranked = sorted(found, key=lambda emotion: -found[emotion])
    return tuple(
        Share(emotion=emotion, name=label_words(emotion, language), percent=found[emotion])
        for emotion in ranked
        if found[emotion]
    )


def _source(modality: Modality, measured: Measured, visit: Visit, language: str) -> Source:
    texts, why = RESULT_TEXTS[language], measured.missing.get(modality)
    read = _read(modality, measured, visit, texts)
    if read is None:
        said = texts.no_messages if modality is Modality.TEXT and not why else texts.not_measured
        said = texts.why_not.format(why=why) if why else said
    else:
        said = texts.then_not.format(read=read, why=why) if why else read
    name = MODALITIES[language][modality]
    return Source(modality=modality, name=name, said=said, measured=read is not None)


def _read(modality: Modality, measured: Measured, visit: Visit, texts: ResultTexts) -> str | None:
    share = f"{measured.quality.get(modality, 0.0):.0%}"
    match modality:
        case Modality.FACE if measured.faces:
            return texts.faces.format(n=measured.faces, share=share)
        case Modality.VOICE if measured.utterances:
            return texts.utterances.format(n=measured.utterances, share=share)
        case Modality.TEXT if visit.states:
            return texts.messages.format(n=len(visit.states))
        case Modality.HEART:
            return source_words(measured, texts)
    return None


def _said(exchanges: Sequence[Exchange]) -> Iterator[Said]:
    for exchange in exchanges:
        yield Said(said=exchange.said, reply=exchange.reply)
