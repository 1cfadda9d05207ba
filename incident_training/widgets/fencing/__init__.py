"""The page of the hazard graph: what stood in the way, and what if it had not.

fence   the page: which shift, and what one tries on it
told    what stands on it: in words first, the things to try, the picture, what would have to fail
"""

from incident_training.widgets.fencing.fence import Fence

__all__ = ["Fence"]
