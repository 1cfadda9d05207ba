"""The course as a person meets it: the command, a real Voila, a real browser, a real database."""

import re
import socket

import pytest
from browsing import SHIFT, begun, call, choose, drafting, go, moved_on, token
from playwright.sync_api import expect
from serving import serving

from incident_training import library
from incident_training.kinds import exercises
from incident_training.kinds.base import exemplar
from incident_training.kinds.vocabulary import CHOICES
from incident_training.kinds.workbook import SECTIONS
from incident_training.store import Store, pseudonym

pytestmark = pytest.mark.browser


def test_a_whole_shift_is_played_by_clicking_and_survives_a_reload(served, page):
    address, data = served
    scenario = library.shipped()[SHIFT]
    drill, hunt, draft, *_ = exercises(scenario).values()

    page.goto(address)
    page.get_by_role("link", name=re.compile("Start here")).click()
    page.get_by_role("button", name=scenario.title).click()
    page.get_by_text(scenario.briefing[:40]).wait_for()

    acts = exemplar(drill).acts
    for number, act in enumerate(acts):
        if number == len(acts) // 2:
            shown = page.locator(".it-screen").inner_text()
            page.reload()
            page.locator(".it-clock").wait_for()
            assert _plain(page.locator(".it-screen").inner_text()) == _plain(shown)
        call(page, act)
    verdict(page, "as soon as the facts met your rule")

    go(page, "Go on: read the log")
    for flag in exemplar(hunt).flags:
        page.locator(f"input[type=checkbox][value={flag.line}]").check()
    go(page, "Raise these flags")
    for flag in exemplar(hunt).flags:
        for question, answer in flag.facts.model_dump(exclude_none=True).items():
            page.locator(f"fieldset:visible input[value={answer}]").and_(
                page.locator(f"input[name*={question}]")
            ).check()
        go(page, "Save and go on")
    page.get_by_role("heading", name="What held?").wait_for()

    go(page, "Go on: draft the postmortem")
    wanted = exemplar(draft)
    assert "your call: declare" in page.get_by_label("Timeline").input_value()
    for section in ("impact", "factors", "lucky"):
        page.get_by_label(SECTIONS[section].legend).fill(wanted.said(section))
    for number, candidate in enumerate(wanted.candidates, start=1):
        verb(page, number).fill(candidate.text)
    go(page, "Hand in the draft")
    for item in wanted.plan.taken:
        page.locator(f"input[value={item}]").check()
    go(page, "Take these")
    for item, why in wanted.plan.declined.items():
        page.locator(f"input[id*=why-{item}]").fill(why)
    go(page, "Save and go on")
    for candidate in wanted.candidates:
        page.locator(f"input[value={candidate.does}]").check()
        if candidate.target:
            page.locator(f"input:visible[value='{candidate.target}']").check()
        go(page, "Save and go on")
    go(page, "Finish")
    verdict(page, "action candidates change the story")

    attempts = Store(data / "training.sqlite").attempts()
    assert [attempt.kind for attempt in attempts] == ["declaration", "near_miss", "postmortem"]
    assert {attempt.scenario for attempt in attempts} == {SHIFT}
    assert [attempt.score for attempt in attempts] == [1.0, 1.0, 1.0]
    assert len({attempt.who for attempt in attempts}) == 1

    page.locator(".it-home").click()
    page.get_by_text("practised").first.wait_for()


def verb(page, number: int):
    """The line in which a draft's candidate is written."""
    return page.get_by_role("group", name=f"Candidate {number}").get_by_label("Verb")


def verdict(page, words: str) -> None:
    page.locator(".it-verdict", has_text=words).first.wait_for()


def _plain(text: str) -> str:
    """Text without what a reload may say differently."""
    return re.sub(r"\s+", " ", text.replace("Saved.", "")).strip()


@pytest.mark.parametrize(
    "name",
    [
        *("declare", "near_miss", "postmortem", "shift", "report", "deck", "definitions", ""),
        *("lessons", "demonstrate", "notes", "hazard", "harvest", "register", "raising", "clinic"),
    ],
)
def test_no_page_gives_a_shift_away_before_it_is_played(served, page, name):
    address, _ = served
    bodies = []
    page.on("response", lambda r: bodies.append(r) if "/front/" not in r.url else None)

    page.goto(f"{address}{name}")
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
    page.goto(f"{address}declare")
    page.get_by_role("button", name=library.shipped()[SHIFT].title).press("Enter")
    page.locator(".it-clock").wait_for()
    before = page.locator(".it-clock").inner_text()

    page.keyboard.press("3")
    assert page.get_by_role("radio", name="Keep watching").is_checked()
    page.keyboard.press("Enter")

    page.wait_for_function(
        "was => document.querySelector('.it-clock').innerText !== was", arg=before
    )


