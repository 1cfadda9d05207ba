"""A hazard graph with something changed: a barrier taken away or made to hold, luck set aside.

Each function returns a new graph, frozen, and leaves the one it is given as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal

import networkx as nx

from incident_training.hazard.graph import guarded_by


@dataclass(frozen=True)
class Change:
    """One thing tried on a graph; `barrier` is the id of the one it is about, "" for luck."""

    do: Literal["remove", "strengthen", "luck"]
    barrier: str = ""


def without(graph: nx.DiGraph, barrier: str) -> nx.DiGraph:
    """Return the graph with that barrier gone and its edge open, or raise UnknownTarget."""
    changed = nx.DiGraph(graph)
    changed.edges[guarded_by(graph, barrier)]["barrier"] = None
    return nx.freeze(changed)


def strengthened(graph: nx.DiGraph, barrier: str) -> nx.DiGraph:
    """Return the graph with that barrier holding, or raise UnknownTarget."""
    edge, changed = guarded_by(graph, barrier), nx.DiGraph(graph)
    changed.edges[edge]["barrier"] = replace(graph.edges[edge]["barrier"], held="yes")
    return nx.freeze(changed)


def without_luck(graph: nx.DiGraph) -> nx.DiGraph:
    """Return the graph as it would be on a day without luck: what luck closed is open."""
    changed = nx.DiGraph(graph)
    for edge in changed.edges:
        changed.edges[edge]["luck"] = None
    return nx.freeze(changed)


def alter(graph: nx.DiGraph, changes: Iterable[Change]) -> nx.DiGraph:
    """Return the graph with the changes made in turn, or raise UnknownTarget."""
    return reduce(_one, changes, graph)


def _one(graph: nx.DiGraph, change: Change) -> nx.DiGraph:
    match change.do:
        case "remove":
            return without(graph, change.barrier)
        case "strengthen":
            return strengthened(graph, change.barrier)
    return without_luck(graph)
