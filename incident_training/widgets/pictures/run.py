"""A declaration run: when the rule and each family said yes, and when one declared."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from incident_training.clock import clock, span
from incident_training.doctrine.policy import Policy
from incident_training.front import svg
from incident_training.front.svg import Picture
from incident_training.kinds.declaration import Mark
from incident_training.widgets.pictures import ink
from incident_training.widgets.pictures.declared import Row, Run, times, told
from incident_training.widgets.pictures.scale import Piece, Scale, labels, scale

_NAME, _SMALL = 14.0, 12.5


@dataclass(frozen=True)
class Frame:
    """Where things are: names beside the bars, or above them on a phone."""

    width: float
    left: float
    right: float
    row: float
    bar: float  # from a row's top to the middle of its bar
    beside: bool
    top: float = 42

    def bands(self, rows: int) -> list[tuple[float, float]]:
        """Return (top, bottom) of what the marks run through: all, or only the bars."""
        bottom = self.bottom(rows)
        if self.beside:
            return [(self.top - 8, bottom)]
        bars = [self.top + at * self.row + self.bar for at in range(rows)]
        return [(bar - 12, bottom if bar == bars[-1] else bar + 12) for bar in bars]

    def bottom(self, rows: int) -> float:
        """Where the axis is."""
        return self.top + rows * self.row + (2 if self.beside else 6)


_WIDE = Frame(960, 250, 944, row=46, bar=23, beside=True)
_TALL = Frame(350, 12, 338, row=56, bar=38, beside=False)


def run(marks: Mark, rule: Policy) -> Picture:
    """Return the run as a picture: the rule in force, then a row per family; time goes right."""
    yours = marks.windows[rule.name]
    kin = (Row(title, window, False) for title, window in marks.families.items())
    it = Run(marks, (Row(rule.title, yours, True), *kin), yours)
    words = "\n".join(told(it))
    name = words.split("\n")[0]
    return Picture(wide=_drawn(_WIDE, it, name), tall=_drawn(_TALL, it, name), words=words)


def _drawn(frame: Frame, it: Run, name: str) -> str:
    on = scale(it.moments, frame.left, frame.right)
    count = len(it.rows) + bool(it.marks.looks)
    bottom = frame.bottom(count)
    drawing = svg.canvas(frame.width, bottom + (48 if on.breaks else 28), name, linked=True)
    for band in frame.bands(count):
        _stretch(drawing, on, it, *band)
    for at, row in enumerate(it.rows):
        _row(drawing, frame, on, it, row, frame.top + at * frame.row)
    _axis(drawing, frame, on, bottom, it.moments)
    for piece in on.breaks:
        _break(drawing, piece, frame.bands(count), bottom)
    _you(drawing, frame, on, it, frame.bands(count))
    if it.marks.looks:
        _looks(drawing, frame, on, it.marks.looks, frame.top + len(it.rows) * frame.row)
    return svg.serialise(drawing)


def _stretch(drawing: Element, on: Scale, it: Run, top: float, bottom: float) -> None:
    """Tint what lies between the policy's moment and the declaration, or the end without one."""
    if not it.apart or it.yours.expected is None:
        return
    until = it.marks.end if it.marks.declared is None else it.marks.declared
    left, right = sorted((on.x(it.yours.expected), on.x(until)))
    tint = f"var(--{'warn' if it.late else 'info'}-tint)"
    wide, high = right - left, bottom - top
    svg.draw(drawing, "rect", x=left, y=top, width=wide, height=high, fill=tint)


def _row(drawing: Element, frame: Frame, on: Scale, it: Run, row: Row, top: float) -> None:
    group = ink.part(drawing, f"{row.name}: {row.when}")
    _label(group, frame, row.name, row.when, top, bold=row.yours)
    y, end = top + frame.bar, on.x(it.marks.end)
    _line(group, frame.left, frame.right, y, "line", 1)
    colour, thick = ("learn", 12) if row.yours else ("info", 8)
    window = row.window
    if window.earliest is not None:
        until = end if window.expected is None else on.x(window.expected)
        _line(group, on.x(window.earliest), until, y, colour, 2, dashes="1 5")
    if window.expected is not None:
        start = min(on.x(window.expected), end - thick) + thick / 2  # round ends stay inside
        _line(group, start, end - thick / 2, y, colour, thick)


def _label(
    group: Element, frame: Frame, name: str, when: str, top: float, bold: bool = False
) -> None:
    if frame.beside:
        ink.say(group, (0, top + 20), name, size=_NAME, bold=bold)
        ink.say(group, (0, top + 37), when, size=_SMALL, colour="soft")
        return
    ink.say(group, (frame.left, top + 20), name, size=_NAME, bold=bold)
    ink.say(group, (frame.right, top + 20), when, size=_SMALL, colour="soft", anchor="end")


