"""What was left between trigger and harm: the fewest barriers that held, and in words.

After ARMS and the Hong Kong AAIA: ignore barriers that failed, count only those that worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

from incident_training.hazard.graph import Barrier
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
    path = tuple(nx.shortest_path(graph, trigger, harm, _weight(graph)))
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


def words(left: Left) -> str:
    """Return what was left as one to three sentences, the verdict first."""
    if left.happened:
        return f"It happened: nothing held and no luck intervened.{_failed(left.failed)}"
    untested = f"; {counted(left.untested)} untested" if left.untested else ""
    if left.built:
        return f"{_held('barrier', left.built)}{untested}.{_noticed(left.catches)}"
    if left.catches:
        return f"{_who(left.catches)}; nothing built was left{untested}."
    return f"Nothing built was left{untested}.{_failed_or_lucky(left)}"


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


def _failed_or_lucky(left: Left) -> str:
    if not left.luck:
        return _failed(left.failed)
    lucky = series(mid(luck) for luck in left.luck)
    if left.failed:
        return f"{_failed(left.failed)[:-1]}; only luck stopped it: {lucky}."
    return f" Only luck stopped it: {lucky}."


def _failed(failed: Sequence[Barrier]) -> str:
    return f" {counted(failed).capitalize()} did not hold." if failed else ""


def _held(noun: str, held: Sequence[Barrier]) -> str:
    names = series(mid(barrier.text) for barrier in held)
    return f"{counted(held, noun).capitalize()} held: {names}"


def _who(catches: Sequence[Barrier]) -> str:
    return "A person noticed" if len(catches) == 1 else "People noticed, more than once"


def _noticed(catches: Sequence[Barrier]) -> str:
    return f" {_who(catches)} as well." if catches else ""
