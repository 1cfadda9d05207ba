"""Nothing that a person gave is lost, and a person is told what is going on: in a real browser, with
a real server and real kernels that are killed, stopped, closed and refused their disk."""

import fcntl
import shutil
import sqlite3
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import psutil
import pytest
from browserless import Visitor, exemplar_step
from browsing import SHIFT, choose, go, noting, said, seconds_until, token, watched
from serving import served as serve
from serving import until

from incident_training import library
from incident_training.store import Store, pseudonym
from incident_training.widgets import PAGES, Play, Workbench

pytestmark = pytest.mark.browser

TOLD = 8  # seconds until a person is told that the line is lost
BACK = 15  # and until it is there again
LOST = "Connection lost. Your answers are kept on this computer."
AGAIN = "Connected again. Nothing was lost."
SAVED = "Saved."
BEEN = "✓ practised"
CARET = "[document.activeElement.value, document.activeElement.selectionStart]"


@pytest.fixture
def person(served):
    """The token of somebody who has lived through a shift, so that there is something to write."""
    return lived(served[1])


@pytest.fixture
def context(browser):
    context = noting(browser.new_context(viewport={"width": 1280, "height": 720}))
    yield context
    context.close()


@pytest.fixture
def page(context):
    page = watched(context.new_page())
    yield page

    assert page.raised == []


def lived(data):
    me, scenarios, store = uuid4().hex, library.shipped(), Store(data / "training.sqlite")
    play = Play(PAGES["declaration"], scenarios, store, pseudonym(me), _now)
    visitor = Visitor(Workbench(lambda who: play), me)
    visitor.send({"do": "choose", "name": SHIFT})
    while visitor.screen["stage"] == "play":
        exemplar_step(visitor, play.session)
    return me


def _now():
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def writing(page, address, person):
    """Stand before the draft of a shift."""
    page.goto(f"{address}postmortem#me={person}")
    page.get_by_role("button", name=library.shipped()[SHIFT].title).click()
    page.locator("form").wait_for()
    page.evaluate("window.same = true")
    return page.get_by_label("Impact")


def calling(page, address, name="declare"):
    """Stand before the first call of a shift."""
    page.goto(f"{address}{name}")
    page.get_by_role("button", name=library.shipped()[SHIFT].title).click()
    page.locator("form").wait_for()


def hand_in(page):
    for label in ("Contributing factors", "Where we got lucky", "Action item candidates, 1"):
        page.get_by_label(label).fill("x")
    page.get_by_role("button", name="Hand in the draft").click()


def kernel_of(page):
    return page.locator("[data-kernel]").get_attribute("data-kernel")


def events(data, me, *names):
    found = Store(data / "training.sqlite").events(who=pseudonym(me))
    return [event for event in found if not names or event.name in names]


def outbox(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.includes('.outbox/'))")


# Reloads


def test_a_reload_in_mid_sentence_changes_nothing(served, page, person):
    field = writing(page, served[0], person)
    field.press_sequentially("43 learners could not", delay=20)
    page.reload()

    page.locator("form").wait_for()
    assert page.get_by_label("Impact").input_value() == "43 learners could not"


def test_choices_and_flags_survive_a_reload(served, page):
    calling(page, served[0])
    choose(page, "Declare")
    chosen = "[...document.querySelectorAll('input')].map((each) => each.checked)"
    was = page.evaluate(chosen)
    assert any(was)
    page.reload()
    page.locator("form").wait_for()
    assert page.evaluate(chosen) == was

    page.goto(f"{served[0]}near_miss")
    page.get_by_role("button", name=library.shipped()[SHIFT].title).click()
    for number in (0, 2):
        page.locator("input[type=checkbox]").nth(number).check()
    page.reload()
    page.locator("form").wait_for()
    boxes = page.locator("input[type=checkbox]")
    assert [boxes.nth(number).is_checked() for number in range(4)] == [True, False, True, False]


