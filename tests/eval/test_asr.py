from pathlib import Path

import numpy as np
import pytest
from tests.perception.voice.sound_files import write
from tests.perception.voice.speech import Scribe, speaking

from insideout.eval.asr import clips, distance, figures, report, words_of, write_down
from insideout.eval.errors import DataSetError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three clips, of which a transcriber that always writes the same gets one right."""
    spoken = speaking(0.5)[np.newaxis]
    for name in "abc":
        write(tmp_path / f"{name}.wav", spoken, 16_000, "pcm_s16le")
    (tmp_path / "transcripts.csv").write_text(
        "file,transcript,set\n"
        "a.wav,I lost my job today,sad\n"
        "b.wav,I lost my keys,sad\n"
        "c.wav,hello,short\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("said", "written", "errors"),
    [
        ("a b c", "a b c", 0),
        ("a b c", "a x c", 1),
        ("a b c", "a c", 1),
        ("a b c", "a b b c", 1),
        ("a b", "", 2),
        ("", "a b", 2),
        ("a b c d", "b c d e", 2),
    ],
)
def test_words_put_in_left_out_and_changed_are_counted(
    said: str, written: str, errors: int
) -> None:
    assert distance(said.split(), written.split()) == errors


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Dashwood's ill-disposed.", "mister dashwoods ill disposed"),
        ("10 of clubs!", "ten of clubs"),
        ("Ещё 100", "еще 100"),
    ],
)
def test_spelling_is_not_counted_as_an_error(text: str, words: str) -> None:
    assert words_of(text) == tuple(words.split())


def test_word_error_rate_is_over_all_words_and_by_part(folder: Path) -> None:
    answers = write_down(clips(folder), Scribe())
    found = figures(answers, "scribe", rough=False)
    assert (found["n"], found["words"]) == (3, 10)
    assert found["metrics"]["wer"] == pytest.approx(0.7)
    assert found["by"]["sad"]["metrics"]["wer"] == pytest.approx(0.2222, abs=1e-4)
    low, high = found["interval95"]["wer"]
    assert low <= 0.7 <= high


def test_the_report_says_what_was_missing(folder: Path) -> None:
    found = report([], {"whisper": "not here"})
    assert found["missing"] == {"whisper": "not here"}


def test_a_folder_without_transcripts_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match=r"there is no .*transcripts\.csv"):
        clips(tmp_path)


def test_other_columns_are_named(tmp_path: Path) -> None:
    (tmp_path / "transcripts.csv").write_text("path,text\na.wav,hello\n")
    with pytest.raises(DataSetError, match="has path, text; expected the columns"):
        clips(tmp_path)
