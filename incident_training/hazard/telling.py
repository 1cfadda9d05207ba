"""A replay in words, computed from the graph: what comes, what holds, what goes round it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from incident_training.clock import clock, span
from incident_training.hazard.action import Action, Guard, Sooner
from incident_training.hazard.graph import Barrier, open_edges, ordered, reached
from incident_training.hazard.left import Left
from incident_training.hazard.phrases import counted, mid, series

_TIME = re.compile(r"\d\d:\d\d")


@dataclass(frozen=True)
class Tale:
    """All that a replay's words are computed from: before, after, and what the action did."""

    action: Action
    graph: nx.DiGraph
    changed: nx.DiGraph
    before: Left
    after: Left
    guard: Guard | None
    sooner: Sooner | None

    @property
    def harm(self) -> str:
        """Return the harm as a clause, with its time where the story gives one."""
        return harm(self.graph)

    @property
    def way(self) -> tuple[str, ...]:
        """Return the open way to the guarded edge, empty where nothing guards or reaches it."""
        start = self.guard.edge[0] if self.guard else ""
        if start not in reached(self.changed):
            return ()
        way = ordered(open_edges(self.changed))
        return tuple(nx.shortest_path(way, self.graph.graph["trigger"], start))


def harm(graph: nx.DiGraph) -> str:
    """Return the harm as a clause, with its time where the story gives one."""
    said = graph.nodes[graph.graph["harm"]]
    clause, at = mid(said["text"]), said["at"]
    return clause if at is None or _TIME.search(clause) else f"{clause} at {clock(at)}"


def clauses(graph: nx.DiGraph, names: Iterable[str]) -> str:
    """Return the stages of those names as clauses, in a row."""
    return ", ".join(mid(said) for name in names if (said := text(graph, name)))


def text(graph: nx.DiGraph, name: str) -> str:
    """Return a stage's text, without its full stop."""
    said: str = graph.nodes[name]["text"]
    return said.rstrip(".")


def tell(tale: Tale) -> str:
    """Return how the story goes with the action: two to four sentences, the finding first."""
    opening = f"Played again with “{tale.action.text}”: "
    if tale.sooner:
        return opening + _seen(tale.sooner)
    if tale.guard:
        return opening + _guarded(tale, tale.guard)
    ending = "What would stand in the way if nobody remembered?"
    if tale.action.fewer_hurt:
        ending = "The harm is smaller: how many fewer would be hurt, and how would one know?"
    return f"{opening}{_as_before(tale)} {ending}"


def _guarded(tale: Tale, guard: Guard) -> str:
    if (tale.graph.edges.get(guard.edge) or {}).get("barrier") == guard.barrier:
        return f"“{guard.barrier.text}” held already; {_as_before(tale)}"
    if not tale.way:
        return f"{_as_before(tale)} The story never comes to {_name(tale, guard)}."
    if tale.before.fewest:
        return f"{_as_before(tale)} {_deeper(tale)}"
    comes = f"{clauses(tale.graph, tale.way)}, and {_name(tale, guard)} holds"
    if tale.after.fewest:
        return f"{comes}. The story stops there: {_never(tale)} never reached."
    return f"{comes}, but {_round(tale)}{_ends(tale.changed, tale.after.path)}"


def _seen(sooner: Sooner) -> str:
    if not sooner.minutes:
        return (
            f"it is seen at {clock(sooner.at)}, and by then it had been seen. "
            "That changes nothing this time; in another story it may."
        )
    hurt = "" if sooner.fewer is None else f"; {sooner.fewer or 'no'} fewer had been hurt by then"
    return (
        f"it is seen at {clock(sooner.at)}, {span(sooner.minutes)} sooner{hurt}. "
        "Nothing new stands in the way: what would someone do with that time?"
    )


def _as_before(tale: Tale) -> str:
    """Return the story without any change: what came, and where it stopped if something held."""
    path = tale.before.path
    if not tale.before.held:
        comes = clauses(tale.graph, path[:-1])
        return f"{comes}, {tale.harm}{_ends(tale.graph, path)}"
    steps = pairwise(path)
    held = tale.before.held[0]
    closed = next(at for at, step in enumerate(steps) if tale.graph.edges[step]["barrier"] == held)
    return f"{clauses(tale.graph, path[: closed + 1])}, and “{held.text}” holds, as before."


def _deeper(tale: Tale) -> str:
    if tale.after.fewest > tale.before.fewest:
        stand, stood = counted(tale.after.held).capitalize(), counted(tale.before.held)
        return f"{stand} would stand on the weakest path, where {stood} stood."
    return "The weakest path stays as it was."


def _never(tale: Tale) -> str:
    """Return what is spared, quoted: the first node and the harm, with its verb."""
    spared = reached(tale.graph) - reached(tale.changed) - {tale.graph.graph["harm"]}
    names = [*[name for name in tale.before.path if name in spared][:1], tale.graph.graph["harm"]]
    verb = "is" if len(names) == 1 else "are"
    return f"{series(f'“{text(tale.graph, name)}”' for name in names)} {verb}"


def _round(tale: Tale) -> str:
    """Return the way that is still open, from where it leaves the way to the guarded edge."""
    way = tale.way
    others = [name for name in tale.after.path[:-1] if name not in way]
    if not others:
        return f"another way is open from there, and {tale.harm}"
    return f"the story goes round it: {clauses(tale.changed, others)}, and {tale.harm}"


def _ends(graph: nx.DiGraph, path: tuple[str, ...]) -> str:
    """Return how a way to the harm ends: as before, or, where luck closed it, by luck alone."""
    steps = [graph.edges[step] for step in pairwise(path)]
    luck = [mid(step["luck"]) for step in steps if step["luck"]]
    barriers: list[Barrier] = [step["barrier"] for step in steps if step["barrier"]]
    untested = [f"“{barrier.text}”" for barrier in barriers if barrier.held == "untested"]
    verb = "is" if len(untested) == 1 else "are"
    also = f" {series(untested)} {verb} untested." if untested else ""
    ending = f". Only luck stood in the way of that: {series(luck)}." if luck else ", as before."
    return ending + also


def _name(tale: Tale, guard: Guard) -> str:
    return "the new barrier" if tale.action.adds else f"“{guard.barrier.text}”"
