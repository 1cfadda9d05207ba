"""Where votes are kept: one file, written whole or not at all, and gone when it is forgotten."""

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from incident_training.kinds import Scenario
from incident_training.library.faults import ContentError
from incident_training.library.pack import read_file, shown_path
from incident_training.library.panel.votes import Panel, with_votes

MOST_BYTES = 2_000_000
_log = logging.getLogger(__name__)


class CannotRead(Exception):
    """Votes that are there and cannot be used; the sentence says why, and the way out."""


def kept(path: Path) -> Panel:
    """Return the votes in force, none where there is no file; raises CannotRead."""
    if not path.exists():
        return Panel()
    try:
        content = read_file(path, MOST_BYTES)
        if len(content) <= MOST_BYTES:
            return Panel.model_validate(json.loads(content.decode("utf-8")))
        why = "it is too large"
    except ContentError as error:
        why = error.faults[0].message
    except (ValidationError, ValueError, RecursionError):
        why = "it does not hold a panel's votes, or was cut short"
    way = "Take it away, then read the answers again: incident-training panel --forget"
    raise CannotRead(f"{shown_path(path)}: {why}. {way}")


def voted(scenarios: Mapping[str, Scenario], path: Path) -> dict[str, Scenario]:
    """Return the scenarios as the panel sees them; a broken file is logged and keeps nobody out."""
    try:
        panel = kept(path)
    except CannotRead as error:
        _log.warning("left out: %s", error)
        panel = Panel()
    return {name: with_votes(scenario, panel) for name, scenario in scenarios.items()}


def keep(path: Path, panel: Panel) -> None:
    """Write the votes, on the disk before the name is theirs; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with begun.open("w", encoding="utf-8") as file:
            file.write(panel.model_dump_json(indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)


def forget(path: Path) -> bool:
    """Take the file away; return whether there was one. Raises OSError."""
    there = path.exists()
    path.unlink(missing_ok=True)
    return there
