"""A hazard graph as a story: its stages in order, the steps between them, and both in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import networkx as nx

from incident_training.clock import clock
from incident_training.hazard import Action, Barrier, parting, what_was_left
from incident_training.widgets.pictures.again import (
    GONE,
    NEW,
    Again,
    changes,
    reached_again,
    title,
)

How = Literal["engineered", "procedure", "catch", "luck", "nothing"]
State = Literal["held", "failed", "untested", "luck", "open"]

STATES: dict[State, str] = {
    "held": "held",
    "failed": "did not hold",
    "untested": "untested",
    "luck": "luck",
    "open": "",
}
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
    """One edge and what stood on it.

    `closed` says how a replayed action closes it, `gone` that what stood there is there no more;
    "" for neither. `weakest`: it is on the weakest of several ways; `parts`: there they part.
    """

    start: str
    end: str
    how: How
    state: State
    text: str
    closed: str = ""
    reached: bool | None = None  # whether the story comes to this step when played again
    gone: str = ""
    weakest: bool = False
    parts: bool = False

    @property
    def added(self) -> bool:
        """Whether a new barrier closes it; what stood there before stays as it was."""
        return self.closed == NEW

    @property
    def mended(self) -> bool:
        """Whether the barrier that stood there closes it now."""
        return bool(self.closed) and not self.added

    @property
    def gap(self) -> bool:
        """Whether only luck is there."""
        return self.how == "luck" and not self.gone

    @property
    def label(self) -> str:
        """The whole step in one sentence, or two."""
        if self.how == "nothing":
            told = "Nothing stood in the way."
        elif self.how == "luck":
            told = f"Only luck stood in the way: {self.text.rstrip('.')}."
        else:
            told = f"{self.text.rstrip('.')}: {STATES[self.state]} ({self.how})."
        again = self.closed or self.gone
        return f"{told} Played again: {again}." if again else told


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


def read(graph: nx.DiGraph, again: Again | None, action: Action | None = None) -> Story:
    """Return the graph as a story, as it was or as it is played again."""
    order = _order(graph)
    reached = reached_again(again)
    left = again.after if again else what_was_left(graph)
    path = [name for name in left.path if name in graph]  # a new barrier may stand on one between
    part = parting(graph, path)
    weakest = {*pairwise(path)} if part else set()
    changed = changes(graph, again, action)
    stages = tuple(_stage(graph, name, reached) for name in order)
    steps = tuple(
        replace(
            _step(graph, (start, end), changed.get((start, end), ""), reached),
            weakest=(start, end) in weakest,
            parts=(start, end) == part,
        )
        for start in order
        for end in sorted(graph.successors(start), key=order.index)
    )
    back = frozenset(s for s in steps if order.index(s.end) < order.index(s.start))
    return Story(stages, steps, back, title(graph, again))


def told(story: Story, again: Again | None) -> Iterator[str]:
    """The text twin: a title, then each step in a sentence."""
    first, last = story.stages[0], next(s for s in story.stages if s.role == "harm")
    yield f"From “{first.text.rstrip('.')}” to “{last.text.rstrip('.')}”. {story.title}"
    if again:
        yield again.words
    if weakest := [step for step in story.steps if step.weakest]:
        on = (story.stage(name).text.rstrip(".") for name in _path(first.id, weakest))
        yield f"Several paths lead there; this is the weakest: {' → '.join(on)}."
    for step in story.steps:
        start, end = story.stage(step.start), story.stage(step.end)
        yield f"{start.timed} → {end.timed}. {step.label}"
    linked = {name for step in story.steps for name in (step.start, step.end)}
    yield from (f"{stage.timed}." for stage in story.stages if stage.id not in linked)
    if again:
        for how, yes in (("Reached", True), ("Not reached", False)):
            if names := [s.text.rstrip(".") for s in story.stages if s.reached is yes]:
                yield f"{how}: {'; '.join(names)}."


def _path(trigger: str, steps: Iterable[Step]) -> Iterator[str]:
    after = {step.start: step.end for step in steps}
    here: str | None = trigger
    while here is not None:
        yield here
        here = after.pop(here, None)


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
    graph: nx.DiGraph, ends: tuple[str, str], changed: str, reached: frozenset[str] | None
) -> Step:
    edge = graph.edges[ends]
    barrier: Barrier | None = edge["barrier"]
    came = None if reached is None else ends[0] in reached
    gone = changed if changed in GONE else ""
    closed = "" if gone else changed
    if barrier:
        return Step(
            *ends, barrier.kind, _OF_BARRIER[barrier.held], barrier.text, closed, came, gone
        )
    if edge["luck"]:
        return Step(*ends, "luck", "luck", edge["luck"], closed, came, gone)
    return Step(*ends, "nothing", "open", "", closed, came, gone)
