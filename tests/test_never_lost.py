"""Nothing a person gave is lost, and a person is told how it stands: a real browser, a real server
and real kernels that are killed, stopped, closed, doubled and refused their disk."""

import fcntl
import re
import sqlite3
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import psutil
import pytest
from browserless import Visitor, exemplar_step
from browsing import SHIFT, begun, choose, go, noting, said, seconds_until, token, watched
from serving import served as serve
from serving import until

from incident_training import library
from incident_training.store import Store, prepare, pseudonym
from incident_training.widgets import PAGES, Play, Workbench

pytestmark = pytest.mark.browser

TOLD = 8  # seconds until a person is told that the line is lost
BACK = 15  # and until the page is there again
LOST = "Connection lost. Your answers are kept on this computer."
AGAIN = "Connected again. Nothing was lost."
SAVED = "Saved."
BEEN = "✓ practised"
SEND = "Save and go on"
TAKE = "Take these"  # what follows a draft that was handed in


@pytest.fixture
def person(kept, served):
    """The token of somebody who has lived through a shift, so that there is something to write."""
    return lived(kept)


def lived(data):
    prepare(data / "training.sqlite")
    me = uuid4().hex
    play = playing(data, me)
    visitor = Visitor(Workbench(lambda who: play), me)
    visitor.send({"do": "choose", "name": SHIFT})
    while visitor.screen["stage"] == "play":
        exemplar_step(visitor, play.session)
    return me


def playing(data, me):
    """Where somebody stands on the page for declaring."""
    store = Store(data / "training.sqlite")
    return Play(PAGES["declaration"], library.shipped(), store, pseudonym(me), _now)


def _now():
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def writing(page, address, person):
    """Stand before the draft of a shift, and return the field to write in."""
    begun(page, address, f"postmortem#me={person}")
    page.evaluate("window.same = true")  # as long as the browser does not load the page again
    return page.get_by_label("Impact")


def hand_in(page):
    for label in ("Contributing factors", "Where we got lucky"):
        page.get_by_label(label).fill("x")
    page.get_by_role("group", name="Candidate 1").get_by_label("Verb").fill("x")
    page.get_by_role("button", name="Hand in the draft").click()


def answer(page):
    choose(page, "Keep watching")
    page.get_by_role("button", name=SEND).click()


def kernel(course, page):
    """The process behind a page as it was opened."""
    return course.kernel(page.locator("[data-kernel]").get_attribute("data-kernel"))


def caret(page):
    return page.evaluate("[document.activeElement.value, document.activeElement.selectionStart]")


def outbox(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.includes('.outbox/'))")


def steps(data, me, page="declare"):
    """The steps somebody has taken on a page."""
    events = Store(data / "training.sqlite").events(who=pseudonym(me))
    return [e for e in events if e.data["page"] == page and e.name in ("step", "attempt")]


def drafted(data, me, words):
    """Whether the store has a draft of somebody's with these words."""
    with closing(sqlite3.connect(data / "training.sqlite")) as db:
        found = db.execute("SELECT given FROM draft WHERE who = ?", (pseudonym(me),)).fetchall()
    return any(words in given for (given,) in found)


# A page is loaded again


def test_a_reload_in_mid_sentence_changes_nothing(served, page, person):
    writing(page, served[0], person).press_sequentially("43 learners could not", delay=20)
    page.reload()

    page.locator("form").wait_for()
    assert page.get_by_label("Impact").input_value() == "43 learners could not"


def test_a_choice_survives_a_reload(served, page):
    begun(page, served[0], "declare")
    choose(page, "Declare an incident")
    page.reload()

    page.locator("form").wait_for()
    chosen = page.locator("input:checked").evaluate_all("all => all.map((each) => each.value)")
    assert chosen == ["declare"]


def test_raised_flags_survive_a_reload(served, page):
    begun(page, served[0], "near_miss")
    for number in (0, 2):
        page.locator("input[type=checkbox]").nth(number).check()
    page.reload()

    page.locator("form").wait_for()
    raised = page.locator("input").evaluate_all("all => all.map((each) => each.checked)")
    assert [number for number, up in enumerate(raised) if up] == [0, 2]


