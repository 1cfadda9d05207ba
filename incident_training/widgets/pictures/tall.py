"""A hazard graph drawn from top to bottom for a phone: a card per stage, a row per step before it.

A step from the card just above runs straight down; any other runs in a lane of its own at the side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from incident_training.front import svg
from incident_training.widgets.pictures import barriers, ink, marks
from incident_training.widgets.pictures.story import Stage, Step, Story

_WIDTH = 350.0
_LANE = 17.0
_TEXT, _LEADING = 15.0, 20.0
_MAIN, _WORDS = 22.0, 46.0  # from a card's left end to the straight way, and to a step's words
_GAP = 17.0


@dataclass(frozen=True)
class Sheet:
    """Where cards begin, the lane of each step that has one, and the heights of cards and marks."""

    left: float
    lanes: Mapping[Step, int]
    tops: Mapping[str, float]
    ends: Mapping[str, float]
    marks: Mapping[Step, float]
    height: float

    def x(self, step: Step) -> float:
        """Where a step's way runs down."""
        if step in self.lanes:
            return self.left - 9 - self.lanes[step] * _LANE
        return self.left + _MAIN


def draw(story: Story, name: str) -> str:
    """Return the story as SVG, 350 wide: edges below, then the rows from top to bottom."""
    sheet = _sheet(story)
    drawing = svg.canvas(_WIDTH, sheet.height, name, linked=True)
    ways = svg.draw(drawing, "g", aria_hidden="true")
    for step in marks.painted(story.steps):
        _way(ways, sheet, step, back=step in story.back)
    for stage in story.stages:
        for step in _before(story, stage):
            _step(drawing, story, sheet, step)
        _stage(drawing, sheet, stage)
    return svg.serialise(drawing)


def _before(story: Story, stage: Stage) -> list[Step]:
    """The steps told above a stage's card: the lanes first, the straight way last."""
    found = [step for step in story.steps if _ends(story, step)[1] == stage.id]
    return sorted(found, key=lambda step: _straight(story, step))


def _ends(story: Story, step: Step) -> tuple[str, str]:
    """The upper and the lower card of a step."""
    return (step.end, step.start) if step in story.back else (step.start, step.end)


def _straight(story: Story, step: Step) -> bool:
    order = [stage.id for stage in story.stages]
    upper, lower = _ends(story, step)
    return step not in story.back and order.index(lower) - order.index(upper) == 1


def _lanes(story: Story) -> dict[Step, int]:
    """Give each step that passes a card the nearest free lane."""
    order = [stage.id for stage in story.stages]
    taken: list[list[tuple[int, int]]] = []
    lanes: dict[Step, int] = {}
    long = [step for step in story.steps if not _straight(story, step)]
    for step in sorted(long, key=lambda s: _reach(order, story, s)[1] - _reach(order, story, s)[0]):
        start, end = _reach(order, story, step)
        free = (at for at, ways in enumerate(taken) if all(end <= a or start >= b for a, b in ways))
        lane = next(free, len(taken))
        taken += [[]] if lane == len(taken) else []
        taken[lane].append((start, end))
        lanes[step] = lane
    return lanes


def _reach(order: list[str], story: Story, step: Step) -> tuple[int, int]:
    upper, lower = _ends(story, step)
    return order.index(upper), order.index(lower)


def _sheet(story: Story) -> Sheet:
    lanes = _lanes(story)
    left = 2.0 if not lanes else 14 + (max(lanes.values()) + 1) * _LANE
    tops: dict[str, float] = {}
    ends: dict[str, float] = {}
    spots: dict[Step, float] = {}
    y = 2.0
    for stage in story.stages:
        before = _before(story, stage)
        y += 0 if not tops or before else 18
        for step in before:
            high = _row_height(story, step, left)
            spots[step] = y + high / 2
            y += high
        tops[stage.id] = y
        y += 24 + len(_lines(stage, left)) * _LEADING + (18 if _note(stage) else 0)
        ends[stage.id] = y
    return Sheet(left, lanes, tops, ends, spots, y + 3)


