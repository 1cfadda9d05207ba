"""A declaration run: when each policy would have said yes, and when the trainee declared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from incident_training.clock import clock
from incident_training.doctrine.policy import Policy
from incident_training.front.svg import Picture
from incident_training.kinds.declaration import Mark, Window
from incident_training.widgets.pictures import ink
from incident_training.widgets.pictures.scale import Scale, labels, scale, span


@dataclass(frozen=True)
class Row:
    """A policy on the picture; `yours` is the one in force."""

    title: str
    window: Window
    yours: bool

    @property
    def name(self) -> str:
        return self.title + (" (yours)" if self.yours else "")

    @property
    def when(self) -> str:
        """When it says yes, in words."""
        if self.window.expected is None:
            return "never, on these facts"
        return f"yes from {clock(self.window.expected)}"


@dataclass(frozen=True)
class Frame:
    """Where things are: names beside the bars, or above them on a phone."""

    width: float
    left: float
    right: float
    top: float
    row: float
    bar: float  # from a row's top to the middle of its bar
    beside: bool
    size: float = 14.0


_WIDE = Frame(960, 250, 944, 40, 46, 23, beside=True)
_TALL = Frame(350, 10, 340, 44, 58, 38, beside=False)


def run(marks: Mark, policies: Mapping[str, Policy], in_force: str) -> Picture:
    """Return the run as a picture: a row per policy in `marks.windows`, time from left to right."""
    rows = [
        Row(policy.title, marks.windows[name], name == in_force)
        for name, policy in policies.items()
        if name in marks.windows
    ]
    yours = next((row.window for row in rows if row.yours), Window(None, None))
    words = "\n".join(_told(marks, rows, yours))
    name = words.split("\n")[0]
    return Picture(
        wide=_drawn(_WIDE, marks, rows, yours, name),
        tall=_drawn(_TALL, marks, rows, yours, name),
        words=words,
    )


def _drawn(frame: Frame, marks: Mark, rows: list[Row], yours: Window, name: str) -> str:
    on = scale(_moments(marks, yours), frame.left, frame.right)
    count = len(rows) + bool(marks.looks)
    bottom = frame.top + count * frame.row + 4
    drawing = ink.sheet(frame.width, bottom + (50 if on.breaks else 30), name)
    _stretch(drawing, frame, on, marks, yours, bottom)
    for at, row in enumerate(rows):
        _row(drawing, frame, on, marks, row, frame.top + at * frame.row)
    _axis(drawing, frame, on, bottom, _first(marks, yours))
    for piece in on.breaks:
        _break(drawing, frame, (piece.left + piece.right) / 2, bottom, span(piece.minutes))
    if marks.looks:
        _looks(drawing, frame, on, marks, frame.top + len(rows) * frame.row)
    _you(drawing, frame, on, marks, yours, bottom)
    return ink.markup(drawing)


def _moments(marks: Mark, yours: Window) -> list[int]:
    """Every minute the picture has to tell from the others."""
    found = [marks.start, marks.end, marks.declared, yours.earliest, *marks.looks]
    found += [window.expected for window in marks.windows.values()]
    return [minute for minute in found if minute is not None]


def _first(marks: Mark, yours: Window) -> list[int]:
    """The minutes that are named first on the axis, the most wanted first."""
    wanted = [marks.declared, yours.expected, marks.start, marks.end]
    wanted += [window.expected for window in marks.windows.values()]
    return [minute for minute in wanted if minute is not None]


def _stretch(
    drawing: ink.Element, frame: Frame, on: Scale, marks: Mark, yours: Window, bottom: float
) -> None:
    """Tint what lies between the policy's moment and the declaration, or the end without one."""
    if yours.expected is None or yours.expected == marks.declared:
        return
    until = marks.end if marks.declared is None else marks.declared
    left, right = sorted((on.x(yours.expected), on.x(until)))
    tint = "info" if until < yours.expected else "warn"
    ink.put(
        drawing,
        "rect",
        x=left,
        y=frame.top - 8,
        width=right - left,
        height=bottom - frame.top + 8,
        fill=f"var(--{tint}-tint)",
    )


