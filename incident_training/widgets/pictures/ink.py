"""Drawing with xml.etree: elements, lines of text that wrap, paths with round corners.

Widths of text are estimated, on the wide side: Python cannot ask the browser which font it has.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from xml.etree import ElementTree as ET

Element = ET.Element
Point = tuple[float, float]

_NARROW, _SLIM, _WIDE = "ijlI.,:;'’|!()[]· ", 'frt-–“”"/1', "mwMW@%&"


def sheet(width: float, height: float, label: str, role: str = "group") -> Element:
    """Return an empty drawing that is as wide as its place; `label` is its name."""
    return Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "role": role,
            "aria-label": label,
        },
    )


def put(parent: Element, tag: str, text: str | None = None, /, **attributes: object) -> Element:
    """Add an element; stroke_width becomes stroke-width, numbers are kept short."""
    given = {name.replace("_", "-"): value for name, value in attributes.items()}
    said = {
        name: number(value) if isinstance(value, float) else str(value)
        for name, value in given.items()
        if value is not None
    }
    element = ET.SubElement(parent, tag, said)
    element.text = text
    return element


def lines_of(
    parent: Element, lines: Sequence[str], x: float, y: float, *, leading: float, **style: object
) -> None:
    """Write lines of text, the first with its baseline at y."""
    for row, line in enumerate(lines):
        put(parent, "text", line, x=float(x), y=float(y + row * leading), **style)


def markup(drawing: Element) -> str:
    """Return the drawing as SVG text."""
    return ET.tostring(drawing, encoding="unicode")


def number(value: float) -> str:
    """Return 12.0 as "12" and 1/3 as "0.3"."""
    return f"{value:.1f}".removesuffix(".0")


def width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide the text is at that size."""
    return sum(_em(letter) for letter in text) * size * (1.06 if bold else 1)


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Return the text in lines that fit the room; a word that is too long is broken."""
    lines = [""]
    for word in text.split():
        for part in _broken(word, room, size, bold):
            longer = f"{lines[-1]} {part}".strip()
            if lines[-1] and width(longer, size, bold) > room:
                lines.append(part)
            else:
                lines[-1] = longer
    return lines


def rounded(points: Sequence[Point], radius: float = 8) -> str:
    """Return a path along the points with its corners rounded."""
    start, *_ = points
    said = [f"M{number(start[0])} {number(start[1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near, far = _toward(corner, before, radius), _toward(corner, after, radius)
        said.append(
            f"L{number(near[0])} {number(near[1])}"
            f"Q{number(corner[0])} {number(corner[1])} {number(far[0])} {number(far[1])}"
        )
    said.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(said)


def length(points: Sequence[Point]) -> float:
    """Return the length of the way along the points."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))


def _toward(start: Point, end: Point, radius: float) -> Point:
    far = length((start, end))
    share = min(radius, far / 2) / far if far else 0.0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _broken(word: str, room: float, size: float, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, size, bold) > room:
            parts.append("")
        parts[-1] += letter
    return parts


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.29
    if letter in _SLIM:
        return 0.43
    if letter in _WIDE:
        return 0.92
    if letter.isascii():
        return 0.66 if letter.isupper() else 0.58
    return 1.0 if ord(letter) > 0x2E80 else 0.64  # Chinese, Japanese, Korean: square
