"""The page of decks: the deck one is in, or all there are to choose from."""

from collections.abc import Mapping
from typing import Any

from incident_training.kinds.base import NotAllowed, plural
from incident_training.library.check import left_out
from incident_training.library.naming import is_deck
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.deckplay import DeckPlay
from incident_training.widgets.play import Message

CHOOSE = {"do": "decks"}


class Decks:
    """The activity of the deck one is in; while one is in none, all there are to choose from."""

    name = "deck"

    def __init__(self, plays: Mapping[str, DeckPlay]) -> None:
        self.plays = plays
        going = [play for play in plays.values() if play.session]
        self.here = next(iter(going or (plays.values() if len(plays) == 1 else ())), None)
        for play in plays.values() if len(plays) > 1 else ():
            play.others = [blocks.link("Other decks", CHOOSE)]

    def take(self, message: Message) -> None:
        """Choose a deck, leave it, or do what is asked in it."""
        match message.get("do"), message.get("name"):
            case "deck", str(name) if name in self.plays:
                self.here = self.plays[name]
                self.here.back = None
            case "decks", _:
                self.here = None
            case _:
                self._chosen().take(message)

    def knows(self, id: str) -> bool:
        """Whether what was asked under that id is kept."""
        return self.here is not None and self.here.knows(id)

    def screen(self) -> Screen:
        """Return the deck one is in, or all of them."""
        if self.here is not None:
            return self.here.screen()
        return {
            "id": "deck/all",
            "stage": "choose",
            "title": "Decks",
            "home": "index.ipynb",
            "says": "Choose a deck." if self.plays else _none(),
            "main": [
                blocks.words("Shifts in a row: some before a training, others after it."),
                blocks.cards(_card(play) for play in self.plays.values())
                if self.plays
                else blocks.words(_none()),
            ],
        }

    def begun(self, screen: str) -> dict[str, Any] | None:
        """Return what was begun on a screen."""
        return self.here.begun(screen) if self.here else None

    def keep_begun(self, screen: str, rev: int, values: dict[str, Any]) -> None:
        """Keep what was begun on a screen."""
        self._chosen().keep_begun(screen, rev, values)

    def _chosen(self) -> DeckPlay:
        if self.here is None:
            raise NotAllowed("choose a deck first")
        return self.here


def _none() -> str:
    """Return why there is no deck, in words; a broken one is named."""
    broken = [file.name for file in left_out() if is_deck(file.name)]
    if not broken:
        return "There is no deck among these exercises: single shifts are on the home page."
    are = f"{', '.join(broken)} {'has' if len(broken) == 1 else 'have'} errors and cannot be played"
    return f"{are}. “incident-training check” says which, and how to mend them."


def _card(play: DeckPlay) -> Block:
    here = play.progress()
    done, all_ = sum(here.played.values()), sum(map(len, play.dealt.values()))
    return {
        "label": play.deck.title,
        "note": plural(all_, "shift", "shifts"),
        "been": f"{done} of {all_} played" if done else None,
        "do": {"do": "deck", "name": play.deck.id},
    }
