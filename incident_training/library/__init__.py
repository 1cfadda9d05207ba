"""Scenario files -> checked exercises; faults name file, line, field and the fix.

read    text -> a tree of nodes (node), each with its line; syntax says what YAML refuses
shape   what a model refuses, in plain sentences
sense   what does not fit together: story, asked (the three kinds), fence (hazard and actions)
files   one file loaded, or a folder of them
check   every exercise played; say prints it
"""

from incident_training.library.check import Checked, check, checked, play
from incident_training.library.faults import ContentError, Fault, NoSuchExercise
from incident_training.library.files import exercise, load, scenarios, shipped
from incident_training.library.say import say_check, say_play

__all__ = [
    "Checked",
    "ContentError",
    "Fault",
    "NoSuchExercise",
    "check",
    "checked",
    "exercise",
    "load",
    "play",
    "say_check",
    "say_play",
    "scenarios",
    "shipped",
]
