"""The marks of a hazard graph: what stood on an edge and how it went, by shape and by colour."""

from incident_training.widgets.pictures import ink
from incident_training.widgets.pictures.story import STATES, Stage, State, Step

SIZE, LEADING = 13.0, 16.0  # of what is said beside a mark
COLOURS: dict[State, str] = {
    "held": "learn",
    "failed": "warn",
    "untested": "soft",
    "luck": "luck",
    "open": "soft",
}
_BAR = 28.0  # across the edge
_BADGE = 19.0  # with the space after it


def mark(group: ink.Element, step: Step, x: float, y: float, down: bool) -> None:
    """Draw what stood on the edge at (x, y); `down`: the edge runs down, not to the right."""
    turn = f"translate({ink.number(x)} {ink.number(y)})" + (" rotate(90)" if down else "")
    drawn = ink.put(group, "g", transform=turn)
    if step.how == "luck":
        _gap(drawn)
    elif step.how == "catch":
        _eye(drawn, step)
    elif step.how != "nothing":
        _bar(drawn, step)
    if step.closed and step.how in ("luck", "nothing"):
        ink.put(drawn, "path", d=f"M0 {-_BAR / 2}v{_BAR}", **_stroke("learn", 6.0))


def badge(group: ink.Element, state: State, x: float, y: float) -> None:
    """Draw a tick, a cross or a hollow question mark, 14 wide, centred at (x, y)."""
    at = f"translate({ink.number(x)} {ink.number(y)})"
    drawn = ink.put(group, "g", transform=at, aria_hidden="true")
    if state == "held":
        ink.put(drawn, "circle", r=7, fill="var(--learn)")
        ink.put(drawn, "path", d="M-3.4 .2-1 2.8 3.6-2.6", **_stroke("card", 2.0))
    elif state == "failed":
        ink.put(drawn, "path", d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5", **_stroke("warn", 2.6))
    elif state == "untested":
        ink.put(drawn, "circle", r=6.4, fill="none", stroke="var(--soft)", stroke_width=1.4)
        style = {"font_size": 10.5, "font_weight": 700, "text_anchor": "middle"}
        ink.put(drawn, "text", "?", x=0, y=3.8, fill="var(--soft)", **style)


def went(group: ink.Element, step: Step, x: float, y: float, centred: bool) -> None:
    """Write how it went and the barrier's kind; x is the middle, or the left end.

    Centred, the kind stands below; else it stands beside.
    """
    state: State = "held" if step.closed else step.state
    said, badged = verdict(step), state in ("held", "failed", "untested")
    start = (x - width(step) / 2 if centred else x) + (_BADGE if badged else 0)
    if badged:
        badge(group, state, start - _BADGE + 7, y - 4.5)
    bold = {"font_size": SIZE, "font_weight": 600}
    ink.put(group, "text", said, x=start, y=y, fill=f"var(--{COLOURS[state]})", **bold)
    small: dict[str, object] = {"font_size": 12.5, "fill": "var(--soft)"}
    if centred:
        ink.put(group, "text", kind(step), x=x, y=y + 17, text_anchor="middle", **small)
    elif kind(step):
        beside = start + ink.width(said, SIZE, bold=True) + 4
        ink.put(group, "text", f"· {kind(step)}", x=beside, y=y, **small)


def verdict(step: Step) -> str:
    """Return the few words beside the badge."""
    return step.closed or STATES[step.state]


def kind(step: Step) -> str:
    """Return the barrier's kind in a word, "" where none stood."""
    return "" if step.how in ("luck", "nothing") else step.how


def card(group: ink.Element, stage: Stage, box: tuple[float, float, float, float]) -> None:
    """Draw a stage's box (x, y, width, height); its text is the caller's."""
    x, y, width, height = box
    faded = stage.reached is False
    colour, thick = {"trigger": ("edge", 1.2), "harm": ("call", 2.6)}.get(stage.role, ("edge", 1.2))
    ink.put(
        group,
        "rect",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=12,
        fill="var(--quiet)" if stage.role == "trigger" else "var(--card)",
        stroke="var(--line)" if faded and stage.role != "harm" else f"var(--{colour})",
        stroke_width=2.2 if stage.reached and stage.role != "harm" else thick,
        stroke_dasharray="5 5" if faded else None,
    )


def arrow(group: ink.Element, x: float, y: float, colour: str, turned: int = 0) -> None:
    """Draw an arrow head with its tip at (x, y), to the right or turned by degrees."""
    turn = f" rotate({turned})" if turned else ""
    at = f"translate({ink.number(x)} {ink.number(y)}){turn}"
    ink.put(group, "path", d="M0 0-9-4.6v9.2z", fill=f"var(--{colour})", transform=at)


def line(group: ink.Element, d: str, colour: str, solid: bool) -> None:
    """Draw a stretch of an edge: solid where the story goes, dotted where it does not."""
    style = _stroke(colour, 2.0) | ({} if solid else {"stroke_dasharray": "1 6"})
    ink.put(group, "path", d=d, **style)


def line_colour(step: Step) -> str:
    """Return the colour of an edge; one that is gone on, when played again, is in ink."""
    return "ink" if step.reached and passes(step) else "soft"


def lines(step: Step, room: float) -> list[str]:
    """Return a step's text as it stands beside its mark."""
    return ink.wrap(step.text or "nothing in the way", room, SIZE)


def step_text(step: Step) -> dict[str, object]:
    """Return how a step's text is written."""
    colour = {"luck": "luck", "nothing": "soft"}.get(step.how, "ink")
    if step.reached is False:
        colour = "soft"
    return {"font_size": SIZE, "fill": f"var(--{colour})"}


def stage_text(stage: Stage) -> dict[str, object]:
    """Return how a stage's text is written."""
    if stage.reached is False:
        return {"font_size": 14.0, "fill": "var(--soft)"}
    return {"font_size": 14.0, "font_weight": 600}


def above(step: Step) -> float:
    """Return how far above the edge a step's last line of text stands."""
    return 9.0 if step.how == "nothing" and not step.closed else 21.0


def extent(step: Step, room: float) -> tuple[float, float]:
    """Return what a step needs above and below its edge when its text is that wide."""
    up = above(step) + 14 + (len(lines(step, room)) - 1) * LEADING + 6
    return up, 24.0 + (17 if verdict(step) else 0) + (17 if kind(step) else 0)


def width(step: Step) -> float:
    """Return how wide a step's verdict is, with its badge."""
    badged = bool(step.closed) or step.state in ("held", "failed", "untested")
    return ink.width(verdict(step), SIZE, bold=True) + (_BADGE if badged else 0)


def passes(step: Step) -> bool:
    """Whether the story goes on past what stood there."""
    if step.reached is not None:  # played again: luck is not counted on, nor what is untested
        return step.reached and not step.closed and step.state != "held"
    return step.state in ("failed", "open")


def comes(step: Step) -> bool:
    """Whether the story comes to what stood there, as far as the drawing knows."""
    return step.reached is not False


def _bar(drawn: ink.Element, step: Step) -> None:
    """A built barrier is a solid bar, a procedure a dashed one; one that failed is broken open."""
    colour = _colour(step)
    dashes = {"stroke_dasharray": "6 5"} if step.how == "procedure" else {}
    if step.state == "untested" and not step.closed:
        _hollow(drawn, step)
        return
    half = _BAR / 2
    if step.state == "failed" and not step.closed:
        d = f"M-4 {-half}L-1-5M1 5 4 {half}" if step.how == "engineered" else ""
        d = d or f"M-5 {-half}-1-5M1 5 5 {half}"
        short = {"stroke_dasharray": "4 3.5"} if dashes else {}
        ink.put(drawn, "path", d=d, **(_stroke(colour, 5.0) | {"stroke_linecap": "butt"} | short))
        return
    style = _stroke(colour, 6.0) | {"stroke_linecap": "butt"} | dashes
    ink.put(drawn, "path", d=f"M0 {-half}v{_BAR}", **style)


def _hollow(drawn: ink.Element, step: Step) -> None:
    style = {"fill": "var(--card)", "stroke": f"var(--{_colour(step)})", "stroke_width": 1.6}
    if step.how == "procedure":
        for top in (-14, -4, 6):
            ink.put(drawn, "rect", x=-3.5, y=top, width=7, height=8, rx=1.5, **style)
        return
    ink.put(drawn, "rect", x=-3.5, y=-_BAR / 2, width=7, height=_BAR, rx=2, **style)


def _eye(drawn: ink.Element, step: Step) -> None:
    """A person's catch: an eye, open where it held, hollow untested, closed where it did not."""
    colour = _colour(step)
    seen = step.state == "held" or bool(step.closed)
    lid = "M-13 0Q0-13 13 0Q0 13-13 0Z"
    shape = _stroke(colour, 2.0) | {"fill": "var(--card)"}
    if step.state == "failed" and not seen:
        ink.put(drawn, "path", d=lid, **(shape | {"stroke": "none"}))
        ink.put(
            drawn, "path", d="M-13-2Q0 10 13-2M-8 3-10 7M0 5v5M8 3 10 7", **_stroke(colour, 2.0)
        )
        return
    ink.put(drawn, "path", d=lid, **shape)
    pupil = {"fill": f"var(--{colour})"} if seen else {"fill": "none", "stroke": f"var(--{colour})"}
    ink.put(drawn, "circle", r=3.6, **pupil)


def _gap(drawn: ink.Element) -> None:
    """Luck: the edge itself is missing; nothing was built."""
    ink.put(drawn, "rect", x=-15, y=-6, width=30, height=12, fill="var(--card)")
    ends = "M-15-6q4 3 0 6q-4 3 0 6M15-6q-4 3 0 6q4 3 0 6"
    ink.put(drawn, "path", d=ends, **_stroke("luck", 2.0))


def _colour(step: Step) -> str:
    if step.closed:
        return "learn"
    return {"engineered": "info", "procedure": "ink", "catch": "info"}.get(step.how, "soft")


def _stroke(colour: str, width: float) -> dict[str, object]:
    return {
        "fill": "none",
        "stroke": f"var(--{colour})",
        "stroke_width": width,
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }
