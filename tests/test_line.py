"""The line and the desk without a Python, in a browser whose clock we turn: what they say of
silence, and what they do with answers that come late, come twice or come from elsewhere."""

import pytest
from browsing import watched

from incident_training import front

pytestmark = pytest.mark.browser

FAKE = """
window.links = [];
const open = ({ message, broken }) => new Promise((opened, failed) => {
  const link = { message, broken, opened, failed, said: [], closed: 0, deaf: false };
  const send = (said) => {
    if (link.deaf) throw new Error("nobody is there");
    link.said.push(said);
  };
  link.made = () => opened({ send, close: () => (link.closed += 1) });
  window.links.push(link);
});
"""
LINE = """
const told = [], answered = [];
const heard = (reply) => answered.push(reply);
const news = (state) => told.push(state);
const wire = line(open, { greet: () => ({ do: "hello" }), heard, news });
Object.assign(window, { told, answered, wire });
"""


class Fake:
    """A Python that does what the test says, and a clock that stands until it is turned."""

    def __init__(self, page, module: str, script: str) -> None:
        self.page = page
        page.route("**", lambda route: route.fulfill(body="<div></div>", content_type="text/html"))
        page.clock.install(time="2026-01-01T12:00:00Z")
        page.goto("http://127.0.0.1:9/")
        page.clock.pause_at("2026-01-01T12:00:01Z")
        page.add_script_tag(type="module", content=f"{front.module(module)}\n{{ {FAKE} {script} }}")
        page.wait_for_function("window.links?.length")

    def at(self, what: str, link: int = -1, arg=None):
        """Do something with one of the links there were, and let what follows from it happen."""
        return self.page.evaluate(
            f"""async (arg) => {{
              const it = links.at({link}), done = {what};
              for (let turn = 0; turn < 9; turn += 1) await null;
              return done;
            }}""",
            arg,
        )

    def opens(self) -> None:
        self.at("it.made()")

    def answers(self, reply=None, link: int = -1) -> None:
        self.at("it.message(arg)", link, reply or {"beat": True})

    def breaks(self) -> None:
        """The line breaks, and another is there."""
        self.at("it.broken()")
        self.wait(0.3)
        self.opens()

    def wait(self, seconds: float) -> None:
        self.page.clock.run_for(round(seconds * 1000))

    def sleep(self, seconds: float) -> None:
        """Close the lid and open it again."""
        self.page.clock.fast_forward(round(seconds * 1000))

    @property
    def told(self) -> list[str]:
        return self.page.evaluate("told")

    @property
    def tries(self) -> int:
        return self.page.evaluate("links.length")

    def said(self, link: int = -1) -> list[dict]:
        """What was said on a link, but for the beats."""
        return self.at("it.said.filter((one) => one.do !== 'beat')", link)

    def beats(self) -> int:
        return self.at("it.said.filter((one) => one.do === 'beat').length")

    def closed(self, link: int = -1) -> int:
        return self.at("it.closed", link)


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def fake(tab):
    page = watched(tab.new_page())
    yield lambda module, script: Fake(page, module, script)
    page.evaluate("localStorage.clear()")
    raised = page.raised
    page.close()

    assert raised == []


@pytest.fixture
def line(fake):
    return fake("line", LINE)


@pytest.fixture
def open_line(line):
    line.opens()
    line.answers()
    assert line.told == ["open"]
    return line


def test_whoever_answers_is_greeted_first_and_asked_again_and_again(line):
    line.opens()
    line.at("wire.send({ do: 'answer' })")  # nobody has answered yet
    assert line.said() == [{"do": "hello"}]

    line.answers()
    line.wait(4)

    assert line.said() == [{"do": "hello"}]
    assert line.beats() == 2
    assert line.told == ["open"]


def test_silence_is_told_within_eight_seconds_and_once(open_line):
    open_line.wait(8)

    assert open_line.told == ["open", "lost"]


def test_a_line_that_stays_silent_is_closed_and_opened_anew(open_line):
    open_line.wait(12)

    assert open_line.tries == 2
    assert open_line.closed(0) == 1


def test_a_late_answer_brings_the_line_back_without_another(open_line):
    open_line.wait(7)
    open_line.answers()
    open_line.wait(4)

    assert open_line.told == ["open", "lost", "back"]
    assert open_line.tries == 1


def test_what_an_old_line_says_is_not_heard(open_line):
    open_line.at("it.broken()")
    open_line.wait(1)
    open_line.opens()
    before = open_line.page.evaluate("answered.length")

    open_line.answers(link=0)
    open_line.at("it.broken()", 0)
    open_line.wait(1)

    assert open_line.page.evaluate("answered.length") == before
    assert open_line.told == ["open", "lost"]
    assert open_line.tries == 2


