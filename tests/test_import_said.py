"""What `import` says: what it read, what it left out, and what an author would mend, and how."""

import json

import pytest
from importing import DAY, ZONE, Imports

PLACES = ("quay", "shop")
FERRY = """\
# The ferry

## Timeline

- 22:55 The queue reaches the café.
- 23.10 the queue grew
- half past eleven: the second till was started again
- 23:40 A till is open.
- next morning 9am: the quay is empty
- 00:05 +1d All tills are open.
"""


@pytest.fixture
def imports(tmp_path, capsys):
    return Imports(tmp_path, capsys)


def folded(draft):
    """Return a draft's comments as running text."""
    return " ".join(draft.replace("\n# ", " ").replace("\n#", " ").split())


def test_a_list_item_without_a_time_is_named_with_its_line_and_first_words(imports):
    _, draft, text, said = imports.run(FERRY)

    assert [inject["at"] for inject in draft["injects"]] == ["22:55", "23:10", "23:40", "00:05 +1d"]
    words = "line 7, `half past eleven: the second till was …`: no time I can read; write it"
    day = "line 9, `next morning 9am: the quay is empty`: its day is said in words; write it"
    for left in (f"left out: {words} as HH:MM", f"left out: {day} as HH:MM +1d, or with its date"):
        assert left in said
        assert f"- {left}" in folded(text)


def test_what_is_left_out_stands_where_entries_do_and_nowhere_else(imports):
    text = "## Impact\n- 300 readers\n- most of them twice\n\n" + FERRY[13:]

    assert imports.run(text)[3].count("left out: line") == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("- 09:10 x\n- then y\n", "line 2, `then y`"),
        ("- 09:10 x\n\nMeanwhile.\n\n- later y\n", "line 5, `later y`"),
        ("## Timeline\n### First\n- early y\n### Then\n- 09:10 x\n", "line 3, `early y`"),
        ("## Timeline\n- early y\n## Key events\n- 09:10 x\n", "line 2, `early y`"),
        ("**09:10** x\n\n**half past nine** y\n", "line 3, `half past nine y`"),
        ("### 09:10\nx\n### half past nine\ny\n", "line 3, `half past nine`"),
        ("| When it was | What |\n|--|--|\n| 09:10 | x |\n| noon | y |\n", "line 4, `noon; y`"),
        ("- half past nine: a till was opened\n  - 09:10 x\n", "line 1, `half past nine: a till"),
    ],
)
def test_nothing_that_stands_among_entries_is_lost_in_silence(text, left, imports):
    status, _, draft, said = imports.run(text)

    assert status == 0
    assert f"left out: {left}" in said
    assert f"left out: {left}" in folded(draft)
    assert said.count("left out: line") == 1


def test_a_label_above_entries_is_not_left_out(imports):
    assert "0 left out" in imports.run("- **Key events**\n  - 09:10 x\n")[3]


@pytest.mark.parametrize(
    ("item", "at"),
    [
        ("23.10 x", "23:10"),
        ("10h20 x", "10:20"),
        ("**7.05**: x", "07:05"),
        ("10.20 pm x", "22:20"),
        ("23.10 UTC+01:00 x", "23:10"),
        ("00.10 +1d x", "00:10 +1d"),
    ],
)
def test_a_point_or_an_h_is_read_where_an_item_begins_with_one_and_that_is_said(item, at, imports):
    _, draft, _, said = imports.run(f"- {item}\n")

    assert [(inject["at"], inject["text"]) for inject in draft["injects"]] == [(at, "x")]
    assert "Read as clock times: " in said


@pytest.mark.parametrize(
    "item",
    [
        "24.10 y",
        "23.75 y",
        "99.95 % y",
        "3.50 euros y",
        "10h20 of y",
        "3.10.2 y",
        "9.5 y",
        "1.17 y",
    ],
)
def test_a_number_that_is_no_clock_time_is_left_out_and_named(item, imports):
    _, draft, _, said = imports.run(f"- 09:10 x\n- {item}\n")

    assert len(draft["injects"]) == 1
    assert f"left out: line 2, `{item}`" in said


