"""Two halves side by side: a mark for each person, so that counts are seen before shares.

The halves differ in colour, in the shape of their marks, and in what stands above them.
"""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from incident_training.front import svg
from incident_training.front.svg import Picture
from incident_training.measures.halves import Half
from incident_training.widgets.pictures import ink

_WIDE, _TALL = 880.0, 340.0
_LABEL, _GAP, _NUMBER = 220.0, 28.0, 34.0
_SIZE, _LEADING = 15.0, 19.0
_ROW, _HEAD = 34.0, 54.0
_PITCH, _LEAST_PITCH = 17.0, 5.0  # from mark to mark; closer than that, a bar
_COLOURS = ("info", "luck")


def halves(
    first: Half, second: Half, options: Mapping[str, str], counted: Iterable[str]
) -> Picture:
    """Return how often each half gave each answer; what is `counted` stands in bold."""
    bold = set(counted)
    words = "\n\n".join(_told(first, second, options))
    label = words.partition("\n")[0]
    most = max([1, *first.counts.values(), *second.counts.values()])
    return Picture(
        _wide(label, (first, second), options, bold, most),
        _tall(label, (first, second), options, bold, most),
        words,
    )


def _told(first: Half, second: Half, options: Mapping[str, str]) -> Iterator[str]:
    yield f"What {first.n} answered who read {first.read}, and {second.n} who read {second.read}."
    for name, label in options.items():
        yield f"{label}: {first.of([name])} of {first.n}, and {second.of([name])} of {second.n}."


def _wide(
    label: str, both: tuple[Half, Half], options: Mapping[str, str], bold: set[str], most: int
) -> str:
    room = (_WIDE - _LABEL - 2 * _GAP) / 2
    drawing = svg.canvas(_WIDE, _HEAD + _ROW * len(options), label)
    starts = (_LABEL + _GAP, _LABEL + 2 * _GAP + room)
    for half, x, colour in zip(both, starts, _COLOURS, strict=True):
        lines = ink.wrap(f"{half.n} read {half.read}", room, _SIZE, bold=True)
        ink.say(drawing, (x, 18), lines, size=_SIZE, colour=colour, bold=True, leading=_LEADING)
    for row, (name, text) in enumerate(options.items()):
        y = _HEAD + _ROW * row
        lines = ink.wrap(text, _LABEL, _SIZE, name in bold)
        top = y + 5 - (len(lines) - 1) * _LEADING / 2
        ink.say(drawing, (0, top), lines, size=_SIZE, bold=name in bold, leading=_LEADING)
        for at, (half, x) in enumerate(zip(both, starts, strict=True)):
            _marks(drawing, (x, y), half.of([name]), room - _NUMBER, most, at)
    return svg.serialise(drawing)


def _tall(
    label: str, both: tuple[Half, Half], options: Mapping[str, str], bold: set[str], most: int
) -> str:
    heads = [ink.wrap(f"{half.n} read {half.read}", _TALL - 26, _SIZE, bold=True) for half in both]
    head = sum(len(lines) for lines in heads) * _LEADING + 24
    each = 3 * 26.0 + 8
    drawing = svg.canvas(_TALL, head + each * len(options), label)
    y = 18.0
    for at, lines in enumerate(heads):
        _mark(drawing, (9, y - 5), 12, at)
        ink.say(
            drawing, (26, y), lines, size=_SIZE, colour=_COLOURS[at], bold=True, leading=_LEADING
        )
        y += len(lines) * _LEADING + 4
    for row, (name, text) in enumerate(options.items()):
        y = head + each * row + 16
        ink.say(drawing, (0, y), text, size=_SIZE, bold=name in bold)
        for at, half in enumerate(both):
            _marks(drawing, (0, y + 20 + 26 * at), half.of([name]), _TALL - _NUMBER, most, at)
    return svg.serialise(drawing)


def _marks(drawing: Element, start: svg.Point, count: int, room: float, most: int, at: int) -> None:
    """A mark for each, or a bar where they would touch; then how many."""
    x, y = start
    pitch = min(_PITCH, room / most)
    if pitch < _LEAST_PITCH:
        svg.draw(
            drawing, "rect", x=x, y=y - 7, width=count * pitch, height=14,
            fill=f"var(--{_COLOURS[at]})",
        )  # fmt: skip
    else:
        for person in range(count):
            _mark(drawing, (x + pitch * (person + 0.5), y), pitch * 0.76, at)
    end = x + count * pitch + (7 if count else 0)
    ink.say(drawing, (end, y + 5), f"{count}", size=_SIZE, bold=True)


def _mark(drawing: Element, centre: svg.Point, size: float, at: int) -> None:
    x, y = centre
    fill = f"var(--{_COLOURS[at]})"
    if at == 0:
        svg.draw(drawing, "circle", cx=x, cy=y, r=size / 2, fill=fill)
    else:
        side = size * 0.9
        svg.draw(
            drawing, "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, fill=fill
        )
