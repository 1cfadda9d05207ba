"""The page on which one pastes a draft of one's own: read in memory, asked about, kept nowhere.

As with the harvest, no step of it is an event, nothing is a draft of ours, and no log shows a word.
"""

from threading import Thread

from incident_training.kinds.base import plural
from incident_training.language import alike, one_each, review
from incident_training.language.harvest import MOST
from incident_training.language.review import warm
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.pasted import Pasting
from incident_training.widgets.reviewing.parts import parts

PAGE = "review"
TITLE = "What would a reader ask?"
LEAD = (
    "Paste a postmortem you are writing. Where its words blame, judge by the end, or promise what"
    " nobody can check, it is asked about in place. Nothing is rewritten: the words stay yours."
)
STAYS = (
    "Drafts name people and live weaknesses, so nothing of it is kept. What you paste is read in"
    " the memory of the program that serves this page: on this computer, unless you came here by"
    " somebody else's address. It is in no file, no log and no draft of ours, nor in this browser's"
    " storage, and no other computer gets it. Reload the page, and it is gone: copy what you keep."
)
RULES = (
    "The words are found by rules, not understood. A flag is what nearly every reader would ask; an"
    " ask may be right as it stands. Headings say which section is which: a wish is welcome among"
    " the actions, and luck under its own heading."
)
NONE = (
    "Nothing to ask. The rules find words, not sense: that nobody is blamed, that nothing is"
    " missing and that the plan would help is for a reader to say."
)
WORDS = {
    "do": "review",
    "mark": "Question",
    "quiet": "a question",
    "keep": "Keep",
    "dismiss": "Leave it as it is",
    "kept": "kept",
    "dismissed": "left",
    "lines": "What you kept, as Markdown",
}
SHOWN = 200  # questions; whoever has more has pasted more than one can go through


class Review(Pasting):
    """A draft of one's own on its way to its questions, in this page's memory alone."""

    name = PAGE

    def __init__(self, who: str) -> None:
        super().__init__(who)
        Thread(target=warm, daemon=True).start()  # while one reads the page, and pastes

    def read(self, text: str) -> Block:
        findings = one_each(review(text))
        flags = sum(one.outcome == "flag" for one in findings)
        shown = parts(text, findings[:SHOWN])
        says = _says(len(alike(findings)), len(findings), flags)
        return {"says": says, "parts": list(shown)}

    def screen(self) -> Screen:
        """Return the page; its id stays, so that what a browser holds outlives a lost line."""
        return {
            "id": PAGE,
            "stage": "review",
            "title": TITLE,
            "home": "index.ipynb",
            "says": self.found["says"] if self.found else "",
            "main": [
                blocks.words(LEAD, "lead"),
                blocks.words(STAYS),
                _asked(self.found),
                blocks.words(RULES, "small"),
                blocks.links(
                    blocks.link("Draft a postmortem", "postmortem.ipynb"),
                    blocks.link("Look for luck in an old one", "harvest.ipynb"),
                ),
            ],
        }


def _asked(found: Block | None) -> Block:
    return {
        "is": "marked",
        "legend": "A postmortem of yours",
        "note": f"Markdown or plain text, at most {MOST // 1000} KB. Code and quotations are passed"
        " over.",
        "button": "Ask me",
        "most": MOST,
        "words": WORDS,
        "found": found,
    }


def _says(questions: int, places: int, flags: int) -> str:
    if not places:
        return NONE
    kinds = f"{plural(flags, 'flag', 'flags')}, {plural(places - flags, 'ask', 'asks')}"
    first = f" The first {SHOWN} are shown." if places > SHOWN else ""
    asked = plural(questions, "question", "questions")
    return f"{asked} at {plural(places, 'place', 'places')}: {kinds}.{first}"