def test_a_damaged_link_does_not_cost_anybody_their_work(served, page):
    address, _ = served
    page.goto(address)
    page.locator(".it-title").wait_for()
    own = token(page)

    for me in ("nonsense", "f" * 32):  # cut short; somebody else's
        page.goto("about:blank")
        page.goto(f"{address}#me={me}")
        page.get_by_role("link", name=re.compile("Start here")).wait_for()
        assert token(page) == own
        assert page.url == address  # a projector shows it

    page.context.new_page().goto(address)
    page.locator(".it-title").wait_for()
    assert token(page) == own


def test_a_log_without_a_flag_is_asked_about_once(served, page):
    address, _ = served
    page.goto(f"{address}near_miss")
    page.get_by_role("button", name=library.shipped()[SHIFT].title).click()
    button = page.get_by_role("button", name="Raise these flags")

    button.click()
    page.get_by_text("Press again to go on without one.").first.wait_for()
    button.click()

    verdict(page, "You found 0 of the 3 lines that matter.")


def test_a_draft_survives_a_hint_and_a_reload(served, page):
    drafting(page, served[0])
    page.get_by_label("Impact").fill("43 learners")
    verb(page, 1).fill("Look at the door")

    go(page, "Hint")
    page.reload()
    page.locator("form").wait_for()

    assert page.get_by_label("Impact").input_value() == "43 learners"
    assert verb(page, 1).input_value() == "Look at the door"


def test_a_browser_that_keeps_nothing_keeps_what_is_on_the_page(served, page):
    forbid = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    page.add_init_script(forbid)
    drafting(page, served[0])
    page.get_by_label("Impact").fill("43 learners")

    go(page, "Hint")

    assert page.get_by_label("Impact").input_value() == "43 learners"


def test_a_fourth_flag_is_not_raised(served, page):
    begun(page, served[0], "near_miss")
    boxes = page.locator("input[type=checkbox]")
    for number in range(4):
        boxes.nth(number).click()

    assert [boxes.nth(number).is_checked() for number in range(4)] == [True, True, True, False]
    page.get_by_text("Lower one to raise another.").wait_for()


def test_one_thing_is_asked_at_a_time(served, page):
    address, data = served
    begun(page, address, "declare")
    me = token(page)

    page.get_by_role("button", name="Hint").evaluate(
        "button => { button.click(); button.click(); }"
    )
    page.locator(".it-hint").wait_for()

    events = Store(data / "training.sqlite").events(who=pseudonym(me))
    assert [event.name for event in events] == ["begin", "hint"]


def test_a_refusal_is_read_out(served, page):
    drafting(page, served[0])
    for label in ("Impact", "Contributing factors", "Where we got lucky"):
        page.get_by_label(label).fill("x")
    verb(page, 1).fill("y" * 501)

    page.get_by_role("button", name="Hand in the draft").click()

    page.locator("[role=alert]", has_text="under 500 characters").wait_for(state="attached")
    assert page.get_by_label("Impact").input_value() == "x"


def test_enter_in_a_line_goes_to_the_next_and_sends_nothing(served, page):
    drafting(page, served[0])
    verb(page, 1).fill("Look at the door")

    page.keyboard.press("Enter")

    expect(page.get_by_label("How will one know?").first).to_be_focused()
    assert page.locator(".it-missing").count() == 0


def test_what_is_missing_is_asked_for_every_time(served, page):
    begun(page, served[0], "declare")
    button = page.get_by_role("button", name="Save and go on")
    clock = page.locator(".it-clock").inner_text()

    button.click()
    page.locator(".it-missing").first.wait_for()
    button.click()
    page.wait_for_timeout(500)

    assert page.locator(".it-clock").inner_text() == clock
    assert page.locator(".it-line[data-tone=problem]").count() == 0  # never sent


def test_what_is_no_longer_asked_is_not_demanded_nor_sent(served, page):
    begun(page, served[0], "near_miss")
    page.locator("input[type=checkbox]").first.check()
    go(page, "Raise these flags")
    for name in ("started", "reached"):
        page.locator(f"input[name*={name}][value=yes]").check()
    page.locator("input[name*=harm]:visible").first.wait_for()

    page.locator("input[name*=started][value=no]").check()

    assert page.locator("input[name*=harm]:visible").count() == 0
    page.locator("input[name*=clock][value=no]").check()
    go(page, "Save and go on")
    verdict(page, "You found")


