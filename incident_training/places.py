"""Where things are: exercises and notebooks (shipped with us), and a person's data (kept by them).

A wheel holds exercises and notebooks inside the package; in a clone, and so in an editable
install, they are at the top level, and an edited scenario is seen at once.
"""

import os
from pathlib import Path

PACKAGE = Path(__file__).parent


class CannotKeep(Exception):
    """The data folder cannot be made, written to or read."""


def exercises() -> Path:
    """Return the folder, zip or file of the scenarios: ours.

    INCIDENT_TRAINING_EXERCISES names another; it need not be there.
    """
    if given := os.environ.get("INCIDENT_TRAINING_EXERCISES"):
        return Path(given).absolute()
    return _shipped("exercises")


def notebooks() -> Path:
    """Return the folder of the course's notebooks; treat it as read-only."""
    return _shipped("notebooks")


def previewed() -> Path | None:
    """Return the scenario file that its author looks at; INCIDENT_TRAINING_PREVIEW names it."""
    given = os.environ.get("INCIDENT_TRAINING_PREVIEW")
    return Path(given) if given else None


def data_folder() -> Path:
    """Return where a person's data are kept; it need not exist yet.

    INCIDENT_TRAINING_DATA names it, else the platform's own folder for such data.
    """
    if given := os.environ.get("INCIDENT_TRAINING_DATA"):
        return Path(given).expanduser().absolute()
    import platformdirs  # here, so that the ground floor needs nothing but the standard library

    return Path(platformdirs.user_data_dir("incident-training", appauthor=False))


def database() -> Path:
    """Return the SQLite file in the data folder; it need not exist yet."""
    return data_folder() / "training.sqlite"


def panel() -> Path:
    """Return the file of a panel's votes in the data folder; it need not exist."""
    return data_folder() / "panel.json"


def _shipped(name: str) -> Path:
    inside, beside = PACKAGE / name, PACKAGE.parent / name
    return inside if inside.is_dir() else beside
