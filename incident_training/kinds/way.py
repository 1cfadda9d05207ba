"""The way from a trigger to the harm, as an author writes it: stages, and what stands between."""

from typing import Annotated, Literal

import networkx as nx
from pydantic import BeforeValidator, Field

from incident_training import hazard
from incident_training.kinds.base import Frozen, Minute, Slug, Text


class BarrierSpec(Frozen):
    """A barrier on an edge: built, a step people follow, or somebody's catch."""

    id: Slug
    text: Text
    kind: Literal["engineered", "procedure", "catch"]
    held: Literal["yes", "no", "untested"]


class EdgeSpec(Frozen):
    """One step towards harm; a barrier or luck stands in the way, or nothing."""

    start: Slug = Field(alias="from")
    end: Slug = Field(alias="to")
    barrier: BarrierSpec | None = None
    luck: Text | None = None


class NodeSpec(Frozen):
    """A stage of the story, as a clause such as "the pool is full"; `at` where a time belongs."""

    text: Text
    at: Minute | None = None


NodeText = Annotated[
    NodeSpec, BeforeValidator(lambda given: {"text": given} if isinstance(given, str) else given)
]


class HazardSpec(Frozen):
    """From trigger to harm: the stages by id, and the steps between them."""

    trigger: Slug
    harm: Slug
    nodes: dict[str, NodeText]
    edges: tuple[EdgeSpec, ...]

    @property
    def graph(self) -> nx.DiGraph:
        """The checked hazard graph."""
        return hazard.build(
            {name: (node.text, node.at) for name, node in self.nodes.items()},
            [(e.start, e.end, _barrier(e.barrier), e.luck) for e in self.edges],
            self.trigger,
            self.harm,
        )


def _barrier(spec: BarrierSpec | None) -> hazard.Barrier | None:
    if spec is None:
        return None
    return hazard.Barrier(spec.id, spec.text, spec.kind, spec.held)
