"""A draft in a browser: written, asked about in place, taken along; what is served is our own."""

import json
from collections.abc import Iterator
from itertools import chain

import pytest
from browsing import PATIENCE
from playwright.sync_api import Page, expect
from serving import serving
from test_accessible import RULES, violations, visiting

pytestmark = pytest.mark.browser

DRAFTING = '''
import json
import os
from pathlib import Path

from incident_training.widgets import blocks
from incident_training.widgets.workbench import Reading, Workbench

WHY = "“Should have” judges a choice with what is known now."
FILES = [
    {"label": "Markdown", "name": "draft.md", "type": "text/markdown", "text": "# Größe 🦊\\n"},
    {"label": "JSON", "name": "draft.json", "type": "application/json", "text": "{}"},
]
RUNS = [["The job ", "same"], ["failed", "gone"], ["was moved", "new"], ["\\nat nine.", "same"]]
KINDS = {"prevent": "prevent: it does not start again", "detect": "detect: it is seen sooner"}
STATUS = {"draft": "Draft", "closed": "Closed"}
TIERS = {"stronger": "stronger: works if nobody remembers", "weaker": "weaker: leans on memory"}


def found(field, text, words, left):
    at = text.find(words)
    sentence = " ".join(f"{text}.".split(".")[text[:at].count(".")].split())
    id = f"{field}:{sentence}"
    if at < 0 or id in left:
        return []
    return [{
        "id": id, "field": field, "outcome": "ask", "sentence": sentence,
        "start": at, "end": at + len(words), "question": f"What made it sensible then, in {field}?",
        "reason": WHY, "source": "a debriefing guide",
    }]


class Drafting(Reading):
    name = "drafting"
    kept = Path(os.environ["INCIDENT_TRAINING_DATA"])

    def __init__(self, who):
        self.kept = self.kept.parent / f"{who}.json"
        self.asked, self.given = [], None
        if self.kept.exists():
            self.asked, self.given = json.loads(self.kept.read_text())

    def keep_begun(self, screen, rev, values):
        """Nothing: the browser keeps it."""

    def take(self, message):
        values = message["values"]
        if message["do"] == "answer":
            self.given = values
        else:
            left = values.get("left-factors") or {}
            text = values["factors"] or ""
            self.asked = [
                *found("factors", text, "should have", left),
                *found("factors", text, "could have", left),
            ]
            for one in values["candidates"]:
                self.asked += found("candidates", one["text"], "careful", {})
        self.kept.write_text(json.dumps([self.asked, self.given]))

    def screen(self):
        head = {"stage": "play", "title": "The draft"}
        if self.given:
            told = blocks.words(json.dumps(self.given, ensure_ascii=False))
            shown = [
                told,
                blocks.revised("What was changed", [{"section": "Impact", "runs": RUNS}]),
                blocks.downloads("Take it along", "It is made in this browser.", FILES),
            ]
            return {**head, "id": "done", "main": shown, "says": "Handed in."}
        about = {f: [q for q in self.asked if q["field"] == f] for f in ("factors", "candidates")}
        asked = [
            [blocks.questions(f"left-{f}", found)] if found else [] for f, found in about.items()
        ]
        more = [blocks.text(f"more-{n}", f"Section {n}", optional=True) for n in range(MORE)]
        form = blocks.form(
            "Hand in",
            blocks.text("title", "Title", rows=1, optional=True, note="Accuse nobody."),
            blocks.choice("status", "Status", STATUS, layout="row", optional=True),
            blocks.text("impact", "Impact", rows=2, note="Who was hurt, and how many?"),
            blocks.text("factors", "Contributing factors", rows=4),
            *asked[0],
            *more,
            blocks.candidates("candidates", "Action item candidates", 3, KINDS, TIERS),
            *asked[1],
            also={"button": "Ask me", "do": "ask"},
        )
        count = len(self.asked)
        says = f"{count} to think about." if count else "No question left to ask."
        return {**head, "id": "draft", "main": [form], "says": says}


Workbench(Drafting)
'''
LATER = "The fox 🦊 slept. Sam should have looked. All was well."


@pytest.fixture(scope="module")
def drafts(tmp_path_factory) -> Iterator[str]:
    """The address of a page with a draft on it, and of one with many sections."""
    cells = {"index": f"MORE = 0\n{DRAFTING}", "long": f"MORE = 17\n{DRAFTING}"}
    with serving(tmp_path_factory.mktemp("drafts"), cells) as course:
        yield f"http://127.0.0.1:{course.port}/"


