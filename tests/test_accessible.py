"""The course for those who hear it, press keys, see little, or enlarge: by axe, and what axe misses."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import SHIFT, begun, choose, drafting, go, token, watched
from playwright.sync_api import Page, expect
from serving import serving

from incident_training import library
from incident_training.kinds import exercises
from incident_training.kinds.vocabulary import CHOICES
from incident_training.store import Store, pseudonym

pytestmark = pytest.mark.browser

PROBES = Path(__file__).with_name("probes.js")
AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # nothing here comes from elsewhere
}
LOOKS = [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)]
TALL = 720
LISTEN = """
window.said = [];
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const region = (target.closest ? target : target.parentElement)?.closest("[role=status], [role=alert]");
    const text = region?.textContent.trim();
    if (text) said.push([region.getAttribute("role"), text]);
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...told) { super(...told); sockets.push(this); }
};
"""


# Every state of the course


def tour(page: Page, address: str, bad: str) -> Iterator[str]:
    """Go through every page, and one shift to its end; yield the name of each state reached."""
    yield from _pages(page, address, bad)
    begun(page, address, "shift")
    yield from _drill(page)
    go(page, "Go on: read the log")
    yield from _hunt(page)
    go(page, "Go on: draft the postmortem")
    yield from _draft(page)
    _open(page, f"{address}report")
    yield "report"
    _open(page, address)
    yield "home, practised"


def _pages(page: Page, address: str, bad: str) -> Iterator[str]:
    for name in ("report", "near_miss", "postmortem", "shift"):
        _open(page, f"{address}{name}")
        yield f"{name}, nothing yet"
    for says, where in {
        "404": f"{address}nowhere",
        "403": address.replace("127.0.0.1", "elsewhere.localhost"),
        "failing": f"{bad}raises",
    }.items():
        page.goto(where)
        page.locator(".it-failure").wait_for()
        yield says
    _open(page, address)
    yield "home"
    page.locator(".it-who summary").click()
    yield "who one is"
    begun(page, address, "declare")
    with _offline(page):
        yield "connection lost"


def _drill(page: Page) -> Iterator[str]:
    drill, *_ = exercises(library.shipped()[SHIFT]).values()
    yield "first step"
    _refused(page, "Save and go on")
    yield "first step, missing"
    go(page, "Hint")
    yield "first step, hint"
    choose(page, CHOICES["triage"])
    yield "first step, triage"
    choose(page, CHOICES["declare"])
    _refused(page, "Save and go on")
    yield "first step, declare, missing"
    _watch(page)
    go(page, drill.scenario.evidence[0].label)
    yield "evidence"
    while page.locator(".it-spark:visible").count() == 0:
        _watch(page)
    yield "a picture"
    for _ in range(3):
        _watch(page)
    _declare(page)
    yield "declare, all given"
    go(page, "Save and go on")
    yield "declared"
    while page.locator(".it-verdict").count() == 0:
        go(page, "Go on")
    yield "drill, feedback"
    go(page, "Judge it by")
    _unfold(page)
    yield "drill, another rule"


def _hunt(page: Page) -> Iterator[str]:
    _, hunt, _ = exercises(library.shipped()[SHIFT]).values()
    yield "log"
    _refused(page, "Raise these flags")
    go(page, "Hint")
    for flag in hunt.exemplar.flags:
        page.locator(f"input[value={flag.line}]").check()
    page.locator("input[type=checkbox]").first.click()
    yield "log, a fourth flag"
    go(page, "Raise these flags")
    _refused(page, "Save and go on")
    yield "facts, missing"
    for number, flag in enumerate(hunt.exemplar.flags, 1):
        for question, answer in flag.facts.model_dump(exclude_none=True).items():
            page.locator(f"input:visible[name*={question}][value={answer}]").check(force=True)
        yield f"facts {number}"
        go(page, "Save and go on")
    yield "hunt, feedback"


def _draft(page: Page) -> Iterator[str]:
    *_, draft = exercises(library.shipped()[SHIFT]).values()
    yield "draft"
    _refused(page, "Hand in the draft")
    go(page, "Hint")
    yield "draft, missing"
    for label, words in _written(draft.exemplar).items():
        page.get_by_label(label).fill(words)
    page.get_by_label("Action item candidates, 3").fill("y" * 501)
    go(page, "Hand in the draft")
    yield "draft, refused"
    page.get_by_label("Action item candidates, 3").fill("")
    go(page, "Hand in the draft")
    for number, said in enumerate(draft.exemplar.candidates, 1):
        yield f"effect {number}"
        page.locator(f"input[value={said.does}]").check()
        _refused(page, "Save and go on")
        yield f"effect {number}, missing"
        page.locator(f"input:visible[value='{said.target}']").check()
        go(page, "Save and go on")
    _unfold(page)
    yield "last feedback"


def _written(draft) -> dict[str, str]:
    """What the exemplar writes, by label."""
    said = {
        "Impact": draft.impact,
        "Contributing factors": draft.factors,
        "Where we got lucky": draft.luck,
    }
    actions = enumerate(draft.candidates, 1)
    return said | {f"Action item candidates, {number}": c.text for number, c in actions}


def _open(page: Page, where: str) -> None:
    page.goto(where)
    page.locator("body[data-ready] .it-title").wait_for()


def _refused(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()
    page.locator(".it-missing").first.wait_for()


def _watch(page: Page) -> None:
    choose(page, CHOICES["watch"])
    go(page, "Save and go on")


def _declare(page: Page) -> None:
    choose(page, CHOICES["declare"])
    for name in ("who", "severity", "impact"):
        page.locator(f"input:visible[name*={name}]").nth(1).check(force=True)


def _unfold(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")


@contextmanager
def _offline(page: Page) -> Iterator[None]:
    page.context.set_offline(True)
    page.evaluate("sockets.forEach((socket) => socket.close())")
    page.locator(".it-news[data-tone=lost]").wait_for()
    yield
    page.context.set_offline(False)


# What is wrong in any of them


@pytest.fixture(scope="module")
def bad(tmp_path_factory) -> Iterator[str]:
    """The address of a course whose notebook fails."""
    with serving(tmp_path_factory.mktemp("bad"), {"raises": "1 / 0"}) as course:
        yield f"http://127.0.0.1:{course.port}/"


@contextmanager
def visiting(browser, width: int = 1280, **how) -> Iterator[Page]:
    """A page with our probes in it; axe brings a script of its own, so the policy is let go."""
    size = {"width": width, "height": TALL}
    context = browser.new_context(
        viewport=size, bypass_csp=True, **{"reduced_motion": "reduce", **how}
    )
    context.add_init_script(path=PROBES)
    context.add_init_script(SOCKETS + LISTEN)
    yield watched(context.new_page())
    context.close()


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def found(request, browser, served, bad) -> dict[str, list[str]]:
    """What is wrong in any state, by what was asked."""
    theme, width = request.param
    wrong: dict[str, list[str]] = defaultdict(list)
    with visiting(browser, width, color_scheme=theme) as page:
        for state in tour(page, served[0], bad):
            for rule in AXE.run(page, options=RULES).response["violations"]:
                where = [" ".join(map(str, node["target"])) for node in rule["nodes"]]
                wrong["axe"].append(f"{state}: {rule['id']}: {', '.join(where)}")
            page.keyboard.press("Shift")  # from here on the focus is a keyboard's
            _note(wrong, state, page.evaluate("probes.every()"))
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            _note(wrong, state, {"enlarged": page.evaluate("probes.one('cut')")})
            page.evaluate("document.documentElement.style.fontSize = ''")
            wrong["states"].append(state)
    return wrong


def _note(wrong: dict[str, list[str]], state: str, news: dict[str, list[str]]) -> None:
    for asked, told in news.items():
        wrong[asked] += [f"{state}: {each}" for each in told]


def test_axe_finds_nothing_in_any_state(found):
    assert found["axe"] == []


def test_every_page_has_one_heading_of_its_own_a_title_a_language_and_a_main(found):
    assert found["outline"] == []


def test_every_choice_is_a_named_radio_in_a_fieldset_with_a_legend(found):
    assert found["choices"] == []


def test_what_is_operated_is_large_enough_to_hit(found):
    assert found["targets"] == []


def test_nothing_is_cut_and_nothing_scrolls_sideways(found):
    assert found["cut"] == []


def test_nothing_is_cut_with_text_twice_as_large(found):
    assert found["enlarged"] == []


def test_where_the_keyboard_is_can_be_seen(found):
    assert found["rings"] == []


def test_every_picture_has_a_name_named_parts_and_a_text_twin(found):
    assert found["pictures"] == []


def test_text_in_pictures_stands_out(found):
    assert found["inks"] == []


def test_a_mark_is_a_sign_and_a_word(found):
    assert found["marks"] == []
