"""The preview: an author sees what is wrong and the whole story, and again whenever it is saved."""

import tomllib
from importlib.resources import files

import pytest
from browserless import Visitor
from playwright.sync_api import expect
from serving import COMMAND, served

from incident_training import library, places, widgets
from incident_training.authoring.new import template
from incident_training.widgets.previewing import Preview
from incident_training.widgets.workbench import Workbench


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "friday-quay.yaml"
    path.write_text(template(), "utf-8")
    return path


def text_of(screen):
    return str(screen["main"])


def table(screen, caption):
    return next(b["rows"] for b in screen["main"] if b.get("caption") == caption)


def rules():
    return tomllib.loads(files(library).joinpath("rules.toml").read_text("utf-8"))


def author(file):
    return Visitor(Workbench(lambda who: Preview(file)))


def beat(visitor):
    return visitor.page.answer({"do": "beat"})


def test_a_sound_file_is_shown_whole(file):
    shown = author(file).screen

    assert shown["says"] == "Nothing is wrong with it."
    said = [block.get("caption") or block.get("text") for block in shown["main"]]
    for part in (
        "The story",
        "On request",
        "Declaring",
        "When each rule says yes, on the injects",
        "The exemplar, as its feedback draws it",
        "The hunt",
        "Actions, played again",
        "The hazard graph",
        "What it teaches",
    ):
        assert part in said
    assert "The list of owners" in text_of(shown)  # of the hazard graph
    assert "a reader at the desk" in text_of(shown)


def test_what_is_wrong_stands_on_top_with_line_and_fix(file):
    file.write_text(template().replace("channel: change", "channel: chnage", 1), "utf-8")

    shown = author(file).screen

    assert shown["says"] == "1 error."
    ((where, what, mend, rule),) = table(shown, "What check says")
    line = template().split("channel: change")[0].count("\n") + 1
    assert where == f"Line {line}\ninjects.0.channel"
    assert what.startswith("Error: should be alert, chat")
    assert mend == "Did you mean change?"
    assert rule in rules()


def test_a_saved_file_is_shown_anew_with_the_next_sign_of_life(file):
    visitor = author(file)
    assert beat(visitor) == {"beat": True}

    file.write_text(template().replace("Thursday, the return desk", "Thursday, the slot"), "utf-8")
    told = beat(visitor)

    assert told["screen"]["title"] == "Thursday, the slot"
    assert told["screen"]["id"] == visitor.screen["id"]  # so that the page stays where it is
    assert beat(visitor) == {"beat": True}


def test_one_slip_of_the_pen_hides_nothing(file):
    visitor = author(file)
    file.write_text(template().replace("injects:", "injects: [", 1), "utf-8")

    shown = beat(visitor)["screen"]

    assert shown["stage"] == "preview-last"
    assert "As last saved without errors:" in text_of(shown)
    assert "a reader at the desk" in text_of(shown)
    assert "Play the whole shift" not in text_of(shown)  # it could not be opened


def test_each_action_is_played_again_and_each_hidden_word_is_there(file):
    shown = text_of(author(file).screen)

    scenario = library.load(file)
    for action in scenario.postmortem.actions:
        assert action.text.rstrip(".") in shown
    assert shown.count("It changes") >= 2
    for one in (*scenario.injects, *scenario.evidence):
        assert one.misleads is None or one.misleads.rstrip(".") in shown
    for hidden in (scenario.declaration.ending, scenario.declaration.hint, scenario.teaches):
        assert hidden in shown


def test_what_is_judged_has_its_reason_and_the_story_its_state_and_its_hurt(file):
    written = template().replace("    state: resolved", "    hurt: 22\n    state: resolved", 1)
    file.write_text(written.replace("policy: learning", "policy: learning\nhurt_unit: fines", 1))

    known = [row[-1] for row in table(author(file).screen, "What arrives by itself")]

    assert "worth_review: unknown. One book, one account." in known[1]
    assert known[-1] == "Hurt so far: 22 fines\nThe story is resolved."


