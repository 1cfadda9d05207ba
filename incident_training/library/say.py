"""What `incident-training check` and `play` print; each returns the command's exit status."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from incident_training.kinds.base import KindName, plural
from incident_training.library.check import Checked, checked, play
from incident_training.library.faults import ContentError, NoSuchExercise


def say_check(paths: Sequence[str], as_json: bool = False) -> int:
    """Print a line for each fault and a closing line, or a JSON list; 0 if there is no fault."""
    try:
        found = checked(paths)
    except NoSuchExercise as error:
        return _sorry(error)
    if as_json:
        print(json.dumps([asdict(fault) for fault in found.faults], indent=2, ensure_ascii=False))
    else:
        print(*found.faults, _closing(found), sep="\n")
    return 1 if found.faults else 0


def say_play(path: str, kind: KindName, exemplar: bool, policy: str | None = None) -> int:
    """Print as JSON what one exercise earns when it is played; 0 if it could be."""
    try:
        played = play(path, kind, exemplar, policy)
    except (NoSuchExercise, ContentError, ValueError) as error:
        return _sorry(error)
    print(json.dumps(played, indent=2, ensure_ascii=False))
    return 0


def _closing(found: Checked) -> str:
    scenarios = plural(found.scenarios, "scenario", "scenarios")
    if found.faults:
        broken = len({fault.file for fault in found.faults})
        return f"{plural(len(found.faults), 'fault', 'faults')} in {broken} of {scenarios}."
    played = plural(found.exercises, "exercise", "exercises")
    return f"{scenarios}, {played}: every exemplar earns 1, every untouched form earns nothing."


def _sorry(error: Exception) -> int:
    print(error, file=sys.stderr)
    return 1
