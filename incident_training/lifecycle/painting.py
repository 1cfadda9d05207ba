"""The lifecycle as SVG: states at their places, moves between them, Learnings tinted."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element

from incident_training.front.svg import (
    Picture,
    arrowhead,
    bent,
    canvas,
    curve,
    draw,
    measure,
    serialise,
    write,
)
from incident_training.lifecycle.graph import Process
from incident_training.lifecycle.layout import DASHED, TALL, WIDE, Box, Layout, Note, Pair

CALL, INK, SOFT = "var(--call)", "var(--ink)", "var(--soft)"
LEARN, LUCK, TINT = "var(--learn)", "var(--luck)", "var(--learn-tint)"
EDGE, CARD, QUIET = "var(--edge)", "var(--card)", "var(--quiet)"
_NEAR_MISS = ("Declared", "Postmortem")


@dataclass(frozen=True)
class Place:
    """How a state looks: the lines under its name, its colours, its link, its place in a walk."""

    below: tuple[str, ...] = ()
    colour: str = SOFT
    stroke: str = "var(--line)"
    thick: float = 1
    href: str | None = None
    label: str | None = None
    order: str = ""
    quiet: bool = False
    ink: str = INK
    below_weight: int | None = None


def paint(
    process: Process, places: dict[str, Place], walk: Collection[Pair], words: str
) -> Picture:
    """Return the picture: every state as its place says, the moves of the walk marked."""
    wide, tall = (_drawn(process, layout, places, walk, words) for layout in (WIDE, TALL))
    return Picture(wide, tall, words)


def _drawn(
    process: Process, layout: Layout, places: dict[str, Place], walk: Collection[Pair], words: str
) -> str:
    boxes = {state: _box(layout, state) for state in process.graph}
    _, tinted, _, deep = layout.learnings
    top = min(tinted, *(box.y - box.height / 2 for box in boxes.values())) - 18
    bottom = max(tinted + deep, *(box.y + box.height / 2 for box in boxes.values())) + 12
    linked = any(place.href for place in places.values())
    root = canvas(layout.width, bottom - top, words.splitlines()[0], linked=linked, top=top)
    _learnings(root, layout)
    _moves(root, process, layout, walk, words)
    for state, box in boxes.items():
        _state(root, layout, box, places[state], end=state in process.ends)
    return serialise(root)


def _box(layout: Layout, state: str) -> Box:
    if state not in layout.boxes:
        raise ValueError(
            f"The map has no place for “{state}” yet; give it one in lifecycle/layout."
        )
    return layout.boxes[state]


def _learnings(root: Element, layout: Layout) -> None:
    """Tint what belongs to Learnings, inside a dotted line: not everybody sees a tint."""
    x, y, width, height = layout.learnings
    edge = {"stroke": LEARN, "stroke_dasharray": "1 5", "stroke_linecap": "round"}
    draw(root, "rect", x=x, y=y, width=width, height=height, rx=14, fill=TINT, **edge)
    _note(root, layout, layout.learnings_title, LEARN, halo=TINT, weight=600)


def _moves(
    root: Element, process: Process, layout: Layout, walk: Collection[Pair], words: str
) -> None:
    heads = {
        colour: arrowhead(root, colour, f"{layout.width} {words}") for colour in (SOFT, LUCK, CALL)
    }
    for move in sorted(process.graph.edges, key=lambda move: move in walk):  # the walk on top
        colour = CALL if move in walk else LUCK if move == _NEAR_MISS else SOFT
        way = layout.routes[move]
        draw(
            root,
            "path",
            d=curve(way) if move in layout.curved else bent(way),
            fill="none",
            stroke=colour,
            stroke_width=3 if move in walk else 1.5,
            stroke_dasharray="5 5" if move in DASHED and move not in walk else None,
            marker_end=heads[colour],
        )
    for move, note in layout.notes.items():
        if process.graph.has_edge(*move):
            _note(root, layout, note, LUCK if move == _NEAR_MISS else SOFT)


def _note(
    root: Element,
    layout: Layout,
    note: Note,
    colour: str,
    halo: str = CARD,
    weight: int | None = None,
) -> None:
    """Write a note with a rim in the ground's colour, so that a line may pass behind it."""
    write(
        root,
        note.at,
        note.lines,
        size=layout.small,
        fill=colour,
        text_anchor=note.anchor,
        font_weight=weight,
        stroke=halo,
        stroke_width=5,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _state(root: Element, layout: Layout, box: Box, place: Place, *, end: bool) -> None:
    label = {"aria_label": place.label} if place.href else {}
    group = draw(root, "a" if place.href else "g", href=place.href, **label)
    x, y = box.x - box.width / 2, box.y - box.height / 2
    draw(
        group,
        "rect",
        x=x,
        y=y,
        width=box.width,
        height=box.height,
        rx=box.height / 2 if end else 12 if box.large else 10,
        fill=QUIET if place.quiet or not (box.large or place.href or place.order) else CARD,
        stroke=place.stroke,
        stroke_width=place.thick,
    )
    _lines(group, layout, box, place)
    if place.order:
        _order(group, (x + 2, y - 6), place.order)


def _lines(group: Element, layout: Layout, box: Box, place: Place) -> None:
    """Write the name and what is below it, the whole of it in the middle of the box."""
    size, small = (layout.name if box.large else layout.text), layout.small
    below = _fitted(place.below, box.width - 10, small)
    deep = size * 1.2 * len(box.lines)
    y = box.y - (deep + small * 1.3 * len(below)) / 2
    bold = 600 if box.large or place.href or place.order else None
    name = partial(write, group, text_anchor="middle")
    name((box.x, y + size * 0.93), box.lines, size=size, fill=place.ink, font_weight=bold)
    if below:
        at = (box.x, y + deep + small * 1.03)
        name(at, below, size=small, fill=place.colour, font_weight=place.below_weight)


def _fitted(below: tuple[str, ...], width: float, size: float) -> tuple[str, ...]:
    """Return the parts on one line where they fit, else one below the other."""
    line = " · ".join(below)
    return (line,) if below and measure(line, size) <= width else below


def _order(group: Element, at: tuple[float, float], order: str) -> None:
    width = max(20, measure(order, 13) + 10)
    draw(group, "rect", x=at[0] - 10, y=at[1] - 10, width=width, height=20, rx=10, fill=CALL)
    write(
        group,
        (at[0] - 10 + width / 2, at[1] + 4.5),
        order,
        size=13,
        fill="var(--call-ink)",
        text_anchor="middle",
        font_weight=600,
    )
