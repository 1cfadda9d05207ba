"""The page of the language review: a pasted draft, asked about in place; and kept nowhere."""

import json
import logging
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from browserless import Visitor
from browsing import go, token

from incident_training import places, widgets
from incident_training.kinds.base import plural
from incident_training.language import Finding, alike, review
from incident_training.widgets.reviewing.parts import parts
from incident_training.widgets.reviewing.pasting import NONE, SHOWN, STAYS

SECRET = "zanzibar-credential"
PASTED = f"""# The night of the ferries

The export wrote to the live table with the {SECRET}.

## Root cause

The disk was full. It was human error by the night desk.

```
human error
```

## Action items

- Be more careful.
"""


@pytest.fixture
def visitor():
    return Visitor(widgets.review())


def paste(visitor: Visitor, text: object) -> dict:
    return visitor.send({"do": "review", "text": text})


def shown(visitor: Visitor) -> dict | None:
    return visitor.blocks("marked")[0]["found"]


def asks(visitor: Visitor) -> list[dict]:
    return [ask for part in shown(visitor)["parts"] for ask in part.get("asks", ())]


def whole(told: list[dict]) -> str:
    return "".join(p.get("quiet") or "".join(text for text, _ in p["runs"]) for p in told)


def finding(start: int, end: int, question: str = "What?") -> Finding:
    return Finding(
        "rule", "blame", "ask", start, end, "other", "A sentence.", question, "Because.", "Ours."
    )


# The parts


def test_findings_side_by_side_have_a_mark_each():
    told = list(parts("One two.", [finding(0, 3), finding(3, 7)]))

    assert [run for part in told for run in part["runs"]] == [("One", 1), (" two", 2), (".", None)]


def test_a_question_about_several_sentences_is_told_once_and_named_at_the_others():
    text = "One.\n\nTwo.\n\nThree."
    other = replace(finding(6, 9, "Who?"), family="mechanistic")
    told = list(parts(text, [finding(0, 3, "What?"), other, finding(12, 17, "Where?")]))
    asks = [ask for part in told for ask in part.get("asks", ())]

    assert [ask["question"] for ask in asks] == ["What?", "Who?", "The same question as 1."]
    assert [bool(ask["reason"]) for ask in asks] == [True, True, False]
    assert asks[2]["line"] == "- “A sentence.” What?"


@pytest.mark.parametrize("size", [1, 50, 3000])
def test_parts_put_together_are_the_text_however_long_its_paragraphs(size):
    text = f"{'word ' * size}It was human error. {'Word ' * size}\n{'word ' * size} Be careful."

    assert whole(list(parts(text, review(text)))) == text


# The page


def test_before_one_pastes_the_page_says_that_nothing_is_kept(visitor):
    order = [block.get("text") or block["is"] for block in visitor.screen["main"]]

    assert order.index(STAYS) < order.index("marked")
    assert "Reload the page, and it is gone" in STAYS


def test_the_page_leads_back_to_the_postmortem(visitor):
    links = visitor.blocks("links")[0]["items"]

    assert "postmortem.ipynb" in [link["href"] for link in links]


def test_a_text_comes_back_whole_and_asked_about_in_place(visitor):
    paste(visitor, PASTED)

    assert whole(shown(visitor)["parts"]) == PASTED.strip("\n")
    assert "human error" in [
        words for p in shown(visitor)["parts"] for words, n in p.get("runs", ()) if n
    ]
    assert [ask["number"] for ask in asks(visitor)] == [*range(1, len(asks(visitor)) + 1)]
    assert all(ask["reason"].startswith(("Flag. ", "Ask. ")) for ask in asks(visitor))
    assert all(ask["line"].startswith("- “") and "\n" not in ask["line"] for ask in asks(visitor))


def test_what_is_found_is_counted_by_question_place_and_outcome(visitor):
    found = review(PASTED.strip("\n"))
    paste(visitor, PASTED)

    flags = sum(one.outcome == "flag" for one in found)
    assert flags
    kinds = f"{plural(flags, 'flag', 'flags')}, {plural(len(found) - flags, 'ask', 'asks')}."
    asked = plural(len(alike(found)), "question", "questions")
    assert visitor.screen["says"] == f"{asked} at {plural(len(found), 'place', 'places')}: {kinds}"


def test_a_text_without_a_finding_is_not_called_good(visitor):
    paste(visitor, "We stopped the pump at 09:10 and told the lead.")

    assert visitor.screen["says"] == NONE
    assert "for a reader to say" in NONE


def test_of_too_many_questions_the_first_are_shown_and_that_is_said(visitor):
    paste(visitor, "It was human error.\n\n" * (SHOWN + 1))

    assert len(asks(visitor)) == SHOWN
    assert f"The first {SHOWN} are shown" in visitor.screen["says"]


def test_more_than_is_read_at_once_is_refused_kindly(visitor):
    paste(visitor, "é" * 200_000)

    assert "at most 200 KB" in visitor.screen["problem"]
    assert shown(visitor) is None


@pytest.mark.parametrize("text", [None, "", "  \n", 3, ["human error"], {"a": "human error"}])
def test_what_is_no_text_is_asked_for_again(visitor, text):
    paste(visitor, text)

    assert visitor.screen["problem"] == "Paste a text first."
    assert shown(visitor) is None


def test_a_text_is_forgotten_when_asked(visitor):
    paste(visitor, PASTED)

    visitor.send({"do": "forget"})

    assert SECRET not in str(visitor.screen)
    assert SECRET not in str(vars(visitor.page._activity))


def test_nothing_pasted_reaches_the_store_a_draft_a_log_or_a_synced_state(
    visitor, caplog, monkeypatch
):
    caplog.set_level(logging.DEBUG)
    paste(visitor, PASTED)
    assert SECRET not in json.dumps(visitor.page.get_state(), default=str)
    draft = {"text": PASTED}
    visitor.post({"do": "draft", "screen": visitor.screen["id"], "rev": 1, "values": draft})
    assert "nothing to write here" in visitor.reply["problem"].lower()
    monkeypatch.setattr(type(visitor.page._activity), "take", _fail)
    visitor.post({"do": "review", "id": uuid4().hex, "screen": "review", "text": PASTED})

    assert SECRET not in caplog.text
    files = [path for path in places.data_folder().rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]


def _fail(self, message):
    raise RuntimeError(f"a fault that tells all it has: {message}")


# In a browser


@pytest.mark.parametrize("width", [1280, 390])
def test_a_draft_is_asked_about_in_place_and_what_one_keeps_comes_out_as_lines(served, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served[0]}review")
    page.get_by_label("A postmortem of yours").fill(f"{PASTED}\n- Be careful, {'w' * 300}.")
    go(page, "Ask me")

    assert "human error" in page.locator(".it-pasted mark").all_inner_texts()
    first = page.get_by_role("group", name=re.compile("^Question 1 of "))
    first.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Leave it as it is").last.click()
    assert "1 kept, 1 left, " in page.locator(".it").inner_text()
    lines = page.get_by_label("What you kept, as Markdown").input_value()
    assert lines.startswith("- “It was human error by the night desk.” ")
    assert lines.count("\n") == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    stored = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert token(page)
    assert SECRET not in stored
    assert not [address for address in page.asked if SECRET in address]
    go(page, "Draft a postmortem")
    page.locator(".it-title", has_text="postmortem").wait_for()
