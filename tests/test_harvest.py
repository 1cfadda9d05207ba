"""The lucky harvest: which words are marked and which are not, where; and that nothing is kept."""

import json
import logging
import re
from uuid import uuid4

import pytest
from browserless import Visitor
from browsing import go, token

from incident_training import front, places, widgets
from incident_training.language import TooLong, harvest, paragraphs, passages, rules
from incident_training.language.harvest import MOST
from incident_training.widgets.harvesting.parts import parts
from incident_training.widgets.harvesting.pasting import NONE, SHOWN, STAYS

SECRET = "zanzibar-credential"
PASTED = f"""# The night of the ferries

The export wrote to the live table. Luckily, the {SECRET} had
expired that morning.

```
luckily = True
```

Nothing was lost. A clerk happened to look at the list.

Where we got lucky

- The ferries were in harbour.
- None.

Action items

- Luckily this is easy to fix.
"""


@pytest.fixture
def visitor():
    return Visitor(widgets.harvest())


def found(text: str) -> list[str]:
    return [mark.rule for mark in harvest(text)]


def paste(visitor: Visitor, text: object) -> dict:
    return visitor.send({"do": "harvest", "text": text})


def shown(visitor: Visitor) -> dict | None:
    return visitor.blocks("marked")[0]["found"]


# The rules


@pytest.mark.parametrize(
    ("name", "text"), [(r.id, text) for r in rules().values() for text in r.must]
)
def test_a_rule_marks_its_own_examples(name, text):
    assert found(text) == [name]


@pytest.mark.parametrize("text", [text for r in rules().values() for text in r.never])
def test_no_rule_marks_what_is_said_not_to_be_one(text):
    assert found(text) == []


@pytest.mark.parametrize("name", rules())
def test_every_rule_says_why_asks_on_and_names_its_source(name):
    rule = rules()[name]

    assert rule.question.endswith("?")
    assert rule.reason
    assert rule.source
    assert rule.must
    assert rule.never
    assert not re.search(r"well (?:caught|done)|good catch", f"{rule.reason} {rule.question}", re.I)


@pytest.mark.parametrize("name", rules())
def test_no_rule_can_be_slow(name):
    """Without unbounded repeats each place of a text is tried in bounded work."""
    rule = rules()[name]
    written = [p.pattern for p in (rule.words, rule.heading, rule.unless) if p]

    assert not [p for p in written if re.search(r"(?<!\\)[*+]|\{\d+,\}", p)]


# Where they hold


def test_a_phrase_is_found_with_its_place_its_sentence_and_its_question():
    text = "All was well. Luckily,\nnobody looked 🙂. It went on."
    (mark,) = harvest(text)

    assert text[mark.start : mark.end] == "Luckily"
    assert mark.sentence == "Luckily, nobody looked 🙂."
    assert mark.question.endswith("?")


def test_positions_count_code_points():
    (mark,) = harvest("🙂🙂 Luckily, é.")

    assert (mark.start, mark.end) == (3, 10)


def test_a_sentence_gets_one_mark_and_that_of_the_first_rule():
    assert found("Luckily Ines happened to look, by pure chance.") == ["luck"]


def test_two_sentences_get_a_mark_each():
    assert found("The alert had been muted in May. The restore had never been tested.") == [
        *("muted", "unrehearsed")
    ]


def test_a_month_cut_short_ends_no_sentence():
    (mark,) = harvest("On Oct. 9 the copy was luckily whole.")

    assert mark.sentence.startswith("On Oct. 9")


def test_a_long_sentence_is_shown_around_its_phrase():
    (mark,) = harvest(f"{'then ' * 900}luckily{' and' * 900}")

    assert "luckily" in mark.sentence
    assert len(mark.sentence) < 600


