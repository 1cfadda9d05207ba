"""What is different when the story of a hazard graph is played again: which edges, and how."""

from collections.abc import Iterable

import networkx as nx

from incident_training.hazard import Action, Barrier, Replay, Retelling, what_was_left, words
from incident_training.hazard.action import apply
from incident_training.hazard.graph import open_edges

NEW, NOW = "a new barrier holds", "now it holds"
GONE = (TAKEN, ASIDE) = ("taken away", "set aside")

Again = Replay | Retelling
"""A story played again: with an action done, or with something changed."""


def title(graph: nx.DiGraph, again: Again | None) -> str:
    """What was left; of a story retold, what is left now."""
    if isinstance(again, Retelling):
        return words(again.after, now=True)
    return words(what_was_left(graph))


def reached_again(again: Again | None) -> frozenset[str] | None:
    """The stages that are reached; None where nothing is played again."""
    if again is None:
        return None
    return again.reached if isinstance(again, Retelling) else again.reached_after


def changes(
    graph: nx.DiGraph, again: Again | None, action: Action | None
) -> dict[tuple[str, str], str]:
    """Return what is different on which edge when the story is played again."""
    if again is None:
        return {}
    if isinstance(again, Retelling):
        return {edge: said for edge in graph.edges if (said := _retold(graph, again, edge))}
    return _closed(graph, again, action)


def _retold(graph: nx.DiGraph, again: Retelling, edge: tuple[str, str]) -> str:
    was, now = graph.edges[edge], again.graph.edges[edge]
    if was["luck"] != now["luck"]:
        return ASIDE
    if was["barrier"] == now["barrier"]:
        return ""
    return NOW if now["barrier"] else TAKEN


def _closed(graph: nx.DiGraph, replay: Replay, action: Action | None) -> dict[tuple[str, str], str]:
    """Return the edges that the action closes, and how.

    Without the action, only what a replay shows: edges from what is reached to what is not.
    """
    if action is not None:
        guard = apply(graph, action)[1]
        if guard is None:
            return {}
        start, end = guard.edge  # a barrier added before another guards a way to a stage between
        return {(start, end.removeprefix(f"{start} → ")): _how(graph, (guard.barrier,))}
    after = replay.reached_after
    edges = [e for e in open_edges(graph).edges if e[0] in after and e[1] not in after]
    return dict.fromkeys(edges, _how(graph, replay.after.held))


def _how(graph: nx.DiGraph, held: Iterable[Barrier]) -> str:
    known = {barrier.id for *_, barrier in graph.edges(data="barrier") if barrier}
    return NOW if all(one.id in known for one in held) else NEW
