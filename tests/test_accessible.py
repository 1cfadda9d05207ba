"""The course for those who hear it, press keys, see little or enlarge: axe, and what it misses."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from browsing import (
    SHIFT,
    begun,
    call,
    choose,
    drafting,
    go,
    moved_on,
    to_the_end,
    token,
    watched,
)
from playwright.sync_api import Locator, Page, expect
from serving import serving

from incident_training import library
from incident_training.kinds import exercises
from incident_training.kinds.base import exemplar
from incident_training.kinds.candidates import DOES
from incident_training.kinds.near_miss import QUESTIONS
from incident_training.kinds.run import Call, Look, evidence_of
from incident_training.kinds.vocabulary import CHOICES, DEADLINES, OTHERS, OVER, OWNERS, RUNG, WHO
from incident_training.kinds.workbook import SECTIONS
from incident_training.store import Store, pseudonym

pytestmark = pytest.mark.browser

PROBES = Path(__file__).with_name("probes.js")
AXE = Axe("0")  # its script comes with each page, not with each question
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # nothing here comes from elsewhere
}
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOKS = [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)]
FORCED = ("the system's", 1280)
TALL = 720
AIMS = {"strengthens": "Which one?", "adds": "Where?", "seen_at": "At which moment?"}
APART = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
* { word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""  # WCAG 1.4.12
LISTEN = """
window.said = [];
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const node = target.closest ? target : target.parentElement;
    const region = node?.closest("[role=status], [role=alert]");
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


TRIAGE = Call(at=0, choice="triage", who="log", owner="me", minutes=5, would="A second room")
VALUES = "all => all.map((one) => one.value)"

# Every state of the course


def tour(page: Page, address: str, bad: str) -> Iterator[str]:
    """Go through every page, and one shift to its end; yield the name of each state reached."""
    yield from _pages(page, address, bad)
    yield from _room(page, address)
    _open(page, f"{address}shift")
    yield "a choice of shifts"
    go(page, library.shipped()[SHIFT].title)
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
    for name in (
        *("report", "near_miss", "postmortem", "deck", "preview"),
        *("lessons", "demonstrate", "notes", "hazard", "harvest", "register", "raising", "clinic"),
        "definitions",
    ):
        _open(page, f"{address}{name}")
        yield f"{name}, nothing yet"
    for here in ("Write your own", "All definitions", "Describe a situation"):
        go(page, here)
        yield f"definitions: {here}"
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


def _room(page: Page, address: str) -> Iterator[str]:
    """A shift with a room, its notes, and a lesson answered."""
    _open(page, f"{address}demonstrate")
    go(page, library.shipped()[SHIFT].title)
    yield "with a room"
    go(page, "Next")
    go(page, "Take hands")
    yield "hands"
    for number, count in enumerate(("4", "9", "6", "2", "0")):
        page.locator(".it-counts input").nth(number).fill(count)
    go(page, "Show the spread")
    yield "the spread"
    go(page, "Reveal")
    yield "revealed"
    _open(page, f"{address}notes")
    yield "notes"
    _open(page, f"{address}demonstrate")
    go(page, "Skip to the end")
    yield "debrief"
    _open(page, f"{address}lessons")
    page.locator(".it-card").first.click()
    page.locator("form").wait_for()
    yield "a lesson"
    page.locator(".it-option:visible").first.click()
    go(page, "Save")
    yield "a lesson, answered"


