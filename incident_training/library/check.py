"""Every scenario played: its exemplar earns 1, an untouched form earns nothing; and is it fair?

Decks are read beside their scenarios. `left_out` says which files nobody will meet on a page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incident_training import places
from incident_training.doctrine.policy import policies
from incident_training.doctrine.policy import policy as policy_named
from incident_training.kinds import AnyExercise, exercises
from incident_training.kinds.base import Feedback, KindName, NotAllowed
from incident_training.kinds.base import exemplar as exemplar_of
from incident_training.kinds.declaration import Declaration
from incident_training.kinds.scenario import Scenario
from incident_training.library.craft import craft_faults
from incident_training.library.decks import check_deck, deck
from incident_training.library.faults import ContentError, Fault
from incident_training.library.files import exercise, files, load, opened
from incident_training.library.naming import is_deck
from incident_training.library.node import Node
from incident_training.library.pack import Member, Pack, open_pack


@dataclass(frozen=True)
class Checked:
    """How many files were read, how many exercises were played, and every fault.

    `names` has the files that were read, as faults name them; what was refused whole is not there.
    """

    scenarios: int
    exercises: int
    faults: tuple[Fault, ...]
    decks: int = 0
    names: frozenset[str] = frozenset()

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What keeps a file from being shipped."""
        return tuple(fault for fault in self.faults if fault.weight == "error")

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What its author mends or explains."""
        return tuple(fault for fault in self.faults if fault.weight == "warning")


def check(paths: Iterable[Path | str] = ()) -> list[Fault]:
    """Return every fault of these files and folders (else of ours), warnings among them.

    Raises NoSuchExercise for a path that is not there or a folder without scenarios.
    """
    return [*checked(paths).faults]


def checked(paths: Iterable[Path | str] = ()) -> Checked:
    """Return the same with its counts; raises as `check` does.

    A file in a folder `decks` is a deck of the scenarios in the folder above.
    """
    faults: list[Fault] = []
    found: dict[Member, None] = {}
    decks: dict[Member, Path] = {}
    for path in [Path(path) for path in paths] or [places.exercises()]:
        try:
            if pack := _pack_of_deck(path):
                decks |= {one: pack for one in open_pack(pack).decks if one.name == _deck(path)}
            else:
                found |= dict.fromkeys(files(path))
                decks |= dict.fromkeys(open_pack(path).decks, path)
        except ContentError as error:
            faults += error.faults
    count = 0
    for file in found:
        try:
            scenario, root = opened(file)
        except ContentError as error:
            faults += error.faults
            continue
        count += len(exercises(scenario))
        found_here = [*_played(scenario, root), *craft_faults(scenario, root)]
        faults += sorted(found_here, key=lambda fault: fault.line)
    faults += _decks(decks)
    names = frozenset(file.shown for file in (*found, *decks))
    return Checked(len(found), count, tuple(faults), len(decks), names)


def left_out(path: Path | None = None) -> dict[Member, int]:
    """Return the scenarios and decks of a pack (else ours) that have errors, and how many each.

    Raises as `files` does.
    """
    pack = open_pack(path or places.exercises())
    good, broken = _sound(pack)
    found = {file: len(error.faults) for file, error in broken.items()}
    for file in pack.decks:
        try:
            deck(file, good)
        except ContentError as error:
            found[file] = sum(fault.weight == "error" for fault in error.faults)
    return found


def play(
    path: Path | str, kind: KindName, exemplar: bool, policy: str | None = None
) -> dict[str, Any]:
    """Return kind, edition, policy, score and remarks of one exercise played, as plain JSON.

    `policy` None is the scenario's own. Raises NoSuchExercise, ContentError, NotAllowed if the
    exemplar cannot be played, and ValueError for an unknown policy.
    """
    played = exercise(path, kind)
    policy = policy_named(policy or played.scenario.policy).name
    feedback = _feedback(played, exemplar, policy)
    return {
        "kind": kind,
        "edition": played.scenario.edition,
        "policy": policy,
        "score": feedback.score,
        "remarks": [remark.model_dump(mode="json") for remark in feedback.remarks],
    }


def _pack_of_deck(path: Path) -> Path | None:
    """Return the folder whose deck this file is, None if it is none."""
    whole = path.absolute()
    return whole.parents[1] if is_deck(_deck(path)) and whole.is_file() else None


def _deck(path: Path) -> str:
    """Return the last two parts of a path, as a pack names its decks."""
    return "/".join(path.absolute().parts[-2:])


def _decks(found: Mapping[Member, Path]) -> Iterator[Fault]:
    """Yield what is wrong with these decks, each of the pack at its path."""
    beside = {path: _sound(open_pack(path))[0] for path in {*found.values()}}
    for file, path in found.items():
        yield from check_deck(file, beside[path])


def _sound(pack: Pack) -> tuple[dict[str, Scenario], dict[Member, ContentError]]:
    """Return the scenarios of a pack by id, and what is wrong with those that have errors."""
    good: dict[str, Scenario] = {}
    broken: dict[Member, ContentError] = {}
    for file in pack.scenarios:
        try:
            good[file.id] = load(file)
        except ContentError as error:
            broken[file] = error
    return good, broken


def _played(scenario: Scenario, root: Node) -> Iterator[Fault]:
    for kind, played in exercises(scenario).items():
        node = root.get(kind)
        untouched = _feedback(played, False, scenario.policy).score
        if untouched:
            message = f"an untouched form earns {untouched:.2f}, and should earn nothing"
            fix = "Please report this: it is our fault, not yours."
            yield node.fault("untouched", message, fix)
        yield from _exemplar(played, node.get("exemplar") if node.get("exemplar").there else node)


def _exemplar(played: AnyExercise, node: Node) -> Iterator[Fault]:
    try:
        feedback = _feedback(played, True, played.scenario.policy)
        for name in policies():
            _feedback(played, True, name)
    except NotAllowed as error:
        step = _refused_step(played, node)
        fix = "“after” names the last inject shown by then; opened evidence costs minutes."
        yield step.fault("exemplar-step", f"this step cannot be taken: {error}", fix)
        return
    for remark in feedback.remarks:
        if remark.score is not None and remark.score < 1:
            message = f"the exemplar earns {remark.score:.2g} for “{remark.item}”"
            rule = f"policy {played.scenario.policy}"
            fix = f"It gives {remark.given}; {remark.expected} is expected ({rule})."
            yield node.fault("exemplar", message, fix)
    if feedback.score is None:
        yield node.fault("exemplar", "the exemplar earns nothing", "Let it answer.")


def _feedback(played: AnyExercise, exemplar: bool, policy: str) -> Feedback:
    if exemplar:
        return played.assess(exemplar_of(played), policy)
    return played.assess(played.untouched, policy)


def _refused_step(played: AnyExercise, node: Node) -> Node:
    """Return the first step of a declaration's exemplar with which it can no longer be played."""
    if not isinstance(played, Declaration):
        return node
    steps = played.part.exemplar
    for count in range(1, len(steps) + 1):
        part = played.part.model_copy(update={"exemplar": steps[:count]})
        scenario = played.scenario.model_copy(update={"declaration": part})
        try:
            _ = Declaration(scenario=scenario).steps
        except NotAllowed:
            return node.items[count - 1]
    return node