def test_a_line_that_breaks_twice_is_opened_once(open_line):
    open_line.at("[it.broken(), it.broken()]")
    open_line.wait(0.4)

    assert open_line.tries == 2
    assert open_line.told == ["open", "lost"]


def test_a_line_that_breaks_and_fails_while_it_opens_is_opened_once(open_line):
    open_line.at("it.broken()")
    open_line.wait(0.3)
    open_line.at("[it.failed(new Error()), it.broken()]")
    open_line.wait(1.1)

    assert open_line.tries == 3


def test_a_line_is_tried_again_every_three_seconds_for_ever(open_line):
    open_line.at("it.broken()")
    for _ in range(20):
        open_line.wait(3)
        open_line.at("it.failed(new Error())")

    assert open_line.tries >= 20
    assert open_line.told == ["open", "lost"]


def test_a_first_line_that_does_not_open_is_told_too(line):
    line.wait(8)

    assert line.told == ["lost"]
    line.opens()
    line.answers()
    assert line.told == ["lost", "back"]


def test_a_line_that_opens_slowly_is_given_the_time(open_line):
    open_line.at("it.broken()")
    open_line.wait(30)

    assert open_line.tries == 2
    open_line.opens()
    open_line.answers()
    assert open_line.told == ["open", "lost", "back"]


def test_a_greeting_that_nobody_answers_is_said_again_on_another_line(open_line):
    open_line.at("it.broken()")
    open_line.wait(0.3)
    open_line.opens()
    open_line.wait(12)

    assert open_line.tries == 3
    assert open_line.told == ["open", "lost"]  # said once: a screen reader would repeat it for ever
    assert open_line.closed(1) == 1


def test_a_line_that_cannot_be_spoken_on_is_a_broken_one(open_line):
    open_line.at("it.deaf = true")
    open_line.wait(1.6)

    assert open_line.told == ["open", "lost"]
    open_line.wait(1)
    assert open_line.tries == 2


def test_a_line_opened_for_a_page_that_has_gone_is_closed(open_line):
    open_line.at("it.broken()")
    open_line.wait(0.3)
    open_line.at("wire.close()")
    open_line.opens()
    open_line.wait(60)

    assert open_line.closed() == 1
    assert open_line.said() == []
    assert open_line.tries == 2


def test_a_computer_that_slept_asks_before_it_says_that_nobody_answers(open_line):
    open_line.wait(2)  # a beat is on its way
    open_line.sleep(7200)
    assert open_line.told == ["open"]

    open_line.answers()
    open_line.wait(4)

    assert open_line.told == ["open"]
    assert open_line.tries == 1


def test_a_computer_that_slept_and_is_not_answered_says_so(open_line):
    open_line.wait(2)
    open_line.sleep(7200)
    open_line.wait(8)

    assert open_line.told == ["open", "lost"]
    open_line.wait(4.5)
    assert open_line.tries == 2


def test_a_page_that_is_looked_at_again_asks_at_once(open_line):
    before = open_line.beats()

    open_line.at("document.dispatchEvent(new Event('visibilitychange'))")

    assert open_line.beats() == before + 1


DESK = """
window.leave = sit(document.querySelector("div"), open, { me: "0123456789abcdef" });
"""
TEXT = {"is": "text", "name": "impact", "legend": "Impact"}
FORM = {"is": "form", "button": "Save", "fields": [TEXT]}


def screen(id: str, **more):
    return {"id": id, "page": "draft", "title": "Draft", "main": [FORM], **more}


@pytest.fixture
def desk(fake):
    """A desk with a form on it and somebody's words in the form."""
    desk = fake("desk", DESK)
    desk.opens()
    desk.answers({"answers": None, "screen": screen("one"), "draft": None})
    desk.page.get_by_label("Impact").fill("43 learners")
    return desk


def kept(desk) -> dict[str, str]:
    return desk.page.evaluate("({ ...localStorage })")


def asked(desk, link: int = -1) -> list[dict]:
    return [said for said in desk.said(link) if said["do"] == "answer"]


def test_what_is_typed_is_sent_after_a_moment_even_while_one_types_on(desk):
    for words in ("4", "43", "43 l"):
        desk.page.get_by_label("Impact").fill(words)
        desk.wait(0.3)

    drafts = [said["values"]["impact"] for said in desk.said() if said["do"] == "draft"]
    assert drafts == ["43 l"]


def test_an_answer_whose_reply_was_lost_is_not_told_as_another_window_s(desk):
    desk.page.get_by_role("button").click()
    [sent] = asked(desk)
    desk.breaks()
    desk.answers({"answers": None, "screen": screen("two"), "draft": None})

    assert asked(desk) == [sent]
    assert desk.page.get_by_text("where you stand now").count() == 0
    desk.answers({"answers": sent["id"], "screen": screen("two", saved="Saved.")})
    assert desk.page.locator(".it-line").filter(has_text="Saved.").count() == 1
    assert not [key for key in kept(desk) if "outbox" in key or "draft" in key]


