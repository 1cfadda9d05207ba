"""An action candidate and its effect on a story: on the graph, or on when it is seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from incident_training.hazard.altered import strengthened
from incident_training.hazard.graph import Barrier, find, guarded_by

_EFFECTS = ("strengthens", "adds", "seen_at", "fewer_hurt")


@dataclass(frozen=True)
class Action:
    """An action candidate and at most one effect; with none it asks people to remember.

    `strengthens` names a barrier, `adds` an edge that gets an engineered one, `seen_at` the moment
    at which it would be noticed; `fewer_hurt` says that the harm would be smaller.
    """

    text: str
    strengthens: str | None = None
    adds: tuple[str, str] | None = None
    seen_at: str | None = None
    fewer_hurt: bool = False

    def __post_init__(self) -> None:
        if len(given := [effect for effect in _EFFECTS if getattr(self, effect)]) > 1:
            raise ValueError(f"“{self.text}” has {' and '.join(given)}; an action has one effect.")


@dataclass(frozen=True)
class Moment:
    """When an inject came, and how many had been hurt by then (cumulative; None: not counted)."""

    id: str
    at: int
    hurt: int | None = None


@dataclass(frozen=True)
class Guard:
    """The edge that an action guards, and with what."""

    edge: tuple[str, str]
    barrier: Barrier


@dataclass(frozen=True)
class Sooner:
    """Seen at that minute, so many minutes sooner, with so many fewer hurt (None: not counted)."""

    at: int
    minutes: int
    fewer: int | None


def apply(graph: nx.DiGraph, action: Action) -> tuple[nx.DiGraph, Guard | None]:
    """Return the graph with the action done, and what it guards; raise UnknownTarget."""
    if action.strengthens:
        return _strengthen(graph, action.strengthens)
    if action.adds:
        return _add(graph, action.text, *action.adds)
    return graph, None


def seen_sooner(action: Action, moments: Sequence[Moment], seen: str | None) -> Sooner | None:
    """Return what seeing it at another moment changes, or None if the action is not about that.

    `seen` None: nobody saw it before the story's last moment. Raises UnknownTarget.
    """
    if not action.seen_at:
        return None
    by_id = {moment.id: moment for moment in moments}
    then = find("moment", action.seen_at, by_id)
    now = find("moment", seen, by_id) if seen else max(moments, key=lambda moment: moment.at)
    if then.at >= now.at:
        return Sooner(then.at, 0, 0)
    hurt = _hurt(moments, now.at)
    fewer = None if hurt is None else max(0, hurt - (_hurt(moments, then.at) or 0))
    return Sooner(then.at, now.at - then.at, fewer)


def _strengthen(graph: nx.DiGraph, name: str) -> tuple[nx.DiGraph, Guard]:
    edge, changed = guarded_by(graph, name), strengthened(graph, name)
    return changed, Guard(edge, changed.edges[edge]["barrier"])


def _add(graph: nx.DiGraph, text: str, start: str, to: str) -> tuple[nx.DiGraph, Guard]:
    find("edge", f"{start} → {to}", {f"{u} → {v}": (u, v) for u, v in graph.edges})
    barrier = Barrier(_new_id(graph), text, "engineered", "yes")
    changed = nx.DiGraph(graph)
    if graph.edges[start, to]["barrier"]:  # one barrier per edge: the new stands before the old
        between = f"{start} → {to}"
        changed.add_node(between, text="", at=None)
        changed.add_edge(between, to, **graph.edges[start, to])
        changed.remove_edge(start, to)
        to = between
    changed.add_edge(start, to, barrier=barrier, luck=None)
    return nx.freeze(changed), Guard((start, to), barrier)


def _new_id(graph: nx.DiGraph) -> str:
    taken = {one.id for one in nx.get_edge_attributes(graph, "barrier").values() if one}
    name = "added"
    while name in taken:
        name += "-too"
    return name


def _hurt(moments: Iterable[Moment], at: int) -> int | None:
    counts = [moment.hurt for moment in moments if moment.at <= at and moment.hurt is not None]
    return max(counts, default=None)
