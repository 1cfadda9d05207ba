"""Raising a near miss in a sentence: the moments, what is told when, and what is kept."""

import re
from uuid import uuid4

import pytest
from browserless import TOKEN, Visitor
from browsing import go

from incident_training import library, places, widgets
from incident_training.doctrine.lessons import lessons
from incident_training.doctrine.raising import moments, questions
from incident_training.store import Store
from incident_training.widgets.registering import Raising
from incident_training.widgets.workbench import Workbench

NAMES = [*moments()]
SENTENCE = "We almost did it; a closed account stopped it; it can happen again."


@pytest.fixture
def visitor():
    return at_it()


def at_it(token: str = TOKEN) -> Visitor:
    """Open the page as somebody."""
    store = Store(places.database())
    return Visitor(Workbench(lambda who: Raising(store, who, lambda: "2026-01-05T09:00Z")), token)


def said(visitor) -> str:
    return str(visitor.screen)


def write(visitor, name: str = "payday", sentence: object = SENTENCE) -> Visitor:
    visitor.send({"do": "open", "name": name})
    visitor.answer(sentence=sentence)
    return visitor


# The data


@pytest.mark.parametrize("name", NAMES)
def test_a_moment_is_short(name):
    assert 50 <= len(moments()[name].scene.split()) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_an_exemplar_says_what_almost_happened_what_stopped_it_and_what_is_open(name):
    moment = moments()[name]

    assert moment.exemplar.startswith("Near miss, log only.")
    assert "almost" in moment.almost
    assert re.match("Luck stopped it|Somebody noticed|Something built", moment.stopped)
    assert moment.exemplar.endswith(moment.open)
    assert moment.open.startswith("Still open:")


@pytest.mark.parametrize("name", NAMES)
def test_an_exemplar_blames_and_praises_nobody(name):
    exemplar = moments()[name].exemplar

    blame = r"\b(I|he|she|his|her|forgot|fault|mistake|careless|should|head|manager|electrician)\b"
    assert not re.search(blame, exemplar)
    assert not re.search(r"(?i)well caught|well done|good catch|thanks", exemplar)


@pytest.mark.parametrize("name", NAMES)
def test_every_moment_has_a_reason_sources_and_something_to_build(name):
    moment = moments()[name]

    assert moment.why.count(". ") == 1  # two sentences
    assert moment.studies
    for study in moment.studies:
        assert study.url.startswith("https://")
        assert 1950 < study.year <= 2026
        assert study.seen
    assert not re.search(r"\b(aware|careful|remember|remind|train)", moment.build)


def test_the_moments_are_from_different_trades_and_are_no_lesson_and_no_shift():
    trades = [moment.trade for moment in moments().values()]
    shifts = library.shipped().values()

    assert 3 <= len(NAMES) == len({*trades})
    assert not {*NAMES} & ({*lessons()} | {*library.shipped()})
    assert not {*trades} & ({s.domain for s in shifts} | {x.trade for x in lessons().values()})
    assert len({moment.tempts for moment in moments().values()}) == len(NAMES)


def test_not_everything_was_luck():
    assert len({moment.stopped.split()[0] for moment in moments().values()}) > 1


# What is told when


def test_the_page_says_that_it_keeps_what_one_writes_before_one_does(visitor):
    assert "is kept in the course's file on this computer" in said(visitor)
    assert "which stays in your browser" in said(visitor)

    visitor.send({"do": "open", "name": "payday"})

    assert "What you write is kept on this computer" in str(visitor.screen["left"])


@pytest.mark.parametrize("name", NAMES)
def test_before_one_has_written_only_the_moment_is_told(visitor, name):
    moment = moments()[name]
    listed = said(visitor)

    visitor.send({"do": "open", "name": name})

    assert moment.scene in said(visitor)
    kept_back = [moment.tempts, moment.almost, moment.stopped, moment.open, moment.why]
    kept_back += [moment.build, *(study.who for study in moment.studies)]
    shown = f"{listed} {said(visitor)}"
    assert [text for text in kept_back if text in shown] == []


@pytest.mark.parametrize("name", NAMES)
def test_after_it_one_reads_both_four_questions_why_and_what_to_build(visitor, name):
    moment = moments()[name]

    write(visitor, name)

    both, asks = visitor.blocks("table")
    assert [row[1] for row in both["rows"]] == [SENTENCE, moment.exemplar]
    assert [row[0] for row in asks["rows"]] == [*questions()]
    assert len(questions()) == 4
    words = " ".join(block["text"] for block in visitor.blocks("words"))
    assert moment.why in words
    assert moment.build in words
    assert all(study.finding in words and study.seen in words for study in moment.studies)
    assert all(study.url in said(visitor) for study in moment.studies)


