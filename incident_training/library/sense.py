"""Faults across fields, found on the tree itself, so that they come together with those of shape.

Every check takes what it can use and passes over the rest: what is missing or ill-shaped is said
by `shape`.
"""

from itertools import chain, islice

from incident_training.library.asked import asked_faults
from incident_training.library.faults import Fault
from incident_training.library.fence import fence_faults
from incident_training.library.node import Node
from incident_training.library.shape import MOST_FAULTS
from incident_training.library.story import story_faults


def sense_faults(root: Node, name: str) -> list[Fault]:
    """Return what does not fit together in a file of that name (without its ending)."""
    every = chain(story_faults(root, name), asked_faults(root), fence_faults(root))
    return [*islice(every, MOST_FAULTS)]
