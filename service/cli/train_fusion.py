"""`insideout train fusion`: fit how far each modality is believed, or train the network for it."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from insideout.eval.extras import need
from insideout.eval.fusion_fit import STEPS, fitted
from insideout.eval.fusion_graph import content_of, need_onnx
from insideout.eval.fusion_network import STEPS as NETWORK_STEPS
from insideout.eval.fusion_network import trained
from insideout.eval.fusion_pairs import Part, parts, whole
from insideout.eval.fusion_sources import said
from insideout.perception.fusing.learned import NETWORK, LearnedFusion
from insideout.perception.reliability import WEIGHTS, load_reliabilities, to_json
from insideout.perception.voice.train.run import Track
from insideout.perception.weights import record_checksum
from insideout.service.cli.fusion_options import Cache, Data, Ed, Fer, sets_at
from insideout.service.cli.shared_data import Ravdess
from insideout.service.cli.voice_options import tracked

_stderr = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add `fusion` to the `train` commands."""
    app.command("fusion")(train_fusion)


def train_fusion(
    fer: Fer = None,
    ravdess: Ravdess = None,
    ed: Ed = None,
    data: Data = None,
    cache: Cache = None,
    out: Annotated[
        Path | None, typer.Option(help="Where the file goes; else in place of the shipped one.")
    ] = None,
    learned: Annotated[
        bool, typer.Option("--learned", help="Train the network instead of the reliabilities.")
    ] = False,
) -> None:
    """Fit reliabilities on all the simulated triples, and write them with their checksum.

    `insideout eval fusion` says how right they are, fitted on one half and asked about the other.
    """
    if learned:
        need_onnx()
    else:
        need("scipy")
    sets = sets_at(fer, ravdess, ed, data, cache)
    path = out or (NETWORK if learned else WEIGHTS).shipped
    with tracked(_stderr) as track:
        part = whole(parts(said(sets, track)))
        path.parent.mkdir(parents=True, exist_ok=True)
        (_network if learned else _reliabilities)(part, path, track)
    record_checksum(path)
    _stderr.print(f"{path}: fitted on {len(part.places)} triples", markup=False)


def _reliabilities(part: Part, path: Path, track: Track) -> None:
    found = fitted(part, track("fitting reliabilities", STEPS))
    path.write_text(json.dumps(to_json(found), indent=1) + "\n", "utf-8")
    load_reliabilities(path)


def _network(part: Part, path: Path, track: Track) -> None:
    found = trained(part, track("training the network", NETWORK_STEPS))
    path.write_bytes(content_of(found))
    LearnedFusion.load(path)
