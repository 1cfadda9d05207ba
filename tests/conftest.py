"""What several tests ask for: every exercise that ships, the course served, a browser."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import serving
from browsing import CHROMIUM, QUIET, asked_outside, noting, watched
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the served course."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def course(kept: Path) -> Iterator[serving.Served]:
    """The course, served by the command a person types."""
    with serving.served("--no-browser", data=kept) as course:
        yield course


@pytest.fixture(scope="module")
def served(course: serving.Served, kept: Path) -> tuple[str, Path]:
    """Its address and its data folder."""
    return f"http://127.0.0.1:{course.port}/", kept


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        missing = "no Chromium was found: install it (Debian: apt install chromium) to run this"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody's own; each of its pages notes what it says."""
    context = noting(browser.new_context(viewport={"width": 1280, "height": 720}))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test if it asks any other host for anything, raises, or is refused."""
    page = watched(context.new_page())
    yield page
    outside, raised = asked_outside(page), page.raised
    page.close()

    assert outside == []
    assert raised == []
