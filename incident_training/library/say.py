"""What `check`, `check --rules` and `play` print; each returns the command's exit status."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from incident_training.kinds.base import KindName, plural
from incident_training.library.check import Checked, checked, play
from incident_training.library.craft import Rule, rules
from incident_training.library.faults import ContentError, NoSuchExercise


def say_check(paths: Sequence[str], as_json: bool = False) -> int:
    """Print errors, warnings and a closing line, or one JSON list; 0 if there is no error."""
    try:
        found = checked(paths)
    except NoSuchExercise as error:
        return _sorry(error)
    if as_json:
        _json([asdict(fault) for fault in found.faults])
    else:
        print(*_apart(found), _closing(found), sep="\n")
    return 1 if found.errors else 0


def say_rules(*, as_json: bool) -> int:
    """Print every rule with its id, weight, sentence, reason and source, or a JSON list; 0."""
    if as_json:
        _json([asdict(rule) for rule in rules().values()])
    else:
        print(*map(_rule, rules().values()), sep="\n\n")
    return 0


def say_play(path: str, kind: KindName, exemplar: bool, policy: str | None = None) -> int:
    """Print as JSON what one exercise earns when it is played; 0 if it could be."""
    try:
        played = play(path, kind, exemplar, policy)
    except (NoSuchExercise, ContentError, ValueError) as error:
        return _sorry(error)
    _json(played)
    return 0


def _apart(found: Checked) -> Iterator[str]:
    """Errors, then warnings, each with its count and its rule where there is anything to tell."""
    if found.errors:
        yield f"{plural(len(found.errors), 'error', 'errors')}:"
        yield from map(str, found.errors)
    if found.warnings:
        count = plural(len(found.warnings), "warning", "warnings")
        yield f"{count}, to mend or to explain (“explained: {{rule: reason}}”):"
        yield from (f"{fault} ({fault.rule})" for fault in found.warnings)


def _closing(found: Checked) -> str:
    scenarios = plural(found.scenarios, "scenario", "scenarios")
    if found.errors:
        broken = len({fault.file for fault in found.errors})
        return f"{plural(len(found.errors), 'error', 'errors')} in {broken} of {scenarios}."
    played = plural(found.exercises, "exercise", "exercises")
    return f"{scenarios}, {played}: every exemplar earns 1, every untouched form earns nothing."


def _rule(rule: Rule) -> str:
    weight = "" if rule.weight == "error" else ", a warning"
    return f"{rule.id}{weight}\n  {rule.asks}\n  Why: {rule.why}\n  Source: {rule.source}"


def _json(told: object) -> None:
    print(json.dumps(told, indent=2, ensure_ascii=False))


def _sorry(error: Exception) -> int:
    print(error, file=sys.stderr)
    return 1
