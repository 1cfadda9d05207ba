"""The line alone, in a browser whose clock we turn: what it says of silence, and when it opens anew."""

import pytest
from browsing import watched

from incident_training import front

pytestmark = pytest.mark.browser

FAKE = """
const links = [], told = [], answered = [];
const open = ({ message, broken }) => new Promise((opened, failed) => {
  const link = { message, broken, opened, failed, said: [], closed: 0, deaf: false };
  const send = (said) => {
    if (link.deaf) throw new Error("nobody is there");
    link.said.push(said.do);
  };
  link.made = () => opened({ send, close: () => (link.closed += 1) });
  links.push(link);
});
const heard = (reply) => answered.push(reply);
const news = (state) => told.push(state);
const wire = line(open, { greet: () => ({ do: "hello" }), heard, news });
Object.assign(window, { links, told, answered, wire });
"""


class Line:
    """A line to a Python that does what the test says, on a clock that stands until it is turned."""

    def __init__(self, page) -> None:
        self.page = page
        page.clock.install(time="2026-01-01T12:00:00Z")
        page.goto("about:blank")
        page.clock.pause_at("2026-01-01T12:00:01Z")
        page.add_script_tag(type="module", content=f"{front.module('line')}\n{FAKE}")
        page.wait_for_function("window.wire")

    def at(self, what: str, link: int = -1):
        """Do something with one of the links there were, and let what follows from it happen."""
        return self.page.evaluate(f"async () => {{ const it = links.at({link}); const done = {what};"
                                  " for (let i = 0; i < 9; i++) await null; return done; }")

    def opens(self) -> None:
        self.at("it.made()")

    def answers(self, link: int = -1) -> None:
        self.at("it.message({ fine: true })", link)

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

    def said(self, link: int = -1) -> list[str]:
        return self.at("it.said", link)

    def closed(self, link: int = -1) -> int:
        return self.at("it.closed", link)


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def line(tab):
    page = watched(tab.new_page())
    yield Line(page)
    raised = page.raised
    page.close()

    assert raised == []


@pytest.fixture
def open_line(line):
    line.opens()
    line.answers()
    assert line.told == ["open"]
    return line


def test_whoever_answers_is_greeted_first_and_asked_again_and_again(line):
    line.opens()
    line.at("wire.send({ do: 'answer' })")  # nobody has answered yet
    assert line.said() == ["hello"]

    line.answers()
    line.wait(4)

    assert line.said() == ["hello", "beat", "beat"]
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

    open_line.answers(0)
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
    before = len(open_line.said())

    open_line.at("document.dispatchEvent(new Event('visibilitychange'))")

    assert len(open_line.said()) == before + 1

