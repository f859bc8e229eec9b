"""The course of a film: stills, emotions over time, episodes, valence and arousal, quality."""

from collections.abc import Iterator, Sequence
from html import escape

from insideout.perception.affect import Emotion
from insideout.perception.describe import label_words
from insideout.perception.face.film import FilmObservation, Person
from insideout.perception.face.timeline import Episode, Row, cuts, gaps
from insideout.service.web.lab.bars import percent
from insideout.service.web.lab.charts import Axis, area, box, clock, line, row, stacked
from insideout.service.web.lab.texts import TEXTS

Still = tuple[float, str]
"""Seconds and the picture's data URI."""

_COLUMNS = 240  # of the chart; a longer film is thinned to it
_HIGH = 100.0
_NAMES = tuple(emotion.value for emotion in Emotion)


def film_chart(observation: FilmObservation, stills: Sequence[Still], language: str) -> str:
    """All rows over one axis of time."""
    texts = TEXTS[language]
    axis = Axis(secs=max(observation.secs, 0.1))
    rows = thinned(observation.timeline)
    facts = texts.film_facts.format(
        length=clock(observation.secs),
        width=observation.width,
        height=observation.height,
        read=observation.read,
        frames=observation.frames,
    )
    return (
        f'<p class="l-fine">{escape(facts)}</p>{_strip(stills, observation.secs)}'
        f'<div class="l-chart">{_emotions(rows, observation, axis, language)}'
        f"{_episodes(observation.episodes, axis, language)}{_affect(rows, axis, language)}"
        f"{_quality(rows, axis, language)}{axis.ticks()}</div>"
        f"{_legend(observation.episodes, language)}{_people(observation, language)}"
    )


def thinned(rows: Sequence[Row], most: int = _COLUMNS) -> list[Row]:
    """At most so many rows, evenly over the list, with its first and its last.

    >>> len(thinned(rows_of_an_hour))
    240
    """
    if len(rows) <= most:
        return list(rows)
    return [rows[round(i * (len(rows) - 1) / (most - 1))] for i in range(most)]


