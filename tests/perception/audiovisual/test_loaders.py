"""Every set of films is read from its own layout."""

from pathlib import Path

import pytest
from tests.perception.audiovisual import layouts

from insideout.perception.affect import Affect
from insideout.perception.audiovisual import afew, meld, omg_emotion, ramas, ravdess
from insideout.perception.audiovisual.corpora import FILM_CORPORA
from insideout.perception.errors import BadSignalError


def test_ravdess_leaves_out_songs_and_films_without_sound(tmp_path: Path) -> None:
    found = ravdess.clips(layouts.ravdess(tmp_path))
    assert [(clip.name, clip.speaker, clip.label) for clip in found] == [
        ("01-01-03-01-01-01-17", "17", "happy"),
        ("01-01-04-01-01-01-17", "17", "sad"),
        ("01-01-03-01-01-01-18", "18", "happy"),
        ("01-01-04-01-01-01-18", "18", "sad"),
    ]


def test_ramas_takes_the_stretches_whose_film_is_there(tmp_path: Path) -> None:
    found = ramas.clips(layouts.ramas(tmp_path))
    assert [(clip.label, clip.start_secs, clip.end_secs) for clip in found] == [
        ("happy", 0.0, 1.5),
        ("sad", 1.5, 3.0),
    ]
    assert {clip.path.name for clip in found} == {"a_1_close.mp4"}
    assert {clip.sound.name for clip in found if clip.sound} == {"a_1_mic.wav"}


def test_afew_takes_the_label_from_the_folder(tmp_path: Path) -> None:
    found = afew.clips(layouts.afew(tmp_path))
    assert [clip.label for clip in found] == ["happy", "sad"]
    assert len({clip.speaker for clip in found}) == 2


def test_meld_has_the_words_and_leaves_out_what_has_no_film(tmp_path: Path) -> None:
    first, second = meld.clips(layouts.meld(tmp_path))
    assert (first.name, first.speaker, first.label) == ("test/dia0_utt0", "P0", "joy")
    assert first.words == "I’m so glad!"
    assert second.split == "test"


def test_meld_names_an_unknown_label(tmp_path: Path) -> None:
    layouts.meld(tmp_path)
    file = tmp_path / "test_sent_emo.csv"
    file.write_text(file.read_text().replace("sadness", "sorrow"))
    with pytest.raises(BadSignalError, match="'sorrow'"):
        meld.clips(tmp_path)


def test_omg_emotion_has_valence_and_arousal_on_our_scale(tmp_path: Path) -> None:
    glad, sad = omg_emotion.clips(layouts.omg_emotion(tmp_path))
    assert (glad.name, glad.label) == ("validation/v1/utterance_1", "happy")
    assert glad.affect == Affect(valence=0.5, arousal=0.5)
    assert sad.affect == Affect(valence=-0.5, arousal=-0.5)
    assert (glad.words, sad.words) == ("I am so glad, I passed!", None)


@pytest.mark.parametrize(
    ("column", "value"), [("arousal", "2"), ("valence", "x"), ("EmotionMaxVote", "9")]
)
def test_omg_emotion_tells_a_value_off_its_scale(tmp_path: Path, column: str, value: str) -> None:
    layouts.omg_emotion(tmp_path)
    row = {**layouts._omg_row("v1", 3, 0.5, 0.5), column: value}
    layouts.table(tmp_path / "OMGEmotionChallenge" / "omg_ValidationVideos.csv", [row])
    with pytest.raises(BadSignalError, match=column):
        omg_emotion.clips(tmp_path)


@pytest.mark.parametrize("name", FILM_CORPORA)
def test_an_empty_folder_says_what_was_expected(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSignalError, match=r"expected|--data takes"):
        FILM_CORPORA[name].clips(tmp_path)


@pytest.mark.parametrize("name", FILM_CORPORA)
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSignalError, match="folder"):
        FILM_CORPORA[name].clips(tmp_path / "gone")


@pytest.mark.parametrize("name", FILM_CORPORA)
def test_every_label_of_a_clip_has_an_emotion(tmp_path: Path, name: str) -> None:
    corpus = FILM_CORPORA[name]
    write = getattr(layouts, name.replace("-", "_"))
    assert {clip.label for clip in corpus.clips(write(tmp_path))} <= set(corpus.emotions)
