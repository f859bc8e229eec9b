"""A picture of a film: its frames, emotions over time, episodes, valence and arousal, faces and cuts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.face.colours import HEX
from insideout.perception.face.face import Picture
from insideout.perception.face.film import FilmObservation
from insideout.perception.face.film_wording import LOOKS, PLOT
from insideout.perception.face.libraries import need
from insideout.perception.face.stream import FaceMoment
from insideout.perception.face.timeline import Row, cuts, gaps

_INK, _QUIET, _GRID, _AWAY = "#22262b", "#7a8088", "#eceae5", "#f1ede6"
_VALENCE, _AROUSAL = "#2c7a7b", "#c05621"
_STILLS, _STILL_HEIGHT = 10, 160
_SLOT = 10.0  # width of the strip over its height
_MOST_SECS = 600.0  # on an axis of seconds; a longer one is in minutes
_SHOWN = 0.1  # an emotion that never reaches it is left out of the legend
_NAMED = 0.06  # of the width: a shorter episode has no room for its name
_EMOTIONS = tuple(Emotion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """One small picture of a film. across: where its face is, as a share of the width."""

    picture: Picture
    across: float = 0.5


@dataclass(slots=True, kw_only=True)
class Stills:
    """Keeps a few small pictures of a film, evenly over its `secs`; over ten minutes if unknown."""

    secs: float | None
    kept: list[Still] = field(default_factory=list)

    def look(self, secs: float, picture: Picture, moment: FaceMoment) -> None:
        """Keep the picture where it is the next one's turn."""
        step = (self.secs or _MOST_SECS) / _STILLS
        if len(self.kept) == _STILLS or secs < (len(self.kept) + 0.5) * step - 1e-6:
            return
        cv: Any = need("cv2")
        scale = _STILL_HEIGHT / picture.shape[0]
        size = (max(1, round(picture.shape[1] * scale)), _STILL_HEIGHT)
        box = next((seen.face.box for seen in moment.faces if seen.number == moment.number), None)
        across = 0.5 if box is None else (box.left + box.width / 2) / picture.shape[1]
        small = cv.resize(picture, size, interpolation=cv.INTER_AREA)
        self.kept.append(Still(picture=small, across=across))


def check_plot(path: Path) -> None:
    """Raises PerceptionError where no picture can be written there; asked before a long film is read."""
    known = need("matplotlib.backend_bases").FigureCanvasBase.get_supported_filetypes()
    if path.suffix.lower().lstrip(".") not in known or not path.parent.is_dir():
        raise PerceptionError(
            f"{path} cannot be written: expected a .png, .svg or .pdf in a folder that is there"
        )


def plot(
    observation: FilmObservation,
    path: Path,
    title: str,
    stills: Sequence[Still] = (),
    language: str = "en",
) -> None:
    """Write the picture; its format follows the suffix of `path`.

    stills: in order, evenly over the film. Raises PerceptionError where it cannot be written.
    """
    figure = need("matplotlib.figure").Figure(figsize=(12, 7.6), layout="constrained")
    heights = (1.0, 2.6, 0.32, 1.5, 0.28)
    grid = figure.add_gridspec(5, 1, height_ratios=heights, hspace=0.02)
    strip = figure.add_subplot(grid[0])
    emotions = figure.add_subplot(grid[1])
    axes = [emotions, *(figure.add_subplot(grid[i], sharex=emotions) for i in (2, 3, 4))]
    scale = _Scale.of(observation)
    _strip(strip, stills, observation.secs)
    _emotions(axes[0], observation.timeline, scale, language)
    _episodes(axes[1], observation, scale, language)
    _affect(axes[2], observation.timeline, scale, language)
    _faces(axes[3], observation.timeline, scale, language)
    _share_time(axes, observation, scale, language)
    figure.suptitle(_title(observation, title), color=_INK, fontsize=12, x=0.01, ha="left")
    figure.supxlabel(PLOT[language]["note"], color=_QUIET, fontsize=8.5)
    try:
        figure.savefig(path, dpi=130, facecolor="white")
    except (OSError, ValueError) as error:
        raise PerceptionError(f"{path} cannot be written ({error}); name a .png or .pdf") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """The axis of time: seconds in its unit, the key of its name, its end."""

    secs: float
    unit: str
    end: float

    @classmethod
    def of(cls, observation: FilmObservation) -> "_Scale":
        end = max(observation.secs, 0.1)
        secs, unit = (60.0, "minutes") if end > _MOST_SECS else (1.0, "seconds")
        return cls(secs=secs, unit=unit, end=end / secs)