def test_lists_beside_the_timeline_s_own_are_not_named(imports):
    text = "- **Key events**\n  - 09:10 x\n  - then y\n- **Impact**: some\n- Who:\n  - everyone\n"
    said = imports.run(text)[3]

    assert "left out: line 3, `then y`" in said
    assert said.count("left out: line") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- 23.10 09:10 x\n", "'23.10' may be a clock time or a date"),
        (
            "- 23.10 x\n- 24.10 y\n",
            "'23.10' may be a day and a month, as '24.10' on line 2 is",
        ),
        ("- 23:10 -1d x\n", "'23:10 -1d' counts back. Give the earlier day with --date"),
    ],
)
def test_what_may_be_a_date_is_refused_and_never_guessed(text, said, imports):
    [only] = imports.refused(text)

    assert said in only


def test_where_no_time_is_read_the_lines_that_look_like_one_are_named(imports):
    none, first, second = imports.refused("- half past nine: x\n- 9h: y\n- z\n")

    assert "no line begins with a time" in none
    assert ":1: `half past nine: x`: no time I can read. Write it as HH:MM." in first
    assert ":2: `9h: y`" in second


def test_a_successful_import_says_what_was_read_and_what_comes_next(tmp_path, imports):
    to = tmp_path / "friday quay.yaml"
    _, _, printed, said = imports.run(FERRY, cuts=["23:10", "23:40"], to=to)

    assert printed == ""
    assert said.splitlines()[0] == (
        "timeline.md: 4 entries read; 3 became 2 injects;"
        " 1 lies after the last cut and is hidden; 2 left out."
    )
    assert "“What a person still has to do”" in said
    assert said.splitlines()[-1] == f'  2. incident-training check "{to}"'


def test_without_a_cut_it_says_that_nothing_is_hidden(imports):
    said = imports.run("- 09:10 x\n")[3]

    assert "1 entry read; 1 became 1 inject; no --cut, so 0 are hidden; 0 left out." in said


def test_a_draft_that_is_printed_stands_alone_on_stdout(imports):
    _, draft, printed, said = imports.run(FERRY)

    assert printed.startswith("# A draft from timeline.md")
    assert draft["injects"]
    assert "Next:" in said
    assert "--to exercises/friday-quay.yaml" in said


def test_the_list_asks_for_own_words_and_for_what_was_known_then(imports):
    text = folded(imports.run(FERRY)[2])

    assert "- Write every text in your own words." in text
    assert "- Strike what was known only later" in text


def test_the_source_is_prepared_as_far_as_the_file_goes_and_its_kind_is_open(imports):
    page = incident("ferry", ("2026-03-02T09:00:00Z", "x", "y"), shortlink="https://stspg.test/a")
    _, draft, markdown, _ = imports.run(FERRY)
    status = imports.run(json.dumps({"incident": page}), "p.json")[2]

    assert draft["source"]["kind"].startswith("TO WRITE")
    assert "  # name: The ferry\n  # url: where it can be read\n" in markdown
    assert '  # name: ferry\n  # url: "https://stspg.test/a"\n' in status


def test_action_items_that_are_read_as_entries_make_it_propose_the_section(imports):
    text = FERRY + "\n## Action items\n- 2026-03-10: mend it\n- 2026-04-01 09:00 ask again\n"
    first, *others = imports.refused(text)

    assert first.endswith(
        ":1: times stand in several sections: Timeline (4), Action items (2). If one of them is"
        " the timeline, say --where section=Timeline."
    )
    assert len(others) == 2
    assert imports.shown(text, where=["section=Timeline"]) == imports.shown(FERRY)


def test_a_section_is_proposed_as_one_would_type_it(imports):
    text = "## **Timeline** of it\n- 09:10 x\n## Next\n- 2026-03-10: y\n"
    [proposed, _] = imports.refused(text)

    assert proposed.endswith('say --where "section=Timeline of it".')
    assert imports.shown(text, where=["section=Timeline of it"]) == [("09:10", "x")]