def _row(drawing: ink.Element, frame: Frame, on: Scale, marks: Mark, row: Row, top: float) -> None:
    group = ink.put(drawing, "g", role="img", tabindex=0, aria_label=f"{row.name}: {row.when}")
    _label(group, frame, row.name, row.when, top, bold=row.yours)
    middle = top + frame.bar
    colour = "learn" if row.yours else "info"
    _line(group, frame.left, frame.right, middle, "line", 1.0)
    begin, end = row.window.expected, on.x(marks.end)
    if row.yours and row.window.earliest is not None:
        _line(group, on.x(row.window.earliest), end, middle, colour, 2.0, dashes="1 5")
    if begin is not None:
        thick = 12.0 if row.yours else 8.0
        start = min(on.x(begin), end - 1) + thick / 2
        _line(group, min(start, end), end, middle, colour, thick)


def _label(
    group: ink.Element, frame: Frame, name: str, when: str, top: float, bold: bool = False
) -> None:
    weight = {"font_weight": 600} if bold else {}
    if frame.beside:
        ink.put(group, "text", name, x=0, y=top + 20, font_size=frame.size, **weight)
        ink.put(group, "text", when, x=0, y=top + 37, font_size=12.5, fill="var(--soft)")
        return
    ink.put(group, "text", name, x=frame.left, y=top + 22, font_size=frame.size, **weight)
    ink.put(
        group,
        "text",
        when,
        x=frame.right,
        y=top + 22,
        font_size=12.5,
        fill="var(--soft)",
        text_anchor="end",
    )


def _looks(drawing: ink.Element, frame: Frame, on: Scale, marks: Mark, top: float) -> None:
    """A row of small ticks: when the trainee opened evidence."""
    times = _at(marks.looks)
    group = ink.put(drawing, "g", role="img", tabindex=0, aria_label=f"You looked further {times}")
    short = times if len(marks.looks) < 4 else f"{len(marks.looks)} times"
    _label(group, frame, "You looked further", short, top)
    middle = top + frame.bar
    _line(group, frame.left, frame.right, middle, "line", 1.0)
    for minute in marks.looks:
        x = on.x(minute)
        d = f"M{ink.number(x)} {ink.number(middle - 7)}v14"
        ink.put(group, "path", d=d, stroke="var(--ink)", stroke_width=2.5, stroke_linecap="round")


def _axis(drawing: ink.Element, frame: Frame, on: Scale, bottom: float, first: list[int]) -> None:
    group = ink.put(drawing, "g", aria_hidden="true")
    _line(group, frame.left, frame.right, bottom, "edge", 1.0)
    for minute, centre in labels(on, first, 12.5, (frame.left - 10, frame.width)):
        d = f"M{ink.number(on.x(minute))} {ink.number(bottom)}v5"
        ink.put(group, "path", d=d, stroke="var(--edge)")
        _words(group, clock(minute), centre, bottom + 21, "soft", anchor="middle", size=12.5)


def _break(drawing: ink.Element, frame: Frame, x: float, bottom: float, named: str) -> None:
    """Cut the rows at x and say how much time the cut stands for."""
    group = ink.put(drawing, "g", aria_hidden="true")
    top, foot = frame.top - 8, bottom + 7
    cut = f"M{x - 4:.1f} {foot:.1f}L{x + 1:.1f} {top:.1f}H{x + 9:.1f}L{x + 4:.1f} {foot:.1f}Z"
    ink.put(group, "path", d=cut.replace("Z", "z"), fill="var(--card)")
    for side in (-4, 4):
        d = f"M{x + side:.1f} {foot:.1f}L{x + side + 5:.1f} {top:.1f}"
        ink.put(group, "path", d=d, stroke="var(--edge)", fill="none")
    _words(group, f"// {named}", x + 2, bottom + 41, "soft", anchor="middle", size=12.5)


