"""What a form of a deck comes to, in words and counts: no rate, and nothing that n cannot carry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from incident_training.clock import clock
from incident_training.doctrine.definitions import verdicts
from incident_training.doctrine.policy import policy as policy_named
from incident_training.kinds import Declaration
from incident_training.kinds.base import plural
from incident_training.kinds.run import Call
from incident_training.measures import counts
from incident_training.measures.calibration import Bin, calibrate
from incident_training.measures.few import TooFew
from incident_training.measures.threshold import in_words, reached, threshold
from incident_training.session import Session
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block

INSTRUCTIVE = 2
HOUR = 60
FALSE_ALARM = 2  # how far apart they are, in `Card.differs`
COSTS = {"1": "as much", "5": "5 times", "20": "20 times", "100": "100 times"}


@dataclass(frozen=True)
class Card:
    """One card as it was played: its call, what the rule in force said, and who would differ."""

    name: str
    title: str
    call: str  # the one that counts; else the strongest of those that were made
    at: int | None  # when one declared
    says_yes: int | None  # when the rule said yes
    chances: tuple[tuple[int, float | None], ...]  # minute, stated chance 0 to 1
    split: float  # 0 where all definitions agree at the end, 1 where they are halved
    hurt_from: int | None = None  # when the first was hurt
    open: bool = False  # whether the rule could still have said yes at the call that counts

    @property
    def differs(self) -> int:
        """How far call and rule are apart: 3 a miss, 2 a false alarm, 1 late or triage, else 0."""
        column = counts.COLUMNS[self.call]
        if column == "triage":
            return 1
        if self.says_yes is None:
            return 2 if column == "yes" else 0
        if column == "no":
            return 3
        return int(self.at is not None and self.at > self.says_yes)


def card(session: Session, rule: str) -> Card:
    """Return a card that was played, held against the rule of that name."""
    drill = session.exercise
    assert isinstance(drill, Declaration)
    here = drill.run(session.response)
    calls = [act for act in here.acts if isinstance(act, Call)]
    said = [*verdicts(here.known()[-1][1]).values()]
    yes = sum(one is True for one in said) / len(said)
    in_force = policy_named(rule)
    judged = here.counts
    return Card(
        name=drill.scenario.id,
        title=drill.scenario.title,
        call=judged.choice or "declare" if judged else _strongest(calls),
        at=judged.at if judged else None,
        says_yes=here.window(in_force).expected,
        chances=tuple((c.at, None if c.chance is None else c.chance / 100) for c in calls),
        split=1 - abs(2 * yes - 1),
        hurt_from=drill.scenario.hurt_from,
        open=judged is not None and in_force.could_hold(here.facts_at(judged.at)),
    )


def _strongest(calls: list[Call]) -> str:
    made = [call.choice for call in calls]
    return next((choice for choice in ("triage", "hand", "no", "watch") if choice in made), "watch")


def told(cards: list[Card], rule: str) -> Iterator[Block]:
    """Say what was called when the rule said what, and which cards to look at again."""
    it = counts.count([(one.call, one.says_yes is not None) for one in cards])
    heads = ["Your rule said", "You declared", "Triage", "You did not"]
    rows = [
        ["yes", str(it.hits), str(it.triaged_yes), str(it.misses)],
        ["no", str(it.false_alarms), str(it.triaged_no), str(it.correct_rejections)],
    ]
    title = policy_named(rule).title
    caption = f"Your calls beside your rule, “{title}”: {plural(len(cards), 'card', 'cards')}"
    yield blocks.table(caption, heads, rows)
    left_open = sum(one.differs == FALSE_ALARM and one.open for one in cards)
    if left_open:
        when = plural(left_open, "of them your rule was", "of them your rule was")
        yield blocks.words(f"Of those you declared on a no: in {when} still open then.", "soft")
    few = "Too few to say how well you judge; enough to see where you differ."
    yield blocks.words(few, "soft")
    yield blocks.words("Look at these two first", "heading")
    for one in instructive(cards):
        yield blocks.words(f"{one.title}. {_why(one)}")
    yield from _stated(cards)


def instructive(cards: list[Card]) -> list[Card]:
    """Return the two cards most worth another look: where call and rule differ, or definitions."""
    return sorted(cards, key=lambda one: (-one.differs, -one.split))[:INSTRUCTIVE]


def costs(cards: list[Card], ratio: str) -> Iterator[Block]:
    """Say from which chance one should have declared if a miss costs so much, and on which card."""
    at = threshold(float(ratio), 1)
    yield blocks.words(in_words(float(ratio), 1), "verdict")
    rows = [row for one in cards if (row := _crossed(one, at))]
    if rows:
        heads = ["Shift", "You stated that much", "You declared"]
        yield blocks.table("Where your own number had got there", heads, rows)
    else:
        yield blocks.words("Nowhere did the chance you stated get there.")


def calibrated(cards: list[Card]) -> Iterator[Block]:
    """Say how the chances one stated compare with what came, or that they are too few for it."""
    yield blocks.words("The chances you stated", "heading")
    try:
        it = calibrate(answer for one in cards for answer in _answers(one))
    except TooFew as few:
        yield blocks.words(str(few), "soft")
        return
    yield blocks.words(it.words)
    rows = [
        [_from_to(bin), str(bin.n), str(round(bin.happened * bin.n))]
        for bin in it.bins
        if bin.happened is not None
    ]
    yield blocks.table("What you said, and what came", ["You said", "Times", "Harm came"], rows)


def _from_to(bin: Bin) -> str:
    return f"{bin.low:.0%} to {bin.high:.0%}".replace("%", " %")


def _answers(one: Card) -> Iterator[tuple[float | None, bool]]:
    for at, chance in one.chances:
        yield chance, one.hurt_from is not None and one.hurt_from <= at + HOUR


def cost_form() -> Block:
    """Ask what a miss costs against a false alarm."""
    legend = "What does a miss cost, against a false alarm?"
    return blocks.form("See when to declare", blocks.choice("ratio", legend, COSTS, layout="row"))


def _crossed(one: Card, at: float) -> list[str] | None:
    there = reached(one.chances, at)
    if there is None:
        return None
    return [one.title, clock(there), clock(one.at) if one.at is not None else "not"]


def _why(one: Card) -> str:
    says: Mapping[int, str] = {
        3: f"By {clock(one.says_yes or 0)} your rule said yes, and you did not declare.",
        2: _declared_on_a_no(one),
        0: "You and your rule agree; the published definitions differ most here.",
    }
    if one.differs != 1:
        return says[one.differs]
    if one.at is None:
        said = f"said yes from {clock(one.says_yes)}" if one.says_yes is not None else "said no"
        return f"You chose triage; your rule {said}."
    return f"Your rule said yes from {clock(one.says_yes or 0)}; you declared at {clock(one.at)}."


def _declared_on_a_no(one: Card) -> str:
    if one.open:
        return "You declared while your rule left it open; in the end it said no. Rightly done."
    return "You declared; on what was known then your rule said no. What did you see in it?"


def _stated(cards: list[Card]) -> Iterator[Block]:
    """Say what one believed at the moment of declaring, card by card."""
    told_ = [(one, dict(one.chances).get(one.at)) for one in cards if one.at is not None]
    believed = [(one, chance) for one, chance in told_ if chance is not None]
    if not believed:
        return
    rows = [
        [one.title, clock(one.at or 0), f"{chance:.0%}".replace("%", " %")]
        for one, chance in believed
    ]
    yield blocks.table(
        "How likely you thought harm was when you declared",
        ["Shift", "Declared", "You thought"],
        rows,
    )
