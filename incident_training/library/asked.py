"""Does what is asked fit the story? The three kinds: what they expect, and why."""

from collections.abc import Iterable, Iterator

from incident_training.doctrine.policy import policies
from incident_training.doctrine.priority import LEVELS
from incident_training.kinds.candidates import MOST_CANDIDATES
from incident_training.kinds.near_miss import MOST_FLAGS
from incident_training.kinds.vocabulary import WHO
from incident_training.library.faults import Fault, listed, meant, quoted
from incident_training.library.node import Node
from incident_training.library.story import backwards, ids, picture_faults, twice, unknown

_DRAFT = ("impact", "factors", "luck", "action")


def asked_faults(root: Node) -> Iterator[Fault]:
    """Yield what is wrong with the three kinds' own sections."""
    yield from _declaration(root)
    yield from _near_miss(root.get("near_miss"))
    yield from _postmortem(root)


def _declaration(root: Node) -> Iterator[Fault]:
    part = root.get("declaration")
    if not part.there:
        return
    yield from _unreasoned(part.get("because"), policies())
    for name, node in part.get("because").fields.items():
        if name not in policies():
            fix = meant(name, policies(), f"Choose from {listed(policies())}.")
            yield node.fault("unknown-policy", f"there is no policy {quoted(name)}", fix)
    for name, allowed in (("who", tuple(WHO)), ("severity", LEVELS), ("impact", LEVELS)):
        yield from _one_of(part.get(name).get("value"), allowed)
    for step in part.get("exemplar").items:
        yield from unknown(step.get("after"), ids(root.get("injects")), "inject")
        yield from _known_evidence(root, step.get("open"))


def _known_evidence(root: Node, node: Node) -> Iterator[Fault]:
    if node.text and not root.get("evidence").there:
        fix = "Add it under evidence, or leave the step out."
        yield node.fault("unknown-evidence", "this scenario has no evidence to open", fix)
    yield from unknown(node, ids(root.get("evidence")), "evidence")


def _unreasoned(because: Node, names: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault for each name without a reason; if there are none at all, shape says so."""
    for name in names if isinstance(because.value, dict) else ():
        if not because.get(name).there:
            fix = f"Add a line “{name}: …”: feedback teaches the reason, not the verdict."
            yield because.get(name).fault("missing", f"the reason for {name} is missing", fix)


def _one_of(node: Node, allowed: Iterable[str]) -> Iterator[Fault]:
    if node.text is not None and node.text not in (allowed := list(allowed)):
        message = f"should be {listed(allowed)}; got {quoted(node.text)}"
        yield node.fault("choice", message, meant(node.text, allowed, "Write one of these."))


def _near_miss(part: Node) -> Iterator[Fault]:
    lines = part.get("observations")
    yield from twice(lines.items)
    yield from backwards(lines)
    notable = [line for line in lines.items if line.get("facts").there]
    for line in notable:
        yield from _observed(line.get("facts"))
    for line in lines.items:
        yield from picture_faults(line)
    if isinstance(lines.value, list) and not notable:
        fix = "Give facts to at least one line."
        yield lines.fault("all-routine", "every line is routine, so there is nothing to find", fix)
    if len(notable) > MOST_FLAGS:
        message = f"{len(notable)} lines have facts, and at most {MOST_FLAGS} flags are raised"
        fix = f"Keep the facts of {MOST_FLAGS}; without facts a line is routine."
        yield lines.fault("too-many", message, fix)


def _observed(facts: Node) -> Iterator[Fault]:
    """The questions are asked in turn: each answer decides which is asked next.

    A condition's clock may be left unsaid: it is asked, and not scored.
    """
    started, reached = facts.get("started").text, facts.get("reached").text
    asked: tuple[str, ...] = ("started",)
    may: tuple[str, ...] = ("clock",)
    after = "started is no"
    if started == "yes":
        asked, may, after = ("started", "reached"), (), "started is yes"
    if started == "yes" and reached:
        asked = (*asked, "harm" if reached == "yes" else "stopped_by")
        after = f"reached is {reached}"
    if started not in ("yes", "no") or reached not in ("yes", "no", None):
        return  # shape says so
    for name in asked:
        if not facts.get(name).there:
            fix = f"Add a line “{name}: …”."
            yield facts.get(name).fault("missing", f"is missing where {after}", fix)
    for name in ("clock", "reached", "harm", "stopped_by"):
        if facts.get(name).there and name not in (*asked, *may):
            message = f"is not asked where {after}"
            yield facts.get(name).fault("not-asked", message, "Remove the line.")


def _postmortem(root: Node) -> Iterator[Fault]:
    part, injects = root.get("postmortem"), ids(root.get("injects"))
    if not part.there:
        return
    if not root.get("hazard").there:
        fix = "Add a hazard graph: the action candidates are played again on it."
        yield part.fault("no-hazard", "there is no hazard graph for this postmortem", fix)
    yield from unknown(part.get("noticed"), injects, "inject")
    candidates = part.get("exemplar").get("candidates")
    if len(candidates.items) > MOST_CANDIDATES:
        message = f"holds {len(candidates.items)} action candidates, and a draft at most"
        fix = f"Keep the {MOST_CANDIDATES} best."
        yield candidates.fault("too-many", f"{message} {MOST_CANDIDATES}", fix)
    yield from _unreasoned(part.get("because"), _DRAFT)