def _you(
    drawing: ink.Element, frame: Frame, on: Scale, marks: Mark, yours: Window, bottom: float
) -> None:
    """The trainee's mark, and how far it lies from the policy's moment."""
    apart = _apart(marks, yours)
    if marks.declared is None:
        if apart:
            _words(drawing, apart, on.x(marks.end), frame.top - 18, "warn", anchor="end", bold=True)
        return
    x, said = on.x(marks.declared), f"you, {clock(marks.declared)}"
    group = ink.put(drawing, "g", role="img", tabindex=0, aria_label=f"{said}. {apart}".strip())
    d = f"M{ink.number(x)} {ink.number(frame.top - 32)}V{ink.number(bottom)}"
    ink.put(group, "path", d=d, stroke="var(--call)", stroke_width=3.0, stroke_linecap="round")
    late = yours.expected is None or marks.declared >= yours.expected
    room = frame.width - x - 8 if late else x - 8
    y, ahead = frame.top - 20, 1 if late else -1
    if ink.width(said, frame.size, bold=True) > room:  # no room on its side: both on the other
        tint = "warn" if late else "info"
        anchor = "end" if late else "start"
        text = _words(group, apart, x - 8 * ahead, y, tint, anchor=anchor, bold=True)
        if late:
            text.text = f"{apart} · " if apart else ""
        ink.put(text, "tspan", said if late else f" · {said}", fill="var(--call)")
        return
    sides = ("start", "end") if late else ("end", "start")
    _words(group, said, x + 8 * ahead, y, "call", anchor=sides[0], bold=True)
    if apart:
        tint = "warn" if late else "info"
        _words(group, apart, x - 8 * ahead, y, tint, anchor=sides[1], bold=True)


def _apart(marks: Mark, yours: Window) -> str:
    """Return "8 minutes", "8 minutes before" or "" where there is nothing between."""
    if yours.expected is None or yours.expected == marks.declared:
        return ""
    if marks.declared is None:
        return "not declared"
    between = span(abs(marks.declared - yours.expected))
    return between if marks.declared > yours.expected else f"{between} before"


def _words(
    parent: ink.Element,
    text: str,
    x: float,
    y: float,
    colour: str,
    *,
    anchor: str,
    size: float = 14.0,
    bold: bool = False,
) -> ink.Element:
    return ink.put(
        parent,
        "text",
        text,
        x=float(x),
        y=float(y),
        fill=f"var(--{colour})",
        text_anchor=anchor,
        font_size=size,
        font_weight=600 if bold else None,
    )


def _line(
    group: ink.Element,
    left: float,
    right: float,
    y: float,
    colour: str,
    thick: float,
    dashes: str | None = None,
) -> None:
    inset = thick / 2 if thick > 4 else 0.0  # round ends stay inside the plot
    ink.put(
        group,
        "path",
        d=f"M{ink.number(left)} {ink.number(y)}H{ink.number(max(left + 0.1, right - inset))}",
        stroke=f"var(--{colour})",
        stroke_width=thick,
        stroke_linecap="round",
        stroke_dasharray=dashes,
    )


def _told(marks: Mark, rows: list[Row], yours: Window) -> Iterator[str]:
    """The text twin: what you did, then each policy, then how to read the axis."""
    yield f"{_you_did(marks)} {_your_rule(marks, yours)}".strip()
    for row in rows:
        early = row.window.earliest
        left_open = (
            f", left open from {clock(early)}"
            if row.yours and early is not None and early != row.window.expected
            else ""
        )
        yield f"{row.name}: {row.when}{left_open}."
    if marks.looks:
        yield f"You looked further {_at(marks.looks)}."
    yield f"The picture goes from {clock(marks.start)} to {clock(marks.end)}."
    for piece in scale(_moments(marks, yours), 0, 600).breaks:
        yield (
            f"It shortens the {span(piece.minutes)} between {clock(piece.start)} and"
            f" {clock(piece.end)}, so that the rest can be read."
        )


def _you_did(marks: Mark) -> str:
    return (
        "You did not declare."
        if marks.declared is None
        else f"You declared at {clock(marks.declared)}."
    )


def _your_rule(marks: Mark, yours: Window) -> str:
    if yours.expected is None:
        return "On these facts your rule never says yes."
    if marks.declared is None or marks.declared == yours.expected:
        return f"Your rule says yes from {clock(yours.expected)}."
    between = span(abs(marks.declared - yours.expected))
    side = "later" if marks.declared > yours.expected else "sooner"
    return f"Your rule says yes from {clock(yours.expected)}; you were {between} {side}."


def _at(minutes: tuple[int, ...]) -> str:
    *first, last = (clock(minute) for minute in sorted(minutes))
    return f"at {', '.join(first)} and {last}" if first else f"at {last}"
