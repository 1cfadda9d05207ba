"""Is it fair, and does it teach? Rules of craft; rules.toml says each with its reason and source.

rules      rules.toml, read
story      what a trainee reads: its length, its herrings, what of the truth shows
drill      what a declaration decides, and on what
hunt       whether a log can be read by its looks
draft      what a postmortem proposes, and of whom it speaks
clinic     whether a weak draft hides enough, and not too much
decks      whether a row of shifts can be answered without reading them
explained  warnings that an author has explained
"""

from collections.abc import Iterator

from incident_training.kinds.scenario import Scenario
from incident_training.library.craft.clinic import clinic_faults
from incident_training.library.craft.decks import deck_faults
from incident_training.library.craft.draft import draft_faults
from incident_training.library.craft.drill import drill_faults
from incident_training.library.craft.explained import unexplained
from incident_training.library.craft.hunt import hunt_faults
from incident_training.library.craft.rules import Rule, rules
from incident_training.library.craft.story import story_faults
from incident_training.library.faults import Fault
from incident_training.library.node import Node

__all__ = ["Rule", "craft_faults", "deck_faults", "rules"]


def craft_faults(scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Yield what is unfair or teaches little in a scenario that is sound, weighed.

    What its author has explained is left out; an explanation of nothing is a fault itself.
    """
    found = [
        *story_faults(scenario, root),
        *drill_faults(scenario, root),
        *hunt_faults(scenario, root),
        *draft_faults(scenario, root),
        *clinic_faults(scenario, root),
    ]
    yield from unexplained(root.get("explained"), found)
