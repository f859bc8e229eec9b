"""The data sets by name: where they lie, what their labels are, who may use them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from insideout.perception.affect import Emotion
from insideout.perception.label_spaces import BROAD_FOUR, EMO_DB, RAVDESS, LabelSpace, make_space
from insideout.perception.voice.datasets import crema_d, dusha, emodb, iemocap, ramas, ravdess
from insideout.perception.voice.datasets.clips import Clip

CREMA_D = make_space(
    "crema_d",
    "Cao et al. 2014, CREMA-D: Crowd-sourced Emotional Multimodal Actors Dataset",
    {
        "anger": (Emotion.ANGER, -0.6, 0.7),
        "disgust": (Emotion.DISGUST, -0.6, 0.3),
        "fear": (Emotion.FEAR, -0.7, 0.7),
        "happiness": (Emotion.JOY, 0.8, 0.5),
        "neutral": (Emotion.NEUTRAL, 0.0, -0.1),
        "sadness": (Emotion.SADNESS, -0.7, -0.4),
    },
)
DUSHA = make_space(
    "dusha",
    "Kondratenko et al. 2022, Large Raw Emotional Dataset with Aggregation Mechanism (2212.12266)",
    {
        "angry": (Emotion.ANGER, -0.6, 0.7),
        "sad": (Emotion.SADNESS, -0.7, -0.4),
        "neutral": (Emotion.NEUTRAL, 0.0, -0.1),
        "positive": (Emotion.JOY, 0.8, 0.5),
    },
)
RAMAS = make_space(
    "ramas",
    "Perepelkina et al. 2018, RAMAS: Russian Multimodal Corpus of Dyadic Interaction",
    {
        "angry": (Emotion.ANGER, -0.6, 0.7),
        "disgusted": (Emotion.DISGUST, -0.6, 0.3),
        "happy": (Emotion.JOY, 0.8, 0.5),
        "neutral": (Emotion.NEUTRAL, 0.0, -0.1),
        "sad": (Emotion.SADNESS, -0.7, -0.4),
        "scared": (Emotion.FEAR, -0.7, 0.7),
        "surprised": (Emotion.SURPRISE, 0.1, 0.7),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """One data set.

    neutral: the label of the sentences that enrol a speaker. shared: its place in the folder of shared
    data; empty where it is not there.
    """

    name: str
    space: LabelSpace
    language: str
    licence: str
    clips: Callable[[Path], tuple[Clip, ...]]
    neutral: str = "neutral"
    shared: str = ""


CORPORA: Mapping[str, Corpus] = {
    corpus.name: corpus
    for corpus in (
        Corpus(
            name="ravdess",
            space=RAVDESS,
            language="en",
            licence="CC BY-NC-SA 4.0",
            clips=ravdess.clips,
            shared="signals/voice/ravdess16",
        ),
        Corpus(
            name="emodb",
            space=EMO_DB,
            language="de",
            licence="free for research, without a formal licence",
            clips=emodb.clips,
            shared="signals/voice/emodb_2s",
        ),
        Corpus(
            name="crema-d",
            space=CREMA_D,
            language="en",
            licence="Open Database License 1.0",
            clips=crema_d.clips,
        ),
        Corpus(
            name="iemocap",
            space=BROAD_FOUR,
            language="en",
            licence="research licence of the University of Southern California",
            clips=iemocap.clips,
        ),
        Corpus(
            name="dusha",
            space=DUSHA,
            language="ru",
            licence="Dusha's own: see its repository",
            clips=dusha.clips,
        ),
        Corpus(
            name="ramas",
            space=RAMAS,
            language="ru",
            licence="research licence of Neurodata Lab",
            clips=ramas.clips,
        ),
    )
}