def opened(page: Page, address: str) -> Page:
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.locator("form").wait_for()
    return page


def asked(page: Page) -> None:
    """Press the quiet button, and wait for what comes of it."""
    page.get_by_role("button", name="Ask me").click()
    page.wait_for_function("() => !document.querySelector('.it[data-waiting]')")
    page.evaluate("new Promise(requestAnimationFrame)")


def candidate(page: Page, number: int):
    return page.get_by_role("group", name=f"Candidate {number}")


def section(page: Page, number: int):
    return page.get_by_role("textbox", name=f"Section {number} optional", exact=True)


def selected(page: Page) -> str:
    return page.evaluate(
        "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))"
        "(document.activeElement)"
    )


def handed_in(page: Page) -> dict:
    page.get_by_role("button", name="Hand in").click()
    page.locator(".it-revised").wait_for()
    return json.loads(page.locator(".it-words").first.inner_text())


def test_a_draft_is_written_and_handed_in_with_keys_alone(page, drafts):
    opened(page, drafts)
    page.get_by_label("Title").focus()
    page.keyboard.type("Export moved")
    page.keyboard.press("Enter")  # goes on, and hands nothing in
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.keyboard.type("9 learners")
    page.keyboard.press("Tab")
    page.keyboard.type("The job moved\nand nobody was told")
    page.keyboard.press("Tab")
    page.keyboard.type("Cap the export at 10 until the pool is split")
    page.keyboard.press("Enter")
    page.keyboard.type("The pool never fills")
    page.keyboard.press("Tab")
    page.keyboard.type("prev")
    page.keyboard.press("Tab")
    page.keyboard.type("stro")
    page.keyboard.press("Tab")
    page.keyboard.type("Platform")
    for _ in range(3):  # by the next candidate, which is empty
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ask me"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(".it-revised").wait_for()

    given = json.loads(page.locator(".it-words").first.inner_text())
    assert given == {
        "title": "Export moved",
        "status": "draft",
        "impact": "9 learners",
        "factors": "The job moved\nand nobody was told",
        "candidates": [
            {
                "text": "Cap the export at 10 until the pool is split",
                "known": "The pool never fills",
                "kind": "prevent",
                "tier": "stronger",
                "backlog": "Platform",
            }
        ],
    }


def test_asking_leaves_what_is_written_where_it_is_and_goes_to_the_question(page, drafts):
    opened(page, drafts)
    field = page.get_by_label("Contributing factors")
    field.fill(LATER)
    field.evaluate("node => (node.before = true)")
    asked(page)

    assert page.locator(".it-missing").count() == 0
    assert field.evaluate("node => node.before")
    assert field.input_value() == LATER
    question = page.get_by_role("group", name="What made it sensible then")
    expect(question).to_be_focused()
    expect(question).to_be_in_viewport()
    expect(question).to_contain_text("Sam should have looked")
    assert page.locator(".it-field:has(textarea) + .it-questions").count() == 1


def test_a_question_stands_beside_its_words_and_on_a_phone_below_them(page, drafts):
    opened(page, drafts)
    page.get_by_label("Contributing factors").fill(LATER)
    asked(page)
    wide = [page.locator(part).bounding_box() for part in ("textarea >> nth=1", ".it-ask")]
    page.set_viewport_size({"width": 390, "height": 844})
    narrow = [page.locator(part).bounding_box() for part in ("textarea >> nth=1", ".it-ask")]

    assert wide[0]["x"] + wide[0]["width"] < wide[1]["x"]
    assert wide[1]["y"] < wide[0]["y"] + wide[0]["height"]
    assert narrow[0]["y"] + narrow[0]["height"] < narrow[1]["y"]


def test_what_sends_a_long_draft_is_at_hand_and_hides_nothing_one_comes_to(page, drafts):
    opened(page, f"{drafts}long")
    foot = page.locator(".it-foot")
    page.get_by_label("Title").focus()
    for _ in range(21):
        expect(foot).to_be_in_viewport(ratio=1)
        here = page.locator(":focus").bounding_box()
        assert here["y"] + here["height"] <= foot.bounding_box()["y"]
        page.keyboard.press("Tab")


def test_that_there_is_no_question_is_seen_and_said_each_time(page, drafts):
    opened(page, drafts)
    region = page.locator("[role=status].it-unseen")
    for _ in range(2):
        region.evaluate("node => (node.textContent = '')")
        asked(page)
        expect(region).to_have_text("No question left to ask.")
        expect(page.locator(".it-after")).to_have_text("No question left to ask.")
        expect(page.get_by_role("button", name="Ask me")).to_be_focused()


