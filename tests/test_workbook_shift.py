"""A draft as a person meets it: written after a shift, asked about, planned, taken along."""

import json
import re
import time

import pytest
from browsing import begun, choose, go, seconds_until, to_the_end
from playwright.sync_api import Browser, Page, expect
from serving import until
from test_never_lost import AGAIN, drafted, kernel, lived, steps
from test_workbook_front import asked, candidate

from incident_training.kinds.document import HEADS
from incident_training.kinds.workbook import LONGEST, NEAR_MISS, SECTIONS

pytestmark = pytest.mark.browser

MARKUP = "<script>alert('x')</script> <img src=//example.org/y> & “words”"
TEXTS = {
    "title": "New rooms showed no question 🦊",
    "owner": "The duty manager",
    "summary": f"New rooms opened empty after release 4.18. {MARKUP}",
    "impact": "214 learners of nine schools, for 41 minutes.",
    "detection": "By people, 3 hours 20 minutes after the release.",
    "factors": "The check looked for a green light.\nThe engineer should have tried a second room.",
    "sense": "Green is what the check asks for, so it looked done.",
    "well": "One odd screen was written down. It was caused by human error.",
    "badly": "Each side of the store saw one half.",
    "lucky": "The rehearsal had moved to Friday.",
    "responders": "The person on duty; the release lead.",
}
MENDED = "The check looked for a green light.\nA light is on before a question is drawn."
ACTIONS = [
    ("Draw a question in a new room after each release | or turn back", "stronger"),
    ("Show the note of the evening on the first page", "intermediate"),
    ("Tell everybody about the handbook", "weaker"),
]
LATER = "In spring, when the handbook is written anew"
WHY = "He says so himself, and it is his own note"
CARD = {"When": "a light is green", "I will": "ask what it looked at"}


def section(page: Page, name: str):
    """The field of a section, by its legend."""
    legend = re.escape(SECTIONS[name].legend)
    return page.get_by_role("textbox", name=re.compile(f"^{legend}( optional)?$"))


def written(page: Page) -> dict[str, str]:
    """What stands in each section."""
    return {name: section(page, name).input_value() for name in TEXTS}


def write(page: Page) -> None:
    for name, text in TEXTS.items():
        section(page, name).fill(text)
    choose(page, "In review")
    for number, (action, tier) in enumerate(ACTIONS, 1):
        candidate(page, number).get_by_label("Verb").fill(action)
        candidate(page, number).get_by_label("Tier").select_option(tier)
    candidate(page, 1).get_by_label("How will one know?").fill("4.18 as it was is gone again")


def question(page: Page, words: str):
    """The question about the sentence in which these words are."""
    return page.locator(".it-ask", has_text=words)


def saved(page: Page, label: str, folder) -> str:
    """Save a file that one takes along; return what is in it."""
    with page.expect_download() as saving:
        page.get_by_role("button", name=label).click()
    name = saving.value.suggested_filename
    saving.value.save_as(folder / name)
    return (folder / name).read_text("utf-8")


@pytest.fixture
def drafting(served, page, kept):
    """A page on which somebody who has lived through a shift stands before its draft."""
    page.me = lived(kept)
    begun(page, served[0], f"postmortem#me={page.me}")
    page.evaluate("window.same = true")  # as long as the browser does not load the page again
    return page


def test_a_whole_shift_leads_to_a_postmortem_that_is_taken_along(served, page, browser, tmp_path):
    begun(page, served[0], "shift")
    to_the_end(page, "watch")
    go(page, "Go on: read the log")
    for _ in range(2):  # none is raised
        page.get_by_role("button", name="Raise these flags").click()
    go(page, "Go on: draft the postmortem")
    timeline = section(page, "timeline").input_value()
    assert "your call: keep watching" in timeline

    write(page)
    asked(page)
    assert 1 <= page.locator(".it-ask").count() <= 3
    section(page, "factors").fill(MENDED)
    left = question(page, "caused by human error")
    left.get_by_role("button", name="Leave it as it is").click()
    left.get_by_label("because").fill(WHY)
    asked(page)
    assert question(page, "should have tried").count() == 0
    assert question(page, "caused by human error").count() == 0
    assert written(page) == {**TEXTS, "factors": MENDED}

    go(page, "Hand in the draft")
    for number in (0, 1):
        page.locator(f"input[value=own-{number}]").check()
    go(page, "Take these")
    page.get_by_label(ACTIONS[2][0]).fill(LATER)
    go(page, "Save and go on")
    for does in ("strengthens", "seen_at", "reminds"):
        page.locator(f"input[value={does}]").check()
        for target in page.locator(f"input[name*=target-{does}]:visible").all()[:1]:
            target.check(force=True)
        go(page, "Save and go on")
    for label, words in CARD.items():
        page.get_by_label(label, exact=False).first.fill(words)
    go(page, "Finish")

    card = "When a light is green, I will ask what it looked at."
    page.locator(".it-verdict", has_text=card).wait_for()
    expect(page.locator(".it-revised h3")).to_have_text([SECTIONS["factors"].legend])
    texts = {**TEXTS, "factors": MENDED, "timeline": timeline}
    said = json.loads(saved(page, "JSON", tmp_path))
    assert {"title": said["title"], **said["sections"]} == {**texts, "status": "In review"}
    assert [one["Candidate"] for one in said["candidates"]] == [text for text, _ in ACTIONS]
    assert [one["Planning"] for one in said["candidates"]] == ["taken"] * 2 + [f"declined: {LATER}"]
    assert all(one["Played again"] for one in said["candidates"])
    told = saved(page, "Markdown", tmp_path)
    assert all(f"## {SECTIONS[name].legend}" in told for name in texts.keys() - {"title"})
    [head] = [line for line in told.splitlines() if line.startswith("| Candidate")]
    assert head == f"| {' | '.join(HEADS)} |"
    assert card in told
    saved(page, "A page to print", tmp_path)
    [file] = tmp_path.glob("*.html")
    reads_whole(browser, file, [*texts.values(), *(text for text, _ in ACTIONS), LATER, card])


