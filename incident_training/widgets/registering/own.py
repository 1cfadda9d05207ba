"""The register of one's own team: a page whose lines stay in the browser and never reach Python."""

from collections.abc import Mapping

from incident_training.doctrine.priority import LEVELS, NEAR_MISS, Level, Matrix, matrix
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.priorities import in_force
from incident_training.widgets.workbench import Reading

PAGE = "register"
TITLE = "Your team's register of near misses"
LEAD = (
    "A line each, a minute each: what nearly happened, what stopped it, what is still exposed."
    " No names are needed, and nobody is woken."
)
STAYS = (
    "These are live weaknesses, so they stay on this device: in this browser's own storage, and"
    " nowhere else. Nothing here is sent, not even to the course; it is in no log and no report."
    " Whoever uses this browser can read it."
)
MORE = (
    "It is not encrypted. “Start fresh” does not erase it; “Erase all of it”, below the lines,"
    " does. Another browser does not have it, nor the same browser at another address or with its"
    " data cleared: so export it now and then, and mind who can open the file. In JupyterLab it is"
    " in the storage of JupyterLab's own pages, where what other notebooks show could read it."
)
RULE = (
    "A near miss is priority {near_miss}. If a clock runs, so that somebody is hurt unless one acts"
    " before morning, it has the priority of the harm it heads for. The table is {whose}; the rule"
    " about the clock is ours."
)
NOW = "A clock runs: tell whoever is on call now. A register wakes nobody."
EMPTY = "The first is easy: what made you say “phew” last?"
STOPPED = {
    "built": "Something built",
    "step": "A step",
    "noticed": "Somebody noticed",
    "luck": "Luck",
    "nothing": "Nothing",
}
MOST = 200  # lines
LONGEST = 300  # characters of a text


class Register(Reading):
    """The page around the register; what is written in it is not known here."""

    name = PAGE

    def screen(self) -> Screen:
        table, problem = in_force()
        return {
            "id": PAGE,
            "stage": "register",
            "title": TITLE,
            "eyebrow": "Near misses",
            "home": "index.ipynb",
            "says": f"{TITLE}. It stays in this browser.",
            "main": [
                blocks.words(LEAD, "lead"),
                blocks.words(STAYS, "hint"),
                blocks.ending("More on where it is kept", MORE),
                register(table),
                blocks.words(_rule(table, problem), "small"),
                blocks.links(blocks.link("Practise the sentence", "raising.ipynb")),
            ],
        }


def register(table: Matrix) -> Block:
    """The register as a block: what a line asks, and the priorities it may come to."""
    levels = LEVELS[1:]
    return {
        "is": "register",
        "legend": "A new line",
        "form": blocks.form("Keep this line", *_fields(table)),
        "stopped": STOPPED,
        "cells": {s: {i: table.of_hazard(s, i, clock=True) for i in levels} for s in levels},
        "otherwise": NEAR_MISS,
        "priorities": {str(number): one.says for number, one in table.priorities.items()},
        "now": NOW,
        "empty": EMPTY,
        "most": MOST,
        "longest": LONGEST,
    }


def _fields(table: Matrix) -> list[Block]:
    clock = {"clock": ["yes"]}
    asked = "If nobody acts before morning, is somebody hurt?"
    return [
        blocks.text("nearly", "What nearly happened?", rows=2, note="It almost …"),
        blocks.choice("stopped", "What stopped it?", STOPPED, layout="row"),
        blocks.text(
            "exposed",
            "What is still exposed?",
            rows=2,
            note="“Nothing we know of” is an answer.",
        ),
        blocks.choice("clock", asked, {"no": "No", "yes": "Yes, a clock runs"}, layout="row"),
        blocks.choice(
            "severity", "If it happens, what stops working?", _levels(table.severity), when=clock
        ),
        blocks.choice("impact", "If it happens, who feels it?", _levels(table.impact), when=clock),
    ]


def _levels(words: Mapping[Level, str]) -> dict[str, str]:
    return {level: f"{level.capitalize()}: {words[level]}" for level in LEVELS[1:]}


def _rule(table: Matrix, problem: str) -> str:
    own = table is not matrix()
    rule = RULE.format(near_miss=NEAR_MISS, whose="your team's" if own else "Jens Rantil's")
    return f"{rule} {problem}".strip()
