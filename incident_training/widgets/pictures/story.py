"""A hazard graph as a story: its stages in order, the steps between them, and both in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from incident_training.clock import clock
from incident_training.hazard import Action, Barrier, Replay, what_was_left, words
from incident_training.hazard.action import apply
from incident_training.hazard.graph import open_edges

How = Literal["engineered", "procedure", "catch", "luck", "nothing"]
State = Literal["held", "failed", "untested", "luck", "open"]

STATES: dict[State, str] = {
    "held": "held",
    "failed": "did not hold",
    "untested": "untested",
    "luck": "luck",
    "open": "",
}
_NEW = "a new barrier holds"
_OF_BARRIER: dict[str, State] = {"yes": "held", "no": "failed", "untested": "untested"}


@dataclass(frozen=True)
class Stage:
    """One stage; `reached` is None where nothing is played again."""

    id: str
    text: str
    at: int | None
    role: Literal["trigger", "harm", "stage"]
    reached: bool | None

    @property
    def label(self) -> str:
        """What a screen reader says."""
        role = "" if self.role == "stage" else f"{self.role.capitalize()}: "
        reached = {None: "", True: " Reached.", False: " Not reached."}[self.reached]
        return f"{role}{self.timed}.{reached}"

    @property
    def timed(self) -> str:
        """The text, with its minute where the story has one."""
        return self.text.rstrip(".") + (f", {self.time}" if self.time else "")

    @property
    def time(self) -> str:
        """The minute as one reads it, "" where there is none or the text names it."""
        said = "" if self.at is None else clock(self.at)
        return "" if said.split(" ")[0] in self.text else said


@dataclass(frozen=True)
class Step:
    """One edge and what stood on it. `closed` says how a replayed action closes it: "" for not."""

    start: str
    end: str
    how: How
    state: State
    text: str
    closed: str = ""
    reached: bool | None = None  # whether the story comes to this step when played again

    @property
    def added(self) -> bool:
        """Whether a new barrier closes it; what stood there before stays as it was."""
        return self.closed == _NEW

    @property
    def mended(self) -> bool:
        """Whether the barrier that stood there closes it now."""
        return bool(self.closed) and not self.added

    @property
    def label(self) -> str:
        """The whole step in one sentence, or two."""
        if self.how == "nothing":
            told = "Nothing stood in the way."
        elif self.how == "luck":
            told = f"Only luck stood in the way: {self.text.rstrip('.')}."
        else:
            told = f"{self.text.rstrip('.')}: {STATES[self.state]} ({self.how})."
        return f"{told} Played again: {self.closed}." if self.closed else told


@dataclass(frozen=True)
class Story:
    """Stages so that each comes after what leads to it, and steps in the order of their start.

    `back` holds the steps that lead back to an earlier stage.
    """

    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    back: frozenset[Step]
    title: str

    def stage(self, name: str) -> Stage:
        return next(stage for stage in self.stages if stage.id == name)


def read(graph: nx.DiGraph, replay: Replay | None, action: Action | None) -> Story:
    """Return the graph as a story, after the action if it is played again."""
    order = _order(graph)
    reached = replay.reached_after if replay else None
    closed = _closed(graph, replay, action)
    stages = tuple(_stage(graph, name, reached) for name in order)
    steps = tuple(
        _step(graph, start, end, closed.get((start, end), ""), reached)
        for start in order
        for end in sorted(graph.successors(start), key=order.index)
    )
    back = frozenset(s for s in steps if order.index(s.end) < order.index(s.start))
    return Story(stages, steps, back, words(what_was_left(graph)))


def told(story: Story, replay: Replay | None) -> Iterator[str]:
    """The text twin: a title, then each step in a sentence."""
    first, last = story.stages[0], next(s for s in story.stages if s.role == "harm")
    yield f"From “{first.text.rstrip('.')}” to “{last.text.rstrip('.')}”. {story.title}"
    if replay:
        yield replay.words
    for step in story.steps:
        start, end = story.stage(step.start), story.stage(step.end)
        yield f"{start.timed} → {end.timed}. {step.label}"
    linked = {name for step in story.steps for name in (step.start, step.end)}
    yield from (f"{stage.timed}." for stage in story.stages if stage.id not in linked)
    if replay:
        for how, yes in (("Reached", True), ("Not reached", False)):
            if names := [s.text.rstrip(".") for s in story.stages if s.reached is yes]:
                yield f"{how}: {'; '.join(names)}."


def _order(graph: nx.DiGraph) -> list[str]:
    """Return the stages in the order of the story: the trigger first, each path kept together.

    A stage that the trigger does not lead to stands just before what it leads to.
    """
    order = list(nx.dfs_postorder_nodes(_turned(graph), graph.graph["trigger"]))[::-1]
    for name in nx.dfs_postorder_nodes(graph):
        if name not in order:
            after = [order.index(other) for other in graph.successors(name) if other in order]
            order.insert(max(1, min(after, default=len(order))), name)
    return order


def _turned(graph: nx.DiGraph) -> nx.DiGraph:
    """Return the graph with each stage's edges in reverse: a search then ends on the first."""
    turned = nx.DiGraph()
    turned.add_nodes_from(graph)
    turned.add_edges_from(reversed(list(graph.edges)))
    return turned


def _stage(graph: nx.DiGraph, name: str, reached: frozenset[str] | None) -> Stage:
    at = graph.nodes[name]
    role: Literal["trigger", "harm", "stage"] = "stage"
    if name == graph.graph["trigger"]:
        role = "trigger"
    if name == graph.graph["harm"]:
        role = "harm"
    return Stage(name, at["text"], at["at"], role, None if reached is None else name in reached)


def _step(
    graph: nx.DiGraph, start: str, end: str, closed: str, reached: frozenset[str] | None
) -> Step:
    edge = graph.edges[start, end]
    barrier: Barrier | None = edge["barrier"]
    came = None if reached is None else start in reached
    if barrier:
        state = _OF_BARRIER[barrier.held]
        return Step(start, end, barrier.kind, state, barrier.text, closed, came)
    if edge["luck"]:
        return Step(start, end, "luck", "luck", edge["luck"], closed, came)
    return Step(start, end, "nothing", "open", "", closed, came)


def _closed(
    graph: nx.DiGraph, replay: Replay | None, action: Action | None
) -> dict[tuple[str, str], str]:
    """Return the edges that the action closes, and how.

    Without the action, only what a replay shows: edges from what is reached to what is not.
    """
    if replay is None:
        return {}
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
    return "now it holds" if all(one.id in known for one in held) else _NEW
