"""Scenario files -> checked exercises; faults name file, line, field and the fix.

read    text -> a tree of nodes (node), each with its line; syntax says what YAML refuses
shape   what a model refuses, in plain sentences
sense   what does not fit together: story, asked (the three kinds), fence (hazard and actions)
pack    a folder, a zip (archive) or a single file: its members, and their names (naming)
image   the images a scenario shows
files   one file loaded, or a pack of them; decks (each a deck) likewise
panel   a team's own votes in place of the author's opinion
craft   what is unfair or teaches little; rules.toml has every rule, its reason and its source
check   every exercise played, every rule asked; say prints it
"""

from incident_training.library.check import Checked, check, checked, play
from incident_training.library.craft import Rule, deck_faults, rules
from incident_training.library.decks import check_deck, decks
from incident_training.library.faults import ContentError, Fault, NoSuchExercise
from incident_training.library.files import (
    exercise,
    files,
    load,
    refuse_bad_pack,
    scenarios,
    shipped,
)
from incident_training.library.say import say_check, say_play, say_rules

__all__ = [
    "Checked",
    "ContentError",
    "Fault",
    "NoSuchExercise",
    "Rule",
    "check",
    "check_deck",
    "checked",
    "deck_faults",
    "decks",
    "exercise",
    "files",
    "load",
    "play",
    "refuse_bad_pack",
    "rules",
    "say_check",
    "say_play",
    "say_rules",
    "scenarios",
    "shipped",
]
