"""The data sets by name: what their labels are, whether they give words, who may use them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from insideout.perception.affect import Emotion
from insideout.perception.audiovisual import afew, meld, omg_emotion, ramas, ravdess
from insideout.perception.audiovisual.clips import FilmClip
from insideout.perception.label_spaces import FER_2013, RAVDESS
from insideout.perception.voice.datasets.corpora import RAMAS


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmCorpus:
    """One data set.

    emotions: label to canonical emotion. affect: whether valence and arousal were rated. learnt: the
    speakers whom one of the embedded models learnt from; nothing is measured on them.
    """

    name: str
    title: str
    emotions: Mapping[str, Emotion]
    licence: str
    clips: Callable[[Path], tuple[FilmClip, ...]]
    affect: bool = False
    learnt: frozenset[str] = frozenset()


_HEARD = frozenset(
    f"{actor:02}" for actor in range(1, 17)
)  # perception/voice/weights/MODEL_CARD.md

FILM_CORPORA: Mapping[str, FilmCorpus] = {
    corpus.name: corpus
    for corpus in (
        FilmCorpus(
            name="ravdess",
            title="RAVDESS, films",
            emotions=RAVDESS.canonical,
            licence="CC BY-NC-SA 4.0",
            clips=ravdess.clips,
            learnt=_HEARD,
        ),
        FilmCorpus(
            name="ramas",
            title="RAMAS, films",
            emotions=RAMAS.canonical,
            licence="research licence of Neurodata Lab",
            clips=ramas.clips,
        ),
        FilmCorpus(
            name="afew",
            title="AFEW",
            emotions=FER_2013.canonical,
            licence="research licence of its authors",
            clips=afew.clips,
        ),
        FilmCorpus(
            name="meld",
            title="MELD, films",
            emotions=meld.EMOTIONS,
            licence="GPL-3.0 for the labels; the films belong to the series' owners",
            clips=meld.clips,
        ),
        FilmCorpus(
            name="omg-emotion",
            title="OMG-Emotion",
            emotions=omg_emotion.EMOTIONS,
            licence="CC BY-NC-SA 3.0 for the labels; the films belong to who put them on the web",
            clips=omg_emotion.clips,
            affect=True,
        ),
    )
}
