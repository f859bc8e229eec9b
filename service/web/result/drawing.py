"""The pictures of a result as SVG: the mood over time, the strip of what stood out, small curves.

Colours are names of the palette (var(--c-…)), which a sheet replaces by their values, so that the
screen and the paper show one drawing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from statistics import fmean

from insideout.perception.affect import Affect, Emotion
from insideout.service.web.faces import STROKES
from insideout.service.web.live.measured import Spot
from insideout.service.web.result.content import Content
from insideout.service.web.texts import TEXTS
from insideout.service.web.wording import affect_words

RADIUS = 100
MOST_POINTS = 60  # of a course; more could not be told apart
STRIP_WIDTH, STRIP_HEIGHT = 600, 26
_LONGEST_GAP_SECS = 3.0  # between two seconds of a course; past it nothing was read
_VISIBLE_GAP = 0.03
_CURVE = (120, 34)
_COLOUR = re.compile(r"var\(--c-([a-z-]+)\)")


def in_colours(svg: str, palette: Mapping[str, str]) -> str:
    """The drawing with the palette's own values in place of their names."""
    return _COLOUR.sub(lambda found: palette[found[1]], svg)


def mood_map(content: Content) -> str:
    """Russell's circumplex with the course of the measurement and the state after each message."""
    course = thinned(content.course)
    trail = "".join(
        f'<path d="M{_xy(a.affect)}L{_xy(b.affect)}" fill="none" stroke-width="2.2" '
        f'stroke="{_colour(b.top)}" stroke-opacity="0.45" stroke-linecap="round"/>'
        for a, b in pairwise(course)
    )
    dots = "".join(
        f'<circle {_centre(spot.affect)} r="2.6" fill="{_colour(spot.top)}" '
        f'fill-opacity="{0.35 + 0.6 * i / max(1, len(course) - 1):.2f}"/>'
        for i, spot in enumerate(course)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="r-map" viewBox="-126 -126 252 252" '
        f'role="img" aria-label="{escape(_map_says(content))}">{_ground(content.language)}'
        f"{trail}{dots}{_ends(course)}{''.join(_turns(content))}</svg>"
    )


def _ground(language: str) -> str:
    texts = TEXTS[language]
    words = (
        ("0", "-110", texts.activated, ""),
        ("0", "119", texts.calm, ""),
        ("0", "-110", texts.pleasant, ' transform="rotate(90)"'),
        ("0", "-110", texts.unpleasant, ' transform="rotate(-90)"'),
    )
    line = 'fill="none" stroke="var(--c-line)"'
    return (
        f'<circle cx="0" cy="0" r="{RADIUS}" fill="var(--c-sunk)"/>'
        f'<circle cx="0" cy="0" r="{RADIUS // 2}" {line} stroke-width="1"/>'
        f'<path d="M-{RADIUS} 0H{RADIUS}M0 -{RADIUS}V{RADIUS}" {line} stroke-width="1.4"/>'
        + "".join(
            f'<text x="{x}" y="{y}" text-anchor="middle" font-family="inter" font-size="12"'
            f' fill="var(--c-quiet)"{turned}>{escape(word)}</text>'
            for x, y, word, turned in words
        )
    )


def _ends(course: Sequence[Spot]) -> str:
    """A ring where it began, a large dot where it ended."""
    if not course:
        return ""
    first, last = course[0], course[-1]
    ring = (
        f'<circle {_centre(first.affect)} r="5.5" fill="var(--c-card)" stroke-width="2.4" '
        f'stroke="{_colour(first.top)}"/>'
    )
    return (
        f"{ring if len(course) > 1 else ''}"
        f'<circle {_centre(last.affect)} r="13" fill="{_colour(last.top)}" fill-opacity="0.2"/>'
        f'<circle {_centre(last.affect)} r="7" fill="{_colour(last.top)}" stroke-width="2" '
        'stroke="var(--c-card)"/>'
    )


def _turns(content: Content) -> Iterator[str]:
    """The states after each message, numbered."""
    for number, turn in enumerate(content.turns, start=1):
        x, y = _at(turn.affect)
        yield (
            f'<rect x="{x - 8:.1f}" y="{y - 8:.1f}" width="16" height="16" rx="5" '
            f'fill="{_colour(turn.top)}" stroke="var(--c-card)" stroke-width="1.6"/>'
            f'<text x="{x:.1f}" y="{y + 3.8:.1f}" text-anchor="middle" font-family="inter" '
            f'font-size="10.5" font-weight="bold" fill="var(--c-card)">{number}</text>'
        )


def _map_says(content: Content) -> str:
    affects = [spot.affect for spot in content.course] or [turn.affect for turn in content.turns]
    if not affects:
        return content.texts.map_empty
    first, last = (", ".join(affect_words(a, content.language)) for a in (affects[0], affects[-1]))
    return content.texts.map_says.format(first=first, last=last)


