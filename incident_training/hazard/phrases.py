"""Small pieces of sentences: counts in words, lists, a text from a file taken into a sentence."""

import re
from collections.abc import Iterable, Sized

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_NAMES = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|I\b|\w+[A-Z0-9]")


def counted(things: Sized, noun: str = "barrier") -> str:
    """Return "two barriers" for two of them; figures above ten."""
    count = len(things)
    said = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{said} {noun}" + ("" if count == 1 else "s")


def series(parts: Iterable[str]) -> str:
    """Return "a", "a and b" or "a, b and c"; of nothing, ""."""
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def mid(text: str) -> str:
    """Return the text as it stands inside a sentence: no capital first, unless it is a name's."""
    text = text.rstrip(".")
    return text if _NAMES.match(text) else text[:1].lower() + text[1:]
