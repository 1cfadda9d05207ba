"""Pictures as SVG text: built as elements, so every text is escaped; coloured by the tokens alone.

A picture is drawn twice, for a wide screen and for a phone, and told once in words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from zlib import crc32

Point = tuple[float, float]

_ILLEGAL = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_NARROW, _BROAD = set("fijlrtI.,:;'|!()[] ·"), set("mwMW@%—–")


@dataclass(frozen=True)
class Picture:
    """A drawing for wide screens, one for phones, and what they show in sentences.

    The first line of `words` names the picture; both drawings carry it as their label.
    """

    wide: str
    tall: str
    words: str


def canvas(
    width: float, height: float, label: str, *, linked: bool = False, top: float = 0
) -> Element:
    """Return an empty drawing: a group to a screen reader where it has links, else one image."""
    box = f"0 {number(top)} {number(width)} {number(height)}"
    role = "group" if linked else "img"
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=box, role=role)
    root.set("aria-label", legal(label))
    root.set("width", f"{number(width * 1.15 / 16)}rem")  # at most; the style sheet lets it shrink
    return root


def serialise(root: Element) -> str:
    """Return the drawing as text."""
    return ElementTree.tostring(root, encoding="unicode")


def draw(parent: Element, tag: str, **attributes: str | float | None) -> Element:
    """Add an element and return it: stroke_width=2 is written stroke-width="2", None left out."""
    given = {name.rstrip("_").replace("_", "-"): at for name, at in attributes.items()}
    written = {
        name: at if isinstance(at, str) else number(at)
        for name, at in given.items()
        if at is not None
    }
    return SubElement(parent, tag, written)


def write(
    parent: Element,
    at: Point,
    lines: str | Sequence[str],
    *,
    size: float = 14,
    fill: str = "var(--ink)",
    leading: float = 1.25,
    **attributes: str | float | None,
) -> Element:
    """Add text with the first baseline at a point, one line below the other."""
    node = draw(parent, "text", x=at[0], y=at[1], font_size=size, fill=fill, **attributes)
    lines = [lines] if isinstance(lines, str) else lines
    if len(lines) == 1:
        node.text = legal(lines[0])
        return node
    for line, text in enumerate(lines):
        part = draw(node, "tspan", x=at[0], dy=size * leading if line else 0)
        part.text = legal(text)
        part.tail = " " if line < len(lines) - 1 else None
    return node


def wrap(text: str, width: float, size: float = 14) -> list[str]:
    """Return the text in lines no wider than `width`, as far as one can guess; words stay whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def measure(text: str, size: float = 14) -> float:
    """Return about how wide a text is; a browser's fonts differ, so leave room."""
    return size * sum(_em(letter) for letter in text)


def arrowhead(root: Element, colour: str, like: str) -> str:
    """Define an arrowhead and return the url to it; `like` is what the picture shows.

    The id is made of that, so two pictures on one page differ and the same picture stays the same.
    """
    name = f"arrow-{crc32(f'{like} {colour}'.encode()):08x}"
    marker = draw(
        draw(root, "defs"), "marker", id=name, viewBox="0 0 8 8", refX=7, refY=4,
        markerWidth=8, markerHeight=8, markerUnits="userSpaceOnUse", orient="auto",
    )  # fmt: skip
    draw(marker, "path", d="M0 0 8 4 0 8z", fill=colour)
    return f"url(#{name})"


def bent(points: Sequence[Point], radius: float = 10) -> str:
    """Return path data through the points: straight, with rounded corners."""
    here = points[0]
    data = [f"M{_pair(here)}"]
    for corner, after in pairwise(points[1:]):
        data += [f"L{_pair(_toward(corner, here, radius))}"]
        data += [f"Q{_pair(corner)} {_pair(_toward(corner, after, radius))}"]
        here = corner
    return " ".join([*data, f"L{_pair(points[-1])}"])


def curve(points: Sequence[Point]) -> str:
    """Return path data of one cubic curve: start, two control points, end."""
    start, *rest = points
    return f"M{_pair(start)} C{' '.join(_pair(point) for point in rest)}"


def number(value: float) -> str:
    """Return a number as short as it goes: 3.0 -> "3", 0.125 -> "0.12"."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def legal(text: str) -> str:
    """Return the text without the control characters that XML refuses."""
    return _ILLEGAL.sub("", text)


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.34
    if letter in _BROAD:
        return 0.9
    return 0.68 if letter.isupper() else 0.58


def _toward(corner: Point, other: Point, radius: float) -> Point:
    """Return the point `radius` away from a corner, at most half way to the other point."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max((dx * dx + dy * dy) ** 0.5, 0.001)
    share = min(radius, length / 2) / length
    return corner[0] + dx * share, corner[1] + dy * share


def _pair(point: Iterable[float]) -> str:
    return " ".join(number(value) for value in point)