@pytest.mark.parametrize(
    "text",
    [
        "```\nluckily\n```",
        "~~~ sh\nluckily\n~~~",
        "A line.\n\n    luckily = 1\n",
        "It is `luckily` here.",
        "> Luckily, says their policy,\nnobody has to.\n",
        "<!-- Luckily\nnobody reads this. -->",
        "See [the page](https://example.org/luckily).",
        "See https://example.org/luckily for more.",
        "[luckily]: https://example.org/luckily",
        "## Luckily it ended",
        "Unfortunately, it did not end.",
        "## Action items\n\n- Luckily this is easy.",
        "",
        "   \n\n",
    ],
)
def test_code_quotations_links_headings_plans_and_negations_are_passed_over(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "### Where we got lucky\n\n1. The shop was closed.\n   It was Sunday.\n2. Ada was there.",
        "**Where we got lucky**\n\n* The shop was closed.\n* Ada was there.\n\nIt ended.",
        "Where did we get lucky?\n• The shop was closed.\n• Ada was there.\nHow many helped?\nTwo.",
        "Where we got lucky\n==================\n\nThe shop was closed.\n\nAda was there.",
        "## Where we were lucky\n\n| The shop was closed. | Ada was there. |\n|---|---|",
        "Near misses\n\nThe shop was closed.\nAda was there.\n\nOnward.",
    ],
)
def test_each_line_under_a_heading_of_luck_is_marked_and_none_after_it(text):
    marks = harvest(text)

    assert [mark.rule for mark in marks] == ["lucky-heading"] * 2
    assert [mark.sentence[:8] for mark in marks] == ["The shop", "Ada was "]


def test_what_an_item_holds_after_code_is_no_mark_of_its_own():
    text = "## Where we got lucky\n\n- We ran this:\n\n  ```\n  ls\n  ```\n\n  and saw the disk.\n"

    assert [mark.sentence for mark in harvest(text)] == ["We ran this:"]


def test_carriage_returns_and_odd_characters_move_nothing():
    text = "One.\r\n\r\n\u2028Two.\x0b Luckily\r\nit ended.\ud800"
    (mark,) = harvest(text)

    assert text[mark.start : mark.end] == "Luckily"


