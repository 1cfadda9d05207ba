"""Severity and impact make a priority; a priority says in which hours somebody is paged."""

from importlib.resources import files

import pytest

from incident_training import doctrine
from incident_training.doctrine.priority import LEVELS, MatrixError, matrix, read
from incident_training.widgets import priorities

OURS = files("incident_training.doctrine").joinpath("priority.toml").read_text("utf-8")
CELLS = {  # impact: by severity none, low, medium, high; Rantil 2026, with the near miss added
    "none": (4, 4, 4, 4),
    "low": (4, 3, 3, 2),
    "medium": (4, 3, 2, 1),
    "high": (4, 2, 1, 1),
}


@pytest.mark.parametrize("impact", LEVELS)
@pytest.mark.parametrize("severity", LEVELS)
def test_every_cell_of_the_matrix(severity, impact):
    assert doctrine.priority(severity, impact) == CELLS[impact][LEVELS.index(severity)]


@pytest.mark.parametrize(
    ("number", "day", "at", "paged"),
    [
        (1, "Sunday", 3 * 60, True),
        (1, "Sunday", 1439, True),
        (2, "Sunday", 6 * 60 + 59, False),
        (2, "Sunday", 7 * 60, True),
        (2, "Monday", 22 * 60 + 59, True),
        (2, "Monday", 23 * 60, False),
        (3, "Saturday", 12 * 60, False),
        (3, "Friday", 9 * 60, True),
        (3, "Friday", 16 * 60 + 59, True),
        (3, "Friday", 17 * 60, False),
        (4, "Tuesday", 12 * 60, False),
    ],
)
def test_a_priority_pages_in_its_hours(number, day, at, paged):
    assert matrix().priorities[number].pages_at(day, at) is paged


def test_a_hazard_with_a_clock_has_the_priority_of_its_harm():
    assert matrix().of_hazard("high", "high", clock=True) == 1
    assert matrix().of_hazard("high", "high", clock=False) == 4
    assert matrix().of_hazard("medium", "low", clock=True) == 3


def test_a_team_can_use_a_table_of_its_own():
    own = read(OURS.replace("high = [2, 1, 1]", "high = [1, 1, 1]"))

    assert own.priority("low", "high") == 1
    assert own.priority("none", "high") == 4


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[matrix]", "[matrx]", "'matrix' is missing"),
        ("high = [2, 1, 1]", "", "'high' is missing"),
        ("high = [2, 1, 1]", "high = [2, 1]", "not shaped like ours"),
        ("high = [2, 1, 1]", "high = [2, 1, 7]", "priority 7 is used"),
        ("[priorities.4]", "[priorities.5]", "priority 4 is used"),
        ('from = "07:00"', 'from = "7 am"', "clock time"),
        ('from = "00:00"', 'from = "00:00', "not TOML"),
        ("Thursday Friday Saturday", "Thursday Friyay Saturday", "'Friyay' is no day"),
    ],
)
def test_a_table_that_cannot_be_used_says_what_is_wrong(old, new, said):
    with pytest.raises(MatrixError, match=said):
        read(OURS.replace(old, new, 1))


def test_a_table_in_the_data_folder_is_the_one_in_force(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_TRAINING_DATA", str(tmp_path))
    before = priorities.told("low", "high")
    (tmp_path / "priority.toml").write_text(OURS.replace("high = [2, 1, 1]", "high = [1, 1, 1]"))
    now = priorities.told("low", "high")

    assert "make it priority 2:" in before
    assert "make it priority 1:" in now


@pytest.mark.parametrize(
    ("written", "says"),
    [(b"high = [", "not TOML"), (b"\xff", "utf-8"), (b"#" * 100_001, "larger than 100,000 bytes")],
)
def test_a_table_that_cannot_be_used_is_said_beside_the_authors(
    written, says, tmp_path, monkeypatch
):
    monkeypatch.setenv("INCIDENT_TRAINING_DATA", str(tmp_path))
    (tmp_path / "priority.toml").write_bytes(written)

    told = priorities.told("low", "high")

    assert told.startswith("Severity low and impact high make it priority 2:")
    assert "Your own priority.toml cannot be used" in told
    assert says in told
