"""A story retold with something changed: a barrier taken away or made to hold, luck set aside.

As in a replay, luck is not relied on and an untested barrier not counted; both are named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from incident_training.hazard import telling
from incident_training.hazard.altered import Change, alter
from incident_training.hazard.graph import Barrier, guarded_by, reached
from incident_training.hazard.left import Left, what_was_left
from incident_training.hazard.phrases import counted, mid, series


@dataclass(frozen=True)
class Retelling:
    """The story with the changes: the altered graph, what is left on it, and how it goes on."""

    graph: nx.DiGraph
    before: Left
    after: Left
    reached: frozenset[str]
    words: str


def retell(graph: nx.DiGraph, changes: Sequence[Change]) -> Retelling:
    """Return the story with the changes made in turn, or raise UnknownTarget."""
    altered = alter(graph, changes)
    before, after = what_was_left(graph), what_was_left(altered)
    words = f"{_opening(graph, changes)}{_going_on(graph, altered, changes, before, after)}"
    return Retelling(altered, before, after, reached(altered), words)


def _opening(graph: nx.DiGraph, changes: Iterable[Change]) -> str:
    """Return what was changed: what was done to a barrier last is what counts."""
    last = {change.barrier: change.do for change in changes}
    removed, holding = (
        [f"“{_barrier(graph, name).text}”" for name, done in last.items() if done == do]
        for do in ("remove", "strengthen")
    )
    parts = [f"without {series(removed)}"] if removed else []
    parts += [f"with {series(holding)} holding"] if holding else []
    parts += ["with the luck set aside"] if "" in last else []
    said = series(parts) if parts else "as it was"
    return f"{said[:1].upper()}{said[1:]}: "


def _going_on(
    graph: nx.DiGraph, altered: nx.DiGraph, changes: Sequence[Change], before: Left, after: Left
) -> str:
    if after.held:
        return _stops(altered, before, after)
    comes = f"{telling.clauses(altered, after.path[:-1])}, and {telling.harm(altered)}."
    holds = _made_to_hold(graph, altered)
    if met := [barrier for barrier, met in holds if met]:
        comes = f"{_gone_round(met, changes)}{comes[:1].upper()}{comes[1:]}"
    as_it_was = " The weakest path is as it was." if changes and before == after else ""
    never = series(f"“{barrier.text}”" for barrier, met in holds if not met)
    never = f" The story never comes to {never}." if never else ""
    return f"{comes} {_in_the_way(after)}{as_it_was}{never}"


def _stops(altered: nx.DiGraph, before: Left, after: Left) -> str:
    """Return where the story stops, and how that compares with what stood before."""
    steps = pairwise(after.path)
    held = after.held[0]
    closed = next(at for at, step in enumerate(steps) if altered.edges[step]["barrier"] == held)
    comes = f"{telling.clauses(altered, after.path[: closed + 1])}, and “{held.text}” holds."
    stand, stood = counted(after.held).capitalize(), counted(before.held)
    verb = "stands" if after.fewest == 1 else "stand"
    if before.fewest == after.fewest:
        return f"{comes} As much stands on the weakest path as before."
    if before.fewest:
        return f"{comes} {stand} {verb} on the weakest path, where {stood} stood."
    harm = telling.text(altered, altered.graph["harm"])
    return f"{comes} The story stops there: “{harm}” is never reached."


def _in_the_way(left: Left) -> str:
    """Return what little is in the way where nothing held: luck, or what was never tested."""
    untested = series(f"“{barrier.text}”" for barrier in left.untested) if left.untested else ""
    luck = series(mid(luck) for luck in left.luck) if left.luck else ""
    verb = "is" if len(left.untested) == 1 else "are"
    if untested and luck:
        return f"{untested} {verb} untested; beside that only luck stands in the way: {luck}."
    if untested:
        return f"{untested} {verb} untested; nothing else stands in the way."
    return f"Only luck stands in the way of that: {luck}." if luck else "Nothing stands in the way."


def _gone_round(holds: Sequence[Barrier], changes: Sequence[Change]) -> str:
    """Return that the story goes round what holds now; by name where more was changed than that."""
    them = "it" if len(holds) == 1 else "them"
    if len(holds) < len({change.barrier for change in changes}):
        them = series(f"“{barrier.text}”" for barrier in holds)
    return f"the story goes round {them}. "


def _made_to_hold(graph: nx.DiGraph, altered: nx.DiGraph) -> list[tuple[Barrier, bool]]:
    """Return the barriers that hold only in the altered story, and whether it comes to them."""
    open_to = reached(altered)
    found = []
    for start, to, barrier in altered.edges(data="barrier"):
        was = graph.edges[start, to]["barrier"]
        if barrier and barrier.held == "yes" and barrier != was:
            found.append((barrier, start in open_to))
    return found


def _barrier(graph: nx.DiGraph, name: str) -> Barrier:
    barrier: Barrier = graph.edges[guarded_by(graph, name)]["barrier"]
    return barrier
