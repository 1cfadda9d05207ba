"""No test touches a person's own data: tests and notebooks' kernels get folders of their own."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

DATA = "INCIDENT_TRAINING_DATA"
_folder: Path | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Kernels of notebooks inherit this environment; fixtures do not reach nbval's items."""
    global _folder
    _folder = Path(tempfile.mkdtemp(prefix="incident-training-"))
    os.environ[DATA] = str(_folder)
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"  # else jupyter_core 5 warns once per kernel


def pytest_unconfigure(config: pytest.Config) -> None:
    if _folder:
        shutil.rmtree(_folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of this test; made by whoever needs it."""
    monkeypatch.setenv(DATA, str(tmp_path / "data"))
    return tmp_path / "data"
