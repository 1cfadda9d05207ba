"""The page on which one pastes a postmortem: read in memory, answered, and kept nowhere.

No step of it is an event, nothing is a draft, and the text's own holder shows it to no log. What
one keeps or dismisses is known to the open page alone.
"""

from incident_training.kinds.base import plural
from incident_training.language import harvest
from incident_training.language.harvest import MOST
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.harvesting.parts import parts
from incident_training.widgets.pasted import Pasting

PAGE = "harvest"
TITLE = "Where were we lucky?"
LEAD = (
    "Old postmortems hold near misses that nobody wrote down as such. Paste one: words that mark"
    " luck or a near miss are shown in place, each with a question. You keep it or dismiss it."
)
STAYS = (
    "These are live weaknesses, so nothing of it is kept. What you paste is read in the memory of"
    " the program that serves this page: on this computer, unless you came here by somebody else's"
    " address. It is in no file, no log and no draft, nor in this browser's storage, and no other"
    " computer gets it. Reload the page, and it is gone: copy what you keep."
)
RULES = (
    "The words are found by rules, not understood. Read in public postmortems, about seven marks"
    " of ten were worth their question, and what is told without such words is not found."
)
NONE = (
    "None of these words is in it. That is not to say that nobody was lucky: ask those who were"
    " there what could as well have gone on."
)
SHOWN = 200  # marks; whoever has more has pasted more than one can go through


class Harvest(Pasting):
    """An old postmortem on its way to its marks, in this page's memory alone."""

    name = PAGE

    def read(self, text: str) -> Block:
        marks = harvest(text)
        return {"says": _says(len(marks)), "parts": list(parts(text, marks[:SHOWN]))}

    def screen(self) -> Screen:
        """Return the page; its id stays, so that what a browser holds outlives a lost line."""
        return {
            "id": PAGE,
            "stage": "harvest",
            "title": TITLE,
            "home": "index.ipynb",
            "says": self.found["says"] if self.found else "",
            "main": [
                blocks.words(LEAD, "lead"),
                blocks.words(STAYS),
                _asked(self.found),
                blocks.words(RULES, "small"),
                blocks.links(blocks.link("Your team's register", "register.ipynb")),
            ],
        }


def _asked(found: Block | None) -> Block:
    return {
        "is": "marked",
        "legend": "An old postmortem",
        "note": f"Markdown or plain text, at most {MOST // 1000} KB. Code and quotations are passed"
        " over.",
        "button": "Look for luck",
        "most": MOST,
        "found": found,
    }


def _says(count: int) -> str:
    if not count:
        return NONE
    first = f" The first {SHOWN} are shown." if count > SHOWN else ""
    return f"{plural(count, 'place', 'places')} to ask about.{first}"
