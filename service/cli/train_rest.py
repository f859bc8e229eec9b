"""`insideout train rest`: how people at rest look and sound to the recognisers that ship."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from insideout.eval.adaptation_faces import faces_at_rest
from insideout.eval.adaptation_voices import clips_of, voices_at_rest
from insideout.perception.at_rest import WEIGHTS, load, save
from insideout.perception.reading import Modality
from insideout.perception.weights import record_checksum
from insideout.service.cli.adaptation_options import CACHE, Emodb, voice_folders
from insideout.service.cli.shared_data import FER_TEST, Ravdess, cache_folder, place
from insideout.service.cli.voice_options import tracked

_FER_TRAIN = "signals/face/fer2013/train.zip"

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `rest` to the `train` commands."""
    app.command("rest")(train_rest)


def train_rest(
    fer: Annotated[
        Path | None,
        typer.Option(help="FER-2013's training images, zip or folder; else in INSIDEOUT_SHARED."),
    ] = None,
    fer_test: Annotated[
        Path | None,
        typer.Option(help="Its public test, which is left out; else in INSIDEOUT_SHARED."),
    ] = None,
    ravdess: Ravdess = None,
    emodb: Emodb = None,
    cache: Annotated[
        Path | None, typer.Option(help="Where features are kept; else the user's cache.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="A folder for both files; else in place of the shipped ones."),
    ] = None,
) -> None:
    """Measure what the recognisers say of people at rest, and write it with its checksums.

    A person's own rest is compared with it (`insideout profile make`). Of faces those are read that the
    recogniser did not learn from; of voices every speaker by classifiers fitted on the others.
    """
    folders = voice_folders(ravdess, emodb)
    train, test = place("fer", fer, _FER_TRAIN), place("fer-test", fer_test, FER_TEST)
    kept = cache_folder(CACHE, cache)
    with tracked(_stderr) as track:
        found = {
            Modality.FACE: faces_at_rest(train, test, track),
            Modality.VOICE: voices_at_rest(clips_of(folders, kept, track), track),
        }
    for modality, measured in found.items():
        weights = WEIGHTS[modality]
        path = weights.shipped if out is None else out / weights.name
        path.parent.mkdir(parents=True, exist_ok=True)
        save(measured, path)
        load(path)
        record_checksum(path)
        for model, one in measured.items():
            _stderr.print(f"{path}: {model}, {one.n} {one.of}", markup=False)
