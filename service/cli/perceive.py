"""`insideout perceive`: what words, recordings and faces say about how a person feels."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from insideout.agents.errors import BadInputError
from insideout.agents.said import clean
from insideout.perception.fusion import fuse
from insideout.perception.policy import may_open, policy
from insideout.perception.reading import Modality
from insideout.perception.text.language import detect_language
from insideout.perception.text.text_reader import TextReader
from insideout.service.cli import options
from insideout.service.cli import perceive_options as takes
from insideout.service.cli.file_kinds import (
    FILM,
    FOLDER_TAKES,
    MIC_TAKES,
    PICTURE,
    WEBCAM_TAKES,
    imported,
    kind_of,
    refuse,
)
from insideout.service.cli.joined import caution, joined_json
from insideout.service.cli.perceived import Asked, Perceived
from insideout.service.cli.profile_options import ProfileName
from insideout.service.cli.render import note, out, print_state
from insideout.service.cli.words import words_from

Read = Callable[[Path, Asked], Sequence[Perceived]]

_ONE_FILE = ("--plot", "--annotate")  # what is drawn is drawn of one file


def register(app: typer.Typer) -> None:
    """Add `perceive`."""
    app.command("perceive")(perceive)


def perceive(
    paths: takes.Paths = None,
    text: takes.Text = None,
    webcam: takes.Webcam = False,
    mic: takes.Mic = False,
    all_faces: takes.AllFaces = False,
    face_model: takes.FaceModel = None,
    face_cues: takes.FaceCues = False,
    age_gender: takes.AgeGender = None,
    annotate: takes.Annotate = None,
    plot: takes.Plot = None,
    transcribe: takes.Transcribe = False,
    voice_model: takes.VoiceModel = None,
    baseline: takes.Baseline = None,
    pulse: takes.Pulse = False,
    rate: takes.Rate = None,
    kind: takes.Kind = None,
    column: takes.Column = None,
    camera: takes.Camera = None,
    secs: takes.Secs = None,
    table: takes.Out = None,
    profile: ProfileName = None,
    lang: options.Lang = None,
    json_: options.Json = False,
) -> None:
    """What words or recordings say about how a person feels.

    Photos, films, sounds and recordings of a heart; words; a camera; a microphone; a folder of photos.
    The JSON is described in docs/perceive-json.md; of words alone it is the `state` object of
    service/say.schema.json. Not a medical device.
    """
    settings = options.settings_from(language=lang)
    asked = Asked(
        rate=rate,
        kind=kind,
        column=column,
        baseline=baseline,
        plot=plot,
        pulse=pulse,
        annotate=annotate,
        all_faces=all_faces,
        face_model=face_model,
        face_cues=face_cues,
        age_gender=age_gender,
        transcribe=transcribe,
        voice_model=voice_model,
        out=table,
        profile=profile,
        camera=camera,
        secs=secs,
        language="ru" if settings.language == "ru" else "en",
        json_=json_,
    )
    if (webcam or mic or paths) and not may_open(Modality.FACE):
        raise BadInputError(
            f"the policy {policy().value!r} opens no camera, microphone or recording; words may be "
            'read: insideout perceive --text "…"'
        )
    if webcam or mic:
        _perceive_live(asked, webcam=webcam, mic=mic, alone=not paths and text is None)
        return
    if paths and any(path.is_dir() for path in paths):
        _perceive_folder(paths, text, asked)
        return
    if paths:
        words = None if text is None else clean(words_from(text), settings.max_message_chars)
        _perceive_files(paths, words, asked)
        return
    if asked.given:
        raise BadInputError(f"{', '.join(asked.given)}: for files, and no file was given")
    words = clean(words_from(text), settings.max_message_chars)
    state = fuse([TextReader().read(words)])
    if json_:
        typer.echo(json.dumps(state.to_json(), ensure_ascii=False))
    else:
        known = settings.language in ("en", "ru")
        print_state(out(), state, settings.language if known else detect_language(words))


def _perceive_live(asked: Asked, *, webcam: bool, mic: bool, alone: bool) -> None:
    """Watch or listen until somebody stops it."""
    if not alone or (webcam and mic):
        raise BadInputError("--webcam and --mic stand alone: without files, words or each other")
    if webcam:
        refuse(asked, WEBCAM_TAKES, "--webcam is a camera")
        imported("insideout.service.cli.perceive_webcam", "a camera", "camera").watch(asked)
    else:
        refuse(asked, MIC_TAKES, "--mic is a microphone")
        imported("insideout.service.cli.perceive_mic", "a microphone", "voice").listen(asked)


def _perceive_folder(paths: list[Path], text: str | None, asked: Asked) -> None:
    if len(paths) > 1 or text is not None:
        raise BadInputError("a folder of photos is read alone, without other files or words")
    refuse(asked, FOLDER_TAKES, f"{paths[0]} is a folder of photos")
    module = imported("insideout.service.cli.perceive_folder", "a folder of photos", "camera")
    module.perceive(paths[0], asked, PICTURE.suffixes)


def _perceive_files(paths: list[Path], words: str | None, asked: Asked) -> None:
    """Read the files, and the words with them, and show the state that two and more make together."""
    for name in _ONE_FILE:
        if name in asked.given and len(paths) > 1:
            raise BadInputError(f"{name} draws one recording; {len(paths)} files were given")
    readers = [(path, _reader(path, asked)) for path in paths]
    perceived = [one for path, read in readers for one in read(path, asked)]
    readings = [each for one in perceived for each in (*one.more, one.reading)]
    if words is not None:
        readings.insert(0, TextReader().read(words))
    state = fuse(readings)
    if asked.json_:
        found = joined_json(state, [(one.section, one.details) for one in perceived])
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    console = out()
    for one in perceived:
        one.show(console)
    if sum(reading.abstained is None for reading in readings) > 1:
        print_state(console, state, asked.language)
    note(console, caution([one.section for one in perceived], asked.language))


def _reader(path: Path, asked: Asked) -> Read:
    """The function that reads such a file; raises BadInputError where there is none."""
    kind = kind_of(path)
    if asked.pulse and kind is FILM:
        refuse(asked, ("--pulse",), f"{path} is read for its pulse alone")
    refuse(asked, kind.takes, f"{path} is {kind.name}")
    perceive_ = imported(kind.module, kind.name, kind.extra).perceive

    def read(path: Path, asked: Asked) -> Sequence[Perceived]:
        found = perceive_(path, asked)
        return (found,) if isinstance(found, Perceived) else tuple(found)

    return read