def test_a_fault_within_the_only_good_section_proposes_nothing(imports):
    [only] = imports.refused("## Timeline\n- 09:10 x\n- T+5 y\n## Key events\n- 09:20 z\n")

    assert "counts from a moment" in only


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        ("00:05", "nothing happens up to 00:05. Did you mean 00:05 +1d?"),
        ("21:00", "Cut later: entries are from 22:55 to 00:05 +1d."),
        ("23:10 -1d", "'23:10 -1d' counts back. Give the earlier day with --date"),
    ],
)
def test_a_cut_that_holds_nothing_says_what_may_be_meant(cut, said, imports):
    assert said in imports.refused(FERRY, cuts=[cut, "23:40"])[0]


def incident(name, *updates, **more):
    given = [{"status": status, "body": body, "created_at": at} for at, status, body in updates]
    return {"name": name, "incident_updates": given, **more}


@pytest.mark.parametrize(
    ("update", "said"),
    [
        (("", "x", "y"), "the time is missing. Write it, or remove this update."),
        (("2026-03-02T09:00:00Z", "x", ""), "nothing is said. Say what happened, or remove this"),
        (("2026-03-20T09:00:00Z", "x", "y"), "or remove this update."),
    ],
)
def test_a_fault_of_json_speaks_of_updates(update, said, imports):
    page = incident("a", ("2026-03-02T08:00:00Z", "x", "y"), update)
    [only] = imports.refused(json.dumps({"incident": page}), "p.json")

    assert said in only
    assert "line." not in only


def test_columns_that_are_not_taken_are_named_in_the_draft(imports):
    text = "time,text,severity,team\n09:10,x,high,a\n"
    table = "| Time | What | Team |\n|--|--|--|\n| 09:10 | x | a |\n"

    assert "Not taken, and in the file only: the columns severity and team." in folded(
        imports.run(text, "t.csv")[2]
    )
    assert "Not taken from the table on line 1, and in the file only: the column Team." in folded(
        imports.run(table)[2]
    )


def test_of_several_columns_with_times_it_says_which_was_taken_and_how_to_take_another(imports):
    text = "time,detected_at,text\n09:10,09:12,x\n09:20,09:25,y\n"
    _, _, draft, said = imports.run(text, "t.csv")

    sentence = (
        "Times are those of the column time, and detected_at would do as well: take it with"
        " --time detected_at."
    )
    assert sentence in said
    assert sentence in folded(draft)
    assert imports.shown(text, "t.csv", time="detected_at")[0] == ("09:12", "x")
    [open_] = imports.refused("time,clock,text\n09:10,09:12,x\n", "t.csv")
    assert open_.endswith("time or clock. Say which, as in --time time.")


def test_a_column_that_names_cases_in_another_way_is_asked_for(imports):
    [only] = imports.refused("Ticket No,time,text\n7,09:10,x\n8,09:00,y\n", "t.csv")

    assert only.endswith('Say --where "Ticket No=…", with one of 7 or 8.')


def test_many_rows_that_are_of_several_stories_are_one_fault(imports):
    """Each shop row goes back in time behind a quay row; each place alone is a story."""
    rows = [f"{10 - at}:{n:02},{place},x" for n in range(6) for at, place in enumerate(PLACES)]
    text = "\n".join(["time,place,text", *rows])

    [only] = imports.refused(text, "t.csv")
    assert only.endswith(
        ":1: 6 rows cannot be placed in one story, and each place alone can."
        " Say --where place=quay; there are quay or shop."
    )
    assert len(imports.shown(text, "t.csv", where=["place=quay"])) == 6


def test_many_rows_of_other_years_are_one_fault(imports):
    rows = [f"2026-{month:02}-02 09:10,{month},x" for month in range(1, 11)]
    [only] = imports.refused("\n".join(["time,number,text", *rows]), "t.csv")

    assert "Say --where number=3; there are 3" in only


