"""The plan of a wide hazard graph: where each card, mark and way goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from incident_training.front import svg
from incident_training.widgets.pictures import marks
from incident_training.widgets.pictures.grid import Grid, card_height, grid_for, told_at
from incident_training.widgets.pictures.layers import Key, Layers, heights, layers
from incident_training.widgets.pictures.story import Step, Story

_GAP = 17.0  # from the middle of luck to the edge's ends


@dataclass(frozen=True)
class Spot:
    """Where a step's mark stands, how wide its words may be, and whether its way runs leftward."""

    x: float
    y: float
    room: float
    leftward: bool


@dataclass(frozen=True)
class Way:
    """An edge's line up to its mark and after it, and the tip of its arrow."""

    before: str
    after: str
    tip: svg.Point
    back: bool


@dataclass(frozen=True)
class Plan:
    """Everything's place; boxes are (x, y, width, height) by stage id."""

    grid: Grid
    height: float
    boxes: Mapping[str, tuple[float, float, float, float]]
    spots: Mapping[Step, Spot]
    ways: Mapping[Step, Way]


def plan(story: Story) -> Plan:
    """Return the plan: columns that fit, few crossings, nothing on top of anything."""
    laid = layers(story)
    grid = grid_for(story, laid)
    y, height = _heights(story, laid, grid)
    boxes, spots = {}, {}
    for stage in story.stages:
        key = next(key for key in y if key[0] == stage.id)
        high = card_height(stage, grid)
        boxes[stage.id] = (grid.x(key[1]), y[key] - high / 2, grid.card, high)
    for step in story.steps:
        key = told_at(laid, grid, step)
        leftward = grid.turns(key[1]) != (step in story.back)
        spots[step] = Spot(grid.middle(key[1]), y[key], grid.room(key[1]), leftward)
    ways = {step: _way(story, laid, grid, y, step) for step in story.steps}
    return Plan(grid, height, boxes, spots, ways)


def _heights(story: Story, laid: Layers, grid: Grid) -> tuple[dict[Key, float], float]:
    """Return every place's height, band under band, and the height of it all."""
    told = {told_at(laid, grid, step): step for step in story.steps}
    extents = {key: _extent(story, grid, key, told.get(key)) for row in laid.rows for key in row}
    y: dict[Key, float] = {}
    top = 3.0
    for first in range(0, len(laid.rows), 2 * grid.per_band):
        last = first + 2 * grid.per_band - 1
        found = heights(laid.rows[first:last], laid.links, extents)
        y |= {key: top + at for key, at in found.items()}
        top = max(y[key] + extents[key][1] for key in found)
        for key in reversed(laid.rows[last] if last < len(laid.rows) else ()):
            y[key] = top + extents[key][0]  # the uppermost way takes the lowest lane: no crossing
            top = y[key] + extents[key][1]
    return y, top + 3


def _extent(story: Story, grid: Grid, key: Key, step: Step | None) -> tuple[float, float]:
    """Return what a place needs above and below its line."""
    if not key[0].startswith("#"):
        half = card_height(story.stage(key[0]), grid) / 2 + 10
        return half, half
    return marks.extent(step, grid.room(key[1])) if step else (12.0, 12.0)


def _way(story: Story, laid: Layers, grid: Grid, y: Mapping[Key, float], step: Step) -> Way:
    keys = laid.ways[step]
    told = told_at(laid, grid, step)
    back = step in story.back
    x = grid.x(keys[0][1]) + grid.card
    parts, after = [f"M{_at((x, y[keys[0]]))}"], 0
    for here, there in pairwise(keys):
        if grid.turns(here[1]):
            continue  # drawn on the way to it
        if grid.turns(there[1]):
            on = keys[keys.index(there) + 1]
            place = laid.rows[there[1]].index(there), len(laid.rows[there[1]])
            right, left = grid.channel(*place)
            start = (_end(grid, here), y[here])
            lane, end = y[there], (grid.x(on[1]), y[on])
            mid = grid.middle(there[1])
            gap = _GAP if step.gap and there == told else 0.0
            parts += [svg.bent([start, (right, start[1]), (right, lane), (mid + gap, lane)])]
            after = len(parts) if there == told else after
            parts += [svg.bent([(mid - gap, lane), (left, lane), (left, end[1]), end])]
            parts += [f"H{svg.number(_end(grid, on))}"] if on != keys[-1] else []
            continue
        parts += [_bend((_end(grid, here), y[here]), (_start(grid, there), y[there]))]
        if there == told:
            gap = _GAP if step.gap else 0.0
            mid = grid.middle(there[1])
            parts += [f"H{svg.number(mid - gap)}"]
            after = len(parts)
            parts += [f"M{_at((mid + gap, y[there]))}"]
        if there != keys[-1]:
            parts += [f"H{svg.number(_end(grid, there))}"]
    lead, rest = "".join(parts[:after]), "".join(parts[after:])
    if back:
        return Way(rest, lead, (x, y[keys[0]]), True)
    return Way(lead, rest, (grid.x(keys[-1][1]), y[keys[-1]]), False)


def _start(grid: Grid, key: Key) -> float:
    """Where a way enters a place."""
    return grid.x(key[1]) + (grid.margin if key[1] % 2 else 0)


def _end(grid: Grid, key: Key) -> float:
    """Where a way leaves a place."""
    return grid.x(key[1]) + (grid.gap - grid.margin if key[1] % 2 else grid.card)


def _bend(start: svg.Point, end: svg.Point) -> str:
    if abs(start[1] - end[1]) < 0.5:
        return f"H{svg.number(end[0])}"
    half = (start[0] + end[0]) / 2
    return f"C{_at((half, start[1]))} {_at((half, end[1]))} {_at(end)}"


def _at(point: svg.Point) -> str:
    return f"{svg.number(point[0])} {svg.number(point[1])}"
