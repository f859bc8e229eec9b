"""The options of `insideout perceive`, as typer reads them."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Text = Annotated[str | None, typer.Option("--text", help='The words; "-" for stdin.')]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Photos, films, sounds, recordings of a heart; or one folder of photos."),
]
Rate = Annotated[
    float | None, typer.Option(help="Samples a second, where the file does not tell.", metavar="HZ")
]
Kind = Annotated[
    Literal["ecg", "ppg"] | None, typer.Option(help="What was recorded; else it is guessed.")
]
Column = Annotated[
    str | None, typer.Option(help="The column or lead, by name or number.", metavar="NAME")
]
Baseline = Annotated[
    Path | None,
    typer.Option(help="The same person's heart at rest, or neutral voice.", metavar="FILE"),
]
Plot = Annotated[
    Path | None, typer.Option(help="Draw a recording or the course of a film.", metavar="PNG")
]
Pulse = Annotated[
    bool, typer.Option("--pulse", help="The pulse in a film of a face; experimental.")
]
Annotate = Annotated[
    Path | None, typer.Option(help="Write the photo or film with its faces marked.", metavar="FILE")
]
AllFaces = Annotated[bool, typer.Option("--all-faces", help="Every face, not the one in front.")]
FaceModel = Annotated[
    str | None,
    typer.Option(
        help="embedded, emotiefflib[:NAME], PATH.onnx, or several with +.", metavar="NAME"
    ),
]
FaceCues = Annotated[
    bool, typer.Option("--face-cues", help="What the face does, as FACS action units.")
]
AgeGender = Annotated[
    Path | None,
    typer.Option(help="Age or gender too, by this model of yours.", metavar="MODEL"),
]
Transcribe = Annotated[
    bool, typer.Option("--transcribe", help="Write down what is said, and read it.")
]
VoiceModel = Annotated[
    str | None, typer.Option(help="embedded, or hf:REPO of a speech model.", metavar="NAME")
]
Webcam = Annotated[bool, typer.Option("--webcam", help="Watch a camera.")]
Camera = Annotated[
    str | None,
    typer.Option(help="Its number, from 0, or the address of a stream.", metavar="CAMERA"),
]
Mic = Annotated[bool, typer.Option("--mic", help="Listen to the microphone.")]
Secs = Annotated[
    float | None,
    typer.Option(help="Stop a camera or microphone after that long.", metavar="SECS", min=0.0),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", help="The table of a folder of photos: .csv, .jsonl or .parquet.", metavar="FILE"
    ),
]
