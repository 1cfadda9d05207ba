"""The incident process as a checked networkx graph: build it, find its faults, walk it, draw it.

    walk = Walk(process("overlay")).go("Detected", at=544)
    walk.allowed                     # ("Declared", "Triage", "Not an incident", "Joined")

The pictures are in `lifecycle.draw`.
"""

from incident_training.lifecycle.graph import (
    Move,
    Practice,
    Process,
    State,
    UnsoundProcess,
    build,
)
from incident_training.lifecycle.published import UnknownProcess, names, process
from incident_training.lifecycle.soundness import faults
from incident_training.lifecycle.walk import NotAllowed, Walk

__all__ = [
    "Move",
    "NotAllowed",
    "Practice",
    "Process",
    "State",
    "UnknownProcess",
    "UnsoundProcess",
    "Walk",
    "build",
    "faults",
    "names",
    "process",
]
