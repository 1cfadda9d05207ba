"""Where a hazard graph's stages and steps stand: columns by topological generation, few crossings.

After Sugiyama, Tagawa and Toda (1981): layer, add a place in every layer an edge passes, order by
barycentre, then set heights. A step has a layer of its own between two columns, for its words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from incident_training.widgets.pictures.story import Step, Story

_STRAIGHT = 8  # times as much
_NEAR = 40.0  # pixels a place may be moved for the sake of a straight line

Key = tuple[str, int]
"""A place: a stage's id, or a step's number after "#", and its layer (columns even, steps odd)."""


@dataclass(frozen=True)
class Layers:
    """Places in order from top to bottom, layer by layer; `ways` from start to end, by step."""

    rows: tuple[tuple[Key, ...], ...]
    ways: Mapping[Step, tuple[Key, ...]]
    columns: int

    @property
    def links(self) -> tuple[tuple[Key, Key], ...]:
        """Neighbouring places on a way."""
        return tuple(pair for way in self.ways.values() for pair in pairwise(way))


def layers(story: Story) -> Layers:
    """Return the places of the story, ordered so that few ways cross."""
    column = _columns(story)
    ways = {step: _way(at, step, step in story.back, column) for at, step in enumerate(story.steps)}
    rows: list[list[Key]] = [[] for _ in range(2 * max(column.values()) + 1)]
    alone = [(stage.id, 2 * column[stage.id]) for stage in story.stages]
    for key in dict.fromkeys([*alone, *(key for way in ways.values() for key in way)]):
        rows[key[1]].append(key)
    links = [pair for way in ways.values() for pair in pairwise(way)]
    ordered = tuple(tuple(row) for row in _untangled(rows, links))
    return Layers(ordered, ways, max(column.values()) + 1)


def heights(
    rows: Sequence[Sequence[Key]],
    links: Iterable[tuple[Key, Key]],
    extents: Mapping[Key, tuple[float, float]],
) -> dict[Key, float]:
    """Return the height of each place: near its neighbours, and clear of those above and below.

    `extents` is what a place needs above and below its line. The topmost extent is at 0.
    """
    links = list(links)
    beside = _neighbours(links)
    y = {key: 0.0 for row in rows for key in row}
    for sweep in range(40):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [_mean(_pulls(key, beside, y), y[key]) for key in row]
            apart = [extents[a][1] + extents[b][0] for a, b in pairwise(row)]
            y.update(zip(row, _spaced(wanted, apart), strict=True))
    _straighten(rows, links, extents, y)
    top = min((y[key] - extents[key][0] for key in y), default=0.0)
    return {key: at - top for key, at in y.items()}


def _pulls(key: Key, beside: Mapping[Key, list[Key]], y: Mapping[Key, float]) -> list[float]:
    """Return the heights a place is drawn to, those of its own step most."""
    return [
        y[other]
        for other in beside.get(key, ())
        if other in y
        for _ in range(_STRAIGHT if other[0] == key[0] else 1)
    ]


def _straighten(
    rows: Sequence[Sequence[Key]],
    links: Sequence[tuple[Key, Key]],
    extents: Mapping[Key, tuple[float, float]],
    y: dict[Key, float],
) -> None:
    """Put the places of a step on one height where there is room, best on that of a stage."""
    for name in dict.fromkeys(key[0] for key in y if key[0].startswith("#")):
        mine = [key for key in y if key[0] == name]
        ends = [a if b in mine else b for a, b in links if (a in mine) != (b in mine)]
        now = [y[key] for key in mine]
        level = _mean(now, 0)
        for target in [*(y[key] for key in ends if key in y), level, max(now), min(now)]:
            if abs(target - level) < _NEAR and all(
                _free(key, target, rows, extents, y) for key in mine
            ):
                y.update(dict.fromkeys(mine, target))
                break


def _free(
    key: Key,
    target: float,
    rows: Sequence[Sequence[Key]],
    extents: Mapping[Key, tuple[float, float]],
    y: Mapping[Key, float],
) -> bool:
    row = next(row for row in rows if key in row)
    at = row.index(key)
    above, below = row[max(0, at - 1) : at], row[at + 1 : at + 2]
    return all(target - y[k] >= extents[k][1] + extents[key][0] - 0.01 for k in above) and all(
        y[k] - target >= extents[key][1] + extents[k][0] - 0.01 for k in below
    )


def _columns(story: Story) -> dict[str, int]:
    graph = nx.DiGraph()
    graph.add_nodes_from(stage.id for stage in story.stages)
    for step in story.steps:
        graph.add_edge(*((step.end, step.start) if step in story.back else (step.start, step.end)))
    generations = enumerate(nx.topological_generations(graph))
    column = {name: at for at, names in generations for name in names}
    for stage in story.stages:  # what only joins in later stands just before it does
        if stage.role != "trigger" and not graph.pred[stage.id] and graph.succ[stage.id]:
            column[stage.id] = max(0, min(column[name] for name in graph.succ[stage.id]) - 1)
    return column


def _way(at: int, step: Step, back: bool, column: Mapping[str, int]) -> tuple[Key, ...]:
    first, last = (step.end, step.start) if back else (step.start, step.end)
    between = range(2 * column[first] + 1, 2 * column[last])
    places = [(f"#{at}", layer) for layer in between]
    return (first, 2 * column[first]), *places, (last, 2 * column[last])


def _untangled(rows: list[list[Key]], links: Sequence[tuple[Key, Key]]) -> list[list[Key]]:
    beside = _neighbours(links)
    best = rows
    for sweep in range(8):
        rows = [list(row) for row in rows]
        order = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for layer in order:
            other = rows[layer - 1 if sweep % 2 == 0 else layer + 1]
            place = {key: float(at) for at, key in enumerate(other)}
            now = {key: float(at) for at, key in enumerate(rows[layer])}
            rows[layer].sort(
                key=lambda key, place=place, now=now: _mean(  # type: ignore[misc]
                    [place[k] for k in beside.get(key, ()) if k in place], now[key]
                )
            )
        if _crossings(rows, links) < _crossings(best, links):
            best = rows
    return best


def _crossings(rows: Sequence[Sequence[Key]], links: Sequence[tuple[Key, Key]]) -> int:
    place = {key: at for row in rows for at, key in enumerate(row)}
    return sum(
        (place[a] - place[c]) * (place[b] - place[d]) < 0
        for at, (a, b) in enumerate(links)
        for c, d in links[at + 1 :]
        if a[1] == c[1]
    )


def _neighbours(links: Iterable[tuple[Key, Key]]) -> dict[Key, list[Key]]:
    beside: dict[Key, list[Key]] = {}
    for a, b in links:
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    return beside


def _spaced(wanted: Sequence[float], apart: Sequence[float]) -> list[float]:
    """Return places near those wanted that keep their distances (pool adjacent violators)."""
    offset = [0.0]
    for distance in apart:
        offset.append(offset[-1] + distance)
    pools: list[list[float]] = []
    for want, off in zip(wanted, offset, strict=False):
        pools.append([want - off])
        while len(pools) > 1 and _mean(pools[-2], 0) > _mean(pools[-1], 0):
            last = pools.pop()
            pools[-1] += last
    flat = [_mean(pool, 0) for pool in pools for _ in pool]
    return [at + off for at, off in zip(flat, offset, strict=False)]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
