"""What `import` promises: nothing guessed, nothing lost, and a draft that says what is missing."""

import json
from pathlib import Path

import pytest
from importing import DAY, ZONE, Imports
from pydantic import ValidationError

from incident_training.authoring.timeline import say_import
from incident_training.kinds import Authored
from incident_training.library.read import read
from incident_training.library.sense import sense_faults
from incident_training.library.shape import shape_faults
from incident_training.library.unwritten import unwritten_faults, written_only

MONDAY = """\
# The ferry

Tickets are sold on the quay.

## Timeline

- 08:55 The queue reaches the café.
- **09:10** Sam, ticket office: "One of two tills" says: closed # again
  and the second is slow.
- 09:40 All tills are open.
"""


@pytest.fixture
def imports(tmp_path, capsys):
    return Imports(tmp_path, capsys)


@pytest.fixture
def imported(imports):
    return imports.run


@pytest.fixture
def shown(imports):
    return imports.shown


@pytest.fixture
def refused(imports):
    return imports.refused


def checked(draft):
    """Return the faults that `check` finds in a draft: those marked, and the rest as ever."""
    root, faults = read("draft.yaml", draft.encode())
    faults += unwritten_faults(root)
    root = written_only(root)
    faults += sense_faults(root, "monday-ferry")
    try:
        Authored.model_validate(root.plain())
    except ValidationError as error:
        faults += shape_faults(root, error)
    return faults


def test_each_entry_is_an_inject_where_nothing_is_cut(imported):
    _, draft, text, _ = imported(MONDAY)

    assert [(i["id"], i["at"], i["channel"]) for i in draft["injects"]] == [
        ("log-0855", "08:55", "log"),
        ("log-0910", "09:10", "log"),
        ("log-0940", "09:40", "log"),
    ]
    assert draft["injects"][1]["text"] == (
        'Sam, ticket office: "One of two tills" says: closed # again and the second is slow.'
    )
    assert draft["day"] == "Monday"
    assert "--cut 09:10" in text


def test_cuts_join_what_came_before_each_call_and_hide_what_came_after(imported):
    _, draft, text, _ = imported(MONDAY, cuts=["09:15"])

    [inject] = draft["injects"]
    assert inject["at"] == "09:15"
    assert inject["text"].startswith("08:55 The queue reaches the café. 09:10 Sam")
    assert "All tills are open" not in str(draft)
    assert "  # 09:40 All tills are open.\n  ending:" in text


def test_entries_in_the_minute_of_a_cut_come_before_the_call(shown):
    assert shown(MONDAY, cuts=["08:55", "09:10"])[0] == (
        "08:55",
        "The queue reaches the café.",
    )


def test_a_cut_with_nothing_before_it_is_refused(refused):
    said = refused(MONDAY, cuts=["08:00", "09:10", "09:20"])

    assert [line.split(": ", 2)[2] for line in said] == [
        "nothing happens up to 08:00. Cut later: entries are from 08:55 to 09:40.",
        "nothing happens after 09:10 and up to 09:20. Cut later: entries are from 08:55 to 09:40.",
    ]


def test_check_names_exactly_the_places_that_are_marked(imported):
    _, _, text, _ = imported(MONDAY, cuts=["09:15"])

    faults = checked(text)
    marked = [n for n, line in enumerate(text.split("\n"), 1) if "TO WRITE: " in line]
    assert {fault.rule for fault in faults} == {"to-write"}
    assert len(faults) == len(marked) > 20
    assert {"title", "injects.0.facts", "declaration.because.learning"} <= {
        fault.field for fault in faults
    }


def test_a_place_that_is_written_is_checked_as_any_other(imported):
    _, _, text, _ = imported(MONDAY)
    text = text.replace(
        'level: "TO WRITE: foundation, practitioner or expert"', "level: foundatoin"
    )

    [fault] = (fault for fault in checked(text) if fault.rule != "to-write")
    assert (fault.field, fault.rule) == ("level", "choice")
    assert text.split("\n")[fault.line - 1] == "level: foundatoin"


