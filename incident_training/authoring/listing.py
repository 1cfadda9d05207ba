"""What scenarios there are, for those who write and choose them: it says what each one holds.

The class is derived, never authored. Where the scenario's own policy never says yes it is benign.
Where it does: an incident if the story hurts anybody, by its count of the hurt or by the latest
word on customers hit or data lost; else a near miss if its hazard graph says what closed the way to
the harm, else a hazard.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from incident_training import library, places
from incident_training.doctrine.facts import Value
from incident_training.kinds import KINDS, Declaration, Scenario, exercises
from incident_training.kinds.near_miss import class_of

Class = Literal["incident", "near miss", "hazard", "benign"]
WIDEST = 100  # of a line for people
GIVES_AWAY = "For authors and facilitators: the class gives a shift away."


@dataclass(frozen=True)
class Row:
    """One scenario; `hunt` has the classes of the lines that matter in its log."""

    id: str
    title: str
    kinds: tuple[str, ...]
    domain: str
    level: str
    policy: str
    holds: Class
    hunt: tuple[str, ...]
    source: str


def row(scenario: Scenario) -> Row:
    """Return what one scenario is, as one would choose it."""
    source = scenario.source
    part = scenario.asks("near_miss")
    lines = part.observations if part else ()
    return Row(
        id=scenario.id,
        title=scenario.title,
        kinds=tuple(exercises(scenario)),
        domain=scenario.domain,
        level=scenario.level,
        policy=scenario.policy,
        holds=holds(scenario),
        hunt=tuple(class_of(line.facts) for line in lines if line.facts),
        source=source.name or source.kind if source.kind == "public" else source.kind,
    )


def holds(scenario: Scenario) -> Class:
    """Return the class of a shift, as the head of this module derives it."""
    drill = Declaration(scenario=scenario)
    if drill.window(scenario.policy).expected is None:
        return "benign"
    if _hurts(scenario):
        return "incident"
    return "near miss" if scenario.hazard else "hazard"


def _hurts(scenario: Scenario) -> bool:
    told: dict[str, Value | None] = {}
    for one in (*scenario.evidence, *scenario.injects):  # an inject has the last word
        told |= one.stated
    counted = any(inject.hurt for inject in scenario.injects)
    return counted or bool(told.get("customer_hit") or told.get("data_lost"))


def say_list(path: Path | None, *, as_json: bool) -> int:
    """Print what there is; 1 if a file is broken or the path is not there."""
    try:
        found = library.files(path or places.exercises())
    except (library.NoSuchExercise, library.ContentError) as error:
        print(error, file=sys.stderr)
        return 1
    rows: list[Row] = []
    broken: list[str] = []
    for file in found:
        try:
            rows.append(row(library.load(file)))
        except library.ContentError as error:
            count = len(error.faults)
            broken.append(f"{file}: {count} fault{'' if count == 1 else 's'}; see check")
    if as_json:
        print(json.dumps([asdict(each) for each in rows], indent=2, ensure_ascii=False))
    elif rows:
        print("\n".join(_table(rows)))
    for line in broken:
        print(line, file=sys.stderr)
    return 1 if broken else 0


def _table(rows: Iterable[Row]) -> list[str]:
    cells = [("id", "holds", "level", "played as", "source", "domain")]
    for each in sorted(rows, key=lambda one: one.id):
        kinds = ", ".join(kind.replace("_", " ") for kind in each.kinds)
        source = each.source if each.source == "invented" else "public"
        rest = [kind for kind in KINDS if kind not in each.kinds]
        played = (f"all but {rest[0]}" if rest else "all") if len(rest) < 2 else kinds
        cells.append((each.id, each.holds, each.level, played, source, each.domain))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    short = [line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…" for line in lines]
    return [*short, "", GIVES_AWAY]
