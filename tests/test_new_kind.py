"""Adding a kind touches two modules, two table lines and one scenario, and no test."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import incident_training

PACKAGE = Path(incident_training.__file__).parent
KIND = '''
"""Guessing how long a shift will last."""

from typing import Any, ClassVar, Literal

from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds.base import Feedback, Frozen, Given, Remark, Response, Text, chosen
from incident_training.kinds.scenario import Scenario


class GuessPart(Frozen):
    hint: Text
    longer: Text
    because: Text


class GuessResponse(Response):
    longer: str | None = None


class Guess(Frozen):
    part_type: ClassVar = GuessPart

    scenario: Scenario
    kind: Literal["guess"] = "guess"

    @property
    def part(self) -> GuessPart:
        return self.scenario.asks("guess")

    @property
    def hint(self) -> str:
        return self.part.hint

    @property
    def untouched(self) -> GuessResponse:
        return GuessResponse()

    @property
    def steps(self) -> tuple[Given, ...]:
        return ({"longer": self.part.longer},)

    def stage(self, response: GuessResponse) -> str:
        return "guess" if response.longer is None else "done"

    def take(self, response: GuessResponse, given: Given) -> GuessResponse:
        return GuessResponse(longer=chosen(given, "longer", ("yes", "no")))

    def assess(self, response: GuessResponse, policy: str = DEFAULT) -> Feedback:
        given, expected = response.longer, self.part.longer
        score = None if given is None else float(given == expected)
        remark = Remark(item="longer", given=given, expected=expected, score=score,
                        because=self.part.because)
        return Feedback(verdict="Guessed.", reason=self.part.because, remarks=(remark,))
'''
FORM = '''
"""A guess on screen."""

from incident_training.widgets import blocks
from incident_training.widgets.form import Form
from incident_training.widgets.standing import Page


def ask(exercise, response, policy, own):
    field = blocks.choice("longer", "Longer than an hour?", {"yes": "yes", "no": "no"})
    return {"says": "Guess.", "main": [blocks.form("Save", field)]}


def tell(exercise, response, policy, more):
    return [blocks.remarks(exercise.assess(response).remarks)]


FORM = Form(ask, tell, Page("guess", "Guess", "Guess.", ("guess",)), "A guess", "Go on", ())
'''
ASKS = """
guess:
  hint: Look at the clock.
  longer: "yes"
  because: They mostly are.
"""
PLAY = """
from browserless import Visitor, exemplar_step
from incident_training import widgets

visitor = Visitor(widgets.practice("guess"))
visitor.send({"do": "choose", "name": "monday-laboratory"})
exemplar_step(visitor, visitor.page._activity.session)
print(visitor.screen["stage"], visitor.screen["saved"])
"""


@pytest.fixture
def clone(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name)
    for folder in ("exercises", "notebooks"):
        shutil.copytree(PACKAGE.parent / folder, tmp_path / folder, dirs_exist_ok=True)
    return tmp_path


def put(path, after, line):
    text = path.read_text("utf-8")
    assert after in text
    path.write_text(text.replace(after, f"{after}\n{line}", 1), "utf-8")


def test_a_new_kind_is_checked_played_and_shown(clone, tmp_path):
    package, scenario = clone / PACKAGE.name, clone / "exercises" / "monday-laboratory.yaml"
    (package / "kinds" / "guess.py").write_text(KIND.lstrip(), "utf-8")
    (package / "widgets" / "guess.py").write_text(FORM.lstrip(), "utf-8")
    imported = "from incident_training.kinds.guess import Guess"
    put(package / "kinds" / "__init__.py", "from pydantic import create_model", imported)
    put(package / "kinds" / "__init__.py", '"near_miss": NearMiss,', '    "guess": Guess,')
    imported = "from incident_training.widgets import guess"
    put(
        package / "widgets" / "forms.py",
        "from incident_training.widgets.form import Form",
        imported,
    )
    put(
        package / "widgets" / "forms.py", '"near_miss": near_miss.FORM,', '    "guess": guess.FORM,'
    )
    scenario.write_text(scenario.read_text("utf-8") + ASKS, "utf-8")

    checked = run(clone, "-m", "incident_training.cli", "check", str(scenario))
    played = run(
        clone, "-m", "incident_training.cli", "play", str(scenario), "--kind", "guess", "--exemplar"
    )
    shown = run(clone, "-c", PLAY)

    assert "5 exercises" in checked
    assert '"score": 1.0' in played
    assert shown.split("\n")[-2] == "feedback Saved."


def run(clone, *what):
    paths = os.pathsep.join([str(clone), str(Path(__file__).parent)])
    env = os.environ | {"PYTHONPATH": paths, "INCIDENT_TRAINING_DATA": str(clone / "data")}
    done = subprocess.run(
        [sys.executable, *what], env=env, cwd=clone, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