def test_a_long_text_says_how_many_words_are_too_many(imported):
    _, _, text, _ = imported("- 09:00 " + "word " * 51 + "\n- 09:01 " + "word " * 50)

    assert text.count("# 51 words: cut them to 50") == 1
    assert "# 50 words" not in text


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("- 09:10 x", "09:10"),
        ("* [9:10] x", "09:10"),
        ("09:10 – x", "09:10"),
        ("1. 09:10:59 x", "09:10"),
        ("- 9:10 pm: x", "21:10"),
        ("- 12:10 AM x", "00:10"),
        ("- 2026-03-02 09:10 x", "09:10"),
        ("- 2026-03-03T09:10:30Z x", "10:10 +1d"),
        ("- 2026-03-02 09:10 UTC: x", "10:10"),
        ("- 2026-03-02 23:30 UTC x", "00:30 +1d"),
        ("- 09:10 UTC-5 x", "15:10"),
        ("- 09:10 CET x", "09:10"),
        ("- March 3rd, 09:10: x", "09:10 +1d"),
        ("- Tue 3 Mar 2026 at 09:10 x", "09:10 +1d"),
        ("- 09:10 (3 March) x", "09:10 +1d"),
        ("- 3/03 09:10 x", "09:10 +1d"),
        ("- 00:10 +1d x", "00:10 +1d"),
        ("### 09:10\nx", "09:10"),
        ("### 2026-03-03\n- 09:10 x", "09:10 +1d"),
        ("Tuesday, March 3\n\n09:10 x", "09:10 +1d"),
        ("| Time | What |\n|---|---|\n| 09:10 | x |", "09:10"),
        ("| Date | Time | Event |\n|--|--|--|\n| 2026-03-03 | 09:10 | x |", "09:10 +1d"),
    ],
)
def test_times_are_read_as_people_write_them(line, at, shown):
    assert shown(line) == [(at, "x")]


def test_a_label_before_a_date_and_time_is_what_happened(shown):
    text = "- **Key events**\n  - First seen 2026-03-02 09:10\n  - **Over**: 2026-03-02 09:20 UTC\n"

    assert shown(text) == [("09:10", "First seen"), ("10:20", "Over")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- T+12m x", "'T+12m x' counts from a moment that is not given"),
        ("- +12 min x", "counts from a moment that is not given"),
        ("- Tuesday 14:00 x", "'Tuesday 14:00' names a weekday and no date"),
        ("### Tuesday\n- 14:00 x", "“Tuesday” above it is no date"),
        ("### Day 2\n- 14:00 x", "“Day 2” above it is no date"),
        ("- 03/04/2026 09:10 x", "may be day 3 of month 4 or day 4 of month 3"),
        ("- 3/4/26 09:10 x", "has no year of four figures"),
        ("- 23:50 x\n- 00:10 y", "2: 00:10 is before 23:50 on line 1"),
        ("- 00:10 (next day) x", "says the day in words"),
        ("- 2026-03-01 23:50 x", "2026-03-01 23:50 is before 2026-03-02"),
        ("- 1 March 23:50 x", "is before 2026-03-02"),
        ("- 2026-03-12 00:00 x", "this is 10 days after the day the shift begins, and 9 fit"),
        ("- 2026-03-29 02:30 x", "never comes in Europe/Stockholm"),
        ("- 09:10 PST x", "PST is not the zone that --zone names (Europe/Stockholm)"),
        ("- 23:30 UTC x", "23:30 there is another day in Europe/Stockholm"),
        ("- 09:00-10:00 x", "'-10:00' may be an offset or something else"),
        ("- 2026-03-02 x", "a date is here and no clock time"),
        ("- 0000-03-02 09:10 x", "the year 0 cannot be meant"),
        ("- 9999-12-31 23:59 UTC-5 x", "the year 9999 cannot be meant"),
        ("- 2026-02-30 09:10 x", "there is no such day"),
        ("- Monday 2026-03-03 09:10 x", "2026-03-03 is a Tuesday, and Monday is said"),
        ("- 25:10 x", "'25:10' is no clock time"),
        ("- 9:00 am x\n- 10:00 y", "2: other times here say am or pm, and this one does not"),
        ("All times are in UTC.\n\n- 09:10 x", "the file says its times are in UTC"),
        (
            "| Time (UTC) | What |\n|---|---|\n| 09:10 | x |",
            "1: the file says its times are in UTC",
        ),
        (
            "| Time | What |\n|---|---|\n| 09:10 | x |\n| 9:?? | y |",
            "4: Time: '9:??' is not a time",
        ),
        ("# Report of 4 March 2026\n\n- 09:10 x", "the title says “Report of 4 March 2026”"),
        ("- 09:10", "nothing is said"),
        ("Nothing here.", "no line begins with a time"),
        ("```\n- 09:10 x", "a code block opens here and is never closed"),
    ],
)
def test_what_cannot_be_known_is_said_and_never_guessed(line, said, refused):
    [only] = refused(line)

    assert said in only
    assert only.endswith(".")