def _drill(page: Page) -> Iterator[str]:
    drill = exercises(library.shipped()[SHIFT])["declaration"]
    yield "first step"
    _refused(page, "Save and go on")
    yield "first step, missing"
    go(page, "Hint")
    yield "first step, hint"
    choose(page, CHOICES["triage"])
    yield "first step, triage"
    _refused(page, "Save and go on")
    yield "first step, triage, missing"
    choose(page, CHOICES["declare"])
    _refused(page, "Save and go on")
    yield "first step, declare, missing"
    _watch(page)
    go(page, drill.scenario.evidence[0].label)
    yield "evidence"
    while page.locator(".it-spark:visible").count() == 0:
        _watch(page)
    yield "a picture"
    call(page, TRIAGE)
    yield "a triage that runs"
    while page.get_by_text("Your triage rings").count() == 0:
        _watch(page)
    choose(page, RUNG["hand"])
    yield "a triage that rings"
    call(page, Call(at=0, choice="hand", to="oncall"))
    _declare(page)
    yield "declare, all given"
    go(page, "Save and go on")
    yield "declared"
    over = page.get_by_role("group", name="Is it over?")
    while over.count() == 0:
        go(page, "Go on")
    yield "is it over?"
    to_the_end(page)
    yield "drill, feedback"
    go(page, "Judge it by")
    _unfold(page)
    yield "drill, another rule"


def _hunt(page: Page) -> Iterator[str]:
    hunt = exercises(library.shipped()[SHIFT])["near_miss"]
    yield "log"
    _refused(page, "Raise these flags")
    go(page, "Hint")
    for flag in exemplar(hunt).flags:
        page.locator(f"input[value={flag.line}]").check()
    page.locator("input[type=checkbox]").first.click()
    yield "log, a fourth flag"
    go(page, "Raise these flags")
    _refused(page, "Save and go on")
    yield "facts, missing"
    for number, flag in enumerate(exemplar(hunt).flags, 1):
        for question, answer in flag.facts.model_dump(exclude_none=True).items():
            page.locator(f"input:visible[name*={question}][value={answer}]").check(force=True)
        yield f"facts {number}"
        go(page, "Save and go on")
    yield "hunt, feedback"


def _draft(page: Page) -> Iterator[str]:
    draft = exercises(library.shipped()[SHIFT])["postmortem"]
    yield "draft"
    _refused(page, "Hand in the draft")
    go(page, "Hint")
    yield "draft, missing"
    wanted = exemplar(draft)
    for label, words in _written(wanted).items():
        page.get_by_label(label).fill(words)
    for number, said in enumerate(wanted.candidates, 1):
        _verb(page, number).fill(said.text)
    _verb(page, 3).fill("y" * 501)
    go(page, "Hand in the draft")
    yield "draft, refused"
    _verb(page, 3).fill(wanted.candidates[2].text)
    go(page, "Ask me")
    yield "draft, asked about"
    page.get_by_role("button", name="Leave it as it is").first.click()
    yield "draft, one left as it is"
    go(page, "Hand in the draft")
    yield from _planning(page, wanted)
    for number, said in enumerate(wanted.candidates, 1):
        yield f"effect {number}"
        page.locator(f"input[value={said.does}]").check()
        if said.target:
            _refused(page, "Save and go on")
            yield f"effect {number}, missing"
            page.locator(f"input:visible[value='{said.target}']").check()
        go(page, "Save and go on")
    yield "a commitment"
    go(page, "Finish")
    _unfold(page)
    yield "last feedback"


def _planning(page: Page, wanted) -> Iterator[str]:
    yield "planning"
    _refused(page, "Take these")
    yield "planning, nothing taken"
    for item in wanted.plan.taken:
        page.locator(f"input[value={item}]").check()
    go(page, "Take these")
    _refused(page, "Save and go on")
    yield "declined, missing"
    for item, why in wanted.plan.declined.items():
        page.locator(f"input[id*=why-{item}]").fill(why)
    go(page, "Save and go on")


def _written(draft) -> dict[str, str]:
    """What the exemplar writes, by label."""
    return {SECTIONS[name].legend: draft.said(name) for name in ("impact", "factors", "lucky")}


