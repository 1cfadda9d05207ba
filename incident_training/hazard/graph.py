"""The hazard graph: from trigger to harm, each edge guarded by a barrier, closed by luck, or open.

Nodes carry `text` and `at` (a minute or None); edges carry `barrier` (a Barrier or None) and `luck`
(a text or None); the graph carries `trigger` and `harm`. Luck is a gap in the fence, not a barrier.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar, get_args

import networkx as nx

T = TypeVar("T")

Kind = Literal["engineered", "procedure", "catch"]
Held = Literal["yes", "no", "untested"]


@dataclass(frozen=True)
class Barrier:
    """What stood between two steps, and whether it held. A catch is a person noticing."""

    id: str
    text: str
    kind: Kind
    held: Held


Edge = tuple[str, str, Barrier | None, str | None]
"""From, to, the barrier that guards it, the luck that closed it."""

Nodes = Mapping[str, str | tuple[str, int | None]]
"""Text by node id, with the minute where the story has one."""


class Parts(NamedTuple):
    """What a hazard graph is built from, before it is known to be sound."""

    nodes: Nodes
    edges: Iterable[Edge]
    trigger: str
    harm: str


class UnsoundHazard(ValueError):
    """The parts do not make a hazard graph; `faults` holds a sentence for each reason."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(self.faults))


def build(nodes: Nodes, edges: Iterable[Edge], trigger: str, harm: str) -> nx.DiGraph:
    """Return the hazard graph, frozen, or raise UnsoundHazard with every fault at once."""
    edges = list(edges)
    if wrong := faults(Parts(nodes, edges, trigger, harm)):
        raise UnsoundHazard(wrong)
    graph = nx.DiGraph(trigger=trigger, harm=harm)
    for node, said in nodes.items():
        text, at = (said, None) if isinstance(said, str) else said
        graph.add_node(node, text=text, at=at)
    for start, to, barrier, luck in edges:
        graph.add_edge(start, to, barrier=barrier, luck=luck or None)
    return nx.freeze(graph)


def faults(hazard: nx.DiGraph | Parts) -> list[str]:
    """Return a sentence for each fault, naming the culprit; an empty list means sound."""
    parts = hazard if isinstance(hazard, Parts) else _parts(hazard)
    edges = list(parts.edges)
    return [
        *_wrong_names(parts, edges),
        *_wrong_edges(edges),
        *_wrong_barriers([barrier for *_, barrier, _ in edges if barrier]),
        *_out_of_reach(parts, edges),
    ]


class UnknownTarget(ValueError):
    """An action, or the story's `seen`, names a barrier, edge or moment that is not there."""


def guarded_by(graph: nx.DiGraph, name: str) -> tuple[str, str]:
    """Return the edge that the barrier of this id guards, or raise UnknownTarget."""
    edges: dict[str, tuple[str, str]] = {
        barrier.id: (start, to) for start, to, barrier in graph.edges(data="barrier") if barrier
    }
    return find("barrier", name, edges)


def find(what: str, name: str, known: Mapping[str, T]) -> T:
    """Return what is known by that name, or raise UnknownTarget naming the choices."""
    if name not in known:
        choices = ", ".join(known) or "none is there"
        raise UnknownTarget(f"There is no {what} {name!r} in this story; choose from: {choices}.")
    return known[name]


def ordered(graph: nx.DiGraph) -> nx.DiGraph:
    """Return the graph sorted by name: of two equal paths the same is found in any edge order."""
    same = nx.DiGraph(**graph.graph)
    same.add_nodes_from(sorted(graph.nodes(data=True), key=lambda node: node[0]))
    same.add_edges_from(sorted(graph.edges(data=True), key=lambda edge: edge[:2]))
    return same


def open_edges(graph: nx.DiGraph) -> nx.DiGraph:
    """Return the graph without the edges closed by a barrier that held; luck closes none."""

    def is_open(start: str, to: str) -> bool:
        barrier: Barrier | None = graph.edges[start, to]["barrier"]
        return barrier is None or barrier.held != "yes"

    return nx.subgraph_view(graph, filter_edge=is_open)


def reached(graph: nx.DiGraph) -> frozenset[str]:
    """Return the nodes that the trigger leads to along open edges, itself among them."""
    trigger: str = graph.graph["trigger"]
    return frozenset({trigger} | nx.descendants(open_edges(graph), trigger))


def _parts(graph: nx.DiGraph) -> Parts:
    edges = [(*pair, at.get("barrier"), at.get("luck")) for *pair, at in graph.edges(data=True)]
    nodes = dict(graph.nodes(data="text", default=""))
    return Parts(nodes, edges, graph.graph.get("trigger", ""), graph.graph.get("harm", ""))


def _wrong_names(parts: Parts, edges: list[Edge]) -> Iterator[str]:
    known = f"nodes are: {', '.join(parts.nodes) or 'none'}"
    for role, name in (("trigger", parts.trigger), ("harm", parts.harm)):
        if name not in parts.nodes:
            yield f"The {role} {name!r} is not a node; {known}."
    if parts.trigger == parts.harm:
        yield f"Trigger and harm are both {parts.harm!r}; something has to lie between."
    for start, to, *_ in edges:
        for name in dict.fromkeys((start, to)):
            if name not in parts.nodes:
                yield f"The edge {start} → {to} names {name!r}, which is not a node; {known}."


def _wrong_edges(edges: list[Edge]) -> Iterator[str]:
    for (start, to), times in Counter((start, to) for start, to, *_ in edges).items():
        if times > 1:
            yield f"{start} → {to} is there {times} times; put a node between to tell them apart."
        if start == to:
            yield f"{start} → {to} leads back to itself; an edge goes on to another node."
    for start, to, barrier, luck in edges:
        if barrier and luck:
            yield (
                f"{start} → {to} has a barrier ({barrier.id}) and luck ({luck}); "
                "keep one, or put a node between."
            )


def _wrong_barriers(barriers: list[Barrier]) -> Iterator[str]:
    for name, times in Counter(barrier.id for barrier in barriers).items():
        if times > 1:
            yield f"The barrier {name} guards {times} edges; give each edge a barrier of its own."
    for barrier in barriers:
        for field, allowed in (("kind", get_args(Kind)), ("held", get_args(Held))):
            if (got := getattr(barrier, field)) not in allowed:
                yield f"{barrier.id}: {field} should be {', '.join(allowed)}; got {got!r}."


def _out_of_reach(parts: Parts, edges: list[Edge]) -> Iterator[str]:
    if parts.trigger == parts.harm or not {parts.trigger, parts.harm} <= set(parts.nodes):
        return  # said already
    ways = nx.DiGraph(edge[:2] for edge in edges)
    ways.add_nodes_from((parts.trigger, parts.harm))
    if not nx.has_path(ways, parts.trigger, parts.harm):
        yield f"No edges lead from the trigger {parts.trigger} to the harm {parts.harm}."
