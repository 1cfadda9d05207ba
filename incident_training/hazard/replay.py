"""An action played again: the same story with what the action would change, and nothing else.

Luck is not relied on: which nodes are reached, before and after, is told as if no luck had come.
`before` and `after` still name it, because it was there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from incident_training.hazard import telling
from incident_training.hazard.action import Action, Moment, apply, seen_sooner
from incident_training.hazard.graph import reached
from incident_training.hazard.left import Left, what_was_left


@dataclass(frozen=True)
class Replay:
    """The story before and after an action.

    `bypass` is the path that still reaches harm after a barrier was strengthened or added.
    `minutes_sooner` and `fewer` (people hurt by the time it is seen) are None unless the action
    is about being seen; `fewer` also where the story gives no count.
    """

    before: Left
    after: Left
    reached_before: frozenset[str]
    reached_after: frozenset[str]
    stopped: bool
    bypass: tuple[str, ...] | None
    minutes_sooner: int | None
    fewer: int | None
    words: str

    @property
    def more_left(self) -> bool:
        """Whether more barriers stand on the weakest path than before; none before: it stops."""
        return self.after.fewest > self.before.fewest

    @property
    def changes(self) -> bool:
        """Whether the story is different, as far as the graph and the injects can tell."""
        return self.more_left or bool(self.minutes_sooner)


def replay(
    graph: nx.DiGraph, action: Action, moments: Sequence[Moment] = (), seen: str | None = None
) -> Replay:
    """Return the story played again with the action, or raise UnknownTarget naming the choices.

    `seen` is the moment at which it was seen in the story; None: nobody did before the last one.
    """
    changed, guard = apply(graph, action)
    before, after = what_was_left(graph), what_was_left(changed)
    sooner = seen_sooner(action, moments, seen)
    tale = telling.Tale(action, graph, changed, before, after, guard, sooner)
    return Replay(
        before=before,
        after=after,
        reached_before=reached(graph),
        reached_after=reached(changed),
        stopped=before.fewest == 0 < after.fewest,
        bypass=after.path if guard and after.fewest == 0 else None,
        minutes_sooner=sooner.minutes if sooner else None,
        fewer=sooner.fewer if sooner else None,
        words=telling.tell(tale),
    )