def test_a_line_of_the_hunt_has_its_source_and_how_its_class_follows(file):
    log = table(author(file).screen, "The log of the shift")

    line = next(row for row in log if row[0] == "12:00")
    assert line[3].startswith("Near miss\nDid something start? Yes.")
    assert "What stopped it? Luck" in line[3]
    assert next(row for row in log if row[0] == "11:00")[1] == "change\nRuth, systems"


def test_a_file_that_never_was_sound_shows_what_is_wrong_and_nothing_else(file):
    file.write_text(template().replace("injects:", "injects: [", 1), "utf-8")

    shown = author(file).screen

    assert shown["title"] == "friday-quay.yaml"
    assert "As last saved" not in text_of(shown)
    assert len(table(shown, "What check says")) == 1


def test_the_postmortem_is_said_to_come_with_the_whole_shift(file):
    assert "comes at the end of the whole shift" in text_of(author(file).screen)


def test_a_postmortem_alone_is_not_offered_where_it_cannot_begin(file):
    labels = [
        item["label"]
        for b in author(file).screen["main"]
        if b["is"] == "links"
        for item in b["items"]
    ]

    assert "Play the whole shift" in labels
    assert "Play: Draft the postmortem" not in labels


def test_a_file_that_is_gone_is_said_and_shown_again_when_it_is_back(file):
    visitor = author(file)
    file.unlink()
    assert "there is no such file" in text_of(beat(visitor)["screen"])

    file.write_text(template(), "utf-8")

    assert beat(visitor)["screen"]["says"] == "Nothing is wrong with it."


def test_without_a_file_the_page_says_how_to_name_one():
    assert places.previewed() is None

    assert "incident-training preview FILE" in text_of(Visitor(widgets.preview()).screen)


@pytest.mark.browser
def test_an_author_saves_and_sees_it_and_can_play_it(file, page, tmp_path):
    command = (*COMMAND, "preview", str(file), "--no-browser", "--port", "0")
    with served(data=tmp_path, command=command) as course:
        page.goto(f"http://127.0.0.1:{course.port}/preview")
        page.get_by_text("Nothing is wrong with it.").first.wait_for()

        page.mouse.wheel(0, 900)
        page.wait_for_function("scrollY > 0")
        before = page.evaluate("scrollY")
        file.write_text(
            template()
            .replace("five people now", "seven people now", 1)
            .replace("Five people now", "Seven people now", 1),
            "utf-8",
        )
        page.get_by_text("Seven people now").first.wait_for()
        assert page.evaluate("scrollY") == before

        file.write_text(template().replace("at: 15:10", "at: 15:99", 1), "utf-8")
        page.get_by_text("How to mend it").wait_for()
        file.write_text(template(), "utf-8")
        page.get_by_text("Nothing is wrong with it.").first.wait_for()
        page.get_by_role("link", name="Play the whole shift").click()
        page.get_by_role("button", name="Thursday, the return desk").click()
        expect(page.locator(".it-clock")).to_have_text("Simulated time 14:05")


@pytest.mark.browser
@pytest.mark.parametrize("broken", [False, True], ids=["sound", "broken"])
def test_on_a_phone_nothing_of_the_sheet_is_cut(broken, file, page, tmp_path):
    long = "Thursday, the return desk of a town library with a slot in its outer wall"
    file.write_text(template().replace("title: Thursday, the return desk", f"title: {long}"))
    page.set_viewport_size({"width": 390, "height": 800})
    command = (*COMMAND, "preview", str(file), "--no-browser", "--port", "0")
    with served(data=tmp_path, command=command) as course:
        page.goto(f"http://127.0.0.1:{course.port}/preview")
        page.get_by_role("heading", name="What it teaches").wait_for()
        if broken:
            file.write_text(template().replace("injects:", "injects: [", 1), "utf-8")
            page.get_by_text("As last saved without errors:").wait_for()

        assert page.evaluate("document.documentElement.scrollWidth") == 390
        wider = "all => all.filter(s => s.scrollWidth > s.clientWidth).length"
        assert page.locator(".it-sheet").evaluate_all(wider) == 0
        expect(page.locator("h1")).to_have_text(long)
