"""Barriers between trigger and harm: what was left, what would have to fail, a story played again.

fence = build(nodes, edges, trigger="job-moved", harm="every-checkout-fails")
words(what_was_left(fence))     # "Nothing built was left; two barriers untested."
minimal_sets(fence).words       # ("If “The count” fails, nothing stands in the way.", …)
replay(fence, Action("Cap the export", strengthens="pool-cap")).words
retell(fence, [Change("remove", "count")]).words
"""

from incident_training.hazard.action import Action, Moment
from incident_training.hazard.altered import Change, strengthened, without, without_luck
from incident_training.hazard.failing import Failing, MinimalSets, minimal_sets
from incident_training.hazard.graph import (
    Barrier,
    Edge,
    Parts,
    UnknownTarget,
    UnsoundHazard,
    build,
    faults,
)
from incident_training.hazard.left import Left, parting, what_was_left, words
from incident_training.hazard.replay import Replay, replay
from incident_training.hazard.retelling import Retelling, retell

__all__ = [
    "Action",
    "Barrier",
    "Change",
    "Edge",
    "Failing",
    "Left",
    "MinimalSets",
    "Moment",
    "Parts",
    "Replay",
    "Retelling",
    "UnknownTarget",
    "UnsoundHazard",
    "build",
    "faults",
    "minimal_sets",
    "parting",
    "replay",
    "retell",
    "strengthened",
    "what_was_left",
    "without",
    "without_luck",
    "words",
]
