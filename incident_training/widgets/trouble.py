"""A log of what went wrong, for whoever runs the course: under Voila a callback's words vanish."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_ours = logging.getLogger("incident_training")


def log_to(folder: Path) -> None:
    """Keep warnings and worse in `problems.log` there; once per folder, made when first needed."""
    file = folder / "problems.log"
    held = {getattr(handler, "baseFilename", None) for handler in _ours.handlers}
    if str(file.absolute()) not in held and _writable(file):
        handler = RotatingFileHandler(file, maxBytes=1_000_000, backupCount=1, delay=True)
        handler.setLevel(logging.WARNING)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        _ours.addHandler(handler)


def _writable(file: Path) -> bool:
    """Make it for its owner only: what went wrong may quote what somebody wrote."""
    try:
        file.touch(mode=0o600)
    except OSError:
        return False  # the store will say so when something is to be kept
    return True
