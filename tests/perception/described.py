"""States that take every branch of `describe`, and what it says of them as one text to compare.

python -m tests.perception.described    writes the golden files anew, to be read before they are kept
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from insideout.perception.affect import CORE_AFFECT, Affect, Emotion
from insideout.perception.describe import BUDGET, Show, describe, tokens_in
from insideout.perception.fusion import NOTHING_KNOWN
from insideout.perception.label_spaces import CANONICAL, EMPATHETIC_DIALOGUES, LabelSpace
from insideout.perception.reading import (
    Change,
    Conflict,
    EmotionState,
    Modality,
    Reading,
    Trend,
)

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "ru")
_CUES = {
    "en": {
        Modality.TEXT: ('I lost "my" job', "can't tell\nmy wife"),
        Modality.FACE: ("brows lowered", "lip corners down"),
        Modality.VOICE: ("speaks slowly and quietly", "long pauses"),
        Modality.HEART: ("pulse 96, up 20 on rest",),
    },
    "ru": {
        Modality.TEXT: ('меня "уволили"', "не могу\nсказать жене"),
        Modality.FACE: ("брови сдвинуты", "уголки губ опущены"),
        Modality.VOICE: ("говорит медленно и тихо", "долгие паузы"),
        Modality.HEART: ("пульс 96, на 20 выше покоя",),
    },
}
_LONG = {
    "en": tuple(f"a cue that takes some forty letters, no. {i}" for i in range(4)),
    "ru": tuple(f"признак, в котором около сорока букв, №{i}" for i in range(4)),
}
SAD = {"sadness": 0.8, "fear": 0.2}
GLAD = {"joy": 0.9, "neutral": 0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A state, and for which budgets and how much of it is described."""

    state: EmotionState
    budgets: tuple[int, ...] = (BUDGET,)
    shows: tuple[Show, ...] = (Show.ALL,)


def reading(
    modality: Modality,
    p: Mapping[str, float],
    language: str = "en",
    space: LabelSpace = CANONICAL,
) -> Reading:
    """With that modality's cues."""
    return Reading(
        modality=modality,
        model="test",
        space=space.name,
        probabilities=p,
        emotions=space.emotions(p),
        affect=space.affect(p),
        confidence=max(p.values()),
        cues=_CUES[language][modality],
    )


def _state(readings: Sequence[Reading]) -> EmotionState:
    """What fusing might give: the mean, and full agreement of several; no golden file rests on how."""
    speaking = [one for one in readings if one.abstained is None]
    if not speaking:
        return replace(NOTHING_KNOWN, readings=tuple(readings))
    said = [one.emotions for one in speaking if one.emotions] or [NOTHING_KNOWN.emotions]
    return EmotionState(
        emotions={e: sum(one.get(e, 0.0) for one in said) / len(said) for e in Emotion},
        affect=speaking[0].affect or CORE_AFFECT[Emotion.NEUTRAL],
        confidence=speaking[0].confidence,
        agreement=1.0 if len(speaking) > 1 else None,
        readings=tuple(readings),
    )


def felt(valence: float, arousal: float) -> EmotionState:
    """A heart that says how pleasant and how activated, and no label."""
    affect = Affect(valence=valence, arousal=arousal)
    return _state([Reading(modality=Modality.HEART, model="test", affect=affect, confidence=0.5)])


