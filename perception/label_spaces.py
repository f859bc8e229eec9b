"""Label spaces: the labels of a data set, each with its canonical emotion and its valence/arousal.

A fine label is mapped to one canonical emotion by the tables below. The maps and the valence/arousal
prototypes (to the nearest 0.1, after Russell 1980) are ours; where a label sits between two emotions
we took the one that a listener should answer ("guilty" is answered as sadness, "jealous" as anger).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from insideout.perception.affect import CORE_AFFECT, Affect, Emotion, expected_affect
from insideout.perception.errors import UnknownLabelError, unknown_name

Row = tuple[Emotion, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSpace:
    """The labels of one data set.

    name: how a Reading names the space. source: the paper the labels come from.
    canonical: label to canonical emotion. affects: label to its prototype.
    """

    name: str
    source: str
    canonical: Mapping[str, Emotion]
    affects: Mapping[str, Affect]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order models give them."""
        return tuple(self.canonical)

    def check(self, label: str) -> str:
        """The label itself; raises UnknownLabelError with the closest known one otherwise."""
        if label not in self.canonical:
            raise UnknownLabelError(unknown_name(f"{self.name} label", label, self.canonical))
        return label

    def emotions(self, probabilities: Mapping[str, float]) -> dict[Emotion, float]:
        """Canonical probabilities: the sum over each emotion's labels; all eight are present."""
        result = dict.fromkeys(Emotion, 0.0)
        for label, probability in probabilities.items():
            result[self.canonical[self.check(label)]] += probability
        return result

    def affect(self, probabilities: Mapping[str, float]) -> Affect:
        """Expected valence and arousal under the probabilities."""
        return expected_affect({self.check(k): p for k, p in probabilities.items()}, self.affects)

    def even(self) -> dict[Emotion, float]:
        """What an answer that knows nothing says: the share of each emotion among the labels."""
        return self.emotions(dict.fromkeys(self.labels, 1.0 / len(self.labels)))


def make_space(name: str, source: str, rows: Mapping[str, Row]) -> LabelSpace:
    """A space from rows of label to (canonical emotion, valence, arousal)."""
    return LabelSpace(
        name=name,
        source=source,
        canonical={label: emotion for label, (emotion, _, _) in rows.items()},
        affects={label: Affect(valence=v, arousal=a) for label, (_, v, a) in rows.items()},
    )


CANONICAL = LabelSpace(
    name="canonical",
    source="Ekman 1992; AffectNet (Mollahosseini et al. 2017) adds contempt and neutral",
    canonical={emotion.value: emotion for emotion in Emotion},
    affects={emotion.value: CORE_AFFECT[emotion] for emotion in Emotion},
)

_J, _S, _F, _A = Emotion.JOY, Emotion.SADNESS, Emotion.FEAR, Emotion.ANGER
_D, _U, _N = Emotion.DISGUST, Emotion.SURPRISE, Emotion.NEUTRAL

EMPATHETIC_DIALOGUES = make_space(
    "empathetic_dialogues",
    "Rashkin et al. 2019, Towards Empathetic Open-domain Conversation Models",
    {
        "afraid": (_F, -0.7, 0.7),
        "angry": (_A, -0.6, 0.7),
        "annoyed": (_A, -0.5, 0.4),
        "anticipating": (_J, 0.4, 0.5),
        "anxious": (_F, -0.5, 0.6),
        "apprehensive": (_F, -0.4, 0.4),
        "ashamed": (_S, -0.6, 0.1),
        "caring": (_J, 0.6, 0.0),
        "confident": (_J, 0.6, 0.3),
        "content": (_J, 0.7, -0.4),
        "devastated": (_S, -0.9, 0.2),
        "disappointed": (_S, -0.6, -0.2),
        "disgusted": (_D, -0.6, 0.3),
        "embarrassed": (_S, -0.5, 0.3),
        "excited": (_J, 0.8, 0.8),
        "faithful": (_J, 0.6, -0.1),
        "furious": (_A, -0.8, 0.9),
        "grateful": (_J, 0.8, 0.1),
        "guilty": (_S, -0.6, 0.1),
        "hopeful": (_J, 0.6, 0.2),
        "impressed": (_U, 0.6, 0.4),
        "jealous": (_A, -0.5, 0.4),
        "joyful": (_J, 0.9, 0.6),
        "lonely": (_S, -0.6, -0.4),
        "nostalgic": (_S, 0.1, -0.2),
        "prepared": (_J, 0.4, 0.1),
        "proud": (_J, 0.8, 0.4),
        "sad": (_S, -0.7, -0.4),
        "sentimental": (_S, 0.1, -0.1),
        "surprised": (_U, 0.3, 0.7),
        "terrified": (_F, -0.8, 0.9),
        "trusting": (_J, 0.6, -0.1),
    },
)

