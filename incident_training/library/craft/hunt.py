"""Whether a log can be read by its looks: by place, by length, by one class, by the word itself."""

import re
from collections.abc import Iterator

from incident_training.kinds.near_miss import class_of
from incident_training.kinds.scenario import NearMissPart, Observation, Scenario
from incident_training.library.faults import Fault
from incident_training.library.node import Node

_A_LOG = 6  # lines; a shorter one has no place to hide in
_SAYS = re.compile(
    r"\b(?:near[ -]?miss(?:es)?|hazards?|luck(?:y|ily)?|incidents?|close call|narrow escape"
    r"|false[ -]alarms?)\b",
    re.IGNORECASE,
)


def hunt_faults(scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Yield by what other than reading a log could be solved, and which label names its answer."""
    lines = root.get("near_miss").get("observations")
    told = [node.get("text") for node in lines.items]
    for node in (*told, *(node.get("label") for node in root.get("evidence").items)):
        if found := _SAYS.search(node.text or ""):
            message = f"“{found[0]}” says what the trainee should find out"
            yield node.fault("says-its-class", message, "Say what was seen.")
    part = scenario.asks("near_miss")
    if isinstance(part, NearMissPart):
        yield from _one_class(part.observations, lines)
        if len(part.observations) >= _A_LOG:
            yield from _place(part.observations, lines)
            yield from _length(part.observations, lines)


def _one_class(log: tuple[Observation, ...], lines: Node) -> Iterator[Fault]:
    classes = [class_of(line.facts) for line in log if line.facts]
    if len(classes) > 1 and len(set(classes)) == 1:
        message = f"all {len(classes)} lines that matter are of one class: {classes[0]}"
        fix = "Let one be something else, as a condition that only waits."
        yield lines.fault("one-class", message, fix)


def _place(log: tuple[Observation, ...], lines: Node) -> Iterator[Fault]:
    matter = [line.facts is not None for line in log]
    for where, ordered in (("first", matter), ("last", matter[::-1])):
        if all(ordered[: sum(matter)]):
            message = f"the lines that matter come {where}, with nothing between them"
            fix = "Put routine lines before, between and after them."
            yield lines.fault("notable-place", message, fix)


def _length(log: tuple[Observation, ...], lines: Node) -> Iterator[Fault]:
    matter = [len(line.text) for line in log if line.facts]
    routine = [len(line.text) for line in log if not line.facts]
    for how, stand_out in (
        ("longer", min(matter) > max(routine)),
        ("shorter", max(matter) < min(routine)),
    ):
        if stand_out:
            message = f"every line that matters is {how} than every routine one"
            yield lines.fault("notable-length", message, "Let a routine line be as long, or short.")
