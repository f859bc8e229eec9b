"""Words by Whisper: faster-whisper, int8 on the processor, fetched on first use."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from insideout.perception.errors import PerceptionError, WeightsError, unknown_name
from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import Sound, TimedWord, Transcript
from insideout.perception.weights import OVERRIDE_VARIABLE

DEFAULT_SIZE = "base"
LICENCE = "MIT (OpenAI Whisper)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A published Whisper: its repository on huggingface.co and how much is fetched."""

    repository: str
    megabytes: int


SIZES: Mapping[str, Size] = {
    "tiny": Size(repository="Systran/faster-whisper-tiny", megabytes=78),
    "base": Size(repository="Systran/faster-whisper-base", megabytes=148),
    "small": Size(repository="Systran/faster-whisper-small", megabytes=486),
    "medium": Size(repository="Systran/faster-whisper-medium", megabytes=1530),
    "large-v3": Size(repository="Systran/faster-whisper-large-v3", megabytes=3090),
    "turbo": Size(repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo", megabytes=1620),
}

_NEEDED = ("config.json", "model.bin", "tokenizer.json")
_PATTERNS = (*_NEEDED, "preprocessor_config.json", "vocabulary.*")


class Whisper:
    """One Whisper model in memory.

    model: a size of SIZES, an "owner/name" of huggingface.co in CTranslate2's format, or a folder that
    holds such a model. Raises WeightsError where it cannot be had, PerceptionError where faster-whisper
    is missing.
    """

    def __init__(self, model: str = DEFAULT_SIZE) -> None:
        self.name = f"faster-whisper {Path(model).name if Path(model).is_dir() else model}"
        folder = model_folder(model)
        library = need("faster_whisper")
        try:
            self._model = library.WhisperModel(str(folder), device="cpu", compute_type="int8")
        except (RuntimeError, ValueError, LookupError, OSError) as error:
            raise WeightsError(
                f"{folder} holds no Whisper that faster-whisper can load ({error}); fetch the model "
                "again, or convert it with ct2-transformers-converter"
            ) from error

    def transcribe(self, sound: Sound, language: str | None = None) -> Transcript:
        """The words with their times; raises PerceptionError for a language that it does not know."""
        known = self._model.supported_languages
        if language is not None and language not in known:
            raise PerceptionError(unknown_name("language of Whisper", language, sorted(known)))
        segments, info = self._model.transcribe(
            sound.samples, language=language, word_timestamps=True, condition_on_previous_text=False
        )
        found = list(segments)
        return Transcript(
            text=" ".join(segment.text.strip() for segment in found).strip(),
            language=str(info.language),
            model=self.name,
            words=tuple(_words(found, sound)),
        )


def _words(segments: Iterable[Any], sound: Sound) -> Iterable[TimedWord]:
    for segment in segments:
        for word in segment.words or ():
            yield TimedWord(
                text=word.word.strip(),
                start_secs=sound.start_secs + float(word.start),
                end_secs=sound.start_secs + float(word.end),
                probability=min(1.0, max(0.0, float(word.probability))),
            )


def model_folder(model: str) -> Path:
    """Where a model lies: as named, in INSIDEOUT_WEIGHTS_DIR, in the hub's cache, else it is fetched."""
    if Path(model).is_dir():
        return _complete(Path(model))
    repository = _repository(model)
    override = os.environ.get(OVERRIDE_VARIABLE)
    if override and (own := Path(override) / repository.split("/")[1]).is_dir():
        return _complete(own)
    return cached_folder(model) or _fetched(model, repository)


def cached_folder(model: str) -> Path | None:
    """The model's folder in the hub's cache; None where it is not there, or not all of it."""
    hub, faults = need("huggingface_hub"), need("huggingface_hub.errors")
    try:
        folder = Path(hub.snapshot_download(_repository(model), local_files_only=True))
    except faults.LocalEntryNotFoundError:
        return None
    return None if _missing(folder) else folder


def _repository(model: str) -> str:
    if model in SIZES:
        return SIZES[model].repository
    if model.count("/") == 1 and all(model.split("/")) and not model.startswith("."):
        return model
    raise WeightsError(
        unknown_name("Whisper model", model, SIZES)
        + "; or owner/name on huggingface.co, or a folder that holds a model"
    )


def _complete(folder: Path) -> Path:
    if missing := _missing(folder):
        raise WeightsError(
            f"{folder} is no whole Whisper model: {', '.join(missing)} missing; expected "
            f"{', '.join(_NEEDED)} and vocabulary.json or vocabulary.txt in CTranslate2's format"
        )
    return folder


def _missing(folder: Path) -> list[str]:
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    return missing if list(folder.glob("vocabulary.*")) else [*missing, "vocabulary.json"]


def _fetched(model: str, repository: str) -> Path:
    """huggingface_hub shows its progress on stderr, checks what came, and goes on where it stopped."""
    hub, faults, httpx = need("huggingface_hub"), need("huggingface_hub.errors"), need("httpx")
    try:
        return _complete(
            Path(hub.snapshot_download(repository, allow_patterns=list(_PATTERNS), max_workers=2))
        )
    except (faults.GatedRepoError, faults.RepositoryNotFoundError) as error:
        raise WeightsError(
            f"huggingface.co does not give {repository}; known sizes: {', '.join(SIZES)}"
        ) from error
    except (OSError, httpx.HTTPError, faults.HfHubHTTPError) as error:
        raise WeightsError(_by_hand(model, repository, error)) from error


def _by_hand(model: str, repository: str, error: Exception) -> str:
    size = f", {SIZES[model].megabytes} MB" if model in SIZES else ""
    return (
        f"the Whisper model {model} ({repository}{size}) is not here and huggingface.co cannot be "
        f"reached ({type(error).__name__}). Without network: fetch {', '.join(_PATTERNS)} of "
        f"https://huggingface.co/{repository} on another machine, put them into a folder and name it: "
        f"whisper:FOLDER; or into the folder {repository.split('/')[1]} inside the folder named by "
        f"{OVERRIDE_VARIABLE}; or use the rough English recogniser: rough"
    )
