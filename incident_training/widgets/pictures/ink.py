"""What these pictures share beside front.svg: parts one can focus, and text that fits its room."""

from collections.abc import Sequence
from functools import partial
from xml.etree.ElementTree import Element

from incident_training.front import svg

Style = dict[str, str | float]
_BOLD = 1.06  # times as wide


def part(parent: Element, label: str) -> Element:
    """Add a group that a keyboard can reach and a screen reader names."""
    return svg.draw(parent, "g", role="img", tabindex=0, aria_label=svg.legal(label))


def say(
    parent: Element,
    at: svg.Point,
    lines: str | Sequence[str],
    *,
    size: float,
    colour: str = "ink",
    bold: bool = False,
    anchor: str = "start",
    leading: float = 0,
) -> None:
    """Write text, the first baseline at a point; `leading` is in pixels."""
    svg.write(
        parent,
        at,
        lines,
        size=size,
        fill=f"var(--{colour})",
        leading=leading / size,
        font_weight=600 if bold else None,
        text_anchor=None if anchor == "start" else anchor,
    )


def stroke(colour: str, thick: float) -> Style:
    """Return the attributes of a line with round ends."""
    return {
        "fill": "none",
        "stroke": f"var(--{colour})",
        "stroke_width": thick,
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }


def width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide the text is."""
    return svg.measure(text, size) * (_BOLD if bold else 1)


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Return the text in lines of about one length that fit; a word wider than that is broken."""
    size *= _BOLD if bold else 1
    words = " ".join(part for word in text.split() for part in _broken(word, room, size))
    loose = svg.wrap(words, room, size)
    ways = (svg.wrap(words, room * share / 10, size) for share in range(10, 4, -1))
    return min((way for way in ways if len(way) == len(loose)), key=partial(_uneven, size=size))


def _uneven(lines: Sequence[str], size: float) -> float:
    return sum(svg.measure(line, size) ** 2 for line in lines)


def _broken(word: str, room: float, size: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and svg.measure(parts[-1] + letter, size) > room:
            parts.append("")
        parts[-1] += letter
    return parts
