"""A sparkline: how one number went, its first and last value marked."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from incident_training.front import svg
from incident_training.widgets.pictures import ink

_WIDTH, _HEIGHT = 400.0, 56.0
_TOP, _BASE, _SIDE = 6.0, 50.0, 5.0
_FIXED = "non-scaling-stroke"  # the drawing is stretched to any width; its lines are not


def spark(series: Sequence[float], alt: str) -> str:
    """Return the series as a line that fills any width; `alt` says what there is to see.

    The line under it is zero and solid where the series comes near zero, dashed where it does not.
    """
    drawing = svg.canvas(_WIDTH, _HEIGHT, alt)
    del drawing.attrib["width"]  # as wide as its place
    drawing.set("preserveAspectRatio", "none")
    drawing.set("overflow", "visible")
    zero = _from_zero(series)
    _stroke(drawing, f"M0 {_BASE + 5:g}H{_WIDTH:g}", "line", 1.0, None if zero else "3 4")
    points = _points(series, zero)
    if len(points) > 1:
        _stroke(drawing, svg.bent(points, radius=2), "call", 2.5)
    for x, y in {points[0], points[-1]} if points else ():
        _stroke(drawing, f"M{svg.number(x)} {svg.number(y)}h.01", "call", 8.0)  # a dot stays round
    return svg.serialise(drawing)


def _from_zero(series: Sequence[float]) -> bool:
    return bool(series) and 0 <= min(series) <= max(series) / 3


def _points(series: Sequence[float], zero: bool) -> list[svg.Point]:
    if not series:
        return []
    low, high = (0.0 if zero else min(series)), max(series)
    across = (_WIDTH - 2 * _SIDE) / max(1, len(series) - 1)
    up = (_BASE - _TOP) / (high - low) if high > low else 0.0
    flat = (_BASE - _TOP) / 2 if high == low else 0.0
    return [
        (_SIDE + at * across, _BASE - flat - (value - low) * up) for at, value in enumerate(series)
    ]


def _stroke(drawing: Element, d: str, colour: str, width: float, dashes: str | None = None) -> None:
    style = ink.stroke(colour, width) | {"vector_effect": _FIXED}
    svg.draw(drawing, "path", d=d, stroke_dasharray=dashes, **style)
