"""Deck files: read, checked against the scenarios beside them, and kept with their progress."""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from incident_training import places
from incident_training.kinds import Scenario
from incident_training.library.craft import deck_faults
from incident_training.library.deck import Deck
from incident_training.library.faults import ContentError, Fault
from incident_training.library.files import scenarios
from incident_training.library.pack import Member, open_pack
from incident_training.library.read import read
from incident_training.library.shape import shape_faults
from incident_training.library.unwritten import unwritten_faults, written_only

_log = logging.getLogger(__name__)


def decks(path: Path | None = None) -> dict[str, Deck]:
    """Return the decks of a folder or a zip (else ours) by id, in name order.

    A broken one is left out and logged. Raises as `scenarios` does.
    """
    path = path or places.exercises()
    beside = scenarios(path)
    good: dict[str, Deck] = {}
    for file in open_pack(path).decks:
        try:
            good[file.id] = deck(file, beside)
        except ContentError as error:
            _log.warning("left out: %s", error)
    return good


def deck(file: Member, beside: Mapping[str, Scenario]) -> Deck:
    """Return a checked deck of the scenarios `beside` it; raises ContentError."""
    read_, faults = _read(file, beside)
    if read_ is None or any(fault.weight == "error" for fault in faults):
        raise ContentError(faults)
    return read_


def check_deck(file: Member, beside: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Yield everything wrong with a deck file, errors and warnings."""
    yield from _read(file, beside)[1]


def _read(file: Member, beside: Mapping[str, Scenario]) -> tuple[Deck | None, list[Fault]]:
    try:
        root, faults = read(file.shown, file.content())
    except ContentError as error:
        return None, [*error.faults]
    faults += unwritten_faults(root)
    root = written_only(root)
    try:
        made = Deck.model_validate(root.plain() | {"id": file.id})
    except ValidationError as error:
        return None, [*faults, *shape_faults(root, error, Deck)]
    broken = {one.id for one in file.pack.scenarios} - {*beside}
    return made, [*faults, *deck_faults(made, root, beside, broken)]
