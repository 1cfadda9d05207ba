"""What counts as an incident: facts, rules over them, definitions, policies, near misses, priority;
lessons on what bends a judgement, and moments in which to raise a near miss.

The plain functions behind the pages: `definitions()`, `verdicts(facts)`,
`priority(severity, impact)` and `near_miss.classify(facts)`.
"""

from incident_training.doctrine import near_miss
from incident_training.doctrine.definitions import definitions, verdicts
from incident_training.doctrine.priority import priority

__all__ = ["definitions", "near_miss", "priority", "verdicts"]
