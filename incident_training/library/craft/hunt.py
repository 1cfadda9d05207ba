"""Whether a log can be read by its looks, and whether each near miss says what almost happened."""

import re
from collections.abc import Iterator

from incident_training.kinds.base import plural
from incident_training.kinds.log import NearMissPart, Observation
from incident_training.kinds.near_miss import class_of
from incident_training.kinds.scenario import Scenario
from incident_training.library.faults import Fault, listed
from incident_training.library.node import Node

LEAST_LINES = 11
_A_LOG = 6  # lines; a shorter one has no place to hide in
_SAYS = re.compile(
    r"\b(?:near[ -]?miss(?:es)?|hazards?|luck(?:y|ily)?|incidents?|close call|narrow escape"
    r"|false[ -]alarms?)\b",
    re.IGNORECASE,
)

_NEARLY = re.compile(r"\b(?:almost|nearly|narrowly|would have|might have|could have)\b", re.I)


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
        for line, node in zip(part.observations, lines.items, strict=True):
            yield from _almost(line, node)
        yield from _short(part.observations, lines)
        yield from _one_class(part.observations, lines)
        if len(part.observations) >= _A_LOG:
            yield from _place(part.observations, lines)
            yield from _length(part.observations, lines)


def _almost(line: Observation, node: Node) -> Iterator[Fault]:
    """Yield what a near miss, or what got out and hurt nobody, leaves unsaid."""
    class_ = class_of(line.facts)
    if class_ not in ("near miss", "no-harm incident") or line.facts is None:
        return
    stopped = line.facts.stopped_by
    if stopped in ("luck", "catch") and not line.without:
        message = f"stopped by {stopped}, and nothing says how it would have gone on without"
        fix = "Write “without: Had the sale run to noon, …” in a sentence or two."
        yield node.get("without").fault("not-played-on", message, fix)
    unsaid = [name for name in ("worst", "left") if getattr(line, name) is None]
    if unsaid:
        message = f"{listed(unsaid)} of a {class_} is not said"
        fix = "Add the worst credible outcome, and what was left against it."
        yield node.get(unsaid[0]).fault("not-weighed", message, fix)
    if class_ == "near miss" and not _NEARLY.search(line.because):
        message = "the reason for a near miss does not say that it almost happened"
        fix = "Begin with what almost happened, then name what stopped it."
        yield node.get("because").fault("well-caught", message, fix)


def _short(log: tuple[Observation, ...], lines: Node) -> Iterator[Fault]:
    if len(log) < LEAST_LINES:
        message = f"a log of {plural(len(log), 'line', 'lines')} leaves little to search"
        fix = f"Write {LEAST_LINES} to 13: routine ones, some of them frightening."
        yield lines.fault("short-log", message, fix)


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
    matter = sorted((line for line in log if line.facts), key=_characters)
    routine = sorted((line for line in log if not line.facts), key=_characters)
    if _characters(matter[0]) > _characters(routine[-1]):
        yield _stands_out(lines, "longer", matter[0], routine[-1])
    if _characters(matter[-1]) < _characters(routine[0]):
        yield _stands_out(lines, "shorter", matter[-1], routine[0])


def _stands_out(lines: Node, how: str, one: Observation, routine: Observation) -> Fault:
    counts = f"{one.id} has {_characters(one)} characters, {routine.id} {_characters(routine)}"
    message = f"every line that matters is {how} than every routine one ({counts})"
    return lines.fault(
        "notable-length", message, f"Make a routine line {how}, or {one.id} less so."
    )


def _characters(line: Observation) -> int:
    return len(line.text)
