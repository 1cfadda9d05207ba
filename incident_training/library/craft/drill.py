"""What a declaration decides, and on what: is there a call to make, on what everybody sees?"""

from collections.abc import Iterator

from incident_training.doctrine.facts import Facts
from incident_training.doctrine.policy import Policy, policies
from incident_training.kinds import Declaration, exercises
from incident_training.kinds.declaration import DeclarationResponse
from incident_training.kinds.run import Look
from incident_training.kinds.scenario import Evidence, Scenario
from incident_training.library.faults import Fault
from incident_training.library.node import Node


def drill_faults(scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Yield what leaves a declaration without a decision; nothing if there is none."""
    drill = exercises(scenario).get("declaration")
    if not isinstance(drill, Declaration):
        return
    known = [facts for _, facts in drill.run(drill.untouched).known()]
    yield from _idle(drill, known, root.get("evidence"))
    yield from _nothing_to_decide(drill, root.get("injects"))
    yield from _last(drill, root.get("injects"))
    yield from _unknowable(drill, known, root.get("injects"))


def _idle(drill: Declaration, known: list[Facts], places: Node) -> Iterator[Fault]:
    """Evidence makes a fact known at some moment, misleads, or takes away what misleads."""
    scenario = drill.scenario
    refuters = {one.refuted_by for one in (*scenario.injects, *scenario.evidence)}
    for piece, node in zip(scenario.evidence, places.items, strict=True):
        if piece.misleads or piece.id in refuters or _tells_something(piece, known):
            continue
        message = "whoever opens this knows nothing that they do not know without it"
        fix = "Give it a fact, or say what it misleads to and what it is refuted_by; or cut it."
        yield node.fault("idle-evidence", message, fix)


def _tells_something(piece: Evidence, known: list[Facts]) -> bool:
    told = piece.stated.items()
    return any(facts.get(name) != value for facts in known for name, value in told)


def _nothing_to_decide(drill: Declaration, injects: Node) -> Iterator[Fault]:
    first = drill.scenario.injects[0].at
    if all(drill.window(name).expected == first for name in policies()):
        message = "with the first inject every policy says: declare"
        fix = "Begin earlier, with what could still be harmless."
        yield injects.items[0].fault("nothing-to-decide", message, fix)


def _last(drill: Declaration, injects: Node) -> Iterator[Fault]:
    if drill.window(drill.scenario.policy).expected == drill.scenario.injects[-1].at:
        message = f"only with the last inject does {drill.scenario.policy} say: declare"
        fix = "Let the story go on, so that a late call is late for something."
        yield injects.items[-1].fault("at-the-last", message, fix)


def _unknowable(drill: Declaration, known: list[Facts], injects: Node) -> Iterator[Fault]:
    """On injects alone a policy never says yes, and with evidence it would."""
    for name, policy in policies().items():
        never = drill.window(name).expected is None
        if never and (needed := _needed(drill, known, policy)):
            message = f"only who opens {needed} can know that {name} says: declare"
            fix = "Let an inject make the same facts known, if later."
            yield injects.fault("unknowable", message, fix)


def _needed(drill: Declaration, known: list[Facts], policy: Policy) -> str:
    """Name the evidence with which the policy says yes: one piece, or all; else nothing."""
    evidence = drill.scenario.evidence
    for pieces in [*((piece,) for piece in evidence), evidence]:
        if _opened_first(drill, pieces, policy) or _opened_later(known, pieces, policy):
            return " and ".join(piece.id for piece in pieces)
    return ""


def _opened_first(drill: Declaration, pieces: tuple[Evidence, ...], policy: Policy) -> bool:
    looks = tuple(Look(at=0, evidence=piece.id) for piece in pieces)
    return drill.window(policy.name, DeclarationResponse(acts=looks)).expected is not None


def _opened_later(known: list[Facts], pieces: tuple[Evidence, ...], policy: Policy) -> bool:
    """Whether the policy says yes to somebody who opens these after some inject."""
    told = {name: value for piece in pieces for name, value in piece.stated.items()}
    both = ({**facts, **told} for facts in known)
    return any(policy.holds({n: v for n, v in one.items() if v is not None}) for one in both)