def test_an_hour_that_comes_twice_is_refused_even_from_utc(refused):
    for line in ("- 02:30 x", "- 2026-10-25T00:30:00Z x"):
        [said] = refused(line, date="2026-10-25")
        assert "2026-10-25 02:30 comes twice in Europe/Stockholm" in said


def test_everything_that_cannot_be_read_is_said_at_once(refused):
    said = refused("- 09:10 x\n- 09:00 y\n- T+5 z\n- 08:00 a\n- 08:10 b\n")

    assert [line.split(":")[1] for line in said] == ["2", "3", "4"]


def test_a_date_holds_for_the_clock_times_below_it_and_no_further(shown, refused):
    below = "- 2026-03-02 23:50 a\n- 2026-03-03 00:10 b\n- 00:20 c\n"

    assert [at for at, _ in shown(below)] == ["23:50", "00:10 +1d", "00:20 +1d"]
    [said] = refused(below + "- More:\n  - 00:30 d\n")
    assert ":5: 00:30 is before 2026-03-03 00:20 on line 3" in said


def test_a_wrapped_line_of_prose_that_begins_with_a_time_is_no_entry(imported):
    _, draft, text, _ = imported("- 09:10 x\n\nWe waited and at\n09:20 it was over.\n")

    assert [inject["at"] for inject in draft["injects"]] == ["09:10"]
    assert "Left out, though a clock time is there: line 4." in text


def test_code_is_left_out_and_ends_where_its_block_does(imported):
    code = "- 09:10 x\n\n```\n09:20 ERROR\n```sh\n09:30 ERROR\n```\n\n- 09:40 y\n"
    _, draft, text, _ = imported(code)

    assert [inject["text"] for inject in draft["injects"]] == ["x", "y"]
    assert "a clock time is there: lines 4, 6." in text


def test_marks_are_taken_off_and_words_are_not(shown):
    text = "- 09:10 <b>Load</b> **above** [the line](https://x.test/y), <5 % left and >9 jobs<br>\n"

    assert shown(text) == [("09:10", "Load above the line, <5 % left and >9 jobs")]


def test_dated_entries_are_put_in_order_and_that_is_said(imported):
    _, draft, text, _ = imported("- 2026-03-02 10:00 later\n- 2026-03-02 09:00 first\n")

    assert [inject["text"] for inject in draft["injects"]] == ["first", "later"]
    assert "Put in order of time, and written elsewhere: line 2." in text


def test_one_section_can_be_chosen(shown):
    text = "## Key events\n- 09:10 a\n- 11:00 b\n## Timeline\n- 09:10 a, in full\n"

    assert shown(text, where=["section=timeline"]) == [("09:10", "a, in full")]


def test_csv_columns_are_found_by_their_usual_names(imported):
    text = 'Time,Channel,From,Event\n09:10,chat,Sam,"Slow, very"\n09:12,pager,,Again\n'
    _, draft, _, _ = imported(text, "t.csv")

    first, second = draft["injects"]
    assert (first["id"], first["from"], first["text"]) == ("chat-0910", "Sam", "Slow, very")
    assert second["channel"].startswith("TO WRITE: ")
    assert second["channel"].endswith("the file says pager")
    assert "from" not in second


def test_csv_columns_can_be_named(shown, refused):
    text = "opened;title;when\n2026-03-02 09:10;x;never\n"

    assert shown(text, "t.csv", time="opened", text="title") == [("09:10", "x")]
    assert refused(text, "t.csv", time="opnd")[0].endswith("Did you mean opened?")
    assert "no column is named as one that holds the text" in refused(text, "t.csv")[0]


def test_csv_says_both_columns_it_cannot_tell(refused):
    said = refused("a,message,note\n1,x,y\n", "t.csv")

    assert "no column is named as one that holds the time" in said[0]
    assert "which column holds the text is open: message or note" in said[1]