def cases(language: str) -> dict[str, Case]:
    """By name; the cues are in that language."""
    text, face, voice, heart = (reading(m, SAD, language) for m in Modality)
    glad = replace(reading(Modality.FACE, GLAD, language), cues=())
    several = _state([text, face, voice, heart])
    full = _state([replace(one, cues=_LONG[language]) for one in (text, face, voice, heart)])
    calm, upset = CORE_AFFECT[Emotion.NEUTRAL], CORE_AFFECT[Emotion.ANGER]
    even = dict.fromkeys(EMPATHETIC_DIALOGUES.labels, 1 / 32)
    fine = {"devastated": 0.5, "sad": 0.3, "jealous": 0.2}
    silent = Reading(modality=Modality.VOICE, model="test", abstained="nobody speaks")
    everything = tuple(Show)
    found = {
        "nothing at all": Case(state=NOTHING_KNOWN, shows=everything),
        "all abstain": Case(state=_state([silent])),
        "words": Case(state=_state([text]), shows=everything),
        "words, fine labels": Case(
            state=_state([reading(Modality.TEXT, fine, language, EMPATHETIC_DIALOGUES)])
        ),
        "words that say nothing much": Case(
            state=_state([reading(Modality.TEXT, even, language, EMPATHETIC_DIALOGUES)])
        ),
        "words that are mostly neutral": Case(state=_state([_mild(language)])),
        "a face without cues": Case(state=_state([glad]), shows=everything),
        "a blurred face": Case(state=_state([replace(face, quality=0.4)])),
        "a face beside a voice that abstains": Case(state=_state([face, silent])),
        "four modalities": Case(state=several, shows=everything),
        "four modalities, less room": Case(state=several, budgets=(110, 90, 70, 45, 1)),
        "four modalities, cues alone, less room": Case(
            state=several, budgets=(90, 50, 1), shows=(Show.CUES,)
        ),
        "four modalities, long cues": Case(state=full, shows=everything),
        "they agree": Case(state=replace(_state([face, voice]), agreement=0.9)),
        "they agree in part": Case(state=replace(_state([face, voice]), agreement=0.6)),
        "they disagree": Case(state=replace(_state([face, voice]), agreement=0.3)),
        "a contradiction": Case(
            state=replace(
                _state([text, glad]),
                conflicts=(
                    Conflict(
                        pleasant=Modality.FACE, unpleasant=Modality.TEXT, emotion=Emotion.SADNESS
                    ),
                ),
            )
        ),
        "a double feeling": Case(
            state=replace(_state([text, face]), compound=(Emotion.SADNESS, Emotion.ANGER))
        ),
        "a tag that lags behind": Case(
            state=replace(_state([text]), tag=Emotion.FEAR), shows=(Show.LABEL, Show.ALL)
        ),
        "a trend up, calmer": Case(state=_moving(text, valence=0.4, arousal=-0.4)),
        "a trend down, agitated": Case(state=_moving(text, valence=-0.4, arousal=0.4)),
        "a trend too small to tell": Case(state=_moving(text, valence=0.1, arousal=-0.1)),
        "a change": Case(
            state=replace(
                _moving(text, valence=0.4, arousal=0.0),
                change=Change(valence=0.0, arousal=-0.6, secs=60.0),
            )
        ),
        "a change of both": Case(
            state=replace(_state([face]), change=Change(valence=-0.5, arousal=0.5, secs=60.0))
        ),
        "a calm heart": Case(state=felt(calm.valence, -0.5)),
        "a heart that races": Case(state=felt(upset.valence, upset.arousal)),
    }
    for valence, arousal in ((0.8, 0.3), (0.2, 0.0), (0.0, -0.3), (-0.2, 0.6), (-0.7, 0.2)):
        found[f"valence {valence}, arousal {arousal}"] = Case(state=felt(valence, arousal))
    return found


def _mild(language: str) -> Reading:
    neutral = dict.fromkeys(Emotion, 0.0) | {Emotion.NEUTRAL: 0.87, Emotion.SADNESS: 0.13}
    fine = dict.fromkeys(EMPATHETIC_DIALOGUES.labels, 0.0) | {"sad": 1.0}
    told = reading(Modality.TEXT, fine, language, EMPATHETIC_DIALOGUES)
    return replace(told, emotions=neutral, confidence=0.87)


def _moving(one: Reading, *, valence: float, arousal: float) -> EmotionState:
    return replace(_state([one]), trend=Trend(valence=valence, arousal=arousal, turns=2))


def golden(language: str) -> str:
    """Every case under a head that says which it is and how long the text is by the estimate."""
    parts = []
    for name, case in cases(language).items():
        for show in case.shows:
            for budget in case.budgets:
                text = describe(case.state, language, budget=budget, show=show)
                head = f"## {name} | {show.value} | budget {budget} | {tokens_in(text)} tokens"
                parts.append(f"{head}\n{text}\n" if text else f"{head}\n")
    return "\n".join(parts)


def path(language: str) -> Path:
    """The golden file of that language."""
    return GOLDEN / f"describe_{language}.txt"


if __name__ == "__main__":
    for language in LANGUAGES:
        path(language).write_text(golden(language), "utf-8")
