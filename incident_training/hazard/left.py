"""What was left between trigger and harm: the fewest barriers that held, and in words.

After ARMS and the Hong Kong AAIA: ignore barriers that failed, count only those that worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import networkx as nx

from incident_training.hazard.graph import Barrier, ordered
from incident_training.hazard.phrases import counted, mid, series


@dataclass(frozen=True)
class Left:
    """The weakest path from trigger to harm, and what stood on it.

    `fewest` counts the barriers that held there; an untested one and luck are never counted.
    `built` and `catches` divide `held`. `happened`: on some path every edge was open or its barrier
    failed, and no luck intervened. (An untested barrier means that the story never got that far.)
    """

    fewest: int
    path: tuple[str, ...]
    held: tuple[Barrier, ...]
    built: tuple[Barrier, ...]
    catches: tuple[Barrier, ...]
    failed: tuple[Barrier, ...]
    untested: tuple[Barrier, ...]
    luck: tuple[str, ...]
    happened: bool


def what_was_left(graph: nx.DiGraph) -> Left:
    """Return what was left on the weakest path: fewest held, then least luck, fewest built."""
    trigger, harm = graph.graph["trigger"], graph.graph["harm"]
    path = tuple(nx.shortest_path(ordered(graph), trigger, harm, _weight(graph)))
    edges = [graph.edges[step] for step in pairwise(path)]
    barriers = [edge["barrier"] for edge in edges if edge["barrier"]]
    held, failed, untested = (
        tuple(barrier for barrier in barriers if barrier.held == how)
        for how in ("yes", "no", "untested")
    )
    luck = tuple(edge["luck"] for edge in edges if edge["luck"])
    return Left(
        fewest=len(held),
        path=path,
        held=held,
        built=tuple(barrier for barrier in held if barrier.kind != "catch"),
        catches=tuple(barrier for barrier in held if barrier.kind == "catch"),
        failed=failed,
        untested=untested,
        luck=luck,
        happened=not (held or untested or luck),
    )


def parting(graph: nx.DiGraph, path: Sequence[str]) -> tuple[str, str] | None:
    """Return the first step of a path that another way to harm avoids; None for the only way."""
    trigger, harm = graph.graph["trigger"], graph.graph["harm"]
    for step in pairwise(path):
        if graph.has_edge(*step) and nx.has_path(
            nx.restricted_view(graph, [], [step]), trigger, harm
        ):
            return step
    return None


def words(left: Left, *, now: bool = False) -> str:
    """Return what was left as one to three sentences, the verdict first.

    `now`: as a story that is retold stands, not as it came.
    """
    said = _NOW if now else _THEN
    if left.happened:
        return said.happened if now else f"{said.happened}{_failed(said, left.failed)}"
    untested = f"; {counted(left.untested)} untested" if left.untested else ""
    if left.built:
        held = f"{_holds(said, left.built)}: {series(mid(one.text) for one in left.built)}"
        noticed = f" {_who(said, left.catches)} as well." if left.catches else ""
        return f"{held}{untested}.{noticed}"
    if left.catches:
        return f"{_who(said, left.catches)}; nothing built {said.is_} left{untested}."
    return f"Nothing built {said.is_} left{untested}.{_failed_or_lucky(said, left)}"


def _weight(graph: nx.DiGraph) -> Any:
    """Return a weight that orders paths by held, luck, built, untested, length, in that order."""
    base = graph.number_of_edges() + 1  # so that no sum of a later thing outweighs an earlier one

    def weigh(_start: str, _to: str, edge: dict[str, Any]) -> int:
        barrier: Barrier | None = edge["barrier"]
        held = barrier is not None and barrier.held == "yes"
        built = barrier is not None and held and barrier.kind != "catch"
        untested = barrier is not None and barrier.held == "untested"
        weight = 0
        for one in (held, bool(edge["luck"]), built, untested, True):
            weight = weight * base + one
        return weight

    return weigh


def _failed_or_lucky(said: "_Tense", left: Left) -> str:
    failed = _failed(said, left.failed)
    if not left.luck:
        return failed
    lucky = f"nly luck {said.stops} it: {series(mid(luck) for luck in left.luck)}."
    return f"{failed[:-1]}; o{lucky}" if failed else f" O{lucky}"


def _failed(said: "_Tense", failed: Sequence[Barrier]) -> str:
    did = said.does_not if len(failed) == 1 else said.do_not
    return f" {counted(failed).capitalize()} {did} hold." if failed else ""


def _holds(said: "_Tense", held: Sequence[Barrier]) -> str:
    return f"{counted(held).capitalize()} {said.holds if len(held) == 1 else said.hold}"


def _who(said: "_Tense", catches: Sequence[Barrier]) -> str:
    if len(catches) == 1:
        return f"A person {said.notices}"
    return f"People {said.notice}, more than once"


class _Tense(NamedTuple):
    happened: str
    is_: str
    holds: str
    hold: str
    does_not: str
    do_not: str
    stops: str
    notices: str
    notice: str


_THEN = _Tense(
    "It happened: nothing held and no luck intervened.",
    *("was", "held", "held", "did not", "did not", "stopped", "noticed", "noticed"),
)
_NOW = _Tense(
    "Nothing stands in the way.",
    *("is", "holds", "hold", "does not", "do not", "stops", "notices", "notice"),
)
