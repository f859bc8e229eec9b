"""Films of people, from a folder in a data set's layout to the figures."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typer
from tests.perception.audiovisual import layouts
from tests.perception.voice.speech import speaking
from typer.testing import CliRunner, Result

from insideout.agents.errors import BadInputError
from insideout.eval.audiovisual import FAILED, ClipReaders, Seen, seen, unheard
from insideout.eval.audiovisual_report import report
from insideout.eval.errors import DataSetError, RunError
from insideout.perception.affect import Affect
from insideout.perception.audiovisual.clips import FilmClip
from insideout.perception.audiovisual.corpora import FILM_CORPORA
from insideout.perception.face.loading import load_picture
from insideout.perception.label_spaces import CANONICAL
from insideout.perception.reading import Modality, Reading
from insideout.perception.voice.loading import load_sound
from insideout.service.cli import eval_audiovisual

for library in ("sklearn", "av", "cv2"):
    pytest.importorskip(library)

RAVDESS, OMG = FILM_CORPORA["ravdess"], FILM_CORPORA["omg-emotion"]


def says(modality: Modality, p: Mapping[str, float]) -> Reading:
    return Reading(
        modality=modality,
        model="test",
        probabilities=p,
        emotions=CANONICAL.emotions(p),
        affect=CANONICAL.affect(p),
        confidence=max(p.values()),
    )


def silent(modality: Modality, why: str = "nobody there") -> Reading:
    return Reading(modality=modality, model="test", abstained=why, quality=0.0)


def clip(number: int, label: str, affect: Affect | None = None) -> FilmClip:
    return FilmClip(
        name=f"c{number}",
        path=Path("none.mp4"),
        speaker=f"s{number % 3}",
        label=label,
        affect=affect,
    )


GLAD, SAD = {"joy": 0.9, "sadness": 0.1}, {"joy": 0.2, "sadness": 0.8}
FACE_RIGHT = [
    (clip(n, "happy"), Seen(name=f"c{n}", readings=(says(Modality.FACE, GLAD), other)))
    for n, other in enumerate(
        (says(Modality.VOICE, GLAD), says(Modality.VOICE, SAD), silent(Modality.VOICE))
    )
]


def test_each_modality_and_each_way_to_join_them_is_measured() -> None:
    clips, told = zip(*FACE_RIGHT, strict=True)
    found = report(RAVDESS, clips, told, 100)
    accuracy = {way: cells["accuracy"]["value"] for way, cells in found["ways"].items()}
    assert accuracy["face"] == 1.0
    assert accuracy["voice"] == pytest.approx(1 / 3, abs=1e-4)
    assert {"average", "fused", "fused - average", "fused - face"} <= set(accuracy)
    assert found["spoke"] == {"face": 1.0, "voice": pytest.approx(2 / 3, abs=1e-4)}


def test_a_modality_that_says_nothing_is_wrong_and_unsure_of_it() -> None:
    one = (clip(0, "happy"), Seen(name="c0", readings=(silent(Modality.FACE),)))
    cells = report(RAVDESS, [one[0]], [one[1]], 100)["ways"]["face"]
    assert (cells["accuracy"]["value"], cells["ece"]["value"]) == (0.0, 0.0)


def test_a_file_that_could_not_be_read_is_counted() -> None:
    readings = (says(Modality.FACE, GLAD), silent(Modality.VOICE, f"{FAILED}no sound"))
    found = report(RAVDESS, [clip(0, "happy")], [Seen(name="c0", readings=readings)], 100)
    assert found["failed"] == {"face": 0.0, "voice": 1.0}


def test_valence_and_arousal_are_measured_where_they_were_rated() -> None:
    affects = [Affect(valence=v, arousal=v / 2) for v in (-0.8, 0.0, 0.8)]
    clips = [clip(n, "neutral", affect) for n, affect in enumerate(affects)]
    told = [
        Seen(name=f"c{n}", readings=(replace(says(Modality.FACE, GLAD), affect=affect),))
        for n, affect in enumerate(affects)
    ]
    ways = report(OMG, clips, told, 100)["ways"]
    assert ways["face"]["ccc_valence"]["value"] == pytest.approx(1.0)
    assert ways["fused"]["ccc_arousal"]["value"] == pytest.approx(1.0)


def test_speakers_whom_a_model_learnt_from_are_left_out() -> None:
    heard, new = replace(clip(0, "happy"), speaker="01"), replace(clip(1, "happy"), speaker="17")
    assert unheard(RAVDESS, [heard, new]) == (new,)
    with pytest.raises(DataSetError, match="learnt from"):
        unheard(RAVDESS, [heard])


def spoken(path: Path) -> None:
    """A real film: a flat grey picture and made-up speech."""
    picture = np.full((96, 96, 3), 90, np.uint8)
    layouts.film(path, [picture] * 15, speaking(1.5))


def _run(*command: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    eval_audiovisual.register(app)
    return CliRunner().invoke(app, ["audiovisual", *command, "--draws", "100"])


@pytest.mark.parametrize("name", ["meld", "omg-emotion"])
def test_a_set_is_read_by_face_voice_and_words(tmp_path: Path, name: str) -> None:
    getattr(layouts, name.replace("-", "_"))(tmp_path, spoken)
    found = json.loads(_run("--set", name, "--data", str(tmp_path), "--json").stdout)
    assert (found["task"], found["n"]) == (f"audiovisual_{name}", 2)
    assert set(found["spoke"]) == {"face", "voice", "text"}
    assert found["spoke"]["face"] == 0.0
    assert ("ccc_valence" in found["ways"]["fused"]) == (name == "omg-emotion")


def test_people_see_a_table(tmp_path: Path) -> None:
    layouts.afew(tmp_path, spoken)
    said = " ".join(_run("--set", "afew", "--data", str(tmp_path)).stdout.split())
    for words in ("audiovisual_afew: 2 clips", "fused - average", "bootstrap over speakers"):
        assert words in said


def test_a_broken_run_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clips = FILM_CORPORA["afew"].clips(layouts.afew(tmp_path / "data"))
    asked: list[str] = []

    def read(self: ClipReaders, one: FilmClip) -> tuple[Reading, ...]:
        asked.append(one.name)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return (says(Modality.FACE, GLAD),)

    monkeypatch.setattr(ClipReaders, "read", read)
    with pytest.raises(KeyboardInterrupt):
        seen(clips, ClipReaders(), {"task": "afew"}, tmp_path / "out")
    found = seen(clips, ClipReaders(), {"task": "afew"}, tmp_path / "out")
    assert [one.name for one in found] == [one.name for one in clips]
    assert asked == [clips[0].name, clips[1].name, clips[1].name]
    with pytest.raises(RunError, match="another run"):
        seen(clips, ClipReaders(), {"task": "meld"}, tmp_path / "out")


def test_a_film_that_is_none_becomes_a_reading_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.mp4"
    path.write_bytes(b"nothing of a film")
    readings = ClipReaders().read(replace(clip(0, "happy"), path=path))
    assert [one.abstained is not None for one in readings] == [True, True]
    assert all((one.abstained or "").startswith(FAILED) for one in readings)


def test_a_real_face_and_a_real_voice_are_read_and_fused(tmp_path: Path, shared: Path) -> None:
    signals = shared / "signals"
    sound = next((signals / "voice" / "ravdess16" / "Actor_16").glob("03-01-03-*"), None)
    photo = signals / "face" / "photos" / "faceapi_happy.jpg"
    if sound is None or not photo.is_file():
        pytest.skip(f"no photos or voices under {signals}")
    samples = load_sound(sound).samples
    pictures = [load_picture(photo)[:720, :960][:, :, :3]] * 20
    path = layouts.film(tmp_path / "Actor_17" / "01-01-03-01-01-01-17.mp4", pictures, samples)
    readings = ClipReaders().read(RAVDESS.clips(tmp_path)[0])
    assert path.is_file()
    assert {one.modality for one in readings if one.abstained is None} == {
        Modality.FACE,
        Modality.VOICE,
    }


def test_an_unknown_set_names_the_known_ones(tmp_path: Path) -> None:
    result = _run("--set", "rafdess", "--data", str(tmp_path))
    assert isinstance(result.exception, BadInputError)
    assert "ravdess" in str(result.exception)


def test_a_split_that_is_not_there_is_told(tmp_path: Path) -> None:
    layouts.meld(tmp_path)
    result = _run("--set", "meld", "--data", str(tmp_path), "--split", "train")
    assert isinstance(result.exception, BadInputError)


def test_under_a_policy_that_forbids_it_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDEOUT_POLICY", "workplace")
    result = _run("--set", "meld", "--data", str(layouts.meld(tmp_path)))
    assert isinstance(result.exception, BadInputError)