def test_more_than_one_reads_is_refused_kindly():
    assert harvest("é" * (MOST // 2)) == ()
    with pytest.raises(TooLong, match="at most 200 KB"):
        harvest("é" * (MOST // 2 + 1))


@pytest.mark.parametrize("module", [paragraphs, passages])
def test_what_takes_a_text_apart_repeats_nothing_that_repeats(module):
    written = [p.pattern for p in vars(module).values() if isinstance(p, re.Pattern)]

    assert len(written) >= 3
    assert not [p for p in written if re.search(r"(?<!\\)\)(?:[*+]|\{\d+,\})", p)]


# The page


def test_before_one_pastes_the_page_says_that_nothing_is_kept(visitor):
    order = [block.get("text") or block["is"] for block in visitor.screen["main"]]

    assert order.index(STAYS) < order.index("marked")
    assert "live weaknesses" in STAYS
    assert "Reload the page, and it is gone" in STAYS


def test_a_text_comes_back_whole_and_in_order_with_its_marks_in_place(visitor):
    paste(visitor, PASTED)

    told = shown(visitor)["parts"]
    whole = "".join(p.get("quiet") or "".join(text for text, _ in p["runs"]) for p in told)
    marks = [(text, n) for p in told for text, n in p.get("runs", ()) if n]
    assert whole == PASTED.strip("\n")
    assert marks == [("Luckily", 1), ("happened to look", 2), ("The ferries were in harbour.", 3)]
    asks = [ask for part in told for ask in part.get("asks", ())]
    assert [ask["number"] for ask in asks] == [1, 2, 3]
    assert all(ask["line"].startswith("- “") and "\n" not in ask["line"] for ask in asks)
    assert visitor.screen["says"] == "3 places to ask about."


@pytest.mark.parametrize("size", [1, 50, 3000])
def test_parts_put_together_are_the_text_however_long_its_paragraphs(size):
    text = (
        f"{'word ' * size}Luckily it ended. {'Word ' * size}\n{'word ' * size} Phew. {'x ' * size}"
    )

    told = list(parts(text, harvest(text)))

    whole = "".join(p.get("quiet") or "".join(piece for piece, _ in p["runs"]) for p in told)
    assert whole == text
    assert [n for p in told for _, n in p.get("runs", ()) if n] == [1, 2]


def test_a_text_without_a_mark_is_not_called_safe(visitor):
    paste(visitor, "We stopped the pump and told the lead.")

    assert visitor.screen["says"] == NONE
    assert "not to say that nobody was lucky" in NONE


def test_two_hundred_kilobytes_are_read_and_more_is_refused(visitor):
    paste(visitor, "a\n" * 99_000 + "Luckily it ended.")
    assert visitor.screen["says"] == "1 place to ask about."

    paste(visitor, "é" * 200_000)

    assert "at most 200 KB" in visitor.screen["problem"]


def test_of_too_many_marks_the_first_are_shown_and_that_is_said(visitor):
    paste(visitor, "Luckily it ended.\n\n" * (SHOWN + 1))

    assert sum(len(part.get("asks", ())) for part in shown(visitor)["parts"]) == SHOWN
    assert f"The first {SHOWN} are shown" in visitor.screen["says"]


@pytest.mark.parametrize("text", [None, "", "  \n", 3, ["Luckily"], {"a": "Luckily"}])
def test_what_is_no_text_is_asked_for_again(visitor, text):
    paste(visitor, text)

    assert visitor.screen["problem"] == "Paste a text first."
    assert shown(visitor) is None


def test_a_text_is_forgotten_when_asked(visitor):
    paste(visitor, PASTED)

    visitor.send({"do": "forget"})

    assert SECRET not in str(visitor.screen)
    assert SECRET not in str(vars(visitor.page._activity))


def test_whoever_opens_the_page_anew_finds_nothing(visitor):
    paste(visitor, PASTED)

    visitor.hello()

    assert SECRET not in str(visitor.reply)


def test_nothing_pasted_reaches_the_store_a_draft_or_a_log(visitor, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    paste(visitor, PASTED)
    draft = {"text": PASTED}
    visitor.post({"do": "draft", "screen": visitor.screen["id"], "rev": 1, "values": draft})
    assert "nothing to write here" in visitor.reply["problem"].lower()
    monkeypatch.setattr(type(visitor.page._activity), "take", _fail)
    visitor.post({"do": "harvest", "id": uuid4().hex, "screen": "harvest", "text": PASTED})

    assert SECRET not in caplog.text
    files = [path for path in places.data_folder().rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]


def _fail(self, message):
    raise RuntimeError(f"a fault that tells all it has: {message}")


def test_of_a_pasted_text_the_widget_syncs_no_word(visitor):
    paste(visitor, PASTED)

    assert SECRET not in json.dumps(visitor.page.get_state(), default=str)


def test_the_field_asks_the_browser_to_keep_and_to_send_nothing():
    code = front.module("page")

    sealed = re.search(r"SEALED = \{(.*?)\}", code)[1]
    assert 'autocomplete: "off"' in sealed
    assert 'spellcheck: "false"' in sealed
    assert 'translate: "no"' in sealed


# In a browser

STORED = """
window.stored = [];
const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  stored.push(`${key} ${value}`);
  return put.call(this, key, value);
};
"""


def opened(page, served):
    address, _ = served
    page.add_init_script(STORED)
    page.goto(f"{address}harvest")
    page.get_by_label("An old postmortem").wait_for()
    return page


def kept_lines(page) -> str:
    return page.get_by_label("What you kept, as Markdown").input_value()


def test_marks_are_kept_and_dismissed_and_come_out_as_lines(served, page):
    opened(page, served)
    page.get_by_label("An old postmortem").fill(PASTED)
    go(page, "Look for luck")

    assert page.locator(".it-pasted mark").all_inner_texts() == [
        *("Luckily", "happened to look", "The ferries were in harbour.")
    ]
    page.get_by_role("button", name="Keep").nth(0).click()
    page.get_by_role("button", name="Dismiss").nth(1).click()
    assert "1 kept, 1 dismissed, 1 to go." in page.locator(".it").inner_text()
    assert kept_lines(page).count("\n") == 1
    assert SECRET in kept_lines(page)
    page.get_by_role("button", name="Keep").nth(0).click()
    page.get_by_role("button", name="Keep").nth(2).click()
    assert "The ferries" in kept_lines(page)
    assert SECRET not in kept_lines(page)


def test_blank_lines_between_two_marks_are_not_told(served, page):
    opened(page, served)
    page.get_by_label("An old postmortem").fill("Luckily it held.\n\nLuckily they looked.")
    go(page, "Look for luck")

    assert page.locator(".it-pasted mark").count() == 2
    assert "null" not in page.locator(".it-harvest").inner_text()


def test_by_keyboard_alone_and_a_screen_reader_is_told(served, page):
    opened(page, served)
    page.get_by_label("An old postmortem").focus()
    page.keyboard.insert_text("Luckily, it ended.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.locator(".it-verdict:focus").wait_for()
    group = page.get_by_role("group", name=re.compile("^Mark 1 of 1. "))
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert group.get_by_role("button", name="Keep").get_attribute("aria-pressed") == "true"
    assert page.get_by_role("status").filter(has_text="1 kept").count() == 1


def test_the_browser_keeps_no_word_not_even_for_a_moment(served, page):
    opened(page, served)
    page.get_by_label("An old postmortem").fill(PASTED)
    go(page, "Look for luck")
    page.get_by_role("button", name="Keep").nth(0).click()

    kept = page.evaluate("[...stored, JSON.stringify({...localStorage, ...sessionStorage})].join()")
    assert token(page)
    assert SECRET not in kept
    assert not [text for text in page.asked if SECRET in text]
    page.reload()
    page.get_by_label("An old postmortem").wait_for()
    assert page.get_by_label("An old postmortem").input_value() == ""
    assert SECRET not in page.content()


def test_what_stands_there_outlives_a_lost_line(served, page):
    lines = []
    page.route_web_socket(
        re.compile("/channels"), lambda way: lines.append((way, way.connect_to_server()))
    )
    opened(page, served)
    page.get_by_label("An old postmortem").fill(PASTED)
    go(page, "Look for luck")
    page.get_by_role("button", name="Keep").nth(0).click()

    for way in lines[-1]:
        way.close()

    page.get_by_text("Connected again.").first.wait_for()
    assert len(lines) == 2
    assert kept_lines(page).count("\n") == 1
    assert page.locator(".it-pasted mark").count() == 3


def test_another_text_is_begun_on_an_empty_page(served, page):
    opened(page, served)
    page.get_by_label("An old postmortem").fill(PASTED)
    go(page, "Look for luck")

    go(page, "Forget this text, take another")

    assert page.get_by_label("An old postmortem").input_value() == ""
    assert SECRET not in page.content()
    page.get_by_label("An old postmortem").fill("Phew.")
    go(page, "Look for luck")
    assert page.locator(".it-verdict").inner_text() == "1 place to ask about."


def test_too_long_a_text_stays_in_its_field_and_is_told_so(served, page):
    opened(page, served)
    page.get_by_label("An old postmortem").fill("long " * 50_000)
    page.get_by_role("button", name="Look for luck").click()

    page.get_by_text("at most 200 KB are read at once").first.wait_for()
    assert len(page.get_by_label("An old postmortem").input_value()) == 250_000


def test_on_a_phone_nothing_is_wider_than_the_screen(served, page):
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, served)
    page.get_by_label("An old postmortem").fill(PASTED + f"\nLuckily {'w' * 300} ended.")
    go(page, "Look for luck")

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