GO_EMOTIONS = make_space(
    "go_emotions",
    "Demszky et al. 2020, GoEmotions (the map follows its Ekman grouping where it has one)",
    {
        "admiration": (_J, 0.7, 0.3),
        "amusement": (_J, 0.7, 0.4),
        "anger": (_A, -0.6, 0.7),
        "annoyance": (_A, -0.5, 0.4),
        "approval": (_J, 0.5, 0.1),
        "caring": (_J, 0.6, 0.0),
        "confusion": (_U, -0.2, 0.2),
        "curiosity": (_U, 0.3, 0.4),
        "desire": (_J, 0.5, 0.5),
        "disappointment": (_S, -0.6, -0.2),
        "disapproval": (_A, -0.5, 0.2),
        "disgust": (_D, -0.6, 0.3),
        "embarrassment": (_S, -0.5, 0.3),
        "excitement": (_J, 0.8, 0.8),
        "fear": (_F, -0.7, 0.7),
        "gratitude": (_J, 0.8, 0.1),
        "grief": (_S, -0.9, -0.2),
        "joy": (_J, 0.8, 0.5),
        "love": (_J, 0.9, 0.3),
        "nervousness": (_F, -0.4, 0.6),
        "optimism": (_J, 0.6, 0.2),
        "pride": (_J, 0.8, 0.4),
        "realization": (_U, 0.1, 0.3),
        "relief": (_J, 0.6, -0.3),
        "remorse": (_S, -0.6, -0.1),
        "sadness": (_S, -0.7, -0.4),
        "surprise": (_U, 0.1, 0.7),
        "neutral": (_N, 0.0, -0.1),
    },
)

FER_2013 = make_space(
    "fer_2013",
    "Goodfellow et al. 2013, Challenges in Representation Learning (arXiv 1307.0414)",
    {
        "angry": (_A, -0.6, 0.7),
        "disgust": (_D, -0.6, 0.3),
        "fear": (_F, -0.7, 0.7),
        "happy": (_J, 0.8, 0.5),
        "sad": (_S, -0.7, -0.4),
        "surprise": (_U, 0.1, 0.7),
        "neutral": (_N, 0.0, -0.1),
    },
)

AFFECTNET = make_space(
    "affectnet",
    "Mollahosseini et al. 2017, AffectNet; the eight labels in alphabetical order",
    {
        "anger": (_A, -0.6, 0.7),
        "contempt": (Emotion.CONTEMPT, -0.5, 0.1),
        "disgust": (_D, -0.6, 0.3),
        "fear": (_F, -0.7, 0.7),
        "happiness": (_J, 0.8, 0.5),
        "neutral": (_N, 0.0, -0.1),
        "sadness": (_S, -0.7, -0.4),
        "surprise": (_U, 0.1, 0.7),
    },
)

RAVDESS = make_space(
    "ravdess",
    "Livingstone and Russo 2018, The Ryerson Audio-Visual Database (PLoS ONE 13(5): e0196391)",
    {
        "neutral": (_N, 0.0, -0.1),
        "calm": (_N, 0.3, -0.5),
        "happy": (_J, 0.8, 0.5),
        "sad": (_S, -0.7, -0.4),
        "angry": (_A, -0.6, 0.7),
        "fearful": (_F, -0.7, 0.7),
        "disgust": (_D, -0.6, 0.3),
        "surprised": (_U, 0.1, 0.7),
    },
)

EMO_DB = make_space(
    "emo_db",
    "Burkhardt et al. 2005, A Database of German Emotional Speech",
    {
        "anger": (_A, -0.6, 0.7),
        "boredom": (_N, -0.3, -0.6),
        "disgust": (_D, -0.6, 0.3),
        "fear": (_F, -0.7, 0.7),
        "happiness": (_J, 0.8, 0.5),
        "neutral": (_N, 0.0, -0.1),
        "sadness": (_S, -0.7, -0.4),
    },
)

BROAD_FOUR = make_space(
    "broad_four",
    "the four of IEMOCAP (Busso et al. 2008) that most papers on speech report",
    {
        "angry": (_A, -0.6, 0.7),
        "happy": (_J, 0.8, 0.5),
        "neutral": (_N, 0.0, -0.1),
        "sad": (_S, -0.7, -0.4),
    },
)

LABEL_SPACES: Mapping[str, LabelSpace] = {
    space.name: space
    for space in (
        CANONICAL,
        EMPATHETIC_DIALOGUES,
        GO_EMOTIONS,
        FER_2013,
        AFFECTNET,
        RAVDESS,
        EMO_DB,
        BROAD_FOUR,
    )
}


def label_space(name: str) -> LabelSpace:
    """The label space of that name; raises UnknownLabelError with the known ones otherwise."""
    if name not in LABEL_SPACES:
        raise UnknownLabelError(unknown_name("label space", name, LABEL_SPACES))
    return LABEL_SPACES[name]
