"""What `check` (with `--rules`, `--facts`) and `play` print, each with the command's exit status.

`say_left_out` says, before a page is served, which files nobody will meet on it.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from incident_training import places
from incident_training.doctrine.facts import vocabulary
from incident_training.doctrine.policy import policies
from incident_training.kinds.base import KindName, plural
from incident_training.library.check import Checked, checked, left_out, play
from incident_training.library.craft import Rule, rules
from incident_training.library.faults import ContentError, NoSuchExercise
from incident_training.library.pack import Member, shown_path


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


def say_facts(*, as_json: bool) -> int:
    """Print every fact with its values, its meaning and the policies that read it; 0."""
    rows = [_fact(name) for name in vocabulary()]
    if as_json:
        _json(rows)
        return 0
    wide, wider = (max(len(row[key]) for row in rows) for key in ("fact", "values"))
    for row in rows:
        read = f"; read by {', '.join(row['read_by'])}" if row["read_by"] else ""
        print(f"{row['fact']:{wide}}  {row['values']:{wider}}  {row['means']}{read}")
    print("\nEach policy says: declare, when")
    for name, one in policies().items():
        print(f"  {name}: {one.rule.text}")
    return 0


def say_left_out() -> None:
    """Print to stderr a line for each file that is left out of what is served."""
    for file, errors in left_out().items():
        count = plural(errors, "error", "errors")
        see = f"see `incident-training check {_typed(file)}`"
        print(f"left out: {file}: {count}; {see}", file=sys.stderr)


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
        return f"{plural(len(found.errors), 'error', 'errors')} in {_broken(found)}."
    played = plural(found.exercises, "exercise", "exercises")
    found_so = "every exemplar earns the whole score, every untouched form nothing"
    return f"{scenarios}, {played}: {found_so}."


def _broken(found: Checked) -> str:
    """Name how many files have errors: of those read, or by themselves if one was not read."""
    broken = {fault.file for fault in found.errors}
    if not broken <= found.names:
        return plural(len(broken), "file", "files")
    if found.scenarios and found.decks:
        return f"{len(broken)} of {found.scenarios + found.decks} files"
    if found.decks:
        return f"{len(broken)} of {plural(found.decks, 'deck', 'decks')}"
    return f"{len(broken)} of {plural(found.scenarios, 'scenario', 'scenarios')}"


def _fact(name: str) -> dict[str, Any]:
    kind = vocabulary()[name]
    readers = [one.name for one in policies().values() if re.search(rf"\b{name}\b", one.rule.text)]
    values = f"{kind.allowed}, with its because" if kind.judgement else kind.allowed
    return {"fact": name, "values": values, "means": kind.means, "read_by": readers}


def _typed(file: Member) -> str:
    """Return what to type after `check`: the file, or the zip that it is in."""
    pack = places.exercises()
    path = shown_path(pack) if pack.suffix.lower() == ".zip" else file.shown
    return f'"{path}"' if " " in path else path


def _rule(rule: Rule) -> str:
    weight = "" if rule.weight == "error" else ", a warning"
    return f"{rule.id}{weight}\n  {rule.asks}\n  Why: {rule.why}\n  Source: {rule.source}"


def _json(told: object) -> None:
    print(json.dumps(told, indent=2, ensure_ascii=False))


def _sorry(error: Exception) -> int:
    print(error, file=sys.stderr)
    return 1
