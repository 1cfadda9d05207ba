"""What a trainee reads: is it short, can what misleads be refuted, does the truth show?"""

import re
from collections.abc import Iterator, Mapping

from incident_training.clock import WEEK
from incident_training.kinds import Declaration, exercises
from incident_training.kinds.scenario import Inject, Scenario, Shown
from incident_training.library.faults import Fault, listed, meant, quoted
from incident_training.library.node import Node

MOST_WORDS = 50
CLUES_PER_HERRING = 3
_RUN = 6  # words in a row that two texts do not share by chance
_TRUTH = {"because", "ending", "luck", "teaches", "without"}
_SEEN_FIRST = {"title", "domain", "day", "briefing"}
_READ = {"text", "label", "alt"}


def story_faults(scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Yield what is unfair in the story, however it is played."""
    yield from _two_days(scenario, root)
    shown = _shown(scenario, root)
    for one, node in shown:
        yield from _long(one, node)
        yield from _herring(scenario, one, node)
    yield from _herrings(shown, root)
    leaves = [*_leaves(root)]
    yield from _hints(leaves)
    yield from _truth_shown(leaves)


def _two_days(scenario: Scenario, root: Node) -> Iterator[Fault]:
    titled = [day for day in WEEK if day.lower() in scenario.title.lower()]
    begins = [day for day in WEEK if day.lower() in scenario.day.lower()]
    if titled and begins and not {*titled} & {*begins}:
        message = f"the title says {listed(titled)}, and the shift begins on {listed(begins)}"
        yield root.get("title").fault("two-days", message, "Change the one that is wrong.")


def _shown(scenario: Scenario, root: Node) -> list[tuple[Shown, Node]]:
    """Every inject and piece of evidence, each with its place."""
    places = [*root.get("injects").items, *root.get("evidence").items]
    return list(zip([*scenario.injects, *scenario.evidence], places, strict=True))


def _long(one: Shown, node: Node) -> Iterator[Fault]:
    words = len(one.text.split())
    if words > MOST_WORDS:
        message = f"is {words} words long; at most {MOST_WORDS} are read under pressure"
        yield node.get("text").fault("long-inject", message, "Cut a third, or make it two.")


def _herring(scenario: Scenario, one: Shown, node: Node) -> Iterator[Fault]:
    """A herring names what takes it away, and a careful trainee meets that in time."""
    place = node.get("refuted_by")
    if one.refuted_by is None:
        if one.misleads:
            fix = "Add a line “refuted_by: …”, naming the inject or evidence that takes it away."
            yield place.fault("herring-stays", "nothing refutes what this suggests", fix)
        return
    if not one.misleads:
        fix = "Add a line “misleads: …”, with what this wrongly suggests."
        yield place.fault("herring-stays", "this is refuted, and suggests nothing", fix)
        return
    pieces: dict[str, Shown] = {s.id: s for s in (*scenario.injects, *scenario.evidence)}
    refuter = pieces.get(one.refuted_by)
    if refuter is None:
        fix = meant(one.refuted_by, pieces, "Name an inject or a piece of evidence.")
        message = f"nothing here is called {quoted(one.refuted_by)}"
        yield place.fault("herring-stays", message, fix)
    elif _refutes_itself(one, pieces):
        fix = "Name an inject or a piece of evidence that stands by itself."
        yield place.fault("herring-stays", "in the end this is refuted by itself", fix)
    elif _too_late(scenario, refuter):
        message = f"{refuter.id} comes only when one should have declared"
        fix = "Refute it before, or by evidence that one can open."
        yield place.fault("herring-stays", message, fix)


def _refutes_itself(one: Shown, pieces: Mapping[str, Shown]) -> bool:
    """Whether what refutes this is refuted too, and so on, until one is back here."""
    met: set[str] = set()
    name = one.refuted_by
    while name and name in pieces and name not in met:
        met.add(name)
        name = pieces[name].refuted_by
    return one.id in met


def _too_late(scenario: Scenario, refuter: Shown) -> bool:
    drill = exercises(scenario).get("declaration")
    if not isinstance(drill, Declaration) or not isinstance(refuter, Inject):
        return False
    expected = drill.window(scenario.policy).expected
    return expected is not None and refuter.at > expected


def _herrings(shown: list[tuple[Shown, Node]], root: Node) -> Iterator[Fault]:
    herrings = [node for one, node in shown if one.misleads]
    clues = sum(bool(one.facts) and not one.misleads for one, _ in shown)
    if len(herrings) * CLUES_PER_HERRING > clues:
        message = f"{len(herrings)} red herrings swim among {clues} clues"
        fix = f"Give {CLUES_PER_HERRING} injects or pieces of evidence with facts to each."
        place = herrings[-1].get("misleads")
        yield place.fault("herrings", message, fix)


def _hints(leaves: list[Node]) -> Iterator[Fault]:
    for node in leaves:
        if node.path[-1] == "hint" and "?" not in (node.text or ""):
            fix = "Ask for the one thing to look at."
            yield node.fault("hint-tells", "this hint tells, and asks nothing", fix)


def _truth_shown(leaves: list[Node]) -> Iterator[Fault]:
    """Yield a fault for each text a trainee reads that repeats a reason or the ending."""
    truth: dict[tuple[str, ...], Node] = {}
    for node in leaves:
        if _TRUTH & set(node.path):
            for run in _runs(node):
                truth.setdefault(run, node)
    for node in filter(_on_screen, leaves):
        if found := next((run for run in _runs(node) if run in truth), None):
            other = truth[found]
            message = f"“{' '.join(found)}” stands in {other.field} too, on line {other.line}"
            yield node.fault("truth-shown", message, "Say here only what was known then.")


def _on_screen(node: Node) -> bool:
    """Whether a trainee reads this text while there is still something to find out."""
    if _TRUTH & set(node.path):
        return False
    if node.path[0] in _SEEN_FIRST or node.path[-1] == "hint" or "before" in node.path:
        return True
    listed = node.path[0] in ("injects", "evidence") or "observations" in node.path
    return listed and node.path[-1] in _READ


def _leaves(node: Node) -> Iterator[Node]:
    if node.text is not None:
        yield node
    for inner in [*node.fields.values(), *node.items]:
        yield from _leaves(inner)


def _runs(node: Node) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[\w’']+", (node.text or "").lower())
    return zip(*(words[start:] for start in range(_RUN)), strict=False)
