"""What a postmortem proposes and whom it names; and whether reasons are short enough to read."""

import re
from collections.abc import Iterator

import networkx as nx

from incident_training.kinds.scenario import Scenario
from incident_training.kinds.workbook import SECTIONS, ActionSpec, PostmortemPart
from incident_training.language import one_each, review
from incident_training.library.faults import Fault, quoted
from incident_training.library.node import Node

MOST_REASON_WORDS = 60
_OFFICES = {  # desks that sign with one word, as in “Storage, house services”
    *("accounts", "admissions", "billing", "catering", "cleaning", "dispatch", "estates"),
    *("facilities", "finance", "helpdesk", "kitchen", "laboratory", "legal", "logistics"),
    *("maintenance", "marketing", "network", "operations", "payments", "payroll", "pharmacy"),
    *("press", "procurement", "production", "reception", "sales", "security", "stock", "storage"),
    *("stores", "support", "systems", "transport", "warehouse"),
}
_JOKE = re.compile(
    r"\b(?:do nothing|ignor(?:e|ing)|neglect\w*|(?:do not|don[’']t) panic|pray|hope|pretend|blame"
    r"|punish|shout at|give up|look away|fire (?:him|her|them|some\w*|who\w*|the))\b",
    re.IGNORECASE,
)


def draft_faults(scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Yield which actions nobody would propose, whom a factor names, which reason is too long."""
    yield from _long_reasons(root)
    part, place = scenario.asks("postmortem"), root.get("postmortem")
    if not isinstance(part, PostmortemPart):
        return
    for action, node in zip(part.actions, place.get("actions").items, strict=True):
        yield from _strawman(scenario, action, node)
    yield from _named(root, place.get("exemplar").get("factors"))
    yield from _flagged(place.get("exemplar"))


def _flagged(exemplar: Node) -> Iterator[Fault]:
    """Yield a fault for each text of the exemplar that our own review of drafts flags."""
    for name in SECTIONS:
        written = exemplar.get("luck" if name == "lucky" else name)
        for node in (written, *written.items):
            for found in one_each(review(node.text or "", name)):
                if found.outcome == "flag":
                    message = f"our review flags {quoted(found.sentence)}"
                    yield node.fault("exemplar-flagged", message, found.question)


def _strawman(scenario: Scenario, action: ActionSpec, node: Node) -> Iterator[Fault]:
    """An honest proxy: flippant words, or an effect that no way to the harm ever meets."""
    if found := _JOKE.search(action.text):
        message = f"“{found[0]}” is what nobody would propose in a review"
        yield node.get("text").fault(
            "strawman", message, "Write one that a colleague has proposed."
        )
    elif (edge := _edge(scenario, action)) and edge not in _ways(scenario):
        message = f"it works between {edge[0]} and {edge[1]}, and no way to the harm leads there"
        yield node.fault(
            "strawman", message, "Let it work on a way that the story could have gone."
        )


def _edge(scenario: Scenario, action: ActionSpec) -> tuple[str, str] | None:
    if not action.strengthens or not scenario.hazard:
        return action.adds
    edges = scenario.hazard.edges
    guarded = {edge.barrier.id: (edge.start, edge.end) for edge in edges if edge.barrier}
    return guarded.get(action.strengthens)


def _ways(scenario: Scenario) -> set[tuple[str, str]]:
    """The edges that lie on some way from the trigger to the harm."""
    if not scenario.hazard:
        return set()
    graph, trigger, harm = scenario.hazard.graph, scenario.hazard.trigger, scenario.hazard.harm
    after = {trigger, *nx.descendants(graph, trigger)}
    before = {harm, *nx.ancestors(graph, harm)}
    return {(start, end) for start, end in graph.edges if start in after and end in before}


def _named(root: Node, factors: Node) -> Iterator[Fault]:
    """Yield a fault for each factor with the name of a person of the story."""
    lists = (root.get("injects"), root.get("evidence"), root.get("near_miss").get("observations"))
    senders = [one.get("from").text or "" for each in lists for one in each.items]
    common = _things(root) | _OFFICES
    names = sorted(
        {name for sender in senders if (name := _person(sender)) and name.lower() not in common}
    )
    for node in factors.items:
        for name in names:
            if re.search(rf"\b{re.escape(name)}\b", node.text or ""):
                message = f"a contributing factor names a person, {quoted(name)}"
                fix = "Say what made it possible, for whoever sat there; a team is written small."
                yield node.fault("names-a-person", message, fix)


def _person(sender: str) -> str:
    """Return whose name it is in “Noor, release lead”; nothing for “shop 7, by phone”."""
    name, comma, _ = sender.partition(",")
    words = name.split()
    named = comma and words and words[0][0].isupper() and words[-1][0].isupper()
    return name if named else ""


def _things(node: Node) -> set[str]:
    """Every word of the file that follows an article and is written small, as in “the cellar”."""
    words = set(re.findall(r"\b(?:[Tt]he|[Oo]ur|[Yy]our|[Tt]heir) ([a-z]\w*)", node.text or ""))
    return words.union(*map(_things, [*node.fields.values(), *node.items]))


def _long_reasons(node: Node) -> Iterator[Fault]:
    words = len(node.text.split()) if node.text and "because" in node.path else 0
    if words > MOST_REASON_WORDS:
        message = f"is {words} words long; a reason of more than {MOST_REASON_WORDS} is not read"
        yield node.fault("long-reason", message, "Keep the one thing to remember.")
    for inner in [*node.fields.values(), *node.items]:
        yield from _long_reasons(inner)
