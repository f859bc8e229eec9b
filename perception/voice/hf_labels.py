"""The labels of other people's speech emotion models, and what they mean here."""

from collections.abc import Iterable, Mapping

from insideout.perception.affect import Emotion
from insideout.perception.errors import UnknownLabelError
from insideout.perception.label_spaces import BROAD_FOUR, EMO_DB, RAVDESS, LabelSpace, make_space

DIMENSIONS = ("arousal", "dominance", "valence")

DIMENSIONAL = LabelSpace(
    name="dimensional",
    source="arousal, dominance and valence alone, without labels (Russell and Mehrabian 1977)",
    canonical={},
    affects={},
)

_A, _F, _S, _J = Emotion.ANGER, Emotion.FEAR, Emotion.SADNESS, Emotion.JOY
_D, _U, _N = Emotion.DISGUST, Emotion.SURPRISE, Emotion.NEUTRAL

_ANGER, _FEAR, _SADNESS, _JOY = (_A, -0.6, 0.7), (_F, -0.7, 0.7), (_S, -0.7, -0.4), (_J, 0.8, 0.5)
_DISGUST, _SURPRISE, _NEUTRAL = (_D, -0.6, 0.3), (_U, 0.1, 0.7), (_N, 0.0, -0.1)

MEANINGS: Mapping[str, tuple[Emotion, float, float]] = {
    "anger": _ANGER,
    "angry": _ANGER,
    "frustrated": (_A, -0.5, 0.3),
    "frustration": (_A, -0.5, 0.3),
    "fear": _FEAR,
    "fearful": _FEAR,
    "scared": _FEAR,
    "sad": _SADNESS,
    "sadness": _SADNESS,
    "happy": _JOY,
    "happiness": _JOY,
    "joy": _JOY,
    "positive": _JOY,
    "excited": (_J, 0.7, 0.8),
    "enthusiasm": (_J, 0.7, 0.7),
    "disgust": _DISGUST,
    "disgusted": _DISGUST,
    "surprise": _SURPRISE,
    "surprised": _SURPRISE,
    "contempt": (Emotion.CONTEMPT, -0.5, 0.1),
    "neutral": _NEUTRAL,
    "calm": (_N, 0.3, -0.5),
    "boredom": (_N, -0.3, -0.6),
    "bored": (_N, -0.3, -0.6),
}

_SHORT: Mapping[str, str] = {  # as IEMOCAP and SUPERB write them
    "ang": "angry",
    "dis": "disgust",
    "exc": "excited",
    "fea": "fearful",
    "fru": "frustrated",
    "hap": "happy",
    "neu": "neutral",
    "sur": "surprised",
}

# Of models whose files name no labels, from their cards.
CARD_LABELS: Mapping[str, tuple[str, ...]] = {
    "xbgoose/hubert-speech-emotion-recognition-russian-dusha-finetuned": (
        "neutral", "angry", "positive", "sad", "other",
    ),
}  # fmt: skip

_SAYS_NOTHING = frozenset({"other", "others", "unknown", "unk", "noise", "no agreement", "xxx"})


def plain_label(label: str) -> str:
    """As it is written in the tables above: "Ang" is "angry"."""
    plain = " ".join(label.strip().lower().replace("_", " ").split())
    return _SHORT.get(plain, plain)


def named_labels(labels: Iterable[str], model: str) -> tuple[str, ...]:
    """The labels of the outputs, in their order; from the model's card where its files have none."""
    plain = tuple(map(plain_label, labels))
    known = CARD_LABELS.get(model, ())
    return known if len(known) == len(plain) and "label 0" in plain else plain


def is_dimensional(labels: Iterable[str]) -> bool:
    """Whether a model gives arousal and valence instead of labels."""
    plain = {plain_label(label) for label in labels}
    return {"arousal", "valence"} <= plain <= set(DIMENSIONS)


def space_of(labels: Iterable[str], model: str) -> LabelSpace:
    """The label space of a model's labels, without those that name no emotion ("other").

    A known data set's space where the labels are its own. Raises UnknownLabelError where a label has
    no known meaning.
    """
    named = [label for label in map(plain_label, labels) if label not in _SAYS_NOTHING]
    unknown = [label for label in named if label not in MEANINGS]
    if unknown or not named:
        raise UnknownLabelError(
            f"{model} has labels without a known emotion: {', '.join(unknown or ['none at all'])}; "
            f"name them in the model's config.json, under id2label. Known: {', '.join(MEANINGS)}"
        )
    for space in (RAVDESS, EMO_DB, BROAD_FOUR):
        if set(space.labels) == set(named):
            return space
    return make_space(model, f"the labels of {model}", {name: MEANINGS[name] for name in named})