def test_many_reloads_leave_one_kernel_and_the_spare(served, course, page):
    page.goto(f"{served[0]}declare", wait_until="commit")
    for _ in range(5):  # impatient
        page.wait_for_timeout(100)
        page.reload(wait_until="commit")
    for _ in range(20):
        page.reload()
        page.locator("[data-ready]").wait_for()

    until(lambda: len(course.kernels()) == 2)


# Python dies


def test_a_kernel_that_dies_while_one_types_is_told_and_replaced(served, course, page, person):
    address, data = served
    field = writing(page, address, person)
    field.press_sequentially("43 learners", delay=20)
    page.keyboard.press("ArrowLeft")

    course.kernel(kernel_of(page)).kill()
    fault = time.time()
    told = seconds_until(page, LOST, fault)
    assert page.get_by_role("alert").filter(has_text=LOST).count() == 1
    page.keyboard.insert_text("XY")
    back = seconds_until(page, AGAIN, fault)
    print(f"kernel killed: told {told:.1f}, back {back:.1f}")

    assert told < TOLD
    assert back < BACK
    assert page.evaluate(CARET) == ["43 learnerXYs", 12]
    assert page.evaluate("window.same")
    hand_in(page)
    page.get_by_role("button", name="Save and go on").wait_for()
    steps = events(data, person, "step")
    assert [step.data["page"] for step in steps if step.kind == "postmortem"] == ["postmortem"]
    assert "43 learnerXYs" in str(steps[-1].data)


def test_a_kernel_that_stands_still_is_told_and_replaced(served, course, page, person):
    field = writing(page, served[0], person)
    field.press_sequentially("43 learners", delay=20)

    course.kernel(kernel_of(page)).suspend()
    fault = time.time()
    told = seconds_until(page, LOST, fault)
    back = seconds_until(page, AGAIN, fault)
    print(f"kernel stopped: told {told:.1f}, back {back:.1f}")

    assert told < TOLD
    assert back < BACK
    assert page.evaluate(CARET) == ["43 learners", 11]
    until(lambda: len(course.kernels()) == 2)


def test_a_server_that_is_killed_and_started_again_costs_nothing(context, tmp_path):
    me = lived_at(tmp_path)
    with serve("--no-browser", data=tmp_path) as course:
        address = f"http://127.0.0.1:{course.port}/"
        page, other = watched(context.new_page()), watched(context.new_page())
        field = writing(page, address, me)
        field.press_sequentially("43 learners", delay=20)
        calling(other, address, "shift")
        choose(other, "Keep watching")
        orphans = course.kernels()
        course.process.kill()
        fault = time.time()
        told = max(seconds_until(each, LOST, fault) for each in (page, other))
        other.get_by_role("button", name="Save and go on").click()
        page.bring_to_front()
        field.press_sequentially(" could not book", delay=20)
        port = course.port
    with serve("--no-browser", data=tmp_path, port=port):
        listens = time.time()
        back = max(seconds_until(each, AGAIN, listens) for each in (page, other))
        print(f"server killed: told {told:.1f}, back {back:.1f}")
        seconds_until(other, SAVED, listens)
        until(lambda: not any(orphan.is_running() for orphan in orphans), 10)

        assert told < TOLD
        assert back < BACK
        assert page.evaluate(CARET) == ["43 learners could not book", 26]
        assert page.evaluate("window.same")
        assert outbox(page) == []
        assert len([e for e in events(tmp_path, me, "step") if e.data["page"] == "shift"]) == 1
        until(lambda: drafted(tmp_path, me, "43 learners could not book"))