def test_csv_with_many_cases_wants_one(shown, refused):
    text = "case_id,time,text\n7,09:10,x\n8,09:00,y\n7,09:20,z\n"

    assert shown(text, "t.csv", where=["case_id=7"]) == [("09:10", "x"), ("09:20", "z")]
    assert refused(text, "t.csv")[0].endswith("Say --where case_id=…, with one of 7 or 8.")
    assert refused(text, "t.csv", where=["case_id=9"])[0].endswith("There are 7 or 8.")


def test_csv_dates_with_slashes_are_read_once_their_order_is_said(shown, refused):
    text = "time,text\n03/04/2026 09:10,x\n"

    assert shown(text, "t.csv", date="2026-04-03", slashes="day-first") == [("09:10", "x")]
    assert shown(text, "t.csv", date="2026-03-04", slashes="month-first") == [("09:10", "x")]
    assert "may be day 3 of month 4" in refused(text, "t.csv", date="2026-04-03")[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("time,text\n09:10,a, b\n", "2: 3 cells are here, and the header has 2"),
        ("time,text\n,a\n", "2: time: the time is missing"),
        ("time,text\n09:10 sharp,a\n", "2: time: '09:10 sharp' is not a time that can be read"),
        ('time,text\n09:10,"a\n', "2: a quote that opens here is not closed"),
        ("time,text\n", "1: no row is below a header"),
        ('time,text\n"09:10","a\nb"\n09:05,c\n', "4: time: 09:05 is before 09:10 on line 2"),
    ],
)
def test_csv_faults_name_line_and_column(text, said, refused):
    assert said in refused(text, "t.csv")[0]


def incident(name, *updates, **more):
    given = [{"status": s, "body": b, "created_at": at, **more} for at, s, b in updates]
    return {"id": name[:3], "name": name, "incident_updates": given}


def test_statuspage_updates_become_injects_in_order_of_time(shown):
    page = incident(
        "ferry",
        ("2026-03-02T10:00:00.000+01:00", "resolved", "Over."),
        ("2026-03-02T07:55:00Z", "in_progress", "Tills \\ are “slow”: \n\n we look."),
    )

    for whole in ({"incidents": [page]}, {"incident": page}, {"scheduled_maintenances": [page]}):
        assert shown(json.dumps(whole), "page.json") == [
            ("08:55", "In progress: Tills \\ are “slow”: we look."),
            ("10:00", "Resolved: Over."),
        ]


def test_statuspage_shows_the_time_that_was_shown(shown):
    page = incident("a", ("2026-03-02T09:00:00Z", "x", "y"), display_at="2026-03-02T08:00:00Z")

    assert shown(json.dumps({"incidents": [page]}), "p.json") == [("09:00", "X: y")]


def test_statuspage_tells_when_a_maintenance_was_planned(shown):
    page = {
        "name": "Moving house",
        "scheduled_for": "2026-03-02T09:00:00+01:00",
        "scheduled_until": "2026-03-02T10:30:00+01:00",
        "incident_updates": [
            {"status": "completed", "body": "Moved.", "created_at": "2026-03-02T10:31:00+01:00"}
        ],
    }

    assert shown(json.dumps({"scheduled_maintenances": [page]}), "p.json") == [
        ("09:00", "Planned to begin: Moving house"),
        ("10:30", "Planned to end: Moving house"),
        ("10:31", "Completed: Moved."),
    ]


def test_statuspage_s_announcements_of_days_before_are_notes(imported, refused):
    page = incident(
        "ferry",
        ("2026-01-12T08:00:00Z", "scheduled", "We shall move house."),
        ("2026-03-02T09:00:00Z", "in_progress", "We are moving."),
    )
    text = json.dumps({"incidents": [page]})

    draft = imported(text, "p.json")[2]

    notes = " ".join(draft.replace("\n#", " ").split())
    assert "Known before the shift began, 2026-01-12 09:00: Scheduled: We shall" in notes
    assert "at: 10:00" in draft
    early = json.dumps({"incidents": [incident("a", ("2026-01-12T08:00:00Z", "x", "y"))]})
    assert "all of it is before 2026-03-02" in refused(early, "p.json")[0]


