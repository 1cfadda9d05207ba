"""Severity x impact -> priority, as in the seed author's matrix.

Source: Jens Rantil, Incident priority, severity & impact, and The missed incident priority: The
Near Miss (2026). Lean to the higher when unsure; either one "none" is priority 4, which wakes
nobody.
"""

from typing import Literal, get_args

Level = Literal["none", "low", "medium", "high"]
LEVELS: tuple[Level, ...] = get_args(Level)

_MATRIX = {  # impact: priority by severity low, medium, high
    "low": (3, 3, 2),
    "medium": (3, 2, 1),
    "high": (2, 1, 1),
}


def priority(severity: Level, impact: Level) -> int:
    """Return 1 (burning) to 4 (a near miss; nobody is woken)."""
    if "none" in (severity, impact):
        return 4
    return _MATRIX[impact][LEVELS.index(severity) - 1]
