"""What a room's answers add up to: counts first, then the few statistics that their n can carry.

count([("declare", True), ("no", False), ("triage", True)]).words
calibrate(answers).brier        # or raises TooFew: a sentence that one may show instead
declared_by([4, 9, None]).median

Everything here is arithmetic on plain data. Each figure carries its n; one that its n cannot carry
is refused, never returned as nan. Who may see a figure (five people or nobody) is for the caller.
"""

from incident_training.measures.agreement import Alpha, Raw, alpha, raw
from incident_training.measures.calibration import Bin, Calibration, calibrate
from incident_training.measures.counts import Counts, count
from incident_training.measures.curve import Curve, declared_by
from incident_training.measures.detection import Detection, detect
from incident_training.measures.few import TooFew
from incident_training.measures.threshold import in_words, reached, threshold

__all__ = [
    "Alpha",
    "Bin",
    "Calibration",
    "Counts",
    "Curve",
    "Detection",
    "Raw",
    "TooFew",
    "alpha",
    "calibrate",
    "count",
    "declared_by",
    "detect",
    "in_words",
    "raw",
    "reached",
    "threshold",
]
