"""The spread of a room: a bar for each call, and after a second vote an arrow for each that moved.

All bars have one colour: which call is right is not for a picture to say.
"""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from incident_training.front import svg
from incident_training.front.svg import Picture
from incident_training.kinds.base import plural
from incident_training.measures.hands import CALLS, Counts, moved
from incident_training.widgets.pictures import ink

_WIDTH, _ROW, _TOP = 520.0, 68.0, 4.0
_LEFT, _LONGEST = 34.0, 400.0  # where bars begin, and how long they get
_BAR = 20.0


def spread(votes: Sequence[Counts], names: Mapping[str, str]) -> Picture:
    """Return how many were for each call; with two votes also how each went up or down."""
    told = words(votes, names)
    drawing = svg.canvas(_WIDTH, _TOP + _ROW * len(CALLS) + 26, told.split("\n")[0])
    head = svg.arrowhead(drawing, "var(--ink)", told)
    each = _LONGEST / max(1, *(count for vote in votes for count in vote))
    for row, call in enumerate(CALLS):
        line = _line([vote[row] for vote in votes], names[call])
        bar = ink.part(drawing, line)
        _bar(bar, row, names[call], [vote[row] for vote in votes], each, head)
    foot = _TOP + _ROW * len(CALLS) + 18
    ink.say(drawing, (_LEFT, foot), _counted(votes), size=18, colour="soft")
    return Picture(svg.serialise(drawing), "", told)


def words(votes: Sequence[Counts], names: Mapping[str, str]) -> str:
    """Return the text twin: how many hands, then each call."""
    lines = [_line([vote[row] for vote in votes], names[call]) for row, call in enumerate(CALLS)]
    return "\n".join([f"{_counted(votes)}.", *lines])


def _counted(votes: Sequence[Counts]) -> str:
    totals = [sum(vote) for vote in votes]
    hands = plural(totals[-1], "hand", "hands")
    return hands if len(set(totals)) == 1 else f"{hands}, {totals[0]} before"


def _line(counts: Sequence[int], name: str) -> str:
    if len(counts) == 1:
        return f"{name}: {counts[0]}."
    return f"{name}: {counts[0]}, then {counts[-1]}{_by(counts, ', {} more', ', {} fewer')}."


def _by(counts: Sequence[int], up: str, down: str) -> str:
    (by,) = moved(counts[:1], counts[-1:])
    return (up if by > 0 else down).format(abs(by)) if by else ""


def _bar(bar: Element, row: int, name: str, counts: Sequence[int], each: float, head: str) -> None:
    y = _TOP + row * _ROW
    ink.say(bar, (0, y + 24), str(row + 1), size=22, colour="soft", bold=True)
    ink.say(bar, (_LEFT, y + 24), name, size=22)
    first, last = counts[0] * each, counts[-1] * each
    top = y + 34
    svg.draw(bar, "path", d=f"M{_LEFT:g} {top:g}v{_BAR:g}", **ink.stroke("edge", 2))
    if last:
        svg.draw(bar, "rect", x=_LEFT, y=top, width=last, height=_BAR, fill="var(--info)", rx=3)
    end = _LEFT + max(first, last) + 10
    if len(counts) > 1 and counts[0] != counts[-1]:
        svg.draw(
            bar, "rect", x=_LEFT, y=top, width=max(first, 1.0), height=_BAR, fill="none",
            stroke="var(--ink)", stroke_width=1.5, stroke_dasharray="4 3", rx=3,
        )  # fmt: skip
        middle = top + _BAR + 7
        way = f"M{svg.number(_LEFT + first)} {middle:g}H{svg.number(_LEFT + last)}"
        svg.draw(bar, "path", d=way, marker_end=head, **ink.stroke("ink", 2.5))
    ink.say(bar, (end, top + 18), str(counts[-1]), size=24, bold=True)
    if by := _by(counts, "up {}", "down {}"):
        ink.say(bar, (end + ink.width(str(counts[-1]), 24, True) + 10, top + 17), by, size=18)
