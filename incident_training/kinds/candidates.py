"""Action item candidates: what is said of one, what it does to the story, and the story with it.

Tiers go by how much an action leans on memory and vigilance, since in software nearly everything is
a software change. Source: VA National Center for Patient Safety and RCA2, remapped by us.
"""

from textwrap import shorten
from typing import Any, Literal

from incident_training import hazard
from incident_training.clock import clock
from incident_training.kinds.base import Frozen, Given, NotAllowed, chosen, written
from incident_training.kinds.scenario import Scenario
from incident_training.kinds.workbook import ActionKind, ActionSpec, Tier

MOST_CANDIDATES = 4
LONGEST_LINE = 500  # characters of what is written in one line of a candidate
Does = Literal["strengthens", "adds", "seen_at", "fewer_hurt", "reminds"]
DOES: dict[str, str] = {
    "strengthens": "It makes something that was there hold",
    "adds": "It puts something new in the way",
    "seen_at": "It shows the trouble sooner",
    "fewer_hurt": "Fewer are hurt when it happens",
    "reminds": "It asks people to remember or to be careful",
}
ACTION_KINDS: dict[str, str] = {
    "prevent": "prevent: it does not start again",
    "detect": "detect: it is seen sooner",
    "mitigate": "mitigate: fewer are hurt, for a shorter time",
    "repair": "repair: what was damaged is made good",
    "investigate": "investigate: we find out what we do not know",
}
TIERS: dict[str, str] = {
    "stronger": "stronger: works if nobody remembers",
    "intermediate": "intermediate: helps people, and needs them",
    "weaker": "weaker: leans on memory and care",
}


class Candidate(Frozen):
    """An action item candidate and what its writer says of it; None and "" are not said.

    `known` is how one will know that it works, `backlog` whose backlog receives it.
    """

    text: str
    known: str = ""
    kind: ActionKind | None = None
    tier: Tier | None = None
    backlog: str = ""
    does: Does | None = None
    target: str | None = None

    @property
    def row(self) -> dict[str, str]:
        """What was written of it, as a form sends it."""
        said = self.model_dump(include={"text", "known", "kind", "tier", "backlog"})
        return {name: value or "" for name, value in said.items()}


def candidates_of(given: Given) -> tuple[Candidate, ...]:
    """Return the candidates a form sends under "candidates", or raise NotAllowed.

    Each is a mapping, or only its text; one without a text is none.
    """
    found = given.get("candidates") or []
    if not isinstance(found, list) or len(found) > MOST_CANDIDATES:
        raise NotAllowed(f"candidates: send a list of at most {MOST_CANDIDATES}")
    rows = [one if isinstance(one, dict) else {"text": one} for one in found]
    return tuple(one for row in rows if (one := _candidate(row)).text)


def _candidate(row: Given) -> Candidate:
    lines = {name: written(row, name, LONGEST_LINE) for name in ("text", "known", "backlog")}
    closed = {"kind": ACTION_KINDS, "tier": TIERS}
    said = {name: chosen(row, name, words) for name, words in closed.items() if row.get(name)}
    return Candidate.model_validate({**lines, **said})


def authored(action: ActionSpec) -> Candidate:
    """Return an author's action as a trainee would have said it."""
    does, target = "reminds", None
    if action.strengthens:
        does, target = "strengthens", action.strengthens
    elif action.adds:
        does, target = "adds", " ".join(action.adds)
    elif action.seen_at:
        does, target = "seen_at", action.seen_at
    elif action.fewer_hurt == "yes":
        does = "fewer_hurt"
    said = {"kind": action.kind, "tier": action.tier, "does": does, "target": target}
    words = {"text": action.text, "known": action.known or "", "backlog": action.backlog or ""}
    return Candidate.model_validate({**words, **said})


def action_of(said: Candidate) -> hazard.Action:
    """Return the candidate as the hazard graph reads it."""
    match said.does, said.target:
        case "strengthens", str(target):
            return hazard.Action(said.text, strengthens=target)
        case "adds", str(target):
            start, end = target.split(" ")
            return hazard.Action(said.text, adds=(start, end))
        case "seen_at", str(target):
            return hazard.Action(said.text, seen_at=target)
        case "fewer_hurt", _:
            return hazard.Action(said.text, fewer_hurt=True)
    return hazard.Action(said.text)


def targets(scenario: Scenario, does: str) -> dict[str, str]:
    """Return what an effect can be aimed at: value to words; empty where nothing is chosen."""
    spec = scenario.hazard
    if does == "seen_at":
        return {
            i.id: f"{clock(i.at)} {i.channel}: {shorten(i.text, 70, placeholder=' …')}"
            for i in scenario.injects
        }
    if spec is None:
        return {}
    if does == "strengthens":
        return {e.barrier.id: e.barrier.text for e in spec.edges if e.barrier}
    if does == "adds":
        nodes = {name: node.text for name, node in spec.nodes.items()}
        return {
            f"{e.start} {e.end}": f"between “{nodes[e.start]}” and “{nodes[e.end]}”"
            for e in spec.edges
        }
    return {}


def with_effect(scenario: Scenario, was: Candidate, given: Given) -> Candidate:
    """Return the candidate with what it does, {"does": …, "target-DOES": …}, or NotAllowed."""
    does = chosen(given, "does", DOES)
    aims = targets(scenario, does)
    target: Any = chosen(given, f"target-{does}", aims) if aims else None
    return Candidate.model_validate({**was.model_dump(), "does": does, "target": target})


def replayed(scenario: Scenario, said: Candidate, seen: str) -> hazard.Replay | None:
    """Return the story with the candidate; None without a hazard graph, or with no effect said.

    `seen` is the inject at which people saw that something was wrong.
    """
    if scenario.hazard is None or said.does is None:
        return None
    moments = [hazard.Moment(i.id, i.at, i.hurt) for i in scenario.injects]
    return hazard.replay(scenario.hazard.graph, action_of(said), moments, seen=seen)
