"""Every data set is read from the layout of its authors."""

from pathlib import Path

import pytest
from tests.perception.voice.layouts import ravdess as make_ravdess
from tests.perception.voice.layouts import tone, write

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.datasets import crema_d, dusha, emodb, iemocap, ramas, ravdess
from insideout.perception.voice.datasets.corpora import CORPORA


def test_ravdess_is_read_from_its_file_names(tmp_path: Path) -> None:
    found = ravdess.clips(make_ravdess(tmp_path))
    assert len(found) == 18
    assert {clip.label for clip in found} == set(CORPORA["ravdess"].space.labels)
    assert found[0].speaker == "01"
    assert found[0].text == "Kids are talking by the door"


def test_songs_of_ravdess_are_left_out(tmp_path: Path) -> None:
    make_ravdess(tmp_path, actors=1)
    tone(tmp_path / "03-02-03-01-01-01-01.wav")
    assert len(ravdess.clips(tmp_path)) == 9


def test_emodb_is_cut_before_the_silence_that_was_added(tmp_path: Path) -> None:
    tone(tmp_path / "wav" / "03a01Fa.wav", secs=2.0)
    write(tmp_path / "labels.csv", "file,audio_seconds_before_padding\nwav/03a01Fa.wav,1.5\n")
    clip = emodb.clips(tmp_path)[0]
    assert (clip.speaker, clip.label, clip.text) == ("03", "happiness", "a01")
    assert clip.load().secs == pytest.approx(1.5)


def test_emodb_needs_no_table(tmp_path: Path) -> None:
    tone(tmp_path / "03a01Wc.wav")
    assert emodb.clips(tmp_path)[0].label == "anger"


def test_crema_d_is_read_from_its_file_names(tmp_path: Path) -> None:
    tone(tmp_path / "AudioWAV" / "1001_DFA_ANG_XX.wav")
    clip = crema_d.clips(tmp_path)[0]
    assert (clip.speaker, clip.label, clip.text) == ("1001", "anger", "DFA")


def test_iemocap_takes_excited_for_happy_and_leaves_frustration_out(tmp_path: Path) -> None:
    name = "Ses01F_impro01"
    lines = (
        "% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n"
        f"[6.2901 - 8.2357]\t{name}_F000\tneu\t[2.5000, 2.5000, 2.5000]\nC-E2:\tNeutral;\t()\n"
        f"[9.0 - 10.5]\t{name}_M001\texc\t[4.0, 4.0, 3.0]\n"
        f"[11.0 - 12.5]\t{name}_F001\tfru\t[2.0, 4.0, 3.0]\n"
    )
    write(tmp_path / "Session1" / "dialog" / "EmoEvaluation" / f"{name}.txt", lines)
    for turn in ("F000", "M001", "F001"):
        tone(tmp_path / "Session1" / "sentences" / "wav" / name / f"{name}_{turn}.wav")
    found = [(clip.speaker, clip.label) for clip in iemocap.clips(tmp_path)]
    assert found == [("Ses01F", "neutral"), ("Ses01M", "happy")]


def test_dusha_takes_what_most_annotators_said(tmp_path: Path) -> None:
    head = "hash_id\taudio_path\tduration\tannotator_emo\tgolden_emo\tspeaker_text\tsource_id\n"
    rows = [
        ("one", "angry", ""), ("one", "angry", ""), ("one", "sad", ""),
        ("two", "sad", ""), ("two", "angry", ""),
        ("test", "sad", "sad"), ("test", "sad", "sad"),
    ]  # fmt: skip
    lines = "".join(f"{n}\twavs/{n}.wav\t2\t{said}\t{gold}\tда\t7\n" for n, said, gold in rows)
    write(tmp_path / "crowd_train" / "raw_crowd_train.tsv", head + lines)
    for name in ("one", "two", "test"):
        tone(tmp_path / "crowd_train" / "wavs" / f"{name}.wav")
    found = dusha.clips(tmp_path)
    assert [(clip.path.stem, clip.label, clip.speaker) for clip in found] == [("one", "angry", "7")]


def test_dusha_is_read_from_json_lines_too(tmp_path: Path) -> None:
    row = '{"hash_id": "a", "audio_path": "wavs/a.wav", "annotator_emo": "positive", "source_id": 3}\n'
    write(tmp_path / "crowd_test" / "raw_crowd_test.jsonl", row * 2)
    tone(tmp_path / "crowd_test" / "wavs" / "a.wav")
    clip = dusha.clips(tmp_path)[0]
    assert (clip.label, clip.speaker, clip.split) == ("positive", "3", "test")


def test_ramas_takes_stretches_of_a_scene(tmp_path: Path) -> None:
    write(
        tmp_path / "Annotations_by_emotions" / "Angry.csv",
        "File,Start,End,Emotion\nact_f_12,0.1,0.9,Angry\nact_f_12,1.0,1.1,Angry\n"
        "act_f_12,0.1,0.9,Domination\n",
    )
    tone(tmp_path / "Data" / "Audio" / "act_f_12_mic.wav", secs=2.0)
    found = ramas.clips(tmp_path)
    assert [(clip.speaker, clip.label) for clip in found] == [("act_f", "angry")]
    assert found[0].load().secs == pytest.approx(0.8)


@pytest.mark.parametrize("name", CORPORA)
def test_an_empty_folder_says_what_was_expected(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSignalError, match=r"holds no .*--data takes the unpacked data set"):
        CORPORA[name].clips(tmp_path)


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="there is no folder"):
        ravdess.clips(tmp_path / "nowhere")


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    write(tmp_path / "Annotations_by_emotions" / "Sad.csv", "File,Begin\nx,1\n")
    with pytest.raises(BadSignalError, match="no column 'emotion'; it has: file, begin"):
        ramas.clips(tmp_path)


def test_the_shared_copies_have_the_published_counts(shared: Path) -> None:
    counts = {"ravdess": (960, 16), "emodb": (535, 10)}
    for name, (clips, speakers) in counts.items():
        found = CORPORA[name].clips(shared / CORPORA[name].shared)
        assert (len(found), len({clip.speaker for clip in found})) == (clips, speakers)