def test_leaving_and_coming_back_by_the_browser_goes_on(served, page, person):
    writing(page, served[0], person).press_sequentially("43 learners", delay=20)
    page.locator(".it-home").click()
    page.locator(".it-who").wait_for()
    page.go_back()
    assert page.get_by_label("Impact").input_value() == "43 learners"

    hand_in(page)
    page.get_by_role("button", name=TAKE).wait_for()
    page.go_forward()
    page.locator(".it-who").wait_for()


def test_many_reloads_leave_the_page_s_kernel_and_the_spare(served, course, page):
    page.goto(f"{served[0]}declare", wait_until="commit")
    for _ in range(5):  # somebody impatient
        page.wait_for_timeout(100)
        page.reload(wait_until="commit")
    for _ in range(10):
        page.reload()
        page.locator("[data-ready]").wait_for()

    until(lambda: len(course.kernels()) == 2)


# Python dies, stands still, or is sent away


def test_a_kernel_that_dies_while_one_types_is_told_and_replaced(course, served, page, person):
    field = writing(page, served[0], person)
    field.press_sequentially("43 learners", delay=20)
    page.keyboard.press("ArrowLeft")
    kernel(course, page).kill()
    fault = time.time()

    assert seconds_until(page, LOST, fault) < TOLD
    page.locator("[role=alert]", has_text=LOST).wait_for(state="attached")
    page.keyboard.insert_text("XY")
    assert seconds_until(page, AGAIN, fault) < BACK
    assert caret(page) == ["43 learnerXYs", 12]
    assert page.evaluate("window.same")
    hand_in(page)
    page.get_by_role("button", name=TAKE).wait_for()
    assert "43 learnerXYs" in str([step.data for step in steps(served[1], person, "postmortem")])


def test_a_kernel_that_stands_still_is_told_and_replaced(course, served, page, person):
    writing(page, served[0], person).press_sequentially("43 learners", delay=20)
    stopped = kernel(course, page)
    stopped.suspend()
    fault = time.time()

    assert seconds_until(page, LOST, fault) < TOLD
    assert seconds_until(page, AGAIN, fault) < BACK
    assert caret(page) == ["43 learners", 11]
    until(lambda: not stopped.is_running())


def test_a_kernel_that_was_culled_while_the_computer_slept_is_replaced(course, served, page):
    page.clock.install()
    begun(page, served[0], "declare")
    choose(page, "Keep watching")
    course.leave(page.locator("[data-kernel]").get_attribute("data-kernel"))
    page.clock.fast_forward("02:00:00")
    woke = time.monotonic()

    page.locator(".it-news", has_text=AGAIN).wait_for()
    assert time.monotonic() - woke < BACK
    assert page.get_by_role("radio", name="Keep watching").is_checked()
    go(page, SEND)