def _lines(stage: Stage, left: float) -> list[str]:
    return ink.wrap(stage.text, _WIDTH - left - 2 - 28, _TEXT, bold=True)


def _note(stage: Stage) -> str:
    unreached = ["not reached"] if stage.reached is False else []
    return " · ".join([*filter(None, [stage.time]), *unreached])


def _room(left: float) -> float:
    return _WIDTH - left - _WORDS - 2


def _row_height(story: Story, step: Step, left: float) -> float:
    lines = len(marks.lines(step, _room(left))) + (not _straight(story, step))
    said = (20 if marks.verdict(step) else 0) + (18 if step.parts else 0)
    return max(56.0 if step.gap else 44.0, 26 + lines * marks.LEADING + said)


def _way(ways: Element, sheet: Sheet, step: Step, back: bool) -> None:
    x, y = sheet.x(step), sheet.marks[step]
    gap = _GAP if step.gap else 0.0
    upper, lower = (step.end, step.start) if back else (step.start, step.end)
    if step in sheet.lanes:
        leave, enter = sheet.ends[upper] - 15, sheet.tops[lower] + 17
        first = [(sheet.left, leave), (x, leave), (x, y - gap)]
        last = [(x, y + gap), (x, enter), (sheet.left, enter)]
        tip, turned = ((sheet.left, leave if back else enter), 0)
    else:
        first = [(x, sheet.ends[upper]), (x, y - gap)]
        last = [(x, y + gap), (x, sheet.tops[lower])]
        tip, turned = ((x, sheet.tops[lower]), 90)
    before, after = (last, first) if back else (first, last)
    marks.line(ways, step, svg.bent(before, 7), marks.comes(step))
    marks.line(ways, step, svg.bent(after, 7), marks.passes(step))
    marks.arrow(ways, step, tip, turned)


def _step(drawing: Element, story: Story, sheet: Sheet, step: Step) -> None:
    group = ink.part(drawing, step.label)
    barriers.mark(group, step, sheet.x(step), sheet.marks[step], turned=90)
    lines = marks.lines(step, _room(sheet.left))
    aside = "" if _straight(story, step) else _aside(story, step)
    count = len(lines) + bool(aside) + bool(marks.verdict(step)) * 1.2 + step.parts * 1.1
    x, y = sheet.left + _WORDS, sheet.marks[step] - count * marks.LEADING / 2 + 12.5
    if aside:
        small = svg.wrap(aside, _room(sheet.left) - 12, 12)
        said = small[0] + ("…”" if len(small) > 1 else "")
        ink.say(group, (x, y), said, size=12, colour="soft")
        y += marks.LEADING
    marks.text(group, step, lines, (x, y))
    marks.went(group, step, x, y + len(lines) * marks.LEADING + 2, centred=False)


def _aside(story: Story, step: Step) -> str:
    """Say where a step in a lane comes from, or where it leads back to."""
    if step in story.back:
        return f"back to “{story.stage(step.end).text.rstrip('.')}”"
    return f"from “{story.stage(step.start).text.rstrip('.')}”"


def _stage(drawing: Element, sheet: Sheet, stage: Stage) -> None:
    group = ink.part(drawing, stage.label)
    top, end = sheet.tops[stage.id], sheet.ends[stage.id]
    marks.card(group, stage, (sheet.left, top, _WIDTH - sheet.left - 2, end - top))
    lines = _lines(stage, sheet.left)
    x, faded = sheet.left + 14, stage.reached is False
    colour = "soft" if faded else "ink"
    ink.say(
        group, (x, top + 27), lines, size=_TEXT, leading=_LEADING, colour=colour, bold=not faded
    )
    if note := _note(stage):
        y = top + 26 + len(lines) * _LEADING
        ink.say(group, (x, y), note, size=12.5, colour="soft")