@pytest.mark.parametrize("sentence", ["Well caught!", "It was Bob's fault.", SENTENCE])
def test_no_sentence_is_judged(visitor, sentence):
    other = "Any sentence at all."

    told = write(visitor, "payday", sentence).screen

    assert not visitor.blocks("remarks")
    plain = write(at_it("b" * 32), "payday", other).screen
    assert str(told).replace(repr(sentence), repr(other)) == str(plain)


# What is kept


def test_a_reload_comes_back_with_what_was_begun_and_with_what_was_written(visitor):
    visitor.send({"do": "open", "name": "payday"})
    screen = visitor.screen["id"]
    visitor.post({"do": "draft", "screen": screen, "rev": 1, "values": {"sentence": "We al"}})

    again = at_it()

    assert again.screen["id"] == screen
    assert again.reply["draft"]["values"] == {"sentence": "We al"}
    again.answer(sentence=SENTENCE)
    assert SENTENCE in said(at_it())


def test_a_sentence_can_be_changed_and_begins_with_the_last(visitor):
    write(visitor)
    visitor.send({"do": "again"})
    assert visitor.fields()["sentence"]["value"] == SENTENCE

    visitor.answer(sentence="Another one.")

    assert visitor.blocks("table")[0]["rows"][0][1] == "Another one."


def test_a_moment_one_has_written_to_opens_on_what_was_told(visitor):
    write(visitor)
    visitor.send({"do": "list"})
    assert "Raised: one's own slip" in said(visitor)

    visitor.send({"do": "open", "name": "payday"})

    assert SENTENCE in said(visitor)


def test_the_next_moment_is_one_not_yet_written_to_and_the_list_after_the_last(visitor):
    for name in NAMES:
        write(visitor, name)
        links = [link for block in visitor.blocks("links") for link in block["items"]]
        (primary,) = [link for link in links if link["primary"]]
        following = NAMES[NAMES.index(name) + 1 :]
        expected = {"do": "open", "name": following[0]} if following else {"do": "list"}
        assert primary["do"] == expected


@pytest.mark.parametrize("sentence", ["", "  ", None, ["a"], "w" * 601])
def test_a_sentence_no_form_of_ours_sends_is_refused_and_nothing_is_kept(visitor, sentence):
    visitor.send({"do": "open", "name": "payday"})
    screen = visitor.screen["id"]

    visitor.answer(sentence=sentence)

    assert visitor.screen["problem"]
    assert visitor.screen["id"] == screen


@pytest.mark.parametrize(
    "message",
    [
        {"do": "answer", "values": {"sentence": "x"}},
        {"do": "open", "name": "nowhere"},
        {"do": "again"},
        {"do": "fly"},
    ],
)
def test_what_no_screen_of_ours_sends_is_refused_and_changes_nothing(visitor, message):
    screen = visitor.screen["id"]

    visitor.send(message)

    assert visitor.screen["problem"] == "That cannot be done here."
    assert visitor.screen["id"] == screen


def test_asked_twice_a_sentence_is_kept_once(visitor):
    visitor.send({"do": "open", "name": "payday"})
    message = {"id": uuid4().hex, "screen": visitor.screen["id"], "do": "answer"}

    for _ in range(2):
        visitor.post({**message, "values": {"sentence": SENTENCE}})

    kept = visitor.page._activity.store.events(name="lesson")
    assert sum(event.data["do"] == "answer" for event in kept) == 1


def test_a_sentence_to_a_moment_that_has_changed_since_is_asked_for_anew(visitor):
    write(visitor)
    activity = visitor.page._activity
    old = activity.store.events(name="lesson")[-1]
    activity.who = "somebody-else"
    event = type(old)(
        "x" * 12, old.at, "somebody-else", old.scenario, old.kind, "0" * 12, old.name, old.data
    )
    activity.store.append(event)

    activity._refold()

    assert activity.where.at == "list"
    assert activity.where.sentences == {}


def test_it_leaves_the_lessons_where_they_are(visitor):
    write(visitor)

    assert Visitor(widgets.lessons()).screen["id"].startswith("lessons/list")


# In a notebook and in a browser


def test_the_cell_can_be_run_twice():
    assert [widgets.raising().screen["id"] for _ in range(2)] == ["waiting", "waiting"]


@pytest.mark.browser
def test_a_near_miss_is_raised_by_keyboard_and_is_there_again_on_a_phone(page, served):
    page.goto(f"{served[0]}raising")
    page.get_by_role("button", name=moments()["payday"].title).focus()
    page.keyboard.press("Enter")
    page.locator("textarea").focus()
    page.keyboard.type(SENTENCE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".it-table").first.wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.locator(".it-table").first.wait_for()

    assert SENTENCE in page.locator(".it").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    go(page, "Change mine")
    assert page.locator("textarea").input_value() == SENTENCE