def test_a_server_that_stands_still_goes_on_by_itself(context, tmp_path):
    courses, pages, stopped = [], [], []
    with serve("--no-browser", data=tmp_path / "a") as one, serve("--no-browser", data=tmp_path / "b") as two:
        for course in (one, two):
            page = watched(context.new_page())
            page.goto(f"http://127.0.0.1:{course.port}/")
            calling(page, f"http://127.0.0.1:{course.port}/")
            choose(page, "Keep watching")
            pages.append(page)
        until(lambda: len(one.kernels()) == len(two.kernels()) == 2)
        kernels = two.kernels()
        stopped = [psutil.Process(one.process.pid), psutil.Process(two.process.pid), *kernels]
        for process in stopped:
            process.suspend()
        fault = time.time()
        for page in pages:
            page.get_by_role("button", name="Save and go on").click()
        told = [seconds_until(page, LOST, fault) for page in pages]
        time.sleep(fault + 20 - time.time())  # as long as the promise says
        for process in stopped:
            process.resume()
        again = time.time()
        back = [seconds_until(page, AGAIN, again) for page in pages]
        print(f"server stopped, server and kernels stopped: told {told}, back {back}")
        for page in pages:
            seconds_until(page, SAVED, again)

        assert max(told) < TOLD
        assert max(back) < BACK
        for page, folder in zip(pages, ("a", "b"), strict=True):
            assert len(events(tmp_path / folder, token(page), "step")) == 1
            assert outbox(page) == []
        until(lambda: len(one.kernels()) == len(two.kernels()) == 2)


# Windows close and multiply


def test_a_window_closed_right_after_a_click_loses_and_doubles_nothing(served, context):
    address, data = served
    page = watched(context.new_page())
    calling(page, address)
    me = token(page)
    count = 0
    click = """(wait) => {
      [...document.querySelectorAll("button")].find((one) => one.type === "submit").click();
      return new Promise((done) => setTimeout(() => done(said.map(([, text]) => text)), wait));
    }"""
    saved = 0
    for number in range(10):
        choose(page, "Keep watching")
        had = len(said(page))
        heard = page.evaluate(click, number * 11)[had:]
        page.close()
        count += 1
        if SAVED in heard:
            saved += 1
            assert len(events(data, me, "step", "attempt")) == count
        page = watched(context.new_page())
        page.goto(f"{address}declare")
        page.locator("[data-ready]").wait_for()
        until(lambda: outbox(page) == [], 10)
        assert len(events(data, me, "step", "attempt")) == count
        if page.locator(".it-verdict").count():
            go(page, "Play it again")
            
    print("acknowledged before the window closed:", saved)


def test_what_waits_to_be_sent_is_kept_or_reported_one_by_one(served, page):
    address, data = served
    calling(page, address)
    me = token(page)
    here = screen_of(data, me)
    then = here[:-1] + "1"
    first, second = uuid4().hex, uuid4().hex
    watch = {"choice": "watch"}
    waiting = [
        {"id": "x", "screen": here, "do": "answer", "values": watch},
        {"id": uuid4().hex, "screen": here, "do": "dance"},
        {"id": uuid4().hex, "screen": here, "do": "answer", "values": {"choice": "x" * 70_000}},
        {"id": first, "screen": here, "do": "answer", "values": watch},
        {"id": uuid4().hex, "screen": here, "do": "answer", "values": {"choice": "declare"}},
        {"id": second, "screen": then, "do": "answer", "values": watch},
    ]
    page.evaluate(
        """([me, waiting]) => {
          const folder = `incident-training.outbox/${me}/declare/`;
          waiting.forEach((one, at) => localStorage.setItem(folder + one.id, JSON.stringify({ ...one, at })));
          localStorage.setItem(`${folder}cut`, "{");
          localStorage.setItem(`${folder}other`, "{}");
        }""",
        [me, waiting],
    )
    page.reload()
    page.locator("[data-ready]").wait_for()
    until(lambda: outbox(page) == [], 10)

    assert [event.id for event in events(data, me, "step")] == [first, second]
    print(said(page))
    assert page.locator(".it-line[data-tone=problem]").inner_text()
    page.get_by_role("button", name="Hint").click()
    page.locator(".it-hint").wait_for()


# Who one is