def test_the_words_asked_about_are_selected_after_an_emoji_and_where_they_have_moved(page, drafts):
    opened(page, drafts)
    field = page.get_by_label("Contributing factors")
    field.fill(LATER)
    asked(page)
    show = page.get_by_role("button", name="Show me")
    show.click()
    assert selected(page) == "should have"

    field.fill(f"🐻🐻 First.\n{LATER.replace('Sam should', 'Sam   should')}")
    show.click()
    assert selected(page) == "should have"

    field.fill("Sam saw the alert at nine.")
    show.click()
    expect(field).to_be_focused()
    assert selected(page) == ""
    expect(page.get_by_text("These words have changed since you asked.").first).to_be_visible()


def test_words_far_down_a_long_section_are_brought_into_its_sight(page, drafts):
    opened(page, drafts)
    field = page.get_by_label("Contributing factors")
    field.fill("All was well. " * 400 + "Sam should have looked." + " All was well." * 400)
    field.evaluate("node => (node.scrollTop = 0)")
    asked(page)
    page.get_by_role("button", name="Show me").click()
    half = field.evaluate("node => node.scrollTop / (node.scrollHeight - node.clientHeight)")

    assert 0.45 < half < 0.55


def test_a_candidate_that_is_asked_about_is_shown_in_its_own_line(page, drafts):
    opened(page, drafts)
    candidate(page, 1).get_by_label("Verb").fill("Cap the export at 10")
    candidate(page, 2).get_by_label("Verb").fill("Ask all to be careful")
    asked(page)
    page.get_by_role("button", name="Show me").click()

    expect(candidate(page, 2).get_by_label("Verb")).to_be_focused()


def test_a_question_left_as_it_is_comes_back_with_its_reason(page, drafts):
    opened(page, drafts)
    page.get_by_label("Contributing factors").fill(LATER)
    page.get_by_label("Impact").fill("9 learners")
    candidate(page, 1).get_by_label("Verb").fill("Cap it")
    asked(page)
    leave = page.get_by_role("button", name="Leave it as it is")
    leave.press("Enter")
    because = page.get_by_label("because")
    expect(because).to_be_focused()
    page.keyboard.type("Sam wrote it 🦊")
    page.reload()

    expect(because).to_have_value("Sam wrote it 🦊")
    expect(leave).to_have_attribute("aria-pressed", "true")
    given = handed_in(page)
    assert list(given["left-factors"].values()) == ["Sam wrote it 🦊"]


def test_new_questions_take_the_place_of_old_ones_and_what_was_left_is_kept(page, drafts):
    opened(page, drafts)
    field = page.get_by_label("Contributing factors")
    field.fill(LATER)
    page.get_by_label("Impact").fill("9 learners")
    candidate(page, 1).get_by_label("Verb").fill("Cap it")
    asked(page)
    page.get_by_role("button", name="Leave it as it is").click()
    page.keyboard.type("he says so")
    field.fill(f"{LATER} Kim could have asked.")
    asked(page)
    assert page.locator(".it-quoted").all_inner_texts() == ["Kim could have asked"]

    field.fill(LATER)
    asked(page)
    assert page.locator(".it-ask").count() == 0
    page.reload()
    page.locator("form").wait_for()
    assert list(handed_in(page)["left-factors"].values()) == ["he says so"]


def test_a_question_taken_up_again_is_not_left(page, drafts):
    opened(page, drafts)
    page.get_by_label("Contributing factors").fill(LATER)
    page.get_by_label("Impact").fill("9 learners")
    candidate(page, 1).get_by_label("Verb").fill("Cap it")
    asked(page)
    for _ in range(2):
        page.get_by_role("button", name="Leave it as it is").click()

    expect(page.get_by_label("because")).to_be_hidden()
    assert handed_in(page)["left-factors"] == {}


def test_the_focus_stays_where_one_writes_when_the_answer_comes_late(page, drafts):
    opened(page, drafts)
    page.get_by_label("Contributing factors").fill(LATER)
    page.evaluate("""() => {
      [...document.querySelectorAll("button")].find((one) => one.textContent === "Ask me").focus();
      document.activeElement.click();
      document.querySelector("textarea").focus();
    }""")
    page.locator(".it-ask").wait_for()
    page.evaluate("new Promise(requestAnimationFrame)")

    expect(page.get_by_label("Impact")).to_be_focused()