def test_statuspage_with_many_incidents_wants_one(shown, refused):
    one, two = (incident(name, ("2026-03-02T08:00:00Z", "x", name)) for name in ("abc", "xyz"))
    text = json.dumps({"incidents": [one, two]})

    assert shown(text, "p.json", where=["id=xyz"]) == [("09:00", "X: xyz")]
    assert shown(text, "p.json", where=["name=abc"]) == [("09:00", "X: abc")]
    for where in ([], ["id=no"]):
        assert refused(text, "p.json", where=where)[0].endswith("id=abc (abc), id=xyz (xyz).")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{\n]", "2: this is not JSON from here on"),
        ("[" * 100_000, "JSON"),
        (r'{"incident": {"name": "\u0007"}}', "a character that is not text"),
        (r'{"incident": {"name": "\ud800"}}', "a character that is not text"),
        ('{"incidents": []}', "no incident is here"),
        ('{"incident": {"id": 1}}', "this incident has no incident_updates"),
        ('{"incident": {"incident_updates": [{"body": "x"}]}}', "the time is missing"),
        (
            '{"incident": {"incident_updates":\n[{"body": "x", "created_at": "soon"}]}}',
            "2: incident.incident_updates.0.created_at: 'soon' is not a time that can be read",
        ),
        (
            '{"incident": {"incident_updates": [{"created_at": "2026-03-02T08:00:00Z"}]}}',
            "nothing is said",
        ),
    ],
)
def test_statuspage_faults_name_their_place(text, said, refused):
    assert said in refused(text, "p.json")[0]


@pytest.mark.parametrize(
    "text",
    [
        "'quoted' \"twice\" \\ back",
        "- dash: colon # hash",
        "!tag &anchor *alias %percent @at `tick`",
        "{a: b} [c] | > ? , ~ null yes 1.10",
        "---",
        "<<: 1 " + "long " * 60 + "\\",
        "é 漢字 🦆 \ufeff end" + " 漢字: #" * 40,
        "x" * 300,
        "TO WRITE",
    ],
)
def test_any_text_comes_back_as_it_was_written(text, shown, imported):
    table = "time,text\n09:10,{}\n09:20,last\n".format('"' + text.replace('"', '""') + '"')

    assert shown(table, "t.csv")[0] == ("09:10", text)
    _, hidden, _, _ = imported(table, "t.csv", cuts=["09:10"])
    assert [inject["text"] for inject in hidden["injects"]] == [text]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"- 09:10 a\n- 09:20 b\x07\n", "2: the character U+0007 is not text"),
        (b"- 09:10 \xff\n", "1: the file is not written in UTF-8"),
        (b"- 09:10 a\n" * 120_000, "the file is too large"),
    ],
)
def test_a_file_is_read_with_the_same_care_as_a_scenario(content, said, refused):
    assert said in refused(content)[0]


def test_everything_wrong_with_the_options_is_said_at_once(refused):
    said = refused(MONDAY, date="2 March", zone="Stockholm", cuts=["nine"], where=["x"])

    assert [line.split(":")[2].strip() for line in said] == ["--date", "--zone", "--cut", "--where"]


def test_an_unknown_format_names_those_there_are(refused):
    [said] = refused(MONDAY, "timeline.txt")

    assert said.endswith("Name it .csv, .md (Markdown) or .json (Statuspage).")


def test_a_missing_file_is_one_sentence(tmp_path, capsys):
    assert say_import(tmp_path / "none.md", date=DAY, zone=ZONE) == 1

    assert capsys.readouterr().err.endswith("Name a file that is there and that you may read.\n")


def test_a_draft_is_written_to_a_new_file_and_never_over_another(tmp_path, imported):
    to = tmp_path / "draft.yaml"
    _, _, printed, _ = imported(MONDAY)

    assert imported(MONDAY, to=to)[0] == 0
    assert to.read_text("utf-8") == printed
    to.write_text("mine", "utf-8")
    status, _, _, said = imported(MONDAY, to=to)
    assert (status, to.read_text("utf-8")) == (1, "mine")
    assert said == f"{to}: there is a file already. Name another with --to.\n"


def test_nothing_is_written_where_a_line_cannot_be_read(tmp_path, imported):
    to = tmp_path / "draft.yaml"

    assert imported("- T+1m x", to=to)[0] == 1
    assert not Path(to).exists()
