"""Barriers between trigger and harm: what was left, and an action played again.

fence = build(nodes, edges, trigger="job-moved", harm="every-checkout-fails")
words(what_was_left(fence))     # "Nothing built was left; two barriers untested."
replay(fence, Action("Cap the export", strengthens="pool-cap")).words
"""

from incident_training.hazard.action import Action, Moment, UnknownTarget
from incident_training.hazard.graph import Barrier, Edge, Parts, UnsoundHazard, build, faults
from incident_training.hazard.left import Left, what_was_left, words
from incident_training.hazard.replay import Replay, replay

__all__ = [
    "Action",
    "Barrier",
    "Edge",
    "Left",
    "Moment",
    "Parts",
    "Replay",
    "UnknownTarget",
    "UnsoundHazard",
    "build",
    "faults",
    "replay",
    "what_was_left",
    "words",
]
