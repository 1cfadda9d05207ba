"""A shift played with a room by show of hands: the projector's page, and the facilitator's notes.

Demonstrate(scenarios, store, who, now)
Notes(scenarios, store, who)
"""

from incident_training.widgets.projecting.notes import Notes
from incident_training.widgets.projecting.projector import Demonstrate

__all__ = ["Demonstrate", "Notes"]
