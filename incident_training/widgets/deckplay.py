"""One trainee on one deck: shifts in a row, a silent block, then each with its reason."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from incident_training.kinds import Declaration, Scenario
from incident_training.kinds.base import chosen
from incident_training.library.deck import Deck, FormName, Progress, deal, progress
from incident_training.session import Session
from incident_training.store import Store
from incident_training.widgets import blocks, result
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.forms import FORMS
from incident_training.widgets.play import ENDED, Message, Play, about
from incident_training.widgets.standing import Page, resumed

FORM: dict[FormName, str] = {
    "before": "Before the training",
    "after": "After it",
    "later": "A month later",
}
CHANGED = "This shift has changed since you played it."
SPOKEN = 3  # cards whose reason is told at once; in a longer form the others wait for the last
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
        self.back: str | None = None  # the played card one looks at again
        self.ratio: str | None = None  # what a miss costs against a false alarm, as one set it
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

    def take(self, message: Message) -> None:
        """Do what is asked; between shifts also look at a card again, or set what a miss costs."""
        name = str(message.get("name", ""))
        match message.get("do"):
            case "back" if self.session is None and name in self._returned():
                self.back, self.policy = name, None
            case "answer" if self.session is None and self._returned():
                self.ratio = chosen(message.get("values") or {}, "ratio", result.COSTS)
            case "policy" if self.back is not None:
                self._judge_by(message)
            case _:
                self.back = self.ratio = None
                super().take(message)

    def _in_force(self, session: Session) -> str:
        """The deck's rule for each of its shifts, or one's own."""
        return self.own or self.deck.policy

    def screen(self) -> Screen:
        """Return the deck and how far one has come, a step of a shift, or its feedback."""
        if self.back is not None:
            return self._looked_back(self.back)
        shown = super().screen()
        if self.session is None:
            return shown
        cards = self._form(self.standing.scenario or "")
        number = cards.index(self.standing.scenario or "") + 1
        return {**shown, "eyebrow": f"Shift {number} of {len(cards)}"}

    def _form(self, card: str) -> tuple[str, ...]:
        return next(cards for cards in self.dealt.values() if card in cards)

    def _silent(self, card: str) -> bool:
        """Whether a card's reason still waits for the last card of its form."""
        cards = self._form(card)
        waits = len(cards) > 2 * SPOKEN and cards.index(card) >= SPOKEN
        return waits and not all(self._played(one) for one in cards)

    def _played(self, card: str) -> bool:
        return (card, self.deck.kind) in self.lived

    def _returned(self) -> list[str]:
        """The cards one may look at again: those played of which the reason was told."""
        every = [card for cards in self.dealt.values() for card in cards]
        return [card for card in every if self._played(card) and not self._silent(card)]

    def _feedback(self, session: Session) -> Screen:
        if not self._silent(session.exercise.scenario.id):
            return super()._feedback(session)
        says = "Kept. Its reason comes with the others, after the last of them."
        main = [blocks.words(says, "verdict"), self._ways()]
        return {"stage": "feedback", "says": says, "main": main}

    def _looked_back(self, card: str) -> Screen:
        """Return a card's reason and how it ended, told when its form is over."""
        scenario, told = self.scenarios[card], [blocks.words(CHANGED)]
        kept = resumed(self.lived[card, self.deck.kind], scenario)
        if kept is not None:
            rule, ended = self.policy or self._in_force(kept), kept.assess().ending
            told = FORMS[self.deck.kind].tell(kept.exercise, kept.response, rule, False)
            told += [blocks.ending(ENDED, ended)] if ended else []
            told += about(scenario)
        way = blocks.link("The deck", {"do": "deck", "name": self.deck.id}, primary=True)
        return {
            "id": f"{self.name}/back/{card}",
            "stage": "feedback",
            "title": scenario.title,
            "eyebrow": "Looked at again",
            "home": "index.ipynb",
            "says": "How you played it, and its reason.",
            "main": [*told, blocks.links(way)],
        }

    def _results(self) -> Iterator[Block]:
        """What each form that is played to its end comes to, and its cards to look at again."""
        told = self._returned()
        every: list[result.Card] = []
        for name, cards in self.dealt.items():
            drawn = self._drawn(cards) if {*cards} <= {*told} and len(cards) > SPOKEN else []
            if drawn:
                yield blocks.words(FORM[name], "heading")
                yield from result.told(drawn, self.own or self.deck.policy)
            every += drawn
        if every:
            yield from result.calibrated(every)
            yield result.cost_form()
        if every and self.ratio:
            yield from result.costs(every, self.ratio)
        if told:
            yield blocks.words("Look at one again, with its reason", "heading")
            ways = (blocks.link(self.scenarios[c].title, {"do": "back", "name": c}) for c in told)
            yield blocks.links(*ways)

    def _drawn(self, cards: tuple[str, ...]) -> list[result.Card]:
        """The cards of a form as they were played, but those that have changed since."""
        drawn: list[result.Card] = []
        for name in cards:
            kept = resumed(self.lived[name, self.deck.kind], self.scenarios[name])
            if kept and isinstance(kept.exercise, Declaration):
                drawn.append(result.card(kept, self._in_force(kept)))
        return drawn

    def _offered(self) -> dict[str, Scenario]:
        card = self.progress().card
        return {card: self.scenarios[card]} if card else {}

    def _choosing(self) -> Screen:
        here = self.progress()
        rows = [_row(name, cards, here) for name, cards in self.dealt.items()]
        return {
            "id": f"{self.name}/{sum(here.played.values())}/{self.ratio or ''}",
            "stage": "choose",
            "title": self.deck.title,
            "home": "index.ipynb",
            "says": " ".join(f"{when}: {played}, {opens}." for when, played, opens in rows),
            "main": [
                blocks.words(self.deck.lead),
                blocks.table("How far you are", ["When", "Shifts played", "Opens"], rows),
                blocks.links(*self._onward(here), *self.others),
                *self._results(),
            ],
        }

    def _ways(self) -> Block:
        return blocks.links(*self._onward(self.progress()), blocks.link("The deck", LEAVE))

    def _onward(self, here: Progress) -> list[Block]:
        if here.card is None:
            return []
        label = "Go on: the next shift" if any(here.played.values()) else "Take the first shift"
        return [blocks.link(label, {"do": "choose", "name": here.card}, primary=True)]


def _row(name: FormName, cards: tuple[str, ...], here: Progress) -> list[str]:
    opens = "now" if here.form == name or here.played[name] else "after the ones above"
    if name == "later" and here.opens:
        opens = f"on {here.opens.day} {here.opens:%B}"
    return [FORM[name], f"{here.played[name]} of {len(cards)}", opens]
