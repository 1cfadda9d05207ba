"""The course as a person meets it: the command, a real Voila, a real browser, a real database."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import serving

from incident_training import library
from incident_training.kinds import exercises
from incident_training.kinds.vocabulary import CHOICES
from incident_training.store import Store

pytestmark = pytest.mark.browser

SHIFT = "wednesday-practice-rooms"
CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
        if (found := shutil.which(name))
    ),
    None,
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The course, served by the command a person types; its address and its data folder."""
    data = tmp_path_factory.mktemp("served")
    with serving.served("--no-browser", data=data) as course:
        yield f"http://127.0.0.1:{course.port}/", data


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        missing = "no Chromium was found: install it (Debian: apt install chromium) to run this"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page that fails the test if it asks any other host for anything, or raises."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.asked, page.raised = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.raised.append(str(error)))
    yield page
    outside = [u for u in page.asked if not re.match(r"(https?://127\.0\.0\.1|data:|blob:)", u)]
    context.close()

    assert outside == []
    assert page.raised == []


def choose(page, name: str) -> None:
    """Click what a person clicks: the label, of which the radio is a part."""
    page.locator(".it-option:visible", has_text=re.compile(f"^{re.escape(name)}")).first.click()


def go(page, button: str) -> None:
    """Click a button or a link and wait until the page has moved on."""
    before = page.locator(".it").inner_text()
    page.get_by_role("button", name=button).or_(page.get_by_role("link", name=button)).first.click()
    page.wait_for_function(
        "was => document.querySelector('.it')?.innerText !== was"
        " && !document.querySelector('.it[data-waiting]')",
        arg=before,
    )


def test_a_whole_shift_is_played_by_clicking_and_survives_a_reload(served, page):
    address, data = served
    scenario = library.shipped()[SHIFT]
    drill, hunt, draft = exercises(scenario).values()

    page.goto(address)
    page.get_by_role("link", name=re.compile("Start here")).click()
    page.get_by_role("button", name=scenario.title).click()
    page.get_by_text(scenario.briefing[:40]).wait_for()

    acts = drill.exemplar.acts
    for number, act in enumerate(acts):
        if number == len(acts) // 2:
            shown = page.locator(".it-screen").inner_text()
            page.reload()
            page.locator(".it-clock").wait_for()
            assert _plain(page.locator(".it-screen").inner_text()) == _plain(shown)
        _call(page, act)
    verdict(page, "as soon as the facts met your rule")

    go(page, "Go on: read the log")
    for flag in hunt.exemplar.flags:
        page.locator(f"input[type=checkbox][value={flag.line}]").check()
    go(page, "Raise these flags")
    for flag in hunt.exemplar.flags:
        for question, answer in flag.facts.model_dump(exclude_none=True).items():
            page.locator(f"fieldset:visible input[value={answer}]").and_(
                page.locator(f"input[name*={question}]")
            ).check()
        go(page, "Save and go on")
    page.get_by_role("heading", name="What held?").wait_for()

    go(page, "Go on: draft the postmortem")
    wanted = draft.exemplar
    assert "your call: declare" in page.get_by_label("Timeline").input_value()
    page.get_by_label("Impact").fill(wanted.impact)
    page.get_by_label("Contributing factors").fill(wanted.factors)
    page.get_by_label("Where we got lucky").fill(wanted.luck)
    for number, candidate in enumerate(wanted.candidates, start=1):
        page.get_by_label(f"Action item candidates, {number}").fill(candidate.text)
    go(page, "Hand in the draft")
    for candidate in wanted.candidates:
        page.locator(f"input[value={candidate.does}]").check()
        if candidate.target:
            page.locator(f"input:visible[value='{candidate.target}']").check()
        go(page, "Play it again")
    verdict(page, "would have changed the story")

    attempts = Store(data / "training.sqlite").attempts()
    assert [attempt.kind for attempt in attempts] == ["declaration", "near_miss", "postmortem"]
    assert {attempt.scenario for attempt in attempts} == {SHIFT}
    assert [attempt.score for attempt in attempts] == [1.0, 1.0, 1.0]
    assert len({attempt.who for attempt in attempts}) == 1

    page.get_by_role("link", name="Home").click()
    page.get_by_text("practised").first.wait_for()


def verdict(page, words: str) -> None:
    page.locator(".it-verdict", has_text=words).first.wait_for()


def _call(page, act) -> None:
    if act.choice is None:
        go(page, "Go on")
        return
    choose(page, CHOICES[act.choice])
    for name in ("who", "severity", "impact"):
        if value := getattr(act, name):
            page.locator(f"input:visible[name*={name}][value={value}]").check(force=True)
    go(page, "Save and go on")


def _plain(text: str) -> str:
    """Text without what a reload may say differently."""
    return re.sub(r"\s+", " ", text.replace("Saved.", "")).strip()


@pytest.mark.parametrize("name", ["declare", "near_miss", "postmortem", "shift", "report", "index"])
def test_no_page_gives_a_shift_away_before_it_is_played(served, page, name):
    address, _ = served
    bodies = []
    page.on("response", lambda r: bodies.append(r) if ".ipynb" in r.url else None)

    page.goto(f"{address}voila/render/{name}.ipynb")
    page.locator(".it-title").first.wait_for()

    source = "".join(response.text() for response in bodies) + page.content()
    for scenario in library.shipped().values():
        assert scenario.teaches not in source
        for inject in scenario.injects:
            assert inject.text not in source
        for part in (scenario.declaration, scenario.near_miss):
            assert part is None or part.hint not in source


def test_a_choice_can_be_made_and_sent_by_keyboard_alone(served, page):
    address, _ = served
    page.goto(f"{address}voila/render/declare.ipynb")
    page.get_by_role("button", name=library.shipped()[SHIFT].title).press("Enter")
    page.locator(".it-clock").wait_for()
    before = page.locator(".it-clock").inner_text()

    page.keyboard.press("3")
    assert page.get_by_role("radio", name="Keep watching").is_checked()
    page.keyboard.press("Enter")

    page.wait_for_function(
        "was => document.querySelector('.it-clock').innerText !== was", arg=before
    )
