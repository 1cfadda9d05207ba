"""What several tests ask for: every exercise that ships."""

import re
from collections.abc import Iterator

import pytest

from incident_training import library, places
from incident_training.kinds import KINDS, AnyExercise


def _shipped() -> Iterator[tuple[str, str]]:
    """Scenario and kind, from the names of the sections alone: nothing is loaded at collection."""
    for path in sorted(places.exercises().glob("[!.]*.yaml")):
        sections = re.findall(r"^(\w+):", path.read_text("utf-8", "replace"), re.MULTILINE)
        yield from ((path.stem, kind) for kind in KINDS if kind in sections)


@pytest.fixture(params=_shipped(), ids="/".join)
def exercise(request: pytest.FixtureRequest) -> AnyExercise:
    """Every scenario that ships, in every kind it is played as."""
    return library.exercise(*request.param)