def test_a_double_click_answers_once(served, page):
    address, data = served
    begun(page, address, "declare")
    me = token(page)
    choose(page, CHOICES["declare"])
    for name in ("who", "severity", "impact"):
        page.locator(f"input:visible[name*={name}]").first.check(force=True)
    go(page, "Save and go on")
    box = page.get_by_role("button", name="Go on").bounding_box()

    page.mouse.move(box["x"] + 10, box["y"] + 10)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(250)

    steps = [
        e for e in Store(data / "training.sqlite").events(who=pseudonym(me)) if e.name == "step"
    ]
    assert len(steps) == 2


def test_what_was_typed_when_enter_was_pressed_is_not_on_the_next_step(served, page):
    address, _ = served
    begun(page, address, "declare")
    choose(page, CHOICES["triage"])
    for name in ("who", "owner", "minutes"):
        page.locator(f"input:visible[name*={name}]").first.check(force=True)
    page.get_by_label("What would make you declare?").fill("A second room")

    with moved_on(page):
        page.keyboard.press("Enter")

    page.wait_for_timeout(300)
    assert page.locator("input:checked").count() == 0
    assert page.get_by_label("What would make you declare?").input_value() == ""


def test_a_held_enter_answers_once(served, page):
    address, data = served
    begun(page, address, "declare")
    me = token(page)
    choose(page, CHOICES["declare"])
    for name in ("who", "severity", "impact"):
        page.locator(f"input:visible[name*={name}]").first.check(force=True)
    go(page, "Save and go on")
    page.locator("input:visible[name*=who]").first.focus()

    for _ in range(20):  # a key that is held repeats
        page.keyboard.down("Enter")
        page.wait_for_timeout(50)
    page.keyboard.up("Enter")

    steps = [
        e for e in Store(data / "training.sqlite").events(who=pseudonym(me)) if e.name == "step"
    ]
    assert len(steps) == 2


def test_words_that_were_refused_in_a_second_window_are_kept(served, page):
    drafting(page, served[0])
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Impact").fill("9 learners")
    for label in ("Contributing factors", "Where we got lucky"):
        other.get_by_label(label).fill("x")
    verb(other, 1).fill("x")
    other.get_by_role("button", name="Hand in the draft").click()
    other.locator(".it-verdict").first.wait_for()
    page.get_by_label("Impact").fill("my own long words")

    page.get_by_text("The page has moved on").first.wait_for()

    kept = page.evaluate("Object.values(localStorage)")
    assert "my own long words" in str(kept)


ASKED = """
from incident_training.widgets import blocks
from incident_training.widgets.workbench import Reading, Workbench


class Asked(Reading):
    name, given = "asked", None

    def __init__(self, who):
        pass

    def take(self, message):
        self.given = message["values"]

    def screen(self):
        sure = blocks.confidence("sure", "How likely is it that somebody is hurt?")
        shown = blocks.words(str(self.given)) if self.given else blocks.form("Go on", sure)
        return {"id": str(self.given), "stage": "play", "title": "Asked", "main": [shown]}


Workbench(Asked)
"""


def test_how_sure_one_is_has_six_steps_and_none_is_suggested(page, tmp_path):
    with serving(tmp_path, {"index": ASKED}) as course:
        page.goto(f"http://127.0.0.1:{course.port}/")
        steps = page.get_by_role("group", name="How likely").get_by_role("radio")
        steps.first.wait_for()

        assert [steps.nth(at).is_checked() for at in range(steps.count())] == [False] * 6
        page.get_by_role("button", name="Go on").click()
        page.get_by_text("Choose one to go on.").first.wait_for()
        page.keyboard.press("Space")  # focus is where the answer is missing
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")

        page.get_by_text("{'sure': '60'}").wait_for()


def test_an_injected_beacon_reaches_nobody(served, page):
    page.goto(served[0])
    page.locator(".it-title").wait_for()

    with socket.create_server(("127.0.0.1", 0)) as spy:
        spy.settimeout(1)
        blocked = page.evaluate(
            """(address) => new Promise((done) => {
              addEventListener("securitypolicyviolation", (one) => done(one.effectiveDirective));
              document.body.append(Object.assign(new Image(), { src: address }));
            })""",
            f"http://127.0.0.1:{spy.getsockname()[1]}/seen.png?by=me",
        )
        with pytest.raises(TimeoutError):
            spy.accept()

    assert blocked == "img-src"
    assert [said for said in page.raised if "img-src" in said]
    page.raised.clear()  # it was meant to be refused