def test_who_went_on_elsewhere_is_told_on_the_way_back_and_finds_the_words(desk):
    desk.breaks()
    desk.answers({"answers": None, "screen": screen("two"), "draft": None})

    assert desk.page.locator(".it-line").filter(has_text="where you stand now").count() == 1
    desk.page.locator("summary").click()
    assert desk.page.get_by_text("impact: 43 learners").is_visible()
    assert any("43 learners" in value for value in kept(desk).values())


def test_an_answer_that_another_window_sent_for_this_one_does_not_hold_it_up(desk):
    desk.page.get_by_role("button").click()
    desk.page.evaluate("localStorage.clear()")
    desk.breaks()
    desk.answers({"answers": None, "screen": screen("two"), "draft": None})

    assert desk.page.locator("[data-waiting]").count() == 0
    assert desk.page.locator(".it-line").filter(has_text="where you stand now").count() == 1


def test_work_that_cannot_be_opened_leaves_the_desk_as_it_is_and_is_asked_for_again(desk):
    why = "Your work cannot be read. The disk is away."
    trouble = {"answers": None, "screen": {"id": "waiting", "title": "No", "problem": why}}
    desk.page.get_by_role("button").click()
    [sent] = asked(desk)
    desk.breaks()
    for _ in range(2):
        desk.answers(trouble)
        assert desk.page.get_by_label("Impact").input_value() == "43 learners"
        assert desk.page.locator(".it-line").filter(has_text=why).count() == 1
        desk.wait(3)
    assert [said["do"] for said in desk.said()].count("hello") == 3

    desk.answers({"answers": None, "screen": screen("one"), "draft": None})

    assert asked(desk) == [sent]
    assert desk.page.locator(".it-line").filter(has_text=why).count() == 0


def test_an_answer_that_work_not_yet_open_refused_is_sent_again(desk):
    desk.page.get_by_role("button").click()
    [sent] = asked(desk)

    desk.answers({"answers": sent["id"], "screen": {"id": "waiting", "problem": "Not ready."}})
    desk.wait(3)
    desk.answers({"answers": None, "screen": screen("one"), "draft": None})

    assert asked(desk) == [sent, sent]


def test_one_refusal_among_several_answers_is_still_there_after_the_last(desk):
    desk.page.get_by_role("button").click()
    [first] = asked(desk)
    desk.page.evaluate(
        "(two) => localStorage.setItem(`incident-training.outbox/0123456789abcdef/draft/${two.id}`,"
        " JSON.stringify(two))",
        {**first, "id": "the-second", "at": first["at"] + 1},
    )
    desk.breaks()
    desk.answers({"answers": None, "screen": screen("one"), "draft": None})
    desk.answers({"answers": first["id"], "screen": screen("one", problem="Too long.")})
    assert desk.page.locator("[data-waiting]").count() == 1
    desk.answers({"answers": "the-second", "screen": screen("two", saved="Saved.")})

    assert desk.page.locator(".it-line").filter(has_text="Too long.").count() == 1
    assert desk.page.locator("[data-waiting]").count() == 0


def test_a_refusal_is_not_hidden_by_the_news_of_a_draft(desk):
    desk.page.get_by_role("button").click()
    [sent] = asked(desk)
    desk.answers({"answers": sent["id"], "screen": screen("one", problem="Too long.")})
    desk.wait(1)
    desk.answers({"kept": 1})
    assert desk.page.locator(".it-line").filter(has_text="Too long.").count() == 1

    desk.page.get_by_label("Impact").fill("43")
    desk.answers({"kept": 2})
    assert desk.page.locator(".it-line").filter(has_text="Draft saved.").count() == 1


def test_a_reply_that_comes_twice_changes_nothing(desk):
    desk.page.get_by_role("button").click()
    [sent] = asked(desk)
    reply = {"answers": sent["id"], "screen": screen("two", saved="Saved.")}
    desk.answers(reply)
    desk.page.get_by_label("Impact").fill("something else")
    desk.answers(reply)

    assert desk.page.get_by_label("Impact").input_value() == "something else"
    assert any("something else" in value for value in kept(desk).values())


def test_the_last_words_are_sent_before_the_desk_is_taken_away(desk):
    desk.page.get_by_label("Impact").fill("43")
    desk.page.evaluate("leave()")

    assert [said["values"]["impact"] for said in desk.said() if said["do"] == "draft"] == ["43"]
    assert desk.closed() == 1
