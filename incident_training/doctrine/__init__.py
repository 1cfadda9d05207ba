"""What counts as an incident: facts, rules over them, definitions, policies, near misses, priority;
and lessons on what bends a judgement.

The plain functions behind the pages: `definitions()`, `verdicts(facts)`, and
`priority(severity, impact)`.
"""

from incident_training.doctrine.definitions import definitions, verdicts
from incident_training.doctrine.priority import priority

__all__ = ["definitions", "priority", "verdicts"]
