"""A text in order: stretches without a mark, folded; and passages, each mark in its place."""

from collections.abc import Iterator, Sequence

from incident_training.language import Mark
from incident_training.widgets.blocks import Block

AROUND = 600  # characters of a long paragraph, on each side of a mark


def parts(text: str, marks: Sequence[Mark]) -> Iterator[Block]:
    """Yield {"quiet": text} and {"runs": [[text, number or None]], "asks": […]}, in order.

    Numbers count from 1. Put together, the texts are the text.
    """
    at, number = 0, 1
    for start, end, inside in _passages(text, marks):
        if start > at:
            yield {"quiet": text[at:start]}
        asks = [_ask(number + nth, mark) for nth, mark in enumerate(inside)]
        yield {"runs": list(_runs(text, start, end, inside, number)), "asks": asks}
        at, number = end, number + len(inside)
    if at < len(text):
        yield {"quiet": text[at:]}


def line(mark: Mark) -> str:
    """Return a mark as a line of a Markdown list."""
    return f"- “{mark.sentence}” {mark.question}"


def _ask(number: int, mark: Mark) -> Block:
    asked = {"question": mark.question, "reason": mark.reason, "line": line(mark)}
    return {"number": number, **asked}


def _passages(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Yield the paragraphs that hold marks; those that would overlap are one."""
    start, end, inside = 0, 0, list[Mark]()
    for mark in marks:
        first, last = _around(text, mark)
        if inside and first > end:
            yield start, end, inside
            inside = []
        start = start if inside else first
        end, inside = max(end, last), [*inside, mark]
    if inside:
        yield start, end, inside


def _around(text: str, mark: Mark) -> tuple[int, int]:
    """Return the paragraph of a mark, or of a long one what is near."""
    low, high = max(0, mark.start - AROUND), min(len(text), mark.end + AROUND)
    before, after = text.rfind("\n\n", low, mark.start), text.find("\n\n", mark.end, high)
    start = before + 2 if before >= 0 else _line_start(text, low, mark.start)
    return start, after if after >= 0 else _line_end(text, mark.end, high)


def _line_start(text: str, low: int, start: int) -> int:
    found = text.find("\n", low, start) if low else -1
    return found + 1 if found >= 0 else low


def _line_end(text: str, end: int, high: int) -> int:
    found = text.rfind("\n", end, high) if high < len(text) else -1
    return found if found >= 0 else high


def _runs(
    text: str, start: int, end: int, marks: Sequence[Mark], number: int
) -> Iterator[tuple[str, int | None]]:
    at = start
    for nth, mark in enumerate(marks):
        if mark.start > at:
            yield text[at : mark.start], None
        yield text[mark.start : mark.end], number + nth
        at = mark.end
    if end > at:
        yield text[at:end], None
