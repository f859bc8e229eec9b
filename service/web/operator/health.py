"""Health: how the program fares, without a word about anybody's content."""

import time
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import psutil

from insideout.agents.crisis.learned import WEIGHTS as CRISIS_WEIGHTS
from insideout.agents.embedded.weights_folder import weights_folder
from insideout.perception.errors import InsideOutError, WeightsError
from insideout.perception.policy import policy
from insideout.perception.weights import locate
from insideout.service.model_report import RECOGNISERS
from insideout.service.web.guests import Guest, Step
from insideout.service.web.live import models
from insideout.service.web.operator.mishaps import MISHAPS, Mishap
from insideout.service.web.result.saved import shelf
from insideout.service.web.site import Site

PACKAGE = "insideout-emotions"
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A model file. how: what to do where it is not ready, else empty."""

    name: str
    ready: bool
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """One guest, as far as the operator needs to know. idle_secs: since their last sign of life."""

    page: str
    step: Step
    idle_secs: float
    measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Of the program now.

    model: who thinks → who answers, one name where it is the same. fallback: another that answers where
    that fails, None for none. used_mb, free_mb: of the
    program and of the machine. detector, writer: what finds faces and writes down speech; None where
    that is not loaded yet or cannot be had. loaded: recognisers that are in memory.
    """

    version: str
    up_secs: float
    model: str
    fallback: str | None
    policy: str
    used_mb: int
    free_mb: int
    guests: tuple[Present, ...]
    results: int
    weights: tuple[Weights, ...]
    detector: str | None
    writer: str | None
    loaded: tuple[str, ...]
    mishaps: tuple[Mishap, ...]

    @property
    def well(self) -> bool:
        """Whether every model file is there."""
        return all(weights.ready for weights in self.weights)

    def to_json(self) -> dict[str, Any]:
        """What a monitor sees: counts alone of the guests and of the errors."""
        return {
            "status": "ok" if self.well else "degraded",
            "version": self.version,
            "up_secs": round(self.up_secs),
            "model": self.model,
            "policy": self.policy,
            "memory_mb": {"used": self.used_mb, "free": self.free_mb},
            "guests": len(self.guests),
            "results": self.results,
            "missing": [weights.name for weights in self.weights if not weights.ready],
            "face_detector": self.detector,
            "speech_to_text": self.writer,
            "errors_last_hour": sum(mishap.count for mishap in self.mishaps),
        }


def health(site: Site) -> Health:
    """A look at everything; the first one takes a moment, since it checks the model files."""
    process = psutil.Process()
    setup = site.assistant.setup
    names = dict.fromkeys((setup.voices.spec, setup.aggregator.spec))
    fallback = setup.fallback.spec if setup.fallback else None
    return Health(
        version=_version(),
        up_secs=time.time() - process.create_time(),
        model=" → ".join(names),
        fallback=None if fallback in names else fallback,
        policy=policy().value,
        used_mb=process.memory_info().rss // _MB,
        free_mb=psutil.virtual_memory().available // _MB,
        guests=tuple(_present(guest, site) for guest in site.guests.present),
        results=len(shelf(site)),
        weights=tuple(_all_weights()),
        detector=_detector(),
        writer=_writer(),
        loaded=tuple(_loaded()),
        mishaps=MISHAPS.lately,
    )


def _present(guest: Guest, site: Site) -> Present:
    return Present(
        page=guest.page,
        step=guest.step,
        idle_secs=site.guests.idle_secs(guest),
        measured=guest.live is not None,
    )


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


def _all_weights() -> list[Weights]:
    files = {**RECOGNISERS, "crisis": CRISIS_WEIGHTS}
    found = [_weights(name, lambda file=file: locate(file)) for name, file in files.items()]
    return [_weights("embedded chat model", weights_folder), *found]


def _weights(name: str, find: Any) -> Weights:
    try:
        find()
    except WeightsError as error:
        return Weights(name=name, ready=False, how=str(error))
    return Weights(name=name, ready=True)


def _detector() -> str | None:
    try:
        return models.detector().name
    except InsideOutError:
        return None


def _writer() -> str | None:
    """Only where it is loaded: looking for it may ask the network."""
    scribe = models.scribe() if models.scribe.cache_info().currsize else None
    return scribe.name if scribe else None


def _loaded() -> list[str]:
    readers = {"face recogniser": models.faces, "voice recogniser": models.voices}
    return [name for name, load in readers.items() if load.cache_info().currsize]