def test_a_server_that_takes_a_request_and_says_nothing_is_asked_again(course, served, page):
    page.clock.install()
    begun(page, served[0], "declare")
    held = []
    page.route("**/declare", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/declare"):
        kernel(course, page).kill()
    page.clock.fast_forward("00:11")

    page.locator(".it-news", has_text=AGAIN).wait_for()
    go(page, "Hint")


def test_a_server_that_is_killed_and_started_again_costs_nothing(context, tmp_path):
    me = lived(tmp_path)
    page, one, two = (watched(context.new_page()) for _ in range(3))
    with serve("--no-browser", data=tmp_path) as course:
        address = f"http://127.0.0.1:{course.port}/"
        field = writing(page, address, me)
        field.press_sequentially("43 learners", delay=20)
        begun(one, address, "shift")
        two.goto(f"{address}shift")
        two.locator("form").wait_for()
        orphans = course.kernels()
        course.process.kill()
        fault = time.time()
        assert max(seconds_until(each, LOST, fault) for each in (page, one, two)) < TOLD
        answer(one)
        answer(two)  # the same step, from a second window
        page.bring_to_front()
        field.press_sequentially(" could not book", delay=20)

    with serve("--no-browser", data=tmp_path, port=course.port):
        listens = time.time()
        assert max(seconds_until(each, AGAIN, listens) for each in (page, one, two)) < BACK
        assert caret(page) == ["43 learners could not book", 26]
        assert page.evaluate("window.same")
        seconds_until(two, "where you stand now", listens)
        until(lambda: outbox(page) == [])
        assert len(steps(tmp_path, me, "shift")) == 1
        until(lambda: drafted(tmp_path, me, "43 learners could not book"))
        until(lambda: not any(orphan.is_running() for orphan in orphans), 10)
    assert page.raised == one.raised == two.raised == []


@contextmanager
def stopped(*processes, seconds):
    """Processes that stand still for so long; gives the time when they began to."""
    for process in processes:
        process.suspend()
    fault = time.time()
    try:
        yield fault
        time.sleep(fault + seconds - time.time())
    finally:
        for process in processes:
            process.resume()


def test_a_server_that_stands_still_goes_on_by_itself(course, served, context, tmp_path):
    with serve("--no-browser", data=tmp_path) as other:
        courses, folders = (course, other), (served[1], tmp_path)
        pages = [watched(context.new_page()) for _ in courses]
        for each, page in zip(courses, pages, strict=True):
            begun(page, f"http://127.0.0.1:{each.port}/", "declare")
        until(lambda: len(course.kernels()) == len(other.kernels()) == 2)
        servers = [psutil.Process(each.process.pid) for each in courses]
        with stopped(*servers, *other.kernels(), seconds=20) as fault:  # of one, the kernels too
            for page in pages:
                answer(page)
            assert max(seconds_until(page, LOST, fault) for page in pages) < TOLD
        again = time.time()

        assert max(seconds_until(page, AGAIN, again) for page in pages) < BACK
        for page, folder in zip(pages, folders, strict=True):
            seconds_until(page, SAVED, fault)
            assert len(steps(folder, token(page))) == 1
            assert outbox(page) == []
            go(page, "Hint")
        until(lambda: len(course.kernels()) == len(other.kernels()) == 2)


# Windows are closed, and there are two


CLICK = """(wait) => {
  [...document.querySelectorAll("button")].find((button) => button.type === "submit").click();
  return new Promise((done) => setTimeout(() => done(said.at(-1)?.[1]), wait));
}"""


def test_a_window_closed_right_after_a_click_loses_and_doubles_nothing(course, served, context):
    address, data = served
    page = watched(context.new_page())
    begun(page, address, "declare")
    me = token(page)
    for count in range(1, 11):
        over = page.get_by_role("group", name="Is it over?").count()
        choose(page, "Over:" if over else "Keep watching")
        if count % 5 == 0:
            kernel(course, page).suspend()  # so that nobody takes the answer in time
        page.evaluate("said.length = 0")
        heard = page.evaluate(CLICK, count * 10)
        page.close() if count % 2 else page.goto("about:blank")
        if heard == SAVED:
            assert len(steps(data, me)) == count

        page = watched(context.new_page())
        page.goto(f"{address}declare")
        page.locator("[data-ready]").wait_for()
        until(lambda page=page: outbox(page) == [])
        assert len(steps(data, me)) == count
        if page.locator(".it-verdict").count():
            go(page, "Play it again")


def test_what_waits_to_be_sent_is_kept_or_reported_one_by_one(served, page):
    address, data = served
    begun(page, address, "declare")
    me = token(page)
    here = playing(data, me).screen()["id"]
    then = here.removesuffix("0") + "1"
    watch = {"do": "answer", "values": {"choice": "watch"}}
    huge = {"do": "answer", "values": {"choice": "x" * 70_000}}
    waiting = [
        {"id": "short", "screen": here, **watch},
        {"id": "not-a-thing-we-do", "screen": here, "do": "dance"},
        {"id": "too-much-of-it", "screen": here, **huge},
        {"id": "the-first-good-one", "screen": here, **watch},
        {"id": "from-a-screen-gone-by", "screen": here, **watch},
        {"id": "the-second-good-one", "screen": then, **watch},
    ]
    page.evaluate(
        """([me, waiting]) => {
          const folder = `incident-training.outbox/${me}/declare`;
          const put = (name, text) => localStorage.setItem(`${folder}/${name}`, text);
          waiting.forEach((message, at) => put(message.id, JSON.stringify({ ...message, at })));
          put("cut-short", "{");
          put("of-another-version", "{}");
        }""",
        [me, waiting],
    )
    page.reload()
    page.locator("[data-ready]").wait_for()
    until(lambda: outbox(page) == [])

    assert [step.id for step in steps(data, me)] == ["the-first-good-one", "the-second-good-one"]
    told = page.locator(".it-line[data-tone=problem]").inner_text()
    for why in ("needs an id", "cannot be done here", "too long to keep", "another window"):
        assert why in told
    go(page, "Hint")


def test_the_older_of_two_windows_is_told_and_its_words_are_there_to_copy(served, page, person):
    writing(page, served[0], person)
    other = watched(page.context.new_page())
    other.goto(f"{served[0]}postmortem")
    other.get_by_label("Impact").fill("9 learners")
    hand_in(other)
    other.get_by_role("button", name=TAKE).wait_for()
    page.get_by_label("Impact").fill("my own long words")

    page.locator(".it-line", has_text="The page has moved on").wait_for()
    page.locator(".it-ending summary", has_text="What you had given").click()
    assert page.get_by_text("my own long words").is_visible()
    assert len(steps(served[1], person, "postmortem")) == 1


# Who one is, and where


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
    page.get_by_role("link", name=re.compile("Start here")).click()
    page.get_by_role("button", name=library.shipped()[SHIFT].title).click()
    choose(page, "Keep watching")
    go(page, SEND)
    clock = page.locator(".it-clock").inner_text()

    again = watched(context.new_page())
    again.goto(link.replace("/#", "/shift#"))
    again.locator(".it-clock").wait_for()
    assert again.locator(".it-clock").inner_text() == clock
    assert len(steps(data, link.partition("#me=")[2], "shift")) == 1
    assert page.raised == again.raised == []


def test_starting_fresh_shows_nothing_of_who_was_here_and_the_link_leads_back(served, page, person):
    name = page.locator(".it-who summary span")
    writing(page, served[0], person).fill("my own words")
    page.locator(".it-home").click()
    page.get_by_text(BEEN).first.wait_for()
    page.locator(".it-who summary").click()
    link, was = page.locator(".it-address").inner_text(), name.inner_text()
    page.get_by_role("button", name="Start fresh").click()
    name.filter(has_not_text=was).wait_for()

    assert page.get_by_text(BEEN).count() == 0
    assert person not in str(page.evaluate("[{ ...localStorage }, { ...sessionStorage }]"))
    page.goto(link)  # where only what follows the # changes, a browser loads nothing
    name.filter(has_text=was).wait_for()
    page.get_by_text(BEEN).first.wait_for()


def test_who_leaves_another_s_work_by_starting_fresh_is_not_forgotten(served, page, person):
    page.goto(served[0])
    page.locator(".it-who").wait_for()
    own = token(page)
    page.goto(f"{served[0]}#me={person}")
    page.get_by_text(BEEN).first.wait_for()
    page.locator(".it-who summary").click()
    page.get_by_role("button", name="Start fresh").click()
    page.get_by_text(BEEN).first.wait_for(state="detached")

    assert token(page) == own


def test_what_was_begun_elsewhere_is_there_and_the_newer_words_win(served, page, person, browser):
    address, data = served
    writing(page, address, person).press_sequentially("43 learners", delay=20)
    until(lambda: drafted(data, person, "43 learners"))
    elsewhere = noting(browser.new_context())
    other = watched(elsewhere.new_page())
    other.goto(f"{address}postmortem#me={person}")
    field = other.get_by_label("Impact")
    assert field.input_value() == "43 learners"

    field.press("End")
    field.press_sequentially(" and 2 teachers")
    until(lambda: drafted(data, person, "2 teachers"))
    page.reload()
    assert page.get_by_label("Impact").input_value() == "43 learners and 2 teachers"

    page.evaluate("WebSocket.prototype.send = () => undefined")  # so the newest are only here
    page.get_by_label("Impact").fill("nobody")
    page.reload()
    assert page.get_by_label("Impact").input_value() == "nobody"
    until(lambda: drafted(data, person, "nobody"))
    elsewhere.close()


# The disk refuses


def test_saved_is_said_only_after_it_is_kept(served, page):
    address, data = served
    begun(page, address, "declare")
    with (data / "training.sqlite.lock").open("a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        answer(page)
        page.wait_for_timeout(3000)
        assert SAVED not in said(page)
        assert steps(data, token(page)) == []

    seconds_until(page, SAVED, 0)
    assert len(steps(data, token(page))) == 1


@contextmanager
def gone(file, _):
    """Nothing is where the database was."""
    away = file.rename(file.with_suffix(".away"))
    yield
    away.rename(file)


@contextmanager
def replaced(file, _):
    """A folder is where the database was."""
    with gone(file, _):
        file.mkdir()
        yield
        file.rmdir()


@contextmanager
def full(_, kernel):
    """The disk takes nothing from this kernel."""
    was = kernel.rlimit(psutil.RLIMIT_FSIZE)
    kernel.rlimit(psutil.RLIMIT_FSIZE, (0, was[1]))
    yield
    kernel.rlimit(psutil.RLIMIT_FSIZE, was)


@contextmanager
def queued(file, _):
    """Somebody else's turn to write does not end."""
    with file.with_name(f"{file.name}.lock").open("a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield


@contextmanager
def locked(file, _):
    """Another program has the database open and does not let go."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        yield


@pytest.mark.parametrize("fault", [gone, replaced, full, queued, locked])
def test_what_could_not_be_saved_is_said_with_its_reason_and_can_be_given_again(
    course, served, page, fault
):
    address, data = served
    begun(page, address, "declare")
    me = token(page)
    choose(page, "Keep watching")
    until(lambda: drafted(data, me, "watch"))
    with fault(data / "training.sqlite", kernel(course, page)):
        page.get_by_role("button", name=SEND).click()
        why = re.compile(
            r"That was not saved\. .*training\.sqlite: your work cannot be kept here: \w"
        )
        page.locator(".it-line[data-tone=problem]", has_text=why).wait_for()
        page.locator("[role=alert]", has_text=why).wait_for(state="attached")

    assert SAVED not in said(page)
    assert steps(data, me) == []
    assert page.get_by_role("radio", name="Keep watching").is_checked()
    page.get_by_role("button", name=SEND).click()
    seconds_until(page, SAVED, 0)
    assert len(steps(data, me)) == 1


# In a notebook


def test_in_jupyterlab_a_restarted_kernel_is_told_and_the_cell_brings_all_back(page, tmp_path):
    cells = page.locator(".jp-Notebook .jp-Cell")
    with serve("lab", "--no-browser", data=tmp_path) as course:
        link = re.search(r"/lab/\S*(\?token=\w+)", course.said)[1]
        page.goto(f"http://127.0.0.1:{course.port}/lab/tree/declare.ipynb{link}")
        _run(page)
        page.get_by_role("button", name=library.shipped()[SHIFT].title).click()
        page.locator(".it form").wait_for()
        there = cells.count()
        for keys in ("b", "a", "dd", "x"):
            page.locator(".it input:visible").first.focus()
            page.keyboard.type(keys)
            assert cells.count() == there
        choose(page, "Keep watching")
        go(page, SEND)
        page.keyboard.type("ba")
        assert cells.count() == there
        choose(page, "Declare an incident")
        until(lambda: drafted(tmp_path, token(page), "declare"))

        page.locator("[data-command='notebook:restart-kernel']").first.click()
        fault = time.time()
        page.locator(".jp-Dialog .jp-mod-accept").click()
        says = "Python does not answer. If it was restarted, run this cell again."
        assert seconds_until(page, says, fault) < TOLD
        _run(page)
        page.locator(".it-news[data-tone=lost]:visible").wait_for(state="detached")

        page.get_by_role("radio", name="Declare an incident", checked=True).wait_for()
        assert len(steps(tmp_path, token(page))) == 1


def _run(page):
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-editor").first.click()
    page.keyboard.press("Control+Enter")
