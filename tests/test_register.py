"""The register of one's own team: it stays in the browser, whole, until one erases it."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from browserless import Visitor
from browsing import watched

from incident_training import places, widgets
from incident_training.doctrine.priority import LEVELS, matrix
from incident_training.widgets.registering import own

KEY = "incident-training.register"
FULL = "void (Storage.prototype.setItem = () => { throw new Error('full'); })"
FORBIDDEN = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
SECRET = "xylophone"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "a;=1+1", 'a;"=1+1']


@pytest.fixture
def visitor():
    return Visitor(widgets.register())


@pytest.fixture
def register(page, served):
    """The page, open."""
    return opened(page, served)


def opened(page, served):
    page.goto(f"{served[0]}register")
    page.locator(".it-register form").wait_for()
    return page


def begin(page, nearly="The wrong table", stopped="luck", exposed="The script"):
    page.get_by_label("What nearly happened?").fill(nearly)
    pick(page, "stopped", stopped)
    page.get_by_label("What is still exposed?").fill(exposed)


def pick(page, name, value):
    page.locator(f"input[name^='it-{name}-'][value='{value}']").check(force=True)


def keep(page, *texts, severity=None, impact=None, **given):
    begin(page, *texts, **given)
    pick(page, "clock", "yes" if severity else "no")
    if severity:
        pick(page, "severity", severity)
        pick(page, "impact", impact)
    page.get_by_role("button", name="Keep").click()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def status(page) -> str:
    return page.locator(".it-kept").inner_text()


def listed(page) -> list[str]:
    return page.locator(".it-recorded p:first-child").all_inner_texts()


def in_browser(page) -> list[dict]:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or "[]")


def put_in(page, lines) -> None:
    """Have the browser keep these lines, and open the page anew."""
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(lines)])
    page.reload()
    page.locator(".it-register form").wait_for()


def line(number: int, **over) -> dict:
    told = {"nearly": f"It almost fell, {number}", "stopped": "luck", "exposed": "A", "clock": "no"}
    return {"id": f"{number:032}", "on": "2026-01-05", **told, **over}


def exported(page, kind: str, folder: Path) -> str:
    with page.expect_download() as saved:
        press(page, f"Export as {kind}")
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path.read_bytes().decode("utf-8")


# What the page is told, and tells


def test_the_page_says_where_it_stays_before_anything_can_be_written(visitor):
    kinds = [block["is"] for block in visitor.screen["main"]]
    before = str(visitor.screen["main"][: kinds.index("register")])

    assert "live weaknesses" in before
    assert "stay on this device" in before
    assert "Nothing here is sent, not even to the course" in before
    assert "Whoever uses this browser can read it" in before
    assert "not encrypted" in before


def test_nothing_is_chosen_before_and_all_is_asked(visitor):
    (block,) = visitor.blocks("register")

    fields = block["form"]["fields"]
    assert [field["name"] for field in fields if field["optional"]] == []
    assert [field.get("value", "") for field in fields if field["is"] == "text"] == ["", ""]


def test_a_priority_is_that_of_the_harm_where_a_clock_runs_and_a_near_miss_else(visitor):
    (block,) = visitor.blocks("register")

    for severity in LEVELS[1:]:
        for impact in LEVELS[1:]:
            expected = matrix().of_hazard(severity, impact, clock=True)
            assert block["cells"][severity][impact] == expected
    assert block["otherwise"] == matrix().of_hazard("high", "high", clock=False)


def test_the_rule_of_the_clock_is_marked_as_ours(visitor):
    assert "the rule about the clock is ours" in str(visitor.screen)
    assert "The table is Jens Rantil's" in str(visitor.screen)


def test_a_team_s_own_table_is_used_and_called_so():
    table = places.data_folder() / "priority.toml"
    ours = Path(own.__file__).parents[2] / "doctrine" / "priority.toml"
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_text(ours.read_text("utf-8").replace("low = [3, 3, 2]", "low = [2, 3, 2]"), "utf-8")
    try:
        visitor = Visitor(widgets.register())
    finally:
        table.unlink()

    assert visitor.blocks("register")[0]["cells"]["low"]["low"] == 2
    assert "The table is your team's" in str(visitor.screen)


@pytest.mark.parametrize("do", ["answer", "keep", "erase"])
def test_python_takes_nothing_of_it(visitor, do):
    visitor.send({"do": do, "values": {"nearly": SECRET}})

    assert visitor.screen["problem"]
    assert SECRET not in str(visitor.page._activity.__dict__)


# In a browser


@pytest.mark.browser
def test_nothing_of_it_leaves_the_browser(context, served):
    page = watched(context.new_page())
    frames, bodies = [], []
    page.on("websocket", lambda ws: ws.on("framesent", lambda sent: frames.append(_text(sent))))
    page.on("request", lambda request: bodies.append(f"{request.url} {request.post_data}"))
    opened(page, served)
    keep(page, f"The {SECRET} almost broke", exposed=f"Every {SECRET}")
    press(page, "Change")
    page.get_by_label("What nearly happened?").fill(f"Another {SECRET}")
    press(page, "Keep the change")
    begin(page, f"Half a {SECRET}")
    page.reload()  # what waits to be sent is sent now
    page.locator(".it-recorded").wait_for()
    page.goto(f"{served[0]}raising")
    page.locator(".it-cards").wait_for()
    page.goto(f"{served[0]}register")
    page.locator(".it-recorded").wait_for()

    keys = page.evaluate("Object.keys(localStorage).filter((k) => localStorage[k].includes('x'))")
    texts = page.evaluate("keys => keys.map((key) => localStorage[key])", keys)
    holding = {key for key, text in zip(keys, texts, strict=True) if SECRET in text}
    assert holding == {KEY, f"{KEY}.begun"}
    assert any("hello" in frame for frame in frames)
    assert [frame for frame in frames + bodies if SECRET in frame] == []
    files = [path for path in served[1].rglob("*") if path.is_file()]
    assert any(path.stat().st_size for path in files)
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []
    page.close()


def _text(sent) -> str:
    return sent if isinstance(sent, str) else bytes(sent).decode("utf-8", "replace")


@pytest.mark.browser
def test_a_line_is_written_changed_deleted_and_put_back(register):
    keep(register, "The wrong table")
    assert listed(register) == ["The wrong table"]
    assert "Kept in this browser. P4" in status(register)

    press(register, "Change")
    register.get_by_label("What nearly happened?").fill("The right table, \n twice ")
    press(register, "Keep the change")
    assert listed(register) == ["The right table, twice"]
    assert [each["nearly"] for each in in_browser(register)] == ["The right table, twice"]

    press(register, "Delete")
    assert in_browser(register) == []
    press(register, "Put it back")
    register.reload()
    register.locator(".it-recorded").wait_for()
    assert listed(register) == ["The right table, twice"]


@pytest.mark.browser
def test_a_line_with_a_clock_comes_first_and_says_whom_to_tell(register):
    keep(register, "It ran out", severity="high", impact="high")
    assert "P1" in status(register)
    assert own.NOW in status(register)

    keep(register, "It nearly fell")

    assert listed(register) == ["It ran out", "It nearly fell"]
    assert register.locator(".it-priority").all_inner_texts() == ["P1", "P4"]


@pytest.mark.browser
def test_it_is_written_by_keyboard_alone(register):
    register.get_by_label("What nearly happened?").focus()
    register.keyboard.type("The wrong table")
    for keys in (["Tab", "Space"], ["Tab"]):
        for key in keys:
            register.keyboard.press(key)
    register.keyboard.type("The script")
    for key in ("Tab", "Space", "Enter"):
        register.keyboard.press(key)

    assert listed(register) == ["The wrong table"]
    assert in_browser(register)[0]["stopped"] == "built"
    assert register.evaluate("document.activeElement.tagName") == "TEXTAREA"


@pytest.mark.browser
def test_what_is_half_written_is_there_after_a_reload(register):
    begin(register, "Half a thought", "nothing")
    register.reload()
    register.locator(".it-register form").wait_for()

    assert register.get_by_label("What nearly happened?").input_value() == "Half a thought"
    assert register.locator("input[value='nothing']").is_checked()


@pytest.mark.browser
def test_a_change_begun_and_a_line_begun_do_not_overwrite_one_another(register):
    keep(register, "The wrong table")
    begin(register, "Half a thought")
    press(register, "Change")
    register.get_by_label("What nearly happened?").fill("The wrong tab")
    register.reload()
    register.locator(".it-recorded").wait_for()

    assert register.get_by_label("What nearly happened?").input_value() == "Half a thought"
    press(register, "Change")
    assert register.get_by_label("What nearly happened?").input_value() == "The wrong tab"
    press(register, "Leave it as it was")
    assert listed(register) == ["The wrong table"]
    press(register, "Change")
    assert register.get_by_label("What nearly happened?").input_value() == "The wrong table"


@pytest.mark.browser
def test_two_windows_keep_what_either_writes(register, context, served):
    other = opened(watched(context.new_page()), served)
    keep(other, "From the other window")
    register.locator(".it-recorded").wait_for()

    keep(register, "From this window")

    assert {each["nearly"] for each in in_browser(register)} == {*listed(register)}
    assert len(listed(register)) == 2
    other.close()


@pytest.mark.browser
def test_erasing_asks_first_and_leaves_nothing(register):
    keep(register, SECRET)
    begin(register, f"half a {SECRET}")
    press(register, "Erase all of it")
    assert register.evaluate("document.activeElement.textContent") == "Keep it"
    press(register, "Keep it")
    assert len(in_browser(register)) == 1

    press(register, "Erase all of it")
    press(register, "Erase")

    assert "Erased" in status(register)
    assert listed(register) == []
    assert register.get_by_label("What nearly happened?").input_value() == ""
    assert SECRET not in register.evaluate("JSON.stringify({ ...localStorage })")


@pytest.mark.browser
def test_a_text_that_is_too_long_is_refused_and_stays(register):
    keep(register, "w" * 301)

    assert "300 characters at most; this has 301" in status(register)
    assert register.get_by_label("What nearly happened?").input_value() == "w" * 301
    assert in_browser(register) == []


@pytest.mark.browser
def test_a_full_register_takes_no_more_and_what_was_typed_stays(register):
    put_in(register, [line(number) for number in range(own.MOST)])

    keep(register, "One too many")

    assert "The register is full, with 200 lines" in status(register)
    assert register.get_by_label("What nearly happened?").input_value() == "One too many"
    assert len(in_browser(register)) == own.MOST
    press(register, "Change")
    register.get_by_label("What nearly happened?").fill("Changed")
    press(register, "Keep the change")
    assert "Changed" in listed(register)


@pytest.mark.browser
def test_a_full_storage_is_said_and_the_line_can_still_be_exported(register, tmp_path):
    keep(register, "Before")
    register.evaluate(FULL)

    keep(register, "After")

    assert "its storage is full or forbidden" in status(register)
    assert {*listed(register)} == {"Before", "After"}
    assert "After" in exported(register, "Markdown", tmp_path)
    assert [each["nearly"] for each in in_browser(register)] == ["Before"]


@pytest.mark.browser
def test_where_storage_is_forbidden_it_is_said_and_the_line_can_still_be_exported(
    context, served, tmp_path
):
    context.add_init_script(FORBIDDEN)
    page = opened(watched(context.new_page()), served)

    keep(page, "It almost fell")

    assert "its storage is full or forbidden" in status(page)
    assert "It almost fell" in exported(page, "CSV", tmp_path)
    assert page.raised == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("text", ["{", '{"a": 1}', '["a"]', "null"])
def test_what_cannot_be_read_is_not_written_over(register, text):
    register.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    register.reload()
    register.locator(".it-register form").wait_for()
    assert "cannot be read" in status(register)

    keep(register, "It almost fell")

    assert "cannot be read" in status(register)
    assert listed(register) == ["It almost fell"]
    assert register.evaluate("key => localStorage.getItem(key)", KEY) == text
    press(register, "Erase all of it")
    press(register, "Erase")
    keep(register, "It almost fell again")
    assert len(in_browser(register)) == 1


@pytest.mark.browser
def test_a_spreadsheet_finds_no_formula_and_every_word(register, tmp_path):
    others = ['He said "no", twice', "a | b", "plain"]
    put_in(register, [line(at, nearly=text) for at, text in enumerate([*FORMULAS, *others])])

    text = exported(register, "CSV", tmp_path)

    heads, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    cells = [row[heads.index("What nearly happened")] for row in rows][::-1]
    assert cells[: len(FORMULAS) - 2] == [f"'{each}" for each in FORMULAS[:-2]]
    assert cells[len(FORMULAS) - 2 : len(FORMULAS)] == ["a;'=1+1", "a;\"'=1+1"]
    assert cells[len(FORMULAS) :] == others
    assert all(len(row) == len(heads) for row in rows)
    assert text.endswith('"no"\r\n')
    assert not re.search(r';"*[=+\-@]', text)  # where a spreadsheet parts cells by semicolons


@pytest.mark.browser
def test_a_line_stays_one_row_of_its_table_in_markdown(register, tmp_path):
    hard = ["a | b", "a \\| b", "<b>*x*</b> `|`", "one\ntwo", "[x](y)", "![x](y) # & ~~z~~"]
    put_in(register, [line(at, nearly=text) for at, text in enumerate(hard)])

    text = exported(register, "Markdown", tmp_path)

    rows = [each for each in text.splitlines() if each.startswith("|")]
    assert len(rows) == 2 + len(hard)
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows} == {7}
    bare = [re.sub(r"\\[\\`*_{}\[\]<>|~&#$]", "", row) for row in rows[2:]]
    assert [row for row in bare if re.search(r"[\\`*_\[\]<>~&]", row)] == []


@pytest.mark.browser
def test_a_phone_shows_it_without_scrolling_sideways(register):
    register.set_viewport_size({"width": 390, "height": 844})
    keep(register, "w" * 300, exposed="v" * 300, severity="low", impact="low")
    press(register, "Erase all of it")

    assert register.evaluate("document.documentElement.scrollWidth") == 390
