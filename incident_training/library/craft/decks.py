"""Whether a row of shifts can be answered without reading them: always yes, or always as before."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

from incident_training.doctrine.policy import policies
from incident_training.kinds import Declaration, exercises
from incident_training.kinds.base import plural
from incident_training.kinds.scenario import Scenario
from incident_training.library.craft.explained import unexplained
from incident_training.library.deck import FORMS, Deck, FormName
from incident_training.library.faults import Fault, listed, quoted
from incident_training.library.node import Node
from incident_training.library.story import unknown

_MOST_ALIKE = 2 / 3
_A_ROW = 4  # cards; fewer are alike by chance


def deck_faults(
    deck: Deck, root: Node, scenarios: Mapping[str, Scenario], broken: Collection[str] = ()
) -> Iterator[Fault]:
    """Yield what is wrong with a deck of these scenarios, by id; `root` is its file, as read.

    `broken` are the ids of scenarios that are there, and have errors of their own.
    """
    unsound = [
        *_cards(deck, root, scenarios, broken),
        *unknown(root.get("policy"), policies(), "policy"),
    ]
    yield from unsound
    if not unsound:
        yield from unexplained(root.get("explained"), _craft(deck, root, scenarios))


def _cards(
    deck: Deck, root: Node, scenarios: Mapping[str, Scenario], broken: Collection[str]
) -> Iterator[Fault]:
    first: dict[str, Node] = {}
    if not deck.before:
        yield root.get("before").fault("empty", "no shift is here", "Name the first.")
    for node in (one for form in FORMS for one in root.get(form).items):
        card = node.text or ""
        if card in broken:
            message = f"{card} has errors of its own, so that it cannot be played"
            yield node.fault("unplayable", message, "Mend that scenario first.")
        else:
            yield from unknown(node, scenarios, "scenario")
        if card in first:
            message = f"{card} is in this deck already, on line {first[card].line}"
            yield node.fault("twice", message, "What is asked again has been seen; take another.")
        first.setdefault(card, node)
        if card in scenarios and deck.kind not in (played := exercises(scenarios[card])):
            message = f"{card} cannot be played as {quoted(deck.kind)}"
            fix = f"It is played as {listed(played)}; take another, or change kind."
            yield node.fault("unplayable", message, fix)


def _craft(deck: Deck, root: Node, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    drills = {
        form: [d for card in cards if (d := _drill(scenarios[card])) and deck.kind == d.kind]
        for form, cards in deck.forms.items()
    }
    every = [drill for form in drills.values() for drill in form]
    yield from _uneven(deck, root, drills)
    if every:
        yield from _too_many_alike(deck, root, every)
        yield from _same_call(deck, root, every)


def _drill(scenario: Scenario) -> Declaration | None:
    drill = exercises(scenario).get("declaration")
    return drill if isinstance(drill, Declaration) else None


def _noes(deck: Deck, drills: Sequence[Declaration]) -> int:
    return sum(drill.window(deck.policy).expected is None for drill in drills)


def _too_many_alike(deck: Deck, root: Node, drills: Sequence[Declaration]) -> Iterator[Fault]:
    """40 to 60 % are a *no*, or as near to it as whole shifts come: of three, one or two."""
    count, noes = len(drills), _noes(deck, drills)
    least, most = sorted((-(-2 * count // 5), 3 * count // 5))
    if least <= noes <= most:
        return
    are = f"{noes} of {plural(count, 'shift', 'shifts')} are a no under {deck.policy}"
    message = f"{are} ({'; '.join(_sides(deck, drills))})"
    fix = "Let 40 to 60 % be: nothing to declare has to be a common answer."
    yield root.fault("base-rate", message, fix)


def _sides(deck: Deck, drills: Sequence[Declaration]) -> Iterator[str]:
    """Yield “no: …” and “yes: …”, with the shifts that are."""
    for side, is_no in (("no", True), ("yes", False)):
        named = [d.scenario.id for d in drills if (d.window(deck.policy).expected is None) == is_no]
        yield f"{side}: {', '.join(named) or 'none'}"


def _uneven(
    deck: Deck, root: Node, drills: Mapping[FormName, list[Declaration]]
) -> Iterator[Fault]:
    """Before and after are compared: as many shifts, and at most one *no* more or less."""
    if not deck.after:
        return
    fix = "Compare like with like: as many shifts, and about as many that are a no."
    if len(deck.before) != len(deck.after):
        message = f"before has {len(deck.before)} shifts and after {len(deck.after)}"
        yield root.get("after").fault("uneven-forms", message, fix)
        return
    before, after = _noes(deck, drills["before"]), _noes(deck, drills["after"])
    if abs(before - after) > 1:
        message = f"{before} shifts are a no before and {after} after, under {deck.policy}"
        yield root.get("after").fault("uneven-forms", message, fix)


def _same_call(deck: Deck, root: Node, drills: Sequence[Declaration]) -> Iterator[Fault]:
    """What one could answer from habit: at which inject, counted from either end, and the rest."""
    yeses = [(d, at) for d in drills if (at := d.window(deck.policy).expected) is not None]
    injects = {d.scenario.id: [i.at for i in d.scenario.injects] for d, _ in yeses}
    counted: dict[str, list[Hashable]] = {
        "declared at inject number": [injects[d.scenario.id].index(at) + 1 for d, at in yeses],
        "counted from the last inject, declared at": [
            len(injects[d.scenario.id]) - injects[d.scenario.id].index(at) for d, at in yeses
        ],
        "who needs to know": [d.part.who.value for d in drills],
        "severity": [d.part.severity.value for d in drills],
        "impact": [d.part.impact.value for d in drills],
    }
    for what, answers in counted.items():
        if len(answers) < _A_ROW:
            continue
        [(answer, times)] = Counter(answers).most_common(1)
        if times > _MOST_ALIKE * len(answers):
            message = f"in {times} of {len(answers)} shifts the call is the same ({what}: {answer})"
            fix = "Take shifts that ask for something else, so that habit does not answer."
            yield root.fault("same-call", message, fix)
