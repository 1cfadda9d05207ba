"""What a blind answer sheet shows: what arrives in a shift, and nothing that is known of it."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from incident_training.clock import clock, weekday
from incident_training.doctrine.policy import DEFAULT, policy
from incident_training.kinds import Scenario
from incident_training.kinds.scenario import Inject
from incident_training.library.deck import Deck

Draw = Callable[[Sequence[float], str], str]  # a series and its words -> SVG


@dataclass(frozen=True)
class Asked:
    """The cards a panel is asked about, in the order of the deck's file.

    `order` is how they come to one person, as the deck's players get them: shuffled, so that who
    stops early leaves no card without votes and nobody talks about "the third"; or as written.
    """

    name: str
    title: str
    order: Literal["as written", "shuffled"]
    cards: tuple[Scenario, ...]


def asked(name: str, decks: Mapping[str, Deck], scenarios: Mapping[str, Scenario]) -> Asked | None:
    """Return what is asked under the name of a deck or a scenario; None if there is neither.

    Only shifts in which one declares: the others have no use for votes.
    """
    if name in decks:
        deck = decks[name]
        names = list(dict.fromkeys(card for form in deck.forms.values() for card in form))
        cards = tuple(scenarios[card] for card in names if _declares(scenarios[card]))
        return Asked(name, deck.title, deck.order, cards)
    if name in scenarios and _declares(scenarios[name]):
        return Asked(name, scenarios[name].title, "as written", (scenarios[name],))
    return None


def sheet(it: Asked, draw: Draw) -> dict[str, Any]:
    """Return what a sheet shows, as plain JSON: no fact, no reason, no ending."""
    return {
        "format": 1,
        "deck": it.name,
        "title": it.title,
        "order": it.order,
        "asks": policy(DEFAULT).question,
        "cards": [_card(scenario, draw) for scenario in it.cards],
    }


def _declares(scenario: Scenario) -> bool:
    return scenario.asks("declaration") is not None


def _card(scenario: Scenario, draw: Draw) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "edition": scenario.edition,
        "title": scenario.title,
        "briefing": scenario.briefing,
        "injects": [_inject(inject, scenario, draw) for inject in scenario.injects],
    }


def _inject(inject: Inject, scenario: Scenario, draw: Draw) -> dict[str, Any]:
    return {
        "id": inject.id,
        "at": clock(inject.at),
        "day": weekday(scenario.day, inject.at),
        "channel": inject.channel,
        "from": inject.sender,
        "text": inject.text,
        "picture": draw(inject.series, inject.alt or "") if inject.series else None,
        "image": _image(inject, scenario.images),
        "alt": inject.alt,
    }


def _image(inject: Inject, images: Mapping[str, bytes]) -> dict[str, str] | None:
    if inject.image is None:
        return None
    kind = inject.image.rpartition(".")[2].replace("jpg", "jpeg")
    content = b64encode(images[inject.image]).decode()
    return {"source": f"data:image/{kind};base64,{content}", "alt": inject.alt or ""}
