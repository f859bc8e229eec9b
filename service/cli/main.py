"""`insideout`: the command line, put together."""

import io
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from insideout.perception.errors import InsideOutError
from insideout.service.cli.lazy import LazyCommand, lazy_app

DISTRIBUTION = "insideout-emotions"


def _commands(*rows: tuple[str, str, str], extra: str | None = None) -> tuple[LazyCommand, ...]:
    return tuple(
        LazyCommand(name=name, module=f"insideout.service.cli.{module}", line=line, extra=extra)
        for name, module, line in rows
    )


COMMANDS = _commands(
    ("chat", "chat", "Talk, with the reply streamed; the conversation is kept."),
    ("say", "say", "One message in, one reply out; as JSON for programs."),
    ("demo", "demo", "A whole turn, shown step by step; then a chat where there is a terminal."),
    ("perceive", "perceive", "What words or recordings say about how a person feels."),
    ("sessions", "sessions", "List, show, export and delete the conversations that are kept."),
    ("profile", "profile", "What is particular to one person: make, show, list and delete it."),
    ("models", "models", "Which models are there, where they lie, and how to get the rest."),
    ("doctor", "doctor", "What works on this machine, and how to get what does not."),
) + _commands(
    ("serve", "serve", "A server that any OpenAI client can talk to."),
    extra="serve",
)
TRAIN = _commands(
    (
        "heart",
        "train_heart",
        "Fit what the heart says about stress, or with the brain about feeling.",
    ),
    extra="heart",
) + _commands(
    ("text", "train_text", "Fit a text recogniser on your copies of the data sets."),
    ("crisis", "train_crisis", "Fit the learned part of the crisis screen."),
    ("lm", "train_lm", "Train the embedded language model."),
    ("face", "train_face", "Train the embedded recogniser of faces on FER-2013."),
    ("voice", "train_voice", "Fit what names the emotion of speech."),
    ("fusion", "train_fusion", "Fit how far each modality is believed, on simulated people."),
    ("rest", "train_rest", "Measure how people at rest look and sound to the recognisers."),
    extra="train",
)
EVAL = (
    _commands(
        (
            "ed",
            "eval_ed",
            "Name one of 32 emotions for each context, and say how often that was right.",
        ),
        (
            "compare",
            "eval_compare",
            "Is one right more often than the other, and which items changed?",
        ),
        ("report", "eval_report", "Write a table of all the runs, and pictures of each."),
        ("majority", "eval_majority", "Several runs about the same items, averaged into one."),
        ("index", "eval_index", "The labelled dialogues that `eval ed --examples` looks up."),
        ("meld", "eval_sets", "MELD: seven emotions in a television series."),
        ("emorynlp", "eval_sets", "EmoryNLP: seven emotions in the same series, named otherwise."),
        ("dailydialog", "eval_sets", "DailyDialog: six emotions or none in everyday talk."),
        ("goemotions", "eval_sets", "GoEmotions: 27 emotions or none in Reddit comments."),
        ("edos", "eval_sets", "EDOS: the 32 emotions in film subtitles."),
        ("cedr", "eval_sets", "CEDR: five emotions in Russian sentences."),
        ("brighter", "eval_sets", "BRIGHTER: six emotions in Russian texts."),
        ("fer2013", "eval_face", "FER-2013: seven expressions on 48 x 48 grey faces."),
        ("affectnet", "eval_face", "AffectNet: eight expressions, valence and arousal."),
        ("afew", "eval_face", "AFEW, or any folder of clips: seven expressions, one a clip."),
        ("abaw", "eval_face", "ABAW's frames of Aff-Wild2: expressions, or valence and arousal."),
        ("photos", "eval_face", "Labelled photos: found, judged and read as `perceive` does."),
        ("ravdess", "eval_voice", "RAVDESS: eight emotions in acted English speech."),
        ("emodb", "eval_voice", "EMO-DB: seven emotions in acted German speech."),
        ("crema-d", "eval_voice", "CREMA-D: six emotions, 91 actors, English."),
        ("iemocap", "eval_voice", "IEMOCAP: four emotions in English dialogues."),
        ("dusha", "eval_voice", "Dusha: four emotions in Russian speech."),
        ("ramas", "eval_voice", "RAMAS: seven emotions in Russian scenes."),
        extra="eval",
    )
    + _commands(
        ("beats", "eval_beats", "Beats of an ECG against annotations."),
        (
            "heart",
            "eval_heart",
            "Stress and feeling from the heart and the brain, people left out.",
        ),
        ("rppg", "eval_rppg", "The pulse in a face film against planted pulses; experimental."),
        extra="heart",
    )
    + _commands(
        (
            "crisis",
            "eval_crisis",
            "The crisis screen: what it stops, and what it stops by mistake.",
        ),
        ("lm", "eval_lm", "The embedded language model: perplexity, diversity, tone."),
        extra="train",
    )
    + _commands(
        ("asr", "eval_asr", "How many words the transcribers get wrong."),
        ("prosody", "eval_prosody", "How a voice sounds, in words: of neutral and of felt speech."),
        extra="voice",
    )
    + _commands(
        ("fusion", "eval_fusion", "Face, voice and words together, on simulated people."),
        ("warmth", "eval_warmth", "Warm but wrong: is a false statement believed when said sadly?"),
        ("adaptation", "eval_adaptation", "What knowing the person brings, people left out."),
        ("ablation", "eval_ablation", "What it changes in the replies how much they are told."),
        (
            "audiovisual",
            "eval_audiovisual",
            "Films of people: face, voice, words, and all of them.",
        ),
        extra="eval",
    )
)

app = lazy_app(
    COMMANDS,
    help="An assistant that notices how a person feels: four emotions think, one reply comes back.",
    epilog="Settings: environment variables INSIDEOUT_* or insideout.toml; see docs/settings.md.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(lazy_app(TRAIN), name="train", help="Train the models that ship with the project.")
app.add_typer(lazy_app(EVAL), name="eval", help="Measure: is it right, and how sure are we.")


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"insideout {version(DISTRIBUTION)}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and leave."
        ),
    ] = False,
) -> None:
    pass


def run() -> None:
    """The entry point: a person's mistake becomes one line on stderr and exit code 2."""
    _speak_utf8()
    try:
        app(prog_name="insideout")
    except InsideOutError as error:
        _fail(str(error), 2)
    except KeyboardInterrupt:
        _fail("stopped", 130)
    except Exception:
        _say(
            "this is a bug of InsideOut; please report the lines below, without your words in them"
        )
        raise


def _speak_utf8() -> None:
    """JSON is UTF-8 wherever it goes; a letter that a terminal lacks becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _fail(message: str, code: int) -> None:
    _say(message)
    sys.exit(code)


def _say(message: str) -> None:
    """One line on stderr, whatever the message holds."""
    sys.stderr.write(f"insideout: {' '.join(message.split())}\n")


if __name__ == "__main__":
    run()
