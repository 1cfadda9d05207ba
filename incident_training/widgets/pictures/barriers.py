"""What stood on an edge, by shape (bar, dashed bar, eye, gap), and how it went, as a badge."""

from xml.etree.ElementTree import Element

from incident_training.front import svg
from incident_training.widgets.pictures import ink
from incident_training.widgets.pictures.story import State, Step

_BAR = 28.0  # across the edge


def mark(group: Element, step: Step, x: float, y: float, turned: int = 0) -> None:
    """Draw what stood on the edge at (x, y); the edge runs rightward, or turned by degrees."""
    turn = f"translate({svg.number(x)} {svg.number(y)})" + (f" rotate({turned})" if turned else "")
    drawn = svg.draw(group, "g", transform=turn)
    if step.gone:
        _trace(drawn, step)
    elif step.how == "luck":
        _gap(drawn)
    elif step.how == "catch":
        _eye(drawn, step)
    elif step.how != "nothing":
        _bar(drawn, step)
    if step.added:  # before what stood there
        at = 0 if step.how in ("luck", "nothing") else -24
        svg.draw(drawn, "path", d=f"M{at} {-_BAR / 2}v{_BAR}", **ink.stroke("learn", 6.0))


def badge(group: Element, state: State, x: float, y: float) -> None:
    """Draw a tick, a cross or a hollow question mark, 14 wide, centred at (x, y)."""
    at = f"translate({svg.number(x)} {svg.number(y)})"
    drawn = svg.draw(group, "g", transform=at, aria_hidden="true")
    if state == "held":
        svg.draw(drawn, "circle", r=7, fill="var(--learn)")
        svg.draw(drawn, "path", d="M-3.4 .2-1 2.8 3.6-2.6", **ink.stroke("card", 2.0))
    elif state == "failed":
        svg.draw(drawn, "path", d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5", **ink.stroke("warn", 2.6))
    elif state == "untested":
        svg.draw(drawn, "circle", r=6.4, fill="none", stroke="var(--soft)", stroke_width=1.4)
        ink.say(drawn, (0, 3.8), "?", size=10.5, colour="soft", bold=True, anchor="middle")


def _bar(drawn: Element, step: Step) -> None:
    """A built barrier is a solid bar, a procedure a dashed one; one that failed is broken open."""
    colour = _colour(step)
    dashes = {"stroke_dasharray": "6 5"} if step.how == "procedure" else {}
    if step.state == "untested" and not step.mended:
        _hollow(drawn, step)
        return
    half = _BAR / 2
    if step.state == "failed" and not step.mended:
        d = f"M-4 {-half}L-1-5M1 5 4 {half}" if step.how == "engineered" else ""
        d = d or f"M-5 {-half}-1-5M1 5 5 {half}"
        short = {"stroke_dasharray": "4 3.5"} if dashes else {}
        svg.draw(
            drawn, "path", d=d, **(ink.stroke(colour, 5.0) | {"stroke_linecap": "butt"} | short)
        )
        return
    style = ink.stroke(colour, 6.0) | {"stroke_linecap": "butt"} | dashes
    svg.draw(drawn, "path", d=f"M0 {-half}v{_BAR}", **style)


def _hollow(drawn: Element, step: Step) -> None:
    style: ink.Style = {
        "fill": "var(--card)",
        "stroke": f"var(--{_colour(step)})",
        "stroke_width": 1.6,
    }
    if step.how == "procedure":
        for top in (-14, -4, 6):
            svg.draw(drawn, "rect", x=-3.5, y=top, width=7, height=8, rx=1.5, **style)
        return
    svg.draw(drawn, "rect", x=-3.5, y=-_BAR / 2, width=7, height=_BAR, rx=2, **style)


def _eye(drawn: Element, step: Step) -> None:
    """A person's catch: an eye, open where it held, hollow untested, closed where it did not."""
    colour = _colour(step)
    seen = step.state == "held" or step.mended
    lid = "M-13 0Q0-13 13 0Q0 13-13 0Z"
    shape = ink.stroke(colour, 2.0) | {"fill": "var(--card)"}
    if step.state == "failed" and not seen:
        svg.draw(drawn, "path", d=lid, **(shape | {"stroke": "none"}))
        svg.draw(
            drawn, "path", d="M-13-2Q0 10 13-2M-8 3-10 7M0 5v5M8 3 10 7", **ink.stroke(colour, 2.0)
        )
        return
    svg.draw(drawn, "path", d=lid, **shape)
    pupil = {"fill": f"var(--{colour})"} if seen else {"fill": "none", "stroke": f"var(--{colour})"}
    svg.draw(drawn, "circle", r=3.6, **pupil)


def _gap(drawn: Element) -> None:
    """Luck: the edge itself is missing; nothing was built."""
    svg.draw(drawn, "rect", x=-15, y=-6, width=30, height=12, fill="var(--card)")
    ends = "M-15-6q4 3 0 6q-4 3 0 6M15-6q-4 3 0 6q4 3 0 6"
    svg.draw(drawn, "path", d=ends, **ink.stroke("luck", 2.0))


def _trace(drawn: Element, step: Step) -> None:
    """What is there no more: its outline, in dots, and the edge goes through it."""
    style = ink.stroke("soft", 1.6) | {"stroke_dasharray": "1 4"}
    if step.how == "catch":
        svg.draw(drawn, "path", d="M-13 0Q0-13 13 0Q0 13-13 0Z", **style)
    elif step.how == "luck":
        svg.draw(drawn, "path", d="M-15-6q4 3 0 6q-4 3 0 6M15-6q-4 3 0 6q4 3 0 6", **style)
    else:
        svg.draw(drawn, "rect", x=-5, y=-_BAR / 2, width=10, height=_BAR, rx=2, **style)


def _colour(step: Step) -> str:
    if step.mended:
        return "learn"
    return {"engineered": "info", "procedure": "ink", "catch": "info"}.get(step.how, "soft")
