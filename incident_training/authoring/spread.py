"""How a panel voted, in lines to print: each card, each moment, and where its author differs."""

from collections.abc import Iterator, Sequence

from incident_training.clock import clock
from incident_training.doctrine.facts import UNKNOWN
from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds import Declaration, Scenario
from incident_training.kinds.base import plural
from incident_training.library.faults import listed
from incident_training.library.panel import Panel, Votes, with_votes
from incident_training.library.panel.answers import Answers, Counted
from incident_training.library.panel.asking import Asked
from incident_training.library.panel.votes import FEW, VOTED

GIVES_AWAY = "For authors and facilitators: this gives the shifts away."


def told(it: Asked, people: Sequence[Answers], found: Counted) -> Iterator[str]:
    """Yield the votes in words; to whoever reads them they give the shifts away."""
    named = sorted(one.nickname for one in people if one.nickname)
    without = len(people) - len(named)
    others = [f"{without} without a nickname"] if without else []
    yield GIVES_AWAY
    yield f"{it.title}: {plural(len(people), 'person', 'people')} ({', '.join([*named, *others])})."
    apart = every = 0
    for card in it.cards:
        if (votes := found.votes.get(card.id)) is None:
            continue
        few = "; provisional: fewer than ten" if votes.people < FEW else ""
        yield f"\n{card.title} ({card.id}): n = {votes.people}{few}"
        yield f"  {_moments(card, votes)}"
        for line, differs in _lines(card, votes, found):
            apart, every = apart + differs, every + 1
            yield line
    yield f"\nThe panel and the author differ at {apart} of {every} moments."
    if unanswered := [card.id for card in it.cards if card.id not in found.votes]:
        yield f"Nobody has answered {listed(unanswered)}: the author's opinion stands there."


def _moments(card: Scenario, votes: Votes) -> str:
    """What the votes come to: from when one would declare, and as the author would have it."""
    whose = {
        "the panel": with_votes(card, Panel(cards={card.id: votes})),
        "the author": card,
    }
    said = []
    for name, one in whose.items():
        expected = Declaration(scenario=one).window(DEFAULT).expected
        when = "never" if expected is None else f"from {clock(expected)}"
        said.append(f"{name} {when}")
    return f"declare: {', '.join(said)}"


def _lines(card: Scenario, votes: Votes, found: Counted) -> Iterator[tuple[str, bool]]:
    author = UNKNOWN
    for inject in card.injects:
        fact = inject.facts.get(VOTED)
        author = fact.value if fact else author
        tally = votes.injects[inject.id]
        spread = f"yes {tally.yes}, no {tally.no}, cannot tell {tally.cannot_tell}"
        differs = tally.says != author
        mark = f"  <- differs: the author says {author}" if differs else ""
        line = f"  {clock(inject.at)} {inject.id:<16} {spread} (n = {tally.n}): {tally.says}{mark}"
        whys = found.whys.get((card.id, inject.id), [])
        yield "\n".join([line, *(f"      {vote}: “{why}”" for vote, why in whys)]), differs
