"""The marks of a hazard graph: what stood on an edge and how it went, by shape and by colour."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from incident_training.front import svg
from incident_training.widgets.pictures import barriers, ink
from incident_training.widgets.pictures.story import STATES, Stage, State, Step

SIZE, LEADING = 13.0, 16.0  # of what is said beside a mark
COLOURS: dict[State, str] = {
    "held": "learn",
    "failed": "warn",
    "untested": "soft",
    "luck": "luck",
    "open": "soft",
}
WEAKEST = "the weakest path"
THICK = 5.0  # the weakest path, where there are several
_ROW = 17.0
_BADGE = 19.0  # with the space after it


def went(group: Element, step: Step, x: float, y: float, centred: bool) -> None:
    """Write how it went and the barrier's kind; x is the middle, or the left end.

    Centred, the kind stands below; else it stands beside.
    """
    state: State = "held" if step.closed else "open" if step.gone else step.state
    said, badged = verdict(step), state in ("held", "failed", "untested")
    start = (x - width(step) / 2 if centred else x) + (_BADGE if badged else 0)
    if badged:
        barriers.badge(group, state, start - _BADGE + 7, y - 4.5)
    if said:
        ink.say(group, (start, y), said, size=SIZE, colour=COLOURS[state], bold=True)
    below = y + _ROW if said else y
    if kind(step) and centred:
        ink.say(group, (x, below), kind(step), size=12.5, colour="soft", anchor="middle")
        below += _ROW
    elif kind(step):
        beside = start + ink.width(said, SIZE, bold=True) + 4
        ink.say(group, (beside, y), f"· {kind(step)}", size=12.5, colour="soft")
    if step.parts:
        anchor = "middle" if centred else "start"
        ink.say(group, (x, below), WEAKEST, size=12.5, bold=True, anchor=anchor)


def verdict(step: Step) -> str:
    """Return the few words beside the badge."""
    return step.closed or step.gone or STATES[step.state]


def kind(step: Step) -> str:
    """Return the barrier's kind, with how it went where a new one stands before it; "" for none."""
    if step.how in ("luck", "nothing"):
        return ""
    return f"{STATES[step.state]} · {step.how}" if step.added or step.gone else step.how


def card(group: Element, stage: Stage, box: tuple[float, float, float, float]) -> None:
    """Draw a stage's box (x, y, width, height); its text is the caller's."""
    x, y, width, height = box
    stroke, thick = ("call", 2.6) if stage.role == "harm" else ("edge", 1.2)
    if stage.role != "harm" and stage.reached is not None:
        stroke, thick = ("ink", 2.0) if stage.reached else ("edge", 1.2)
    svg.draw(
        group,
        "rect",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=12,
        fill="var(--quiet)" if stage.role == "trigger" else "var(--card)",
        stroke=f"var(--{stroke})",
        stroke_width=thick,
        stroke_dasharray="5 5" if stage.reached is False else None,
    )


def arrow(group: Element, step: Step, tip: svg.Point, turned: int = 0) -> None:
    """Draw an arrow head with its tip at a point, to the right or turned by degrees."""
    turn = f" rotate({turned})" if turned else ""
    turn += " scale(1.5)" if step.weakest else ""
    at = f"translate({svg.number(tip[0])} {svg.number(tip[1])}){turn}"
    svg.draw(group, "path", d="M0 0-9-4.6v9.2z", fill=f"var(--{line_colour(step)})", transform=at)


def line(group: Element, step: Step, d: str, solid: bool) -> None:
    """Draw a stretch of an edge: solid where the story goes, dotted where it does not."""
    dashes = None if solid else "1 10" if step.weakest else "1 6"
    style = ink.stroke(line_colour(step), THICK if step.weakest else 2)
    svg.draw(group, "path", d=d, stroke_dasharray=dashes, **style)


def line_colour(step: Step) -> str:
    """Return the colour of an edge; one that is gone on, when played again, is in ink."""
    return "ink" if step.reached and passes(step) else "soft"


def lines(step: Step, room: float) -> list[str]:
    """Return a step's text as it stands beside its mark."""
    return ink.wrap(step.text or "no barrier", room, SIZE)


def text(
    group: Element, step: Step, lines: list[str], at: svg.Point, anchor: str = "start"
) -> None:
    """Write a step's text: luck in its colour, what the story does not come to in soft."""
    colour = {"luck": "luck", "nothing": "soft"}.get(step.how, "ink")
    colour = "soft" if step.reached is False or step.gone else colour
    ink.say(group, at, lines, size=SIZE, leading=LEADING, colour=colour, anchor=anchor)


def above(step: Step) -> float:
    """Return how far above the edge a step's last line of text stands."""
    return 9.0 if step.how == "nothing" and not step.closed else 21.0


def extent(step: Step, room: float) -> tuple[float, float]:
    """Return what a step needs above and below its edge when its text is that wide."""
    up = above(step) + 14 + (len(lines(step, room)) - 1) * LEADING + 6
    rows = bool(verdict(step)) + bool(kind(step)) + step.parts
    return up, 24.0 + rows * _ROW


def width(step: Step) -> float:
    """Return how wide a step's verdict is, with its badge."""
    badged = bool(step.closed) or (not step.gone and step.state in ("held", "failed", "untested"))
    return ink.width(verdict(step), SIZE, bold=True) + (_BADGE if badged else 0)


def painted(steps: Iterable[Step]) -> list[Step]:
    """Return the steps so that the weakest path is painted last, over what it crosses."""
    return sorted(steps, key=lambda step: step.weakest)


def passes(step: Step) -> bool:
    """Whether the story goes on past what stood there."""
    if step.reached is not None:  # played again: luck is not counted on, nor what is untested
        return step.reached and not step.closed and (bool(step.gone) or step.state != "held")
    return step.state in ("failed", "open")


def comes(step: Step) -> bool:
    """Whether the story comes to what stood there, as far as the drawing knows."""
    return step.reached is not False