FORBID = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
"""


def test_where_the_browser_keeps_nothing_the_link_leads_back(served, context):
    address, data = served
    context.add_init_script(FORBID)
    page = watched(context.new_page())
    page.goto(address)
    page.locator(".it-who summary").click()
    page.get_by_text("This browser keeps nothing, so keep this link.").wait_for()
    link = page.locator(".it-address").inner_text()
    assert page.url == link
    page.get_by_role("link", name="Start here").click()
    page.get_by_role("button", name=library.shipped()[SHIFT].title).click()
    choose(page, "Keep watching")
    go(page, "Save and go on")
    clock = page.locator(".it-clock").inner_text()

    again = watched(context.new_page())
    again.goto(link.replace("/#", "/shift#"))
    again.locator(".it-clock").wait_for()
    assert again.locator(".it-clock").inner_text() == clock
    assert len(events(data, link.partition("me=")[2], "step")) == 1
    assert page.raised == again.raised == []


def test_starting_fresh_shows_nothing_of_who_was_here_and_the_link_leads_back(served, page):
    address, data = served
    person = lived(data)
    page.goto(f"{address}#me={person}")
    page.get_by_text(BEEN).first.wait_for()
    page.locator(".it-who summary").click()
    link = page.locator(".it-address").inner_text()
    name = page.locator(".it-who summary span").inner_text()
    page.get_by_role("button", name="Start fresh").click()
    page.locator(".it-who summary span").filter(has_not_text=name).wait_for()

    assert token(page) != person
    assert page.get_by_text(BEEN).count() == 0
    assert person not in str(page.evaluate("Object.entries({ ...localStorage, ...sessionStorage })"))
    page.goto(link)  # in the same tab, where the browser would not load anything
    page.locator(".it-who summary span").filter(has_text=name).wait_for()
    page.get_by_text(BEEN).first.wait_for()


def test_who_looks_at_another_s_work_and_starts_fresh_stays_who_one_was(served, page):
    address, data = served
    page.goto(address)
    page.locator(".it-who").wait_for()
    own = token(page)
    guest = lived(data)
    page.goto("about:blank")
    page.goto(f"{address}#me={guest}")
    page.get_by_text(BEEN).first.wait_for()
    page.locator(".it-who summary").click()
    page.get_by_role("button", name="Start fresh").click()
    page.get_by_text(BEEN).first.wait_for(state="detached")

    assert token(page) == own


# Windows


def test_an_answer_from_the_older_of_two_windows_is_told_and_shown(served, page, context, person):
    address, data = served
    writing(page, address, person)
    other = watched(context.new_page())
    other.goto(f"{address}postmortem")
    other.get_by_label("Impact").fill("9 learners")
    hand_in(other)
    other.get_by_role("button", name="Save and go on").wait_for()
    page.get_by_label("Impact").fill("my own long words")
    hand_in(page)
    page.get_by_text("another window").first.wait_for()

    steps = [e for e in events(data, person, "step") if e.data["page"] == "postmortem"]
    assert len(steps) == 1
    assert page.get_by_text("my own long words").count() == 1


def test_leaving_and_coming_back_by_the_browser_goes_on(served, page, person):
    address, data = served
    field = writing(page, address, person)
    field.press_sequentially("43 learners", delay=20)
    page.locator(".it-home").click()
    page.locator(".it-who").wait_for()
    page.go_back()
    page.get_by_label("Impact").wait_for()
    assert page.get_by_label("Impact").input_value() == "43 learners"

    page.get_by_label("Impact").fill("44 learners")
    hand_in(page)
    page.get_by_role("button", name="Save and go on").wait_for()
    page.go_forward()
    page.locator(".it-who").wait_for()


def test_what_was_begun_elsewhere_is_there_and_the_newer_words_win(served, page, person, browser):
    address, data = served
    field = writing(page, address, person)
    field.press_sequentially("43 learners", delay=20)
    until(lambda: drafted(data, person, "43 learners"), 5)
    elsewhere = noting(browser.new_context())
    other = watched(elsewhere.new_page())
    other.goto(f"{address}postmortem#me={person}")
    other.get_by_label("Impact").wait_for()
    assert other.get_by_label("Impact").input_value() == "43 learners"

    other.get_by_label("Impact").press("End")
    other.get_by_label("Impact").press_sequentially(" and 2 teachers")
    until(lambda: drafted(data, person, "2 teachers"), 5)
    page.reload()
    page.locator("form").wait_for()
    assert page.get_by_label("Impact").input_value() == "43 learners and 2 teachers"

    page.evaluate("WebSocket.prototype.send = () => undefined")  # the newest are in one browser only
    page.get_by_label("Impact").fill("nobody")
    page.reload()
    page.locator("form").wait_for()
    assert page.get_by_label("Impact").input_value() == "nobody"
    until(lambda: drafted(data, person, "nobody"), 5)
    elsewhere.close()


def test_words_reach_the_store_while_one_types_without_a_pause(served, page, person):
    field = writing(page, served[0], person)
    for number in range(30):
        field.press_sequentially(f"{number} ", delay=50)
        if drafted(served[1], person, "5 6"):
            break
    assert drafted(served[1], person, "5 6")


# The store


@contextmanager
def turn_taken(data):
    """Hold the queue of all who write."""
    with (data / "training.sqlite.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
        fcntl.flock(file, fcntl.LOCK_UN)


def test_saved_is_said_only_after_it_is_kept(served, page):
    address, data = served
    calling(page, address)
    me = token(page)
    choose(page, "Keep watching")
    with turn_taken(data):
        page.get_by_role("button", name="Save and go on").click()
        page.wait_for_timeout(3000)
        assert SAVED not in said(page)
        assert events(data, me, "step") == []
    let = time.time()
    print("saved after", seconds_until(page, SAVED, let))

    assert len(events(data, me, "step")) == 1


@contextmanager
def away(file):
    """Nothing is where the database was."""
    file.rename(file.with_suffix(".away"))
    yield
    file.with_suffix(".away").rename(file)


@contextmanager
def folder(file):
    """A folder is where the database was."""
    with away(file):
        file.mkdir()
        yield
        file.rmdir()


@contextmanager
def full(kernel):
    """The disk takes nothing more from this kernel."""
    was = kernel.rlimit(psutil.RLIMIT_FSIZE)
    kernel.rlimit(psutil.RLIMIT_FSIZE, (0, was[1]))
    yield
    kernel.rlimit(psutil.RLIMIT_FSIZE, was)


@pytest.mark.parametrize("fault", [away, folder, full])
def test_what_could_not_be_saved_is_said_with_its_reason_and_can_be_given_again(
    served, course, page, fault
):
    address, data = served
    calling(page, address)
    me = token(page)
    file, kernel = data / "training.sqlite", course.kernel(kernel_of(page))
    choose(page, "Keep watching")
    until(lambda: drafted(data, me, "watch"))
    with fault(kernel if fault is full else file):
        page.get_by_role("button", name="Save and go on").click()
        page.locator(".it-line[data-tone=problem]", has_text="That was not saved.").wait_for()
        print(page.locator(".it-line[data-tone=problem]").inner_text())
        page.locator("[role=alert]", has_text="That was not saved.").wait_for(state="attached")
        assert page.get_by_role("radio", name="Keep watching").is_checked()

    assert SAVED not in said(page)
    assert events(data, me, "step") == []
    page.get_by_role("button", name="Save and go on").click()
    seconds_until(page, SAVED, 0)
    assert len(events(data, me, "step")) == 1
    assert outbox(page) == []


def drafted(data, me, text):
    store = Store(data / "training.sqlite")
    with store._reading() as db:
        found = db.execute("SELECT given FROM draft WHERE who = ?", (pseudonym(me),)).fetchall()
    return any(text in given for (given,) in found)


def screen_of(data, me, page="declaration"):
    store = Store(data / "training.sqlite")
    return Play(PAGES[page], library.shipped(), store, pseudonym(me), _now).screen()["id"]


def lived_at(data):
    from incident_training.store import prepare
    prepare(data / "training.sqlite")
    return lived(data)
