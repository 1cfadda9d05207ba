"""Raising a near miss: the team's own register, and a short exercise on the sentence.

own        the page of the register; what is written there stays in the browser
raising    the exercise: what one does, and what is kept of it
where      where somebody stands in it: the fold of what was kept
told       the list, the moment, and what is told after one has written
"""

from incident_training.widgets.registering.own import Register
from incident_training.widgets.registering.raising import Raising

__all__ = ["Raising", "Register"]