def _title(observation: FilmObservation, title: str) -> str:
    cues = observation.reading.abstained or "; ".join(observation.reading.cues)
    return f"{title}\n{cues}" if cues else title


def _strip(axes: Any, stills: Sequence[Still], secs: float) -> None:
    """The film's own pictures side by side, each above the time it is from."""
    axes.set_axis_off()
    width = secs / max(1, len(stills))
    for i, still in enumerate(stills):
        picture = _cropped(still, _SLOT / len(stills))
        axes.imshow(picture, extent=(i * width, (i + 0.97) * width, 0.0, 1.0), aspect="auto")
    axes.set(xlim=(0.0, secs), ylim=(0.0, 1.0))


def _cropped(still: Still, aspect: float) -> Picture:
    """The part around the face with this width over height."""
    height, width = still.picture.shape[:2]
    if width / height > aspect:
        wide = max(1, round(height * aspect))
        left = min(max(0, round(still.across * width - wide / 2)), width - wide)
        return still.picture[:, left : left + wide]
    high = max(1, round(width / aspect))
    top = (height - high) // 3  # faces are above the middle of upright films
    return still.picture[top : top + high]


def _steps(rows: Sequence[Row], scale: _Scale) -> NDArray[np.float64]:
    """The middle of each row, with the ends of the first and the last."""
    middles = [(row.start_secs + row.end_secs) / 2.0 for row in rows]
    return np.array([rows[0].start_secs, *middles, rows[-1].end_secs]) / scale.secs


def _spoken(rows: Sequence[Row]) -> list[list[Row]]:
    """Runs of rows in which something was read, with nothing unread and no cut between."""
    runs: list[list[Row]] = []
    open_run = False
    for row in rows:
        if not row.shares:
            open_run = False
            continue
        if open_run and not row.cut:
            runs[-1].append(row)
        else:
            runs.append([row])
        open_run = True
    return runs


def _emotions(axes: Any, rows: Sequence[Row], scale: _Scale, language: str) -> None:
    """Probabilities as areas on top of each other; empty where nothing was read."""
    shown = [
        i
        for i, emotion in enumerate(_EMOTIONS)
        if max((row.shares[i] for row in rows if row.shares), default=0.0) >= _SHOWN
    ]
    order = [*shown, *(i for i in range(len(_EMOTIONS)) if i not in shown)]
    for run in _spoken(rows):
        shares = np.array([row.shares for row in (run[0], *run, run[-1])]).T[order]
        colours = [HEX[_EMOTIONS[i]] for i in order]
        axes.stackplot(_steps(run, scale), shares, colors=colours, linewidth=0.4, edgecolor="white")
    axes.set_ylim(0.0, 1.0)
    axes.set_yticks((0.0, 0.5, 1.0), ("0", "50 %", "100 %"))
    axes.set_ylabel(PLOT[language]["probability"], color=_INK, fontsize=9)
    patch = need("matplotlib.patches").Patch
    handles = [
        patch(color=HEX[_EMOTIONS[i]], label=LOOKS[language][_EMOTIONS[i]]) for i in reversed(shown)
    ]
    if handles:
        axes.legend(
            handles=handles,
            loc="center left",
            bbox_to_anchor=(1.005, 0.5),
            frameon=False,
            fontsize=9,
            labelcolor=_INK,
            handlelength=1.0,
            handleheight=1.0,
        )
    elif not gaps(rows):
        words = PLOT[language]["nothing"]
        axes.text(0.5, 0.5, words, ha="center", transform=axes.transAxes, color=_QUIET, fontsize=9)