def _verb(page: Page, number: int) -> Locator:
    """The line in which a draft's candidate is written."""
    return page.get_by_role("group", name=f"Candidate {number}").get_by_label("Verb")


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
    """A page with axe and our probes in it, for which its own policy is let go."""
    size = {"width": width, "height": TALL}
    still = {"reduced_motion": "reduce", "bypass_csp": True}
    context = browser.new_context(viewport=size, **(still | how))
    context.add_init_script(AXE_SCRIPT)
    context.add_init_script(path=PROBES)
    context.add_init_script(SOCKETS + LISTEN)
    yield watched(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def toured(browser, served, bad) -> dict[tuple[str, int], dict[str, str]]:
    """What is wrong in any state, a line each, by look and by what was asked.

    A phone's tour, stopped in every state to look at it in every way.
    """
    wrong = {look: Wrong() for look in (*LOOKS, FORCED)}
    with visiting(browser, 320) as page:
        for state in tour(page, served[0], bad):
            for theme, width in LOOKS:
                page.set_viewport_size({"width": width, "height": TALL})
                page.emulate_media(color_scheme=theme)
                # A theme changes colours and nothing else, so in the dark only those are asked.
                _note(page, state, wrong[theme, width], RULES if theme == "light" else COLOURS)
            page.set_viewport_size({"width": FORCED[1], "height": TALL})
            page.emulate_media(forced_colors="active")
            wrong[FORCED].note(state, {"axe": violations(page, COLOURS)})
            wrong[FORCED].note(state, page.evaluate("probes.forced()"))
            page.emulate_media(forced_colors="none", color_scheme="light")
            page.set_viewport_size({"width": 320, "height": TALL})
    return wrong


def _note(page: Page, state: str, wrong: "Wrong", rules: dict) -> None:
    wrong.note(state, {"axe": violations(page, rules)})
    page.keyboard.press("Shift")  # from here on the focus is a keyboard's
    wrong.note(state, page.evaluate("probes.every()"))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wrong.note(state, {"enlarged": page.evaluate("probes.one('cut')")})
    page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def found(request, toured) -> dict[str, str]:
    """What is wrong in one look."""
    return toured[request.param]


@pytest.fixture
def forced(toured) -> dict[str, str]:
    """What is wrong where the system chooses the colours, and wants nothing to move."""
    return toured[FORCED]


class Wrong(dict):
    """Lines of what is wrong, by what was asked."""

    def note(self, state: str, told: dict[str, Iterable[str]]) -> None:
        for asked, lines in told.items():
            new = "".join(f"{state}: {line}\n" for line in lines)
            self[asked] = self.get(asked, "") + new


def violations(page: Page, rules: dict) -> Iterator[str]:
    for rule in AXE.run(page, options=rules).response["violations"]:
        for node in rule["nodes"]:
            yield f"{rule['id']}: {' '.join(map(str, node['target']))}"


def test_axe_finds_nothing_in_any_state(found):
    assert found["axe"] == ""


def test_every_page_has_one_heading_of_its_own_a_title_a_language_and_a_main(found):
    assert found["outline"] == ""


def test_every_choice_is_a_named_radio_in_a_fieldset_with_a_legend(found):
    assert found["choices"] == ""


def test_what_is_operated_is_large_enough_to_hit(found):
    assert found["targets"] == ""


def test_nothing_is_cut_and_nothing_scrolls_sideways(found):
    assert found["cut"] == ""


def test_nothing_is_cut_with_text_twice_as_large(found):
    assert found["enlarged"] == ""


def test_where_the_keyboard_is_can_be_seen(found):
    assert found["rings"] == ""


def test_every_picture_has_a_name_named_parts_and_a_text_twin(found):
    assert found["pictures"] == ""


def test_text_in_pictures_stands_out(found):
    assert found["inks"] == ""


def test_a_mark_is_a_sign_and_a_word(found):
    assert found["marks"] == ""


def test_in_the_systems_own_colours_all_text_can_be_read(forced):
    assert forced["axe"] == ""


def test_in_the_systems_own_colours_controls_and_choices_can_be_seen(forced):
    assert forced["edges"] == ""


def test_in_the_systems_own_colours_the_keyboard_can_be_seen(forced):
    assert forced["rings"] == ""


def test_nothing_moves_for_those_who_want_it_still(forced):
    assert forced["motion"] == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_who_asks_for_contrast_gets_borders_and_no_soft_words(browser, served, theme):
    wrong = Wrong()
    with visiting(browser, color_scheme=theme, contrast="more") as page:
        begun(page, served[0], "declare")
        wrong.note("first step", page.evaluate("probes.contrasted()"))
        _open(page, served[0])
        wrong.note("home", page.evaluate("probes.contrasted()"))

    assert wrong["edges"] == ""
    assert wrong["soft"] == ""


def test_words_set_wider_apart_are_not_cut(browser, served):
    wrong = Wrong()
    with visiting(browser, width=320) as page:
        for name in ("declare", "near_miss"):
            begun(page, served[0], name)
            page.add_style_tag(content=APART)
            wrong.note(name, {"cut": page.evaluate("probes.one('cut')")})

    assert wrong["cut"] == ""


# By keyboard alone


@pytest.fixture(scope="module")
def typed(browser, served) -> "Typed":
    """A whole shift, from the home page to the last feedback, with no mouse."""
    with visiting(browser) as page:
        page.goto(served[0])
        page.locator("body[data-ready]").wait_for()
        shift = Typed(page, served[1])
        shift.play()
        yield shift


class Typed:
    """What was met on the way: after each step, where the focus is, and what has been said."""

    def __init__(self, page: Page, data: Path) -> None:
        self.page, self.keys, self.data = page, page.keyboard, data
        self.steps: list[dict] = []

    def play(self) -> None:
        scenario = library.shipped()[SHIFT]
        drill, hunt, draft, *_ = exercises(scenario).values()
        self.come_to("Start here")
        self.keys.press("Enter")
        self.page.wait_for_url("**/shift")
        self.page.locator("body[data-ready]").wait_for()
        self.regions = self.page.locator(".it > [role]").element_handles()
        self.come_to(scenario.title)
        self.step("Enter")
        self.come_to(scenario.evidence[0].label)
        self.step("Enter")
        self.drill(exemplar(drill))
        self.come_to("Go on: read the log")
        self.step("Enter")
        self.hunt(hunt)
        self.come_to("Go on: draft the postmortem")
        self.step("Enter")
        self.draft(exemplar(draft))

    def drill(self, wanted) -> None:
        for act in wanted.acts:
            if isinstance(act, Look):
                self.come_to(evidence_of(library.shipped()[SHIFT], act.evidence).label)
            elif act.over:
                self.keys.press(str([*OVER].index(act.over) + 1))
            elif act.choice:
                rung = self.page.get_by_text("Your triage rings").count()
                offered = self.page.locator("[data-keys] input").evaluate_all(VALUES)
                assert ("watch" in offered) == (not rung)
                self.keys.press(str(offered.index(act.choice) + 1))
                self.give("Who needs to know", WHO.get(act.who))
                self.give("Who holds it from", OTHERS.get(act.to))
                self.give("Who holds it?", OWNERS.get(act.owner))
                self.give("When does it ring", DEADLINES.get(str(act.minutes)))
                if act.would:
                    self.come_to("What would make you declare?")
                    self.keys.type(act.would)
                self.give("Severity", act.severity)
                self.give("Impact", act.impact)
            self.step("Enter")

    def hunt(self, hunt) -> None:
        for flag in exemplar(hunt).flags:
            self.come_to(hunt.line(flag.line).text)
            self.keys.press("Space")
        self.step("Enter")
        for flag in exemplar(hunt).flags:
            for name, answer in flag.facts.model_dump(exclude_none=True).items():
                question, options = QUESTIONS[name]
                self.give(question, options[answer])
            self.step("Enter")

    def draft(self, wanted) -> None:
        for label, words in _written(wanted).items():
            self.come_to(label)
            self.keys.type(words)
        for said in wanted.candidates:
            self.come_to("Verb, what, until what is true")
            self.keys.type(said.text)
        self.come_to("Hand in the draft")
        self.step("Space")
        text = {f"own-{number}": said.text for number, said in enumerate(wanted.candidates)}
        for item in wanted.plan.taken:
            self.come_to(text[item])
            self.keys.press("Space")
        self.step("Enter")
        for item, why in wanted.plan.declined.items():
            self.come_to(text[item])
            self.keys.type(why)
        self.step("Enter")
        for said in wanted.candidates:
            self.keys.press(str([*DOES].index(said.does) + 1))
            if said.target:
                self.give(AIMS[said.does], self.option(said.target))
            self.step("Enter")
        self.step("Enter")  # the commitment may stay empty

    def option(self, value: str) -> str:
        return self.page.locator(f"label:has(input[value='{value}']):visible").inner_text()

    def come_to(self, name: str) -> None:
        for _ in range(200):
            self.keys.press("Tab")
            if name in self.page.evaluate("probes.here()"):
                return
        raise AssertionError(f"Tab does not come to {name!r}")

    def give(self, legend: str, option: str | None) -> None:
        """Tab to a group of radios, then the arrows."""
        if option is None:
            return
        for _ in range(60):
            self.keys.press("Tab")
            if self.page.evaluate("probes.group()").startswith(legend):
                break
        self.keys.press("Space")
        for _ in range(20):
            if self.page.evaluate("probes.here()").startswith(option):
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to {option!r}")

    def step(self, key: str) -> None:
        """Press what sends, and note what comes of it."""
        self.page.evaluate("said.length = 0")
        with moved_on(self.page):
            self.keys.press(key)
        self.page.wait_for_function("said.length")
        self.steps.append(self.page.evaluate("probes.met()"))


def test_a_whole_shift_is_played_by_keyboard_alone(typed):
    who = pseudonym(token(typed.page))
    attempts = [
        each for each in Store(typed.data / "training.sqlite").attempts() if each.who == who
    ]

    assert [attempt.kind for attempt in attempts] == ["declaration", "near_miss", "postmortem"]
    assert {attempt.scenario for attempt in attempts} == {SHIFT}
    assert [attempt.score for attempt in attempts] == [1.0, 1.0, 1.0]


def test_after_every_step_the_keyboard_stands_at_what_is_new(typed):
    assert [step["title"] for step in typed.steps if not step["at_new"]] == []


def test_nothing_is_chosen_beforehand(typed):
    assert [step["title"] for step in typed.steps if step["chosen"]] == []


def test_what_is_new_on_a_screen_is_said(typed):
    """By the status: a focus that was lost with its element is not always read out."""
    unsaid = [step for step in typed.steps if step["new"] not in " ".join(step["said"])]

    assert [step["new"] for step in unsaid] == []


def test_what_a_picture_shows_is_said(typed):
    shown = [step for step in typed.steps if step["shown"]]

    assert shown
    assert [s["shown"] for s in shown if s["shown"] not in " ".join(s["said"])] == []


def test_the_regions_that_speak_are_there_from_the_first_moment(typed):
    roles = [region.get_attribute("role") for region in typed.regions]

    assert sorted(roles) == ["alert", "status"]
    assert all(region.evaluate("region => region.isConnected") for region in typed.regions)


def test_that_a_step_is_saved_is_said(typed):
    kept = [step for step in typed.steps if step["saved"]]

    assert kept
    assert [step["said"] for step in kept if "Saved." not in " ".join(step["said"])] == []


def test_what_the_focus_reads_out_is_not_said_again(typed):
    doubled = [step for step in typed.steps if step["here"] in " ".join(step["said"])]

    assert [step["here"] for step in doubled] == []


@pytest.mark.parametrize(
    "name",
    [
        *("", "shift", "deck", "report", "definitions", "lessons", "demonstrate", "notes"),
        *("hazard", "harvest", "register", "raising"),
    ],
)
def test_tab_comes_to_everything_in_reading_order_and_back(browser, served, name):
    with visiting(browser) as page:
        _open(page, f"{served[0]}{name}")
        wanted = page.evaluate("probes.stops().map(probes.name)")
        there = [_pressed(page, "Tab") for _ in wanted]
        out = _pressed(page, "Tab")
        back = [_pressed(page, "Shift+Tab") for _ in wanted]

    assert there == wanted
    assert out not in wanted  # no trap
    assert back == wanted[::-1]


def _pressed(page: Page, key: str) -> str:
    page.keyboard.press(key)
    return page.evaluate("probes.here()")


def test_tab_comes_to_everything_of_a_step_and_back(browser, served):
    with visiting(browser) as page:
        begun(page, served[0], "declare")
        choose(page, CHOICES["declare"])
        page.evaluate("document.activeElement.blur()")
        page.reload()
        page.locator("form").wait_for()
        wanted = page.evaluate("probes.stops().map(probes.name)")

        assert [_pressed(page, "Tab") for _ in wanted] == wanted
        assert _pressed(page, "Tab") not in wanted
        assert [_pressed(page, "Shift+Tab") for _ in wanted] == wanted[::-1]


def test_a_missing_answer_is_tied_to_its_question(browser, served):
    with visiting(browser) as page:
        begun(page, served[0], "declare")
        page.get_by_role("button", name="Save and go on").press("Enter")
        page.locator(".it-missing").wait_for()
        first = page.locator("input:focus")

        assert page.evaluate("probes.group()") == "Your call, on what you know now"
        assert first.get_attribute("aria-invalid") == "true"
        described = first.get_attribute("aria-describedby")
        assert page.locator(f"#{described}").inner_text() == "Choose one to go on."


def test_a_missing_answer_is_said_once(browser, served):
    """By the focus that comes to it; by the region only where the focus stood there already."""
    with visiting(browser) as page:
        begun(page, served[0], "declare")
        page.get_by_role("button", name="Save and go on").press("Enter")
        page.locator(".it-missing").wait_for()
        page.wait_for_timeout(300)  # that nothing comes cannot be waited for
        first = page.evaluate("said.splice(0)")
        page.keyboard.press("Enter")
        page.wait_for_function("said.length")

    assert [text for role, text in first if role == "alert"] == []


def test_digits_in_a_text_do_not_choose(browser, served):
    with visiting(browser) as page:
        begun(page, served[0], "declare")
        page.evaluate("""() => {
          const input = document.createElement("input");
          input.type = "text";
          document.querySelector(".it-left").append(input);
          input.focus();
        }""")
        page.keyboard.type("123")

        assert page.locator(".it-left input[type=text]").input_value() == "123"
        assert page.locator("input:checked").count() == 0


def test_a_page_just_opened_hears_the_keys_and_who_wants_no_single_keys_turns_them_off(
    browser, served
):
    with visiting(browser) as page:
        begun(page, served[0], "declare")
        page.reload()
        page.locator("form").wait_for()
        page.keyboard.press("2")
        assert page.locator("input:checked").count() == 1

        _open(page, served[0])
        page.locator(".it-who summary").click()
        page.get_by_role("button", name="Turn these keys off").click()
        begun(page, served[0], "near_miss")
        begun(page, served[0], "shift")
        page.keyboard.press("2")
        assert page.locator("input:checked").count() == 0


def test_a_graph_is_one_stop_and_the_arrows_go_through_it(browser, served):
    with visiting(browser) as page:
        begun(page, served[0], "near_miss")
        for _ in range(2):  # none is raised
            page.get_by_role("button", name="Raise these flags").click()
        page.locator(".it-verdict").first.wait_for()
        _unfold(page)
        page.locator("svg g[tabindex='0']").first.focus()
        names = page.locator("svg:has(:focus) g[tabindex]").evaluate_all(
            "all => all.map((part) => part.getAttribute('aria-label'))"
        )
        there = [_pressed(page, "ArrowRight") for _ in names[1:]]
        stays = _pressed(page, "ArrowDown")
        back = _pressed(page, "ArrowLeft")

    assert [*there, stays, back] == [*names[1:], names[-1], names[-2]]


def test_enter_in_a_text_makes_a_line_and_sends_nothing(browser, served):
    with visiting(browser) as page:
        drafting(page, served[0])
        page.get_by_label("Impact").focus()
        page.keyboard.type("9 learners\nfor an hour")

        assert page.get_by_label("Impact").input_value() == "9 learners\nfor an hour"
        assert page.locator(".it-missing").count() == 0


def test_that_a_draft_is_saved_is_said_once(browser, served):
    with visiting(browser) as page:
        drafting(page, served[0])
        page.evaluate("said.length = 0")
        for words in ("9 learners", " for an hour"):
            page.get_by_label("Impact").press_sequentially(words)
            page.wait_for_timeout(1500)  # it is sent when the writer pauses

        assert page.evaluate("said.map(([, text]) => text)") == ["Draft saved."]


def test_the_skip_link_leads_to_the_content_and_leaves_the_address(browser, served):
    with visiting(browser) as page:
        _open(page, f"{served[0]}declare")
        address = page.url
        page.keyboard.press("Tab")
        assert page.evaluate("probes.here()") == "Skip to the content"
        assert (
            page.locator(".it-skip").evaluate("node => getComputedStyle(node).clipPath") == "none"
        )
        page.keyboard.press("Enter")

        expect(page.locator("main")).to_be_focused()
        assert page.url == address
        page.keyboard.press("Tab")
        assert page.evaluate("probes.here()") == "Home"


def test_a_connection_lost_is_said_at_once_and_its_return_politely(browser, served):
    with visiting(browser) as page:
        begun(page, served[0], "declare")
        page.evaluate("said.length = 0")
        with _offline(page):
            page.wait_for_function("said.length")
        page.locator(".it-news[data-tone=back]").wait_for()
        page.wait_for_function("said.some(([, text]) => text.includes('Connected again'))")
        said = [each for each in page.evaluate("said") if "onnect" in each[1]]

    assert [role for role, _ in said] == ["alert", "status"]


# One screen


@pytest.mark.parametrize(
    "name", [n for n, s in library.shipped().items() if not s.card and s.asks("declaration")]
)
def test_a_step_needs_no_scrolling(browser, served, name):
    tall, folded = [], []
    with visiting(browser) as page:
        begun(page, served[0], "declare", name)
        while page.locator(".it-verdict").count() == 0:
            for key in ("1", "2"):  # to declare and to triage ask the most
                page.keyboard.press(key)
                tall.append(page.evaluate("document.documentElement.scrollHeight"))
            folded.append(page.evaluate("probes.unfolded()"))
            page.keyboard.press("3")
            tall.append(page.evaluate("document.documentElement.scrollHeight"))
            look = page.locator(".it-look").first
            with moved_on(page):
                look.click() if len(tall) % 6 == 0 and look.count() else page.keyboard.press(
                    "Enter"
                )

    assert len(folded) > 8
    assert max(tall) <= TALL
    assert max(folded) <= 3


def test_on_a_phone_there_is_one_column(browser, served):
    with visiting(browser, width=390) as page:
        begun(page, served[0], "declare")
        left, right = (page.locator(f".it-{side}").bounding_box() for side in ("left", "right"))

    assert left["x"] == right["x"]
    assert left["y"] + left["height"] <= right["y"]
