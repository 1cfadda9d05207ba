"""Exercises and notebooks are found from a wheel, an editable install and a plain clone."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

CLONE = Path(__file__).parents[1]
SCENARIO = "wednesday-practice-rooms.yaml"
WHERE = """
from incident_training import __version__, library, places
print(__version__, places.exercises(), places.notebooks())
print(library.load(places.exercises() / {scenario!r}).title)
"""


@dataclass
class Environment:
    """A virtual environment that sees this one's dependencies, but not this one's package."""

    folder: Path

    @property
    def packages(self) -> Path:
        paths = {"base": str(self.folder), "platbase": str(self.folder)}
        return Path(sysconfig.get_path("purelib", "venv", paths))

    @property
    def scripts(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def install(self, *what: str) -> None:
        pip("--python", str(self.scripts / "python"), "install", "--no-deps", *what)

    def where(self, cwd: Path) -> tuple[str, Path, Path, str]:
        code = WHERE.format(scenario=SCENARIO)
        said = self.run("python", "-c", code, cwd=cwd).splitlines()
        version, exercises, notebooks = said[0].split()
        return version, Path(exercises), Path(notebooks), said[1]

    def run(self, script: str, *args: str, cwd: Path) -> str:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        command = [str(self.scripts / script), *args]
        return subprocess.run(
            command, cwd=cwd, env=env, check=True, stdout=subprocess.PIPE, text=True, timeout=60
        ).stdout


def pip(*args: str) -> None:
    command = [sys.executable, "-m", "pip", *args]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def environment(tmp_path):
    venv.create(tmp_path / "venv", with_pip=False)
    environment = Environment((tmp_path / "venv").resolve())
    seen = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (environment.packages / "dependencies.pth").write_text("\n".join(seen))
    return environment


@pytest.fixture
def elsewhere(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere"


@pytest.fixture
def clone(tmp_path):
    """A copy of this clone that may be edited."""
    skip = shutil.ignore_patterns(".*", "__pycache__", "docs", "tests")
    return Path(shutil.copytree(CLONE, tmp_path / "clone", ignore=skip)).resolve()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--no-deps", "-w", str(folder), str(CLONE))
    return next(folder.glob("*.whl"))


def test_a_wheel_brings_exercises_and_notebooks(wheel, environment, elsewhere):
    environment.install(str(wheel))

    version, exercises, notebooks, _ = environment.where(cwd=elsewhere)

    home = environment.packages / "incident_training"
    assert (exercises, notebooks) == (home / "exercises", home / "notebooks")
    assert (notebooks / "index.ipynb").is_file()
    assert version in wheel.name
    assert "every exemplar earns the whole score" in environment.run(
        "incident-training", "check", cwd=elsewhere
    )


def test_a_wheel_holds_the_package_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    tops = {name.split("/")[0].split("-")[0] for name in names}
    assert tops == {"incident_training"}
    assert {Path(name).suffix for name in names} >= {".py", ".js", ".css", ".toml", ".yaml"}
    assert "incident_training/pages/template/page.html" in names
    assert "incident_training/py.typed" in names
    assert not [name for name in names if "checkpoint" in name or "/tests/" in name]


def test_an_editable_install_shows_an_edited_scenario_at_once(environment, clone, elsewhere):
    environment.install("--no-build-isolation", "-e", str(clone))
    before = environment.where(cwd=elsewhere)

    file = clone / "exercises" / SCENARIO
    file.write_text(file.read_text("utf-8").replace(before[3], "Another title"), "utf-8")

    assert before[1:3] == (clone / "exercises", clone / "notebooks")
    assert environment.where(cwd=elsewhere)[3] == "Another title"


def test_a_plain_clone_needs_no_install(environment, clone):
    found = environment.where(cwd=clone)

    assert found[1:3] == (clone / "exercises", clone / "notebooks")