def _episodes(axes: Any, observation: FilmObservation, scale: _Scale, language: str) -> None:
    """The leading emotion as a ribbon, with its name where there is room."""
    for episode in observation.episodes:
        if episode.emotion is None:
            continue
        start, width = episode.start_secs / scale.secs, episode.secs / scale.secs
        axes.broken_barh([(start, width)], (0.0, 1.0), color=HEX[episode.emotion], linewidth=0)
        if width / scale.end >= _NAMED:
            axes.text(
                start + width / 2.0,
                0.48,
                LOOKS[language][episode.emotion],
                ha="center",
                va="center",
                fontsize=9,
                color="white" if episode.emotion is not Emotion.NEUTRAL else _INK,
                fontweight="bold",
            )
    axes.set_ylim(0.0, 1.0)
    axes.set_yticks(())


def _affect(axes: Any, rows: Sequence[Row], scale: _Scale, language: str) -> None:
    """Valence and arousal, each named at its line's end."""
    axes.axhline(0.0, color="#cfcac0", linewidth=0.8)
    for name, colour in (("valence", _VALENCE), ("arousal", _AROUSAL)):
        last = None
        for run in _spoken(rows):
            values = [getattr(row, name) for row in run]
            if any(value is None for value in values):
                continue
            line = [values[0], *values, values[-1]]
            axes.plot(_steps(run, scale), line, color=colour, linewidth=1.8)
            last = float(np.mean(line[-3:]))
        if last is not None:
            axes.annotate(
                PLOT[language][name],
                (1.005, last),
                xycoords=("axes fraction", "data"),
                color=colour,
                fontsize=9,
                va="center",
                annotation_clip=False,
            )
    axes.set_ylim(-1.0, 1.0)
    axes.set_yticks((-1.0, 0.0, 1.0), ("−1", "0", "+1"))
    axes.grid(axis="y", color=_GRID, linewidth=0.6)


def _faces(axes: Any, rows: Sequence[Row], scale: _Scale, language: str) -> None:
    """Where a face is seen and read, seen alone, or not there."""
    for row in rows:
        if row.face:
            colour = "#5b6b7b" if row.shares else "#c9ced4"
            span = (row.start_secs / scale.secs, row.secs / scale.secs)
            axes.broken_barh([span], (0.3, 0.4), color=colour, linewidth=0)
    axes.set_ylim(0.0, 1.0)
    axes.set_yticks((0.5,), (PLOT[language]["face"],))
    axes.tick_params(axis="y", length=0)


def _share_time(
    axes: Sequence[Any], observation: FilmObservation, scale: _Scale, language: str
) -> None:
    """One axis of time for all: cuts as lines, stretches without a face shaded."""
    for one in axes:
        one.set_xlim(0.0, scale.end)
        one.spines[["top", "right", "left"]].set_visible(False)
        one.spines["bottom"].set_color("#cfcac0")
        one.tick_params(labelsize=8.5, colors=_INK, labelbottom=one is axes[-1], length=0)
        for start, end in gaps(observation.timeline):
            one.axvspan(start / scale.secs, end / scale.secs, color=_AWAY, linewidth=0, zorder=0)
        for secs in cuts(observation.timeline):
            one.axvline(secs / scale.secs, color=_INK, linewidth=0.8, linestyle=(0, (3, 3)))
    for start, end in gaps(observation.timeline):
        if (end - start) / scale.secs / scale.end >= 2 * _NAMED:
            middle = (start + end) / 2.0 / scale.secs
            words = PLOT[language]["no_face"]
            axes[0].text(middle, 0.5, words, ha="center", va="center", color=_QUIET, fontsize=9)
    for secs in cuts(observation.timeline):
        axes[0].text(
            secs / scale.secs,
            1.01,
            PLOT[language]["cut"],
            ha="center",
            va="bottom",
            fontsize=7.5,
            color=_QUIET,
        )
    axes[-1].set_xlabel(PLOT[language][scale.unit], color=_INK, fontsize=9)