def _looks(drawing: Element, frame: Frame, on: Scale, looks: tuple[int, ...], top: float) -> None:
    """A row of small ticks: when the trainee opened evidence."""
    group = ink.part(drawing, f"You looked further {times(looks)}")
    short = times(looks) if len(looks) < 3 else f"{len(looks)} times"
    _label(group, frame, "You looked further", short, top)
    y = top + frame.bar
    _line(group, frame.left, frame.right, y, "line", 1)
    for minute in looks:
        d = f"M{svg.number(on.x(minute))} {svg.number(y - 7)}v14"
        svg.draw(group, "path", d=d, **ink.stroke("ink", 2.5))


def _axis(drawing: Element, frame: Frame, on: Scale, bottom: float, first: list[int]) -> None:
    group = svg.draw(drawing, "g", aria_hidden="true")
    _line(group, frame.left, frame.right, bottom, "edge", 1)
    for minute, centre in labels(on, first, _SMALL, (frame.left - 12, frame.width)):
        d = f"M{svg.number(on.x(minute))} {svg.number(bottom)}v5"
        svg.draw(group, "path", d=d, **ink.stroke("edge", 1))
        at = (centre, bottom + 20)
        ink.say(group, at, clock(minute), size=_SMALL, colour="soft", anchor="middle")


def _break(drawing: Element, piece: Piece, bands: list[tuple[float, float]], bottom: float) -> None:
    """Cut the rows, and say under the axis how much time the cut stands for."""
    group = svg.draw(drawing, "g", aria_hidden="true")
    x = (piece.left + piece.right) / 2
    for top, foot in bands:
        foot += 6 if foot == bottom else 0
        lean = (foot - top) / 12
        ends = [(x + side - lean, foot, x + side + lean, top) for side in (-4.0, 4.0)]
        (a, _, b, _), (c, _, d, _) = ends
        cut = f"M{a:.1f} {foot:.1f}L{b:.1f} {top:.1f}H{d:.1f}L{c:.1f} {foot:.1f}z"
        svg.draw(group, "path", d=cut, fill="var(--card)")
        for low, foot_y, high, top_y in ends:
            line = f"M{low:.1f} {foot_y:.1f}L{high:.1f} {top_y:.1f}"
            svg.draw(group, "path", d=line, **ink.stroke("edge", 1))
    said = f"// {span(piece.minutes)}"
    ink.say(group, (x, bottom + 40), said, size=_SMALL, colour="soft", anchor="middle")


def _you(
    drawing: Element, frame: Frame, on: Scale, it: Run, bands: list[tuple[float, float]]
) -> None:
    """The trainee's mark, and beside it how far it lies from the policy's moment."""
    y, declared = frame.top - 20, it.marks.declared
    tint = "warn" if it.late else "info"
    if declared is None:
        at = (on.x(it.marks.end), y)
        ink.say(drawing, at, it.apart, size=_NAME, colour=tint, bold=True, anchor="end")
        return
    x, said = on.x(declared), f"you, {clock(declared)}"
    group = ink.part(drawing, " · ".join(filter(None, [said, it.apart])))
    for top, bottom in [(frame.top - 34, frame.top - 8), *bands]:
        d = f"M{svg.number(x)} {svg.number(top)}V{svg.number(bottom)}"
        svg.draw(group, "path", d=d, **ink.stroke("call", 3))
    for text, colour, place, anchor in _beside(frame, x, said, it):
        ink.say(group, (place, y), text, size=_NAME, colour=colour, bold=True, anchor=anchor)


def _beside(frame: Frame, x: float, said: str, it: Run) -> Iterator[tuple[str, str, float, str]]:
    """Yield (text, colour, x, anchor): the stretch on its side, the trainee across if it fits."""
    tint, ahead = ("warn", 1) if it.late else ("info", -1)
    anchors = ("start", "end") if it.late else ("end", "start")
    wide = ink.width(said, _NAME, bold=True) + 10
    fits = wide < (frame.width - x if it.late else x)
    yield said, "call", x + 8 * (ahead if fits else -ahead), anchors[0 if fits else 1]
    yield it.apart, tint, x - ahead * (8 if fits else 8 + wide), anchors[1]


def _line(
    group: Element,
    left: float,
    right: float,
    y: float,
    colour: str,
    thick: float,
    dashes: str | None = None,
) -> None:
    d = f"M{svg.number(left)} {svg.number(y)}H{svg.number(max(left + 0.1, right))}"
    svg.draw(group, "path", d=d, stroke_dasharray=dashes, **ink.stroke(colour, thick))