@pytest.mark.parametrize("time", ["9:??", "09:00"])
def test_rows_with_faults_of_their_own_are_each_named(time, imports):
    rows = [f"{time if n % 2 else f'1{n}:00'},{n},x" for n in range(10)]

    assert len(imports.refused("\n".join(["time,event_id,text", *rows]), "t.csv")) == 5


@pytest.mark.parametrize("text", ["- 2026-03-03 09:10 x\n", "### 3 March\n- 09:10 x\n"])
def test_a_date_the_day_before_the_file_s_own_is_said(text, imports):
    _, _, draft, said = imports.run(text)

    for told in (folded(draft), said):
        assert "The first entry is on 2026-03-03, and --date is 2026-03-02" in told
        assert "import again with --date 2026-03-03." in told
    assert "The first entry" not in imports.run("- 09:10 +1d x\n")[3]
    assert "The first entry" not in imports.run(text, date="2026-03-03")[3]


def test_a_date_the_day_after_the_file_s_own_is_refused_with_that_day(imports):
    [only] = imports.refused("- 2026-03-01 23:50 x\n")

    assert only.endswith("Give --date 2026-03-01, or remove this line.")


def test_a_status_page_s_updates_from_the_day_before_are_said_at_once(imports):
    page = incident(
        "a", ("2026-03-02T08:00:00Z", "x", "y"), ("2026-03-01T22:50:00Z", "x", "earlier")
    )
    said = imports.run(json.dumps({"incident": page}), "p.json")[3]

    assert "Before 2026-03-02, and so no inject: line 1." in said
    assert "import again with --date 2026-03-01." in said


def test_a_date_that_the_file_writes_beside_its_clock_times_is_held_against_the_option(imports):
    text = "# The ferry\n\n**Date:** 2026-03-03\n\n- 09:10 x\n"

    assert "The file says 2026-03-03 on line 3" in imports.run(text)[3]
    assert "The file says" not in imports.run(text, date="2026-03-03")[3]


def test_entries_of_one_minute_keep_the_order_of_the_file(imports):
    lines = "- 09:10 c\n- 09:10 a\n- 09:10:30 b\n"
    table = "time,text\n09:10,c\n09:10,a\n09:10,b\n"

    for given in ((lines,), (table, "t.csv")):
        assert [text for _, text in imports.shown(*given)] == ["c", "a", "b"]
    [(_, joined)] = imports.shown(lines, cuts=["09:10"])
    assert joined == "09:10 c. 09:10 a. 09:10 b."


def test_a_file_that_tells_the_newest_first_is_read_from_its_end(imports):
    lines = "- 2026-03-02 09:20 d\n- 2026-03-02 09:10 c\n- 2026-03-02 09:10 b\n"
    page = incident(
        "a", ("2026-03-02T09:10:50+01:00", "x", "c"), ("2026-03-02T09:10:20+01:00", "x", "b")
    )

    assert [text for _, text in imports.shown(lines)] == ["b", "c", "d"]
    shown = imports.shown(json.dumps({"incident": page}), "p.json")
    assert [text for _, text in shown] == ["X: b", "X: c"]


def test_a_draft_with_everything_said_in_it_is_still_yaml(imports):
    text = "- 09:10 x\n- TO WRITE: `#` \"left\" 'out' {a: [b\n"
    status, draft, _, said = imports.run(text, date=DAY, zone=ZONE)

    assert (status, len(draft["injects"])) == (0, 1)
    assert "left out: line 2" in said


def test_more_entries_than_a_shift_can_hold_are_refused_with_a_way_out(imports):
    many = "- 09:10 again\n" * 30_000

    said = "\n".join(imports.refused(many))

    assert "30,000 entries would become injects" in said
    assert "--where" in said


def test_a_line_of_brackets_is_read_in_time(imports):
    assert imports.shown(f"- 09:10 {'[' * 20_000}")[0][0] == "09:10"
