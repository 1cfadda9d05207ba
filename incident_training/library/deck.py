"""A deck: shifts in a row, in up to three forms: before a training, after it, a month later.

No shift is in two forms, so that what is asked afterwards has not been seen.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds.base import Frozen, KindName, Slug, Text

FormName = Literal["before", "after", "later"]
FORMS: tuple[FormName, ...] = ("before", "after", "later")
LATER = timedelta(days=30)


class Deck(Frozen):
    """One file in a folder `decks`. `id` is the file's name, the library's to set.

    `before` and `after` are parallel forms; `later` holds unseen twins for 30 days on. `kind` is
    how each shift is played, and `policy` the rule by which 40 to 60 % of the deck are a *no*.
    `explained` gives the reason why a warning of `check` does not hold here, by the rule's id.
    """

    id: str = ""
    title: Text
    lead: Text
    policy: Text = DEFAULT
    kind: KindName = "declaration"
    order: Literal["as written", "shuffled"] = "as written"
    before: tuple[Slug, ...]
    after: tuple[Slug, ...] = ()
    later: tuple[Slug, ...] = ()
    explained: dict[str, Text] = Field(default_factory=dict)

    @property
    def forms(self) -> Mapping[FormName, tuple[Slug, ...]]:
        """The forms that hold anything, in their order in time."""
        return {name: cards for name in FORMS if (cards := getattr(self, name))}


@dataclass(frozen=True)
class Progress:
    """How far somebody has come: how many of each form are played, and what is next.

    `form` and `card` are None when nothing is left to play now; `opens` is when the last form,
    where it still waits for its day, will be there.
    """

    played: Mapping[FormName, int]
    form: FormName | None
    card: str | None
    opens: datetime | None


def deal(deck: Deck, who: str) -> dict[FormName, tuple[str, ...]]:
    """Return the cards of each form in the order in which they come to one person, each time."""
    return {name: _shuffled(deck, cards, who, name) for name, cards in deck.forms.items()}


def progress(
    dealt: Mapping[FormName, tuple[str, ...]], played: Mapping[str, datetime], now: datetime
) -> Progress:
    """Return how far somebody has come who played these cards at these times.

    A form comes after the one before it is played; the last one `LATER` after that.
    """
    counts = {name: sum(card in played for card in cards) for name, cards in dealt.items()}
    opens: datetime | None = None
    for name, cards in dealt.items():
        left = [card for card in cards if card not in played]
        if name == "later" and left and not counts[name]:
            earlier = [played[c] for form in dealt if form != name for c in dealt[form]]
            opens = max(earlier) + LATER if earlier else None
        if left and opens and now < opens:
            return Progress(counts, None, None, opens)
        if left:
            return Progress(counts, name, left[0], None)
    return Progress(counts, None, None, None)


def _shuffled(deck: Deck, cards: tuple[str, ...], who: str, form: str) -> tuple[str, ...]:
    if deck.order == "as written":
        return cards
    chance = random.Random(f"{deck.id} {form} {who}")
    return tuple(chance.sample(cards, len(cards)))