def test_there_are_as_many_candidates_as_are_asked_for_and_empty_ones_are_not_sent(page, drafts):
    opened(page, drafts)
    page.get_by_label("Impact").fill("9 learners")
    page.get_by_label("Contributing factors").fill("The job moved")
    assert page.get_by_role("group", name="Candidate").count() == 2  # and the group of them all
    expect(candidate(page, 1).get_by_label("Kind")).to_be_hidden()
    for number in (1, 2, 3):
        candidate(page, number).get_by_label("Verb").fill(f"Action {number}")
    candidate(page, 2).get_by_label("Verb").fill("")
    candidate(page, 3).get_by_label("Tier").select_option("weaker")

    assert page.locator(".it-candidate").count() == 3
    page.reload()
    page.locator("form").wait_for()
    expect(candidate(page, 2).get_by_label("Tier")).to_have_value("weaker")
    assert [one["text"] for one in handed_in(page)["candidates"]] == ["Action 1", "Action 3"]


def test_a_draft_without_a_candidate_is_told_so_at_the_first(page, drafts):
    opened(page, drafts)
    page.get_by_label("Impact").fill("9 learners")
    page.get_by_label("Contributing factors").fill("The job moved")
    page.get_by_role("button", name="Hand in").click()

    expect(candidate(page, 1).get_by_label("Verb")).to_be_focused()
    expect(page.get_by_text("Write one to go on.")).to_be_visible()


def test_a_long_draft_is_kept_as_it_is_typed(page, drafts):
    opened(page, f"{drafts}long")
    for number in range(17):
        section(page, number).fill("word 🦊 " * 150)
    field = section(page, 3)
    field.evaluate("node => (node.before = true)")
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("the very last words")
    asked(page)
    assert field.evaluate("node => node.before")
    page.reload()

    expect(field).to_have_value("word 🦊 " * 150 + "the very last words")


def test_what_is_saved_is_the_text_to_the_byte(page, drafts, tmp_path):
    finished(page, drafts)
    for label, name, text in (
        ("Markdown", "draft.md", "# Größe 🦊\n"),
        ("JSON", "draft.json", "{}"),
    ):
        with page.expect_download() as saving:
            page.get_by_role("button", name=label).click()
        saving.value.save_as(tmp_path / name)

        assert saving.value.suggested_filename == name
        assert (tmp_path / name).read_bytes() == text.encode()


def test_what_was_changed_is_told_to_the_ear_too(page, drafts):
    finished(page, drafts)
    runs = page.locator(".it-runs")

    assert runs.locator("del").text_content() == "[taken out: failed]"
    assert runs.locator("ins").text_content() == "[put in: was moved]"


def finished(page: Page, address: str) -> None:
    opened(page, address)
    written(page)
    handed_in(page)


def written(page: Page) -> None:
    page.get_by_label("Title").fill("The export moved")
    page.get_by_label("Impact").fill("9 learners for an hour")
    page.get_by_label("Contributing factors").fill(f"{LATER} Kim could have asked.")
    candidate(page, 1).get_by_label("Verb").fill("Cap the export at 10 until the pool is split")
    candidate(page, 1).get_by_label("Kind").select_option("prevent")
    candidate(page, 2).get_by_label("Verb").fill("Ask everybody to be careful with exports")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_wrong_for_those_who_hear_it_or_see_little(browser, drafts, theme, width):
    with visiting(browser, width, color_scheme=theme) as page:
        opened(page, drafts)
        written(page)
        states = [wrong(page)]
        asked(page)
        states.append(wrong(page))
        page.get_by_role("button", name="Leave it as it is").first.click()
        page.get_by_label("Contributing factors").fill("Nothing of it")
        page.get_by_role("button", name="Show me").nth(1).click()
        states.append(wrong(page))
        handed_in(page)
        states.append(wrong(page))

    assert states == [[]] * 4


def wrong(page: Page) -> list[str]:
    """What axe and our own probes find, and what a finger would miss on a phone."""
    page.keyboard.press("Shift")  # from here on the focus is a keyboard's
    found = [*violations(page, RULES), *chain(*page.evaluate("probes.every()").values())]
    if page.viewport_size["width"] < 500:
        found += page.evaluate("""[...document.querySelectorAll(
            ".it-main :is(button, input[type=text], select, textarea, .it-option)")]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
          .map((one) => `low: ${one.outerHTML}`)""")
    return found


def test_a_draft_is_drawn_in_forced_colours(browser, drafts):
    with visiting(browser, forced_colors="active") as page:
        opened(page, drafts)
        written(page)
        asked(page)
        page.get_by_role("button", name="Leave it as it is").first.press("Enter")

        assert page.evaluate("probes.forced()") == {"edges": [], "rings": [], "motion": []}