def thinned(course: Sequence[Spot]) -> tuple[Spot, ...]:
    """At most MOST_POINTS spots: the mean of each stretch, with its most frequent emotion."""
    size = -(-len(course) // MOST_POINTS) or 1
    stretches = [course[start : start + size] for start in range(0, len(course), size)]
    return tuple(_mean(stretch) for stretch in stretches)


def _mean(spots: Sequence[Spot]) -> Spot:
    tops = [spot.top for spot in spots]
    return Spot(
        secs=spots[-1].secs,
        affect=Affect(
            valence=fmean(spot.affect.valence for spot in spots),
            arousal=fmean(spot.affect.arousal for spot in spots),
        ),
        top=max(tops, key=tops.count),
        confidence=fmean(spot.confidence for spot in spots),
    )


def strip(content: Content) -> str:
    """A strip of the measurement's seconds in the colours of what stood out; empty without a course."""
    if not content.course:
        return ""
    whole = max(content.secs, content.course[-1].secs) or 1.0
    per_sec = STRIP_WIDTH / whole
    runs = "".join(
        f'<rect x="{start * per_sec:.1f}" y="0" width="{max(1.0, (end - start) * per_sec):.1f}" '
        f'height="{STRIP_HEIGHT}" fill="{_colour(top)}"/>'
        for start, end, top in _runs(content.course)
    )
    says = content.texts.time_says.format(
        secs=duration(whole, content), shares=shares_words(content)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="r-strip" preserveAspectRatio="none" '
        f'viewBox="0 0 {STRIP_WIDTH} {STRIP_HEIGHT}" role="img" aria-label="{escape(says)}">'
        f'<rect x="0" y="0" width="{STRIP_WIDTH}" height="{STRIP_HEIGHT}" fill="var(--c-sunk)"/>'
        f"{runs}</svg>"
    )


def _runs(course: Sequence[Spot]) -> Iterator[tuple[float, float, Emotion]]:
    """Start, end and emotion of each stretch in which one emotion stood out without a gap."""
    start, top, last = max(0.0, course[0].secs - 1.0), course[0].top, course[0].secs
    for spot in course[1:]:
        gap = spot.secs - last > _LONGEST_GAP_SECS
        if gap or spot.top is not top:
            yield start, last, top
            start, top = (spot.secs - 1.0 if gap else last), spot.top
        last = spot.secs
    yield start, last, top


def unread(content: Content) -> bool:
    """Whether a visible part of the strip is empty, since nothing was read then."""
    whole = max(content.secs, content.course[-1].secs)
    read = sum(end - start for start, end, _ in _runs(content.course))
    return whole - read > _VISIBLE_GAP * whole


def shares_words(content: Content) -> str:
    """How much of the time each emotion stood out: "joy 62%, neutral 38%"."""
    return ", ".join(f"{share.name} {share.percent}%" for share in content.shares)


def duration(secs: float, content: Content) -> str:
    """Seconds in words, minutes where there are many."""
    texts = content.texts
    if secs < 180:
        return texts.secs.format(secs=f"{secs:.0f}")
    return texts.minutes.format(minutes=f"{secs / 60:.0f}")


def curve(points: Sequence[tuple[float, float]]) -> str:
    """A small line of a figure over time; empty below three points."""
    if len(points) < 3:
        return ""
    width, height = _CURVE
    (start, *_), (end, *_) = points[0], points[-1]
    values = [value for _, value in points]
    low, high = min(values), max(values)
    spread, length = (high - low) or 1.0, (end - start) or 1.0
    placed = [
        (4 + (width - 8) * (secs - start) / length, height - 5 - (height - 10) * (v - low) / spread)
        for secs, v in points
    ]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
    x, y = placed[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="r-curve" viewBox="0 0 {width} {height}" '
        f'aria-hidden="true"><path d="M{line}" fill="none" stroke="var(--c-accent)" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="var(--c-accent)"/></svg>'
    )


def face_drawing(name: str) -> str:
    """The face of an emotion in its colour."""
    strokes = STROKES.get(name, STROKES["neutral"])
    line = f'fill="none" stroke="var(--c-{name})"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">'
        f'<circle cx="18" cy="18" r="17" {line} stroke-width="1.6"/>'
        f'<path d="{strokes}" {line} stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
        f'<circle cx="12.5" cy="16.5" r="1.6" fill="var(--c-{name})"/>'
        f'<circle cx="23.5" cy="16.5" r="1.6" fill="var(--c-{name})"/></svg>'
    )


def _at(affect: Affect) -> tuple[float, float]:
    """On the drawing; a square of values is drawn into the circle, so nothing lies outside it."""
    length = max(1.0, (affect.valence**2 + affect.arousal**2) ** 0.5)
    return RADIUS * affect.valence / length, -RADIUS * affect.arousal / length


def _xy(affect: Affect) -> str:
    x, y = _at(affect)
    return f"{x:.1f} {y:.1f}"


def _centre(affect: Affect) -> str:
    x, y = _at(affect)
    return f'cx="{x:.1f}" cy="{y:.1f}"'


def _colour(emotion: Emotion) -> str:
    return f"var(--c-{emotion.value})"