def _strip(stills: Sequence[Still], whole_secs: float) -> str:
    pictures = "".join(
        f'<figure><img src="{uri}" alt=""><figcaption>{clock(secs, whole_secs)}</figcaption></figure>'
        for secs, uri in stills
    )
    return f'<div class="l-stills">{pictures}</div>' if stills else ""


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Stretches in which something was read, with nothing unread and no cut between."""
    run: list[Row] = []
    for one in rows:
        if run and (one.cut or not one.shares):
            yield run
            run = []
        if one.shares:
            run.append(one)
    if run:
        yield run


def _middle(one: Row) -> float:
    return (one.start_secs + one.end_secs) / 2.0


def _emotions(rows: Sequence[Row], observation: FilmObservation, axis: Axis, language: str) -> str:
    drawn = [_away(observation, axis)]
    for run in _runs(rows):
        ends = [
            axis.x(run[0].start_secs),
            *(axis.x(_middle(r)) for r in run),
            axis.x(run[-1].end_secs),
        ]
        shares = [run[0].shares, *(r.shares for r in run), run[-1].shares]
        drawn.append(stacked(ends, shares, _NAMES, _HIGH))
    drawn += [
        f'<path class="l-cut" d="M{axis.x(secs):.1f} 0V{_HIGH:g}"/>'
        for secs in cuts(observation.timeline)
    ]
    drawn += [_told(one, axis, language) for one in rows if one.shares]
    texts = TEXTS[language]
    return row(texts.emotions, "".join(drawn), texts.emotions_says, high=_HIGH, pixels=150)


def _away(observation: FilmObservation, axis: Axis) -> str:
    return "".join(
        box(axis.x(start), axis.x(end), 0.0, _HIGH, "l-away")
        for start, end in gaps(observation.timeline)
    )


def _told(one: Row, axis: Axis, language: str) -> str:
    """What stands in the tooltip of a moment."""
    best = sorted(one.emotions.items(), key=lambda item: -item[1])[:3]
    said = ", ".join(f"{label_words(e.value, language)} {percent(p)}" for e, p in best)
    ends = axis.x(one.start_secs), axis.x(one.end_secs)
    return box(*ends, 0.0, _HIGH, "l-touch", f"{clock(one.start_secs)}  {said}")


def _episodes(episodes: Sequence[Episode], axis: Axis, language: str) -> str:
    texts = TEXTS[language]
    spoken = [(one, one.emotion) for one in episodes if one.emotion is not None]
    drawn = "".join(
        box(
            axis.x(one.start_secs),
            axis.x(one.end_secs),
            0.0,
            _HIGH,
            f"l-area {emotion.value}",
            _episode(one, emotion, language),
        )
        for one, emotion in spoken
    )
    says = "; ".join(_episode(one, emotion, language) for one, emotion in spoken)
    return row(texts.episodes, drawn, says or texts.nothing_read, high=_HIGH, pixels=18)


def _episode(one: Episode, emotion: Emotion, language: str) -> str:
    span = f"{clock(one.start_secs)}–{clock(one.end_secs)}"
    return f"{span} {label_words(emotion.value, language)}"


def _affect(rows: Sequence[Row], axis: Axis, language: str) -> str:
    texts = TEXTS[language]
    drawn = ['<path class="l-zero" d="M0 50H1000"/>']
    for run in _runs(rows):
        for name in ("valence", "arousal"):
            values = [(axis.x(_middle(r)), getattr(r, name)) for r in run]
            points = [(x, 50.0 - 50.0 * v) for x, v in values if v is not None]
            drawn.append(line(points, f"l-{name}"))
    marks = (
        f'<span class="l-key l-valence">{escape(texts.valence)}</span>'
        f'<span class="l-key l-arousal">{escape(texts.arousal)}</span>'
    )
    says = f"{texts.valence}, {texts.arousal}"
    return row("−1 … +1", "".join(drawn), says, high=_HIGH, pixels=80, marks=marks)


def _quality(rows: Sequence[Row], axis: Axis, language: str) -> str:
    texts = TEXTS[language]
    drawn = ""
    for run in _runs(rows):
        ends = [(axis.x(r.start_secs), _HIGH * (1.0 - r.quality)) for r in run]
        last = (axis.x(run[-1].end_secs), _HIGH * (1.0 - run[-1].quality))
        floor = [(last[0], _HIGH), (ends[0][0], _HIGH)]
        drawn += area([*ends, last, *floor], "l-quality")
    return row(texts.quality, drawn, texts.quality, high=_HIGH, pixels=26)


def _legend(episodes: Sequence[Episode], language: str) -> str:
    met = {one.emotion for one in episodes}
    keys = "".join(
        f'<span><i class="dot {emotion.value}"></i>{escape(label_words(emotion.value, language))}</span>'
        for emotion in Emotion
        if emotion in met
    )
    return f'<p class="l-legend">{keys}</p>' if keys else ""


def _people(observation: FilmObservation, language: str) -> str:
    """Who else is in the film, where there is more than one face."""
    people = observation.people
    if len(people) < 2:
        return ""
    lines = "".join(f"<li>{escape(_person(one, language))}</li>" for one in people)
    return f'<ul class="l-people">{lines}</ul>'


def _person(one: Person, language: str) -> str:
    """When that face was there, and what it said most."""
    texts = TEXTS[language]
    top = [] if one.reading is None else one.reading.top(2)
    said = ", ".join(f"{label_words(label, language)} {percent(share)}" for label, share in top)
    span = f"{clock(one.first_secs)}–{clock(one.last_secs)}"
    return f"{texts.face_number.format(n=one.number)}: {span} {said or texts.nothing_read}"
