"""Decks: shifts in a row, form by form, and how far one has come."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from incident_training.kinds import Scenario
from incident_training.kinds.base import NotAllowed, plural
from incident_training.library.deck import Deck, FormName, Progress, deal, progress
from incident_training.store import Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.play import Message, Play
from incident_training.widgets.standing import Page

FORM: dict[FormName, str] = {
    "before": "Before the training",
    "after": "After it",
    "later": "A month later",
}
PAGE = "deck/"  # begins the name, in the log, of each deck's page
LEAVE, CHOOSE = {"do": "leave"}, {"do": "decks"}


class DeckPlay(Play):
    """One trainee on one deck. A shift lived through on another page counts as played."""

    def __init__(
        self,
        deck: Deck,
        scenarios: Mapping[str, Scenario],
        store: Store,
        who: str,
        now: Callable[[], str],
    ) -> None:
        self.deck = deck
        self.others: list[Block] = []  # ways to other decks
        self.dealt = deal(deck, who)
        page = Page(f"{PAGE}{deck.id}", deck.title, deck.lead, (deck.kind,))
        held = {card: scenarios[card] for cards in self.dealt.values() for card in cards}
        super().__init__(page, held, store, who, now)

    def progress(self) -> Progress:
        """Return how far one has come."""
        played = {
            card: datetime.fromisoformat(event.at)
            for (card, kind), event in self.lived.items()
            if kind == self.deck.kind
        }
        return progress(self.dealt, played, datetime.fromisoformat(self.now()))

    def screen(self) -> Screen:
        """Return the deck and how far one has come, a step of a shift, or its feedback."""
        shown = super().screen()
        if self.session is None:
            return shown
        cards = next(cards for cards in self.dealt.values() if self.standing.scenario in cards)
        number = cards.index(self.standing.scenario or "") + 1
        return {**shown, "eyebrow": f"Shift {number} of {len(cards)}"}

    def _offered(self) -> dict[str, Scenario]:
        card = self.progress().card
        return {card: self.scenarios[card]} if card else {}

    def _choosing(self) -> Screen:
        here = self.progress()
        rows = [_row(name, cards, here) for name, cards in self.dealt.items()]
        return {
            "id": f"{self.name}/{sum(here.played.values())}",
            "stage": "choose",
            "title": self.deck.title,
            "home": "index.ipynb",
            "says": " ".join(f"{when}: {played}, {opens}." for when, played, opens in rows),
            "main": [
                blocks.words(self.deck.lead),
                blocks.table("How far you are", ["When", "Shifts played", "Opens"], rows),
                blocks.links(*self._onward(here), *self.others),
            ],
        }

    def _ways(self) -> Block:
        return blocks.links(*self._onward(self.progress()), blocks.link("The deck", LEAVE))

    def _onward(self, here: Progress) -> list[Block]:
        if here.card is None:
            return []
        label = "Go on: the next shift" if any(here.played.values()) else "Take the first shift"
        return [blocks.link(label, {"do": "choose", "name": here.card}, primary=True)]


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
            "says": "Choose a deck.",
            "main": [
                blocks.words("Shifts in a row: some before a training, others after it."),
                blocks.cards(_card(play) for play in self.plays.values()),
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


def _row(name: FormName, cards: tuple[str, ...], here: Progress) -> list[str]:
    opens = "now" if here.form == name or here.played[name] else "after the ones above"
    if name == "later" and here.opens:
        opens = f"on {here.opens.day} {here.opens:%B}"
    return [FORM[name], f"{here.played[name]} of {len(cards)}", opens]


def _card(play: DeckPlay) -> Block:
    here = play.progress()
    done, all_ = sum(here.played.values()), sum(map(len, play.dealt.values()))
    return {
        "label": play.deck.title,
        "note": plural(all_, "shift", "shifts"),
        "been": f"{done} of {all_} played" if done else None,
        "do": {"do": "deck", "name": play.deck.id},
    }