def reads_whole(browser: Browser, file, texts: list[str]) -> None:
    """Open a file as somebody who was sent it; each text is there, and nothing is asked for."""
    page = browser.new_page()
    opened, raised = [], []
    page.on("request", lambda request: opened.append(request.url))
    page.on("dialog", lambda dialog: raised.append(dialog.message))
    page.goto(file.as_uri())
    shown = " ".join(page.locator("body").inner_text().split())
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.emulate_media(media="print", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()

    assert [text for text in texts if " ".join(text.split()) not in shown] == []
    assert (opened, raised, wide) == ([file.as_uri()], [], False)
    assert paper == "rgb(255, 255, 255)"


def test_a_kernel_that_dies_in_the_middle_of_a_draft_costs_nothing(course, served, drafting):
    page = drafting
    write(page)
    asked(page)
    left = question(page, "caused by human error")
    left.get_by_role("button", name="Leave it as it is").click()
    left.get_by_label("because").fill(WHY)
    section(page, "badly").focus()
    kernel(course, page).kill()
    fault = time.time()
    page.keyboard.press("End")
    page.keyboard.type(" And no page showed both.")
    seconds_until(page, AGAIN, fault)

    now = {**TEXTS, "badly": f"{TEXTS['badly']} And no page showed both."}
    assert written(page) == now
    assert page.evaluate("window.same")
    expect(left.get_by_label("because")).to_have_value(WHY)
    expect(candidate(page, 3).get_by_label("Tier")).to_have_value("weaker")
    page.reload()
    page.locator("form").wait_for()
    assert written(page) == now
    expect(left.get_by_label("because")).to_have_value(WHY)
    go(page, "Hand in the draft")
    [*_, handed] = steps(served[1], page.me, "postmortem")
    response = handed.data["response"]
    assert {name: response["texts"][name] for name in TEXTS} == now
    assert list(response["left"].values()) == [WHY]
    assert [one["text"] for one in response["candidates"]] == [text for text, _ in ACTIONS]


def long(room: int) -> str:
    """So many characters: a table, code, five hundred links, and prose."""
    table = "| time | what |\n| --- | --- |\n" + "| 09:08 | a room is empty |\n" * 40
    code = "```python\nfor room in rooms:\n    assert room.question, room\n```\n" * 10
    links = "".join(f"[{number}](https://example.org/{number})\n" for number in range(500))
    start = f"{table}\n{code}\n{links}\n"
    assert len(start) < room
    return (start + "Rooms were empty. " * 1_000)[: room - 1] + "."


def test_the_longest_draft_is_pasted_asked_about_and_handed_in(served, drafting):
    page = drafting
    for name in ("impact", "factors", "lucky"):
        section(page, name).fill(TEXTS[name])
    candidate(page, 1).get_by_label("Verb").fill(ACTIONS[0][0])
    room = LONGEST - sum(len(section(page, name).input_value()) for name in SECTIONS_ASKED)
    text = long(room)
    section(page, "summary").focus()
    page.keyboard.insert_text(text)
    asked(page)

    assert page.locator(".it-line[data-tone=problem]").count() == 0
    assert page.locator(".it-ask").count() >= 1
    assert section(page, "summary").input_value() == text
    go(page, "Hand in the draft")
    page.get_by_role("button", name="Take these").wait_for()
    [*_, handed] = steps(served[1], page.me, "postmortem")
    assert handed.data["response"]["texts"]["summary"] == text


SECTIONS_ASKED = [name for name in SECTIONS if name not in (*NEAR_MISS, "status")]


def test_two_megabytes_are_refused_in_a_sentence_and_what_was_there_stays(served, drafting):
    page, data = drafting, served[1]
    for name in ("impact", "factors", "lucky"):
        section(page, name).fill(TEXTS[name])
    candidate(page, 1).get_by_label("Verb").fill(ACTIONS[0][0])
    until(lambda: drafted(data, page.me, ACTIONS[0][0]))
    paste(section(page, "summary"), "All was well. " * 150_000)

    problem = page.locator(".it-line[data-tone=problem]", has_text="too long to keep")
    problem.wait_for()
    page.locator("[role=alert]", has_text="too long to keep").wait_for(state="attached")
    assert drafted(data, page.me, TEXTS["impact"])
    page.get_by_role("button", name="Hand in the draft").click()
    problem.wait_for()
    assert steps(data, page.me, "postmortem") == []
    assert section(page, "impact").input_value() == TEXTS["impact"]

    section(page, "summary").fill("Rooms were empty.")
    until(lambda: drafted(data, page.me, "Rooms were empty."))
    problem.wait_for(state="detached")
    go(page, "Hand in the draft")
    page.get_by_role("button", name="Take these").wait_for()
    assert len(steps(data, page.me, "postmortem")) == 1


def paste(field, text: str) -> None:
    """Put a text into a field at once, as from a clipboard."""
    field.evaluate(
        """(node, text) => {
          node.focus();
          node.setRangeText(text, 0, node.value.length, "end");
          node.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""",
        text,
    )
