"""A process: states and the moves between them, a networkx graph refused unless it is sound."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import networkx as nx

from incident_training.lifecycle.soundness import faults, part, unknown_name

T = TypeVar("T")


@dataclass(frozen=True)
class Practice:
    """What one practises at a state, the notebook that opens it, and how many minutes it takes."""

    what: str
    opens: str
    minutes: int


@dataclass(frozen=True)
class State:
    """A state of an incident; `label` is its short name in a drawing."""

    id: str
    label: str = ""
    phase: str = ""
    practised: Practice | None = None


class Move(NamedTuple):
    """From one state to another."""

    start: str
    to: str
    label: str = ""


@dataclass(frozen=True)
class Process:
    """A sound process. Its graph is frozen; nodes are state ids.

    Nodes carry `label`, `phase` and `practised` (a Practice or None), edges `label`, the graph
    `starts`, `ends` and `loops`.
    """

    name: str
    title: str
    source: str
    graph: nx.DiGraph
    starts: tuple[str, ...]
    ends: tuple[str, ...]

    @property
    def loops(self) -> bool:
        """Say whether it goes round on purpose, so that it needs no end."""
        return bool(self.graph.graph["loops"])

    @property
    def learnings(self) -> nx.DiGraph:
        """Return the part of the graph where one learns: the states of the phase `learnings`."""
        phases = self.graph.nodes(data="phase")
        return part(self.graph, {state for state, phase in phases if phase == "learnings"})


class UnsoundProcess(ValueError):
    """The process cannot be walked as it stands; `faults` holds a sentence for each reason."""

    def __init__(self, name: str, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"The process {name!r} is not sound. {' '.join(self.faults)}")


def build(
    name: str,
    states: Iterable[State | str],
    moves: Iterable[tuple[str, ...]],
    *,
    starts: Iterable[str],
    ends: Iterable[str],
    loops: bool = False,
    title: str = "",
    source: str = "",
) -> Process:
    """Return the process, or raise UnsoundProcess with every fault at once.

    A move is (from, to) or (from, to, label).
    """
    known = [State(state) if isinstance(state, str) else state for state in states]
    ways = [Move(*move) for move in moves]
    graph = nx.DiGraph(starts=tuple(starts), ends=tuple(ends), loops=loops)
    for state in known:
        attributes = {"label": state.label or state.id, "phase": state.phase}
        graph.add_node(state.id, **attributes, practised=state.practised)
    # networkx makes a node of any name in an edge, so names are checked before it sees them
    graph.add_edges_from((*way[:2], {"label": way.label}) for way in ways if {*way[:2]} <= {*graph})
    if wrong := [*_named_wrongly(known, ways), *faults(graph)]:
        raise UnsoundProcess(name, wrong)
    nx.freeze(graph)
    return Process(name, title or name, source, graph, graph.graph["starts"], graph.graph["ends"])


def _named_wrongly(states: list[State], moves: list[Move]) -> Iterator[str]:
    names = [state.id for state in states]
    for twice in _repeated(names):
        yield f"The state “{twice}” is there more than once."
    for move in moves:
        for name in dict.fromkeys(move[:2]):
            if name not in names:
                yield f"The move {move.start} → {move.to} names {unknown_name(name, names)}"
    for start, to in _repeated([move[:2] for move in moves]):
        yield f"The move {start} → {to} is there more than once."


def _repeated(things: list[T]) -> list[T]:
    return [thing for thing in dict.fromkeys(things) if things.count(thing) > 1]
