"""Writes folders in the layout of each set of films; real films, or empty files where none is opened."""

import csv
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.sound import RATE_HZ

Make = Callable[[Path], object]
Row = dict[str, object]


def empty(path: Path) -> None:
    """A file that nobody opens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")


def film(
    path: Path, pictures: Sequence[NDArray[np.uint8]], samples: NDArray[np.float32], rate: int = 10
) -> Path:
    """A film with sound: RGB pictures at that rate, (n,) samples at RATE_HZ."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as file:
        track: Any = file.add_stream("mpeg4", rate=rate)
        track.height, track.width = pictures[0].shape[:2]
        track.pix_fmt = "yuv420p"
        track.bit_rate = 4_000_000
        sound: Any = file.add_stream("aac", rate=RATE_HZ)
        sound.layout = "mono"
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, rate)
            file.mux(track.encode(frame))
        file.mux(track.encode(None))
        whole = np.ascontiguousarray(samples, dtype=np.float32)[None, :]
        tone = av.AudioFrame.from_ndarray(whole, format="fltp", layout="mono")
        tone.sample_rate = RATE_HZ
        file.mux(sound.encode(tone))
        file.mux(sound.encode(None))
    return path


def table(path: Path, rows: Sequence[Row]) -> Path:
    """A table with a head."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def ravdess(folder: Path, make: Make = empty) -> Path:
    """A happy and a sad film of actors 17 and 18, one without sound, one sung."""
    for actor in ("17", "18"):
        for name in (f"01-01-03-01-01-01-{actor}", f"01-01-04-01-01-01-{actor}"):
            make(folder / f"Actor_{actor}" / f"{name}.mp4")
    empty(folder / "Actor_17" / "02-01-03-01-01-01-17.mp4")
    empty(folder / "Actor_17" / "01-02-03-01-01-01-17.mp4")
    return folder


def ramas(folder: Path, make: Make = empty, sound: Make = empty) -> Path:
    """Two stretches of a scene, one of a scene without a film."""
    make(folder / "Data" / "Video_close" / "a_1_close.mp4")
    empty(folder / "Data" / "Video_close" / "a_10_close.mp4")
    for scene in ("a_1", "b_1"):
        sound(folder / "Data" / "Audio" / f"{scene}_mic.wav")
    table(
        folder / "Annotations_by_emotions" / "Happy.csv",
        [
            {"File": "a_1", "Start": 0.0, "End": 1.5, "Emotion": "Happy"},
            {"File": "a_1", "Start": 1.5, "End": 3.0, "Emotion": "Sad"},
            {"File": "b_1", "Start": 0.0, "End": 2.0, "Emotion": "Happy"},
        ],
    )
    return folder


def afew(folder: Path, make: Make = empty) -> Path:
    """A happy and a sad clip."""
    make(folder / "Val_AFEW" / "Happy" / "000149120.avi")
    make(folder / "Val_AFEW" / "Sad" / "000149121.avi")
    return folder


def meld(folder: Path, make: Make = empty) -> Path:
    """Two utterances of the test part and one without a film; a hidden file beside them."""
    films = folder / "test" / "output_repeated_splits_test"
    make(films / "dia0_utt0.mp4")
    make(films / "dia0_utt1.mp4")
    empty(films / "._dia0_utt2.mp4")
    said = ("I\x92m so glad!", "My dog died.", "Oh.")
    rows: list[Row] = [
        {
            "Sr No.": number,
            "Utterance": words,
            "Speaker": f"P{number}",
            "Emotion": ("joy", "sadness", "neutral")[number],
            "Dialogue_ID": 0,
            "Utterance_ID": number,
        }
        for number, words in enumerate(said)
    ]
    table(folder / "test_sent_emo.csv", rows)
    return folder


def omg_emotion(folder: Path, make: Make = empty) -> Path:
    """Two utterances of two videos and one that is gone from the web."""
    rows: list[Row] = []
    for video, place, arousal, valence in (("v1", 3, 0.75, 0.5), ("v2", 5, 0.25, -0.5)):
        make(folder / "Videos" / video / "utterance_1.mp4")
        rows.append(_omg_row(video, place, arousal, valence))
    rows.append(_omg_row("gone", 4, 0.0, 0.0))
    table(folder / "OMGEmotionChallenge" / "omg_ValidationVideos.csv", rows)
    table(
        folder / "OMGEmotionChallenge" / "omg_ValidationTranscripts.csv",
        [
            {
                "link": "x",
                "video": "v1",
                "utterance": "utterance_1.mp4",
                "transcript": "I am so glad, I passed!",
            }
        ],
    )
    return folder


def _omg_row(video: str, place: int, arousal: float, valence: float) -> Row:
    return {
        "link": "x",
        "start": 0.0,
        "end": 2.0,
        "video": video,
        "utterance": "utterance_1.mp4",
        "arousal": arousal,
        "valence": valence,
        "EmotionMaxVote": place,
    }
