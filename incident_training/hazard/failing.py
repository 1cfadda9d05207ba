"""What would have to fail for the story to reach harm: the minimal sets of barriers.

A barrier that held or was never tested may fail; one that failed has failed; luck is not counted.
A set is minimal when none of its barriers could be spared: the minimal cut sets of a fault tree
(Vesely et al., Fault Tree Handbook, NUREG-0492, 1981), read from paths.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any

import networkx as nx

from incident_training.hazard.graph import Barrier, ordered
from incident_training.hazard.phrases import mid, series

MOST = 6  # as many as are read
_EFFORT = 5_000  # partial ways looked at; no graph drawn by hand comes near


@dataclass(frozen=True)
class Failing:
    """Barriers, in the order of their way, whose failure opens it; `luck` is what is left on it."""

    barriers: tuple[Barrier, ...]
    luck: tuple[str, ...]

    @property
    def words(self) -> str:
        """The set as a sentence."""
        stands = f"only luck stands in the way: {_lucky(self)}" if self.luck else ""
        names = [_named(barrier) for barrier in self.barriers]
        if not names:
            return f"Nothing more has to fail{f'; {stands}' if stands else ': one way is open'}."
        fail = {1: f"{names[0]} fails", 2: f"both {series(names)} fail"}
        said = fail.get(len(names), f"{series(names)} all fail")
        return f"If {said}, {stands or 'nothing stands in the way'}."


@dataclass(frozen=True)
class MinimalSets:
    """The minimal sets, smallest first; `complete` is False where not all are listed."""

    sets: tuple[Failing, ...]
    complete: bool

    @property
    def words(self) -> tuple[str, ...]:
        """A sentence for each set, and one more where not all are listed."""
        few = "There are too many to list them all; these are among the smallest."
        return (*(one.words for one in self.sets), *(() if self.complete else (few,)))


def minimal_sets(graph: nx.DiGraph, most: int = MOST) -> MinimalSets:
    """Return at most `most` minimal sets and at least one; the empty set where a way is open."""
    graph = ordered(graph)
    sets: list[frozenset[str]] = []
    complete = True
    for found in _search(graph):
        if found is None or len(sets) == most:
            complete = False
            break
        sets.append(found)
    if not sets:  # the search was given up before its first find, which this is
        path = _least(graph, lambda edge: _standing(edge) is not None)
        sets = [frozenset(one.id for one in _on(graph, path))]
    return MinimalSets(tuple(_opened(graph, failing) for failing in sets), complete)


def _search(graph: nx.DiGraph) -> Iterator[frozenset[str] | None]:
    """Yield each minimal set, smallest first; None, and no more, where that would take too long.

    From the trigger on, the smallest set is taken further first. A set that comes to a node where a
    part of it has been before opens nothing new there.
    """
    harm: str = graph.graph["harm"]
    leads = nx.ancestors(graph, harm) | {harm}
    been: dict[str, list[frozenset[str]]] = {name: [] for name in leads}
    waiting: list[tuple[int, tuple[str, ...], str]] = [(0, (), graph.graph["trigger"])]
    for _ in range(_EFFORT):
        if not waiting:
            return
        _, names, here = heappop(waiting)
        failing = frozenset(names)
        if any(part <= failing for part in (*been[here], *been[harm])):
            continue
        been[here].append(failing)
        if here == harm:
            yield failing
            continue
        for to in leads & set(graph.successors(here)):
            barrier = _standing(graph.edges[here, to])
            more = names if barrier is None else tuple(sorted({*names, barrier.id}))
            heappush(waiting, (len(more), more, to))
    yield None


def _opened(graph: nx.DiGraph, failing: frozenset[str]) -> Failing:
    """Return the set in the order of the way it opens, of several the one with the least luck."""

    def is_open(start: str, to: str) -> bool:
        barrier = _standing(graph.edges[start, to])
        return barrier is None or barrier.id in failing

    way = nx.subgraph_view(graph, filter_edge=is_open)
    path = _least(way, lambda edge: bool(edge["luck"]))
    luck = [graph.edges[step]["luck"] for step in pairwise(path)]
    return Failing(tuple(_on(graph, path)), tuple(text for text in luck if text))


def _least(graph: nx.DiGraph, counts: Any) -> list[str]:
    """Return the path from trigger to harm with the fewest edges that count, then the shortest."""
    long = graph.number_of_edges() + 1
    path: list[str] = nx.shortest_path(
        graph,
        graph.graph["trigger"],
        graph.graph["harm"],
        lambda _start, _to, edge: 1 + (long if counts(edge) else 0),
    )
    return path


def _on(graph: nx.DiGraph, path: list[str]) -> list[Barrier]:
    found = (_standing(graph.edges[step]) for step in pairwise(path))
    return [barrier for barrier in found if barrier]


def _standing(edge: dict[str, Any]) -> Barrier | None:
    """Return the barrier that may still fail there, if there is one."""
    barrier: Barrier | None = edge["barrier"]
    return None if barrier is None or barrier.held == "no" else barrier


def _lucky(failing: Failing) -> str:
    return series(mid(luck) for luck in failing.luck)


def _named(barrier: Barrier) -> str:
    return f"“{barrier.text.rstrip('.')}”" + (" (untested)" if barrier.held == "untested" else "")
