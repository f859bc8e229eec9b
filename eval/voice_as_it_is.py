"""A recogniser of voices as it is, asked about the clips of a data set by speakers it has not heard."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from insideout.eval.voice_folds import ENROLLED, PLAIN
from insideout.eval.voice_scores import Answers
from insideout.eval.voice_tasks import Asked, report_of
from insideout.perception.affect import Emotion
from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import CANONICAL, LabelSpace
from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.embedded import (
    EmbeddedRecogniser,
    embedded_recogniser,
    enrol,
    load_embedded,
)
from insideout.perception.voice.recognisers import EMBEDDED, voice_recogniser
from insideout.perception.voice.sound import Sound, VoiceRecogniser
from insideout.perception.voice.train.examples import ENROLLED_BY
from insideout.perception.voice.train.run import Track

Heard = list[tuple[Clip, Sound]]


def as_it_is_report(asked: Asked, name: str, track: Track) -> dict[str, Any]:
    """The same object as of `fitted_report`; of the embedded model also for enrolled speakers.

    Raises PerceptionError where it was trained on every speaker of the data set.
    """
    recogniser = voice_recogniser(name)
    clips = asked.corpus.clips(asked.folder)
    left = _unheard(asked, clips, name)
    space, labels = _space(recogniser.space, asked.corpus.space, left)
    tick = track(f"asking {recogniser.name}", len(left))
    heard = _loaded(left, tick)
    parts = {PLAIN: _told(recogniser, heard, asked, space, labels)}
    if name == EMBEDDED and (enrolled := _enrolled(heard, asked, space, labels)):
        parts[ENROLLED] = _joined(enrolled)
    trained = len({clip.speaker for clip in clips}) - len({clip.speaker for clip in left})
    protocol = (
        f"{recogniser.name} as it is; {trained} speakers that it was trained on left out; "
        f"{len(left) - len(heard)} clips could not be read; interval: bootstrap over speakers, "
        "1,000 draws"
    )
    return report_of(f"voice_{asked.corpus.name}", parts, protocol, recogniser.name, labels)


def _unheard(asked: Asked, clips: Sequence[Clip], name: str) -> list[Clip]:
    trained = load_embedded().speakers if name == EMBEDDED else frozenset()
    left = [clip for clip in clips if f"{asked.corpus.name}/{clip.speaker}" not in trained]
    if not left:
        raise PerceptionError(
            f"{name} was trained on every speaker in {asked.folder}, so asking it about them says "
            "nothing of new people; leave --model out to have speakers left out in turn"
        )
    return left


def _space(
    own: LabelSpace, asked: LabelSpace, clips: Sequence[Clip]
) -> tuple[LabelSpace, tuple[str, ...]]:
    """The data set's labels where the model has them; else the emotions of the data set's labels."""
    if own.name == asked.name:
        return own, own.labels
    there = {asked.canonical[clip.label] for clip in clips}
    known = there & set(own.canonical.values())
    return CANONICAL, tuple(emotion.value for emotion in Emotion if emotion in known)


def _loaded(clips: Sequence[Clip], tick: Callable[[], None]) -> Heard:
    found = []
    for clip in clips:
        try:
            found.append((clip, clip.load()))
        except BadSignalError:
            continue  # the report says how many
        finally:
            tick()
    return found


def _told(
    recogniser: VoiceRecogniser,
    heard: Heard,
    asked: Asked,
    space: LabelSpace,
    labels: tuple[str, ...],
) -> Answers:
    names = [_label(clip, asked.corpus.space, space) for clip, _ in heard]
    kept = [place for place, name in enumerate(names) if name in labels]
    rows = [
        _row(recogniser.recognise([heard[place][1]])[0], recogniser.space, space, labels)
        for place in kept
    ]
    return Answers(
        space=space,
        labels=labels,
        probabilities=np.array(rows),
        gold=np.array([labels.index(names[place]) for place in kept], np.int64),
        speakers=tuple(heard[place][0].speaker for place in kept),
    )


def _label(clip: Clip, own: LabelSpace, space: LabelSpace) -> str:
    return clip.label if space is not CANONICAL else own.canonical[clip.label].value


def _row(
    told: Expression, own: LabelSpace, space: LabelSpace, labels: tuple[str, ...]
) -> list[float]:
    """Probabilities among `labels`, summing to 1."""
    found = dict(told.probabilities)
    if space is CANONICAL:
        found = {emotion.value: value for emotion, value in own.emotions(found).items()}
    row = np.array([found.get(label, 0.0) for label in labels])
    return [float(value) for value in row / max(row.sum(), 1e-12)]


def _enrolled(
    heard: Heard, asked: Asked, space: LabelSpace, labels: tuple[str, ...]
) -> list[Answers]:
    """Speaker by speaker, without the two sentences that enrolled them."""
    found = []
    for speaker in dict.fromkeys(clip.speaker for clip, _ in heard):
        own = [pair for pair in heard if pair[0].speaker == speaker]
        sentences = _neutral(own, asked.corpus.neutral)
        rest = [pair for pair in own if not any(pair is one for one in sentences)]
        if len(sentences) == ENROLLED_BY and rest:
            recogniser: EmbeddedRecogniser = embedded_recogniser(
                enrol([sound for _, sound in sentences])
            )
            found.append(_told(recogniser, rest, asked, space, labels))
    return found


def _neutral(own: Heard, label: str) -> Heard:
    """The first two neutral clips, with different words where there are such."""
    neutral = [pair for pair in own if pair[0].label == label]
    firsts = list({pair[0].text: pair for pair in reversed(neutral)}.values())[::-1]
    more = [pair for pair in neutral if not any(pair is one for one in firsts)]
    return (firsts + more)[:ENROLLED_BY]


def _joined(parts: Sequence[Answers]) -> Answers:
    return Answers(
        space=parts[0].space,
        labels=parts[0].labels,
        probabilities=np.concatenate([part.probabilities for part in parts]),
        gold=np.concatenate([part.gold for part in parts]),
        speakers=tuple(name for part in parts for name in part.speakers),
    )
