"""What the library reads, and what it refuses: one small story, whole and then broken."""

import json
from pathlib import Path

import pytest

from incident_training import library
from incident_training.kinds import Scenario, exercises
from incident_training.library import ContentError, Fault, NoSuchExercise

STORY = """\
title: The counter
teaches: Declare on what customers feel
domain: payments
level: foundation
source:
  kind: invented
day: Tuesday
briefing: You are on call for the counter.
injects:
  - id: cpu
    at: 14:05
    channel: alert
    text: no
    facts:
      worth_review: {value: no, because: One signal}
      customer_hit: no
  - id: double
    at: 14:10
    channel: chat
    from: on
    text: 010
    facts:
      worth_review: {value: yes, because: Two signals and money}
      unplanned: yes
      disrupted: yes
  - id: teams
    at: 14:20
    channel: dashboard
    text: 1.10
    series: [0.2, 1.10]
    alt: Errors climb
    facts:
      teams: 2
evidence:
  - id: scheduler
    label: Scheduler log
    channel: log
    minutes: 4
    text: It starts at 14:00 now.
    facts:
      could_disrupt: yes
hazard:
  trigger: moved
  harm: fails
  nodes:
    moved: The job moves
    full: {text: The pool is full, at: 14:08}
    stale: Old prices are shown
    fails: Every checkout fails
  edges:
    - from: moved
      to: full
      barrier: {id: cap, text: A cap, kind: engineered, held: no}
    - from: full
      to: fails
      luck: The sale ended
    - from: full
      to: stale
    - from: stale
      to: fails
      barrier: {id: review, text: A review, kind: procedure, held: untested}
declaration:
  hint: What do customers feel?
  because:
    learning: Two signals
    customers: They paid twice
    coordination: A second team
  who: {value: team, because: They hold it}
  severity: {value: medium, because: Some}
  impact: {value: medium, because: Money}
  ending: It ended.
  exemplar:
    - after: cpu
      choice: watch
    - after: double
      choice: declare
      who: team
      severity: medium
      impact: medium
near_miss:
  hint: What stopped it?
  observations:
    - id: backup
      at: 14:30
      channel: log
      text: Backup done.
      because: As every day
    - id: login
      at: 14:40
      channel: log
      text: Login expired.
      facts: {started: yes, reached: no, stopped_by: luck}
      worst: major
      left: none
      because: It almost ran on, and nothing built stopped it
      without: Had the login lasted, the table would have gone at three.
    - {id: quiet-1, at: 14:41, channel: log, text: Till 1 counted and closed., because: So}
    - {id: quiet-2, at: 14:42, channel: log, text: Till 2 counted and closed., because: So}
    - {id: quiet-3, at: 14:43, channel: log, text: Till 3 counted and closed., because: So}
    - {id: quiet-4, at: 14:44, channel: log, text: Till 4 counted and closed., because: So}
    - {id: quiet-5, at: 14:45, channel: log, text: Till 5 counted and closed., because: So}
    - {id: quiet-6, at: 14:46, channel: log, text: Till 6 counted and closed., because: So}
    - {id: quiet-7, at: 14:47, channel: log, text: Till 7 counted and closed., because: So}
    - {id: quiet-8, at: 14:48, channel: log, text: Till 8 counted and closed., because: So}
    - {id: quiet-9, at: 14:49, channel: log, text: Till 9 counted and closed., because: So}
postmortem:
  hint: In which numbers?
  noticed: double
  because:
    impact: A number
    factors: Never one
    luck: Luck runs out
    action: It should change something
  exemplar:
    impact: 2 customers paid twice
    factors: [The cap was off, The review was skipped]
    luck: The sale ended
    candidates:
      - text: Cap the pool
        strengthens: cap
  actions:
    - text: Cap it
      strengthens: cap
      because: It stands by itself.
    - text: Refuse checkouts while the pool is full
      adds: [full, fails]
      because: The other way stays open.
    - text: See it sooner
      seen_at: cpu
      because: It gives minutes.
"""


def written(folder: Path, text: str = STORY, name: str = "counter.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def broken(*changes: tuple[str, str]) -> str:
    text = STORY
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def refused(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        library.load(path)
    return caught.value.faults


def line_of(text: str, part: str) -> int:
    """The line on which a text holds this part, counted from 1."""
    return text[: text.index(part)].count("\n") + 1


def test_a_sound_file_loads_with_its_name_as_id_and_a_hash_as_edition(tmp_path):
    scenario = library.load(written(tmp_path))

    assert isinstance(scenario, Scenario)
    assert scenario.id == "counter"
    assert len(scenario.edition) == 12
    changed = library.load(written(tmp_path, STORY.replace("It ended.", "It ended well.")))
    assert changed.edition != scenario.edition


def test_unquoted_scalars_stay_what_the_author_wrote(tmp_path):
    scenario = library.load(written(tmp_path))

    first, second, third = scenario.injects
    assert first.at == 14 * 60 + 5
    assert (first.text, second.sender, second.text, third.text) == ("no", "on", "010", "1.10")
    assert third.series == (0.2, 1.1)
    assert second.stated == {"worth_review": True, "unplanned": True, "disrupted": True}
    assert third.stated == {"teams": 2}


def test_a_byte_order_mark_is_passed_over(tmp_path):
    path = tmp_path / "counter.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + STORY.encode())

    assert library.load(path).title == "The counter"


# what to write instead of what; the line that is blamed (by its text), the field, words of the fix
WRONG = {
    "a misspelt fact": (
        ("      unplanned: yes", "      unpland: yes"),
        "unpland: yes",
        "injects.1.facts.unpland",
        "Did you mean unplanned?",
    ),
    "a misspelt stop reason": (
        ("stopped_by: luck", "stopped_by: lukc"),
        "stopped_by: lukc",
        "near_miss.observations.1.facts.stopped_by",
        "Did you mean luck?",
    ),
    "an unknown inject": (
        ("noticed: double", "noticed: duoble"),
        "noticed: duoble",
        "postmortem.noticed",
        "Did you mean double?",
    ),
    "a barrier to an unknown node": (
        ("    - from: moved\n      to: full", "    - from: moved\n      to: ful"),
        "to: ful\n",
        "hazard.edges.0.to",
        "Did you mean full?",
    ),
    "an edge with both barrier and luck": (
        ("kind: engineered, held: no}", "kind: engineered, held: no}\n      luck: A sale"),
        "- from: moved",
        "hazard.edges.0",
        "Keep one, or put a node between.",
    ),
    "a line without its because": (
        ("      because: As every day\n", ""),
        "- id: backup",
        "near_miss.observations.0.because",
        "feedback teaches the reason",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_names_file_line_field_and_fix(tmp_path, name):
    change, line, field, fix = WRONG[name]
    text = broken(change)
    path = written(tmp_path, text)

    faults = refused(path)

    assert [fault.field for fault in faults] == [field]
    assert faults[0].line == line_of(text, line)
    assert fix in faults[0].fix
    assert str(faults[0]).startswith(f"{path}:{faults[0].line}: {field}: ")


def test_all_faults_of_a_file_come_at_once(tmp_path):
    path = written(tmp_path, broken(*(change for change, *_ in WRONG.values())))

    faults = refused(path)

    assert sorted(fault.field for fault in faults) == sorted(w[2] for w in WRONG.values())
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_a_fault_reads_as_one_plain_sentence_and_its_fix(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, broken(("channel: alert", "channel: alret")))

    [fault] = refused(tmp_path / "counter.yaml")

    assert str(fault) == (
        "counter.yaml:12: injects.0.channel: should be alert, chat, dashboard, customer, change,"
        " log, mail or call; got 'alret'. Did you mean alert?"
    )


# one change each: what to write instead of what, the field that is blamed, words of the sentence
SHAPE = [
    ("title: The counter\n", "", "title", "is missing"),
    ("title: The counter", "titel: C\ntitle: C", "titel", "Did you mean title?"),
    ("title: The counter", "title: [a]", "title", "should be a text; got a list"),
    ("title: The counter", "title: ''", "title", "Say something or remove the line."),
    ("title: The counter", "title:", "title", "Say something or remove the line."),
    ("title: The counter", f"title: {'x' * 2001}", "title", "2,001 characters"),
    ("    at: 14:05", "    at: 2 pm", "injects.0.at", "clock time"),
    ("    at: 14:05", "    at: 845", "injects.0.at", "clock time"),
    ("  - id: teams", "  - id: Two Teams", "injects.2.id", "Write two-teams."),
    ("[0.2, 1.10]", "[0.2, high]", "injects.2.series.1", "should be a number"),
    ("minutes: 4", "minutes: 0", "evidence.0.minutes", "at least 1"),
    ("minutes: 4", "minutes: four", "evidence.0.minutes", "should be a whole number"),
    ("who: {value: team, because: They hold it}", "who: t", "declaration.who", "value, because"),
    ("    luck: Luck r", "    lukc: L\n    luck: r", "postmortem.because.lukc", "mean luck?"),
    ("[full, fails]", "[full]", "postmortem.actions.1.adds.1", "too few"),
]
STORY_WRONG = [
    ("title: The counter", "title: A quiet incident", "title", "gives away"),
    ("domain: payments", "domain: payments outage", "domain", "gives away"),
    ("on call for the counter", "on call; no near misses", "briefing", "gives away"),
    ("  - id: scheduler", "  - id: benign-export", "evidence.0.id", "gives away"),
    ("title: The counter", "id: counter\ntitle: C", "id", "the file's name is the id"),
    ("title: The counter", "edition: 1\ntitle: C", "edition", "it is computed"),
    ("domain: payments", "policy: lerning\ndomain: p", "policy", "Did you mean learning?"),
    ("kind: invented", "kind: public\n  changed: All", "source.url", "missing for a public source"),
    (
        "kind: invented",
        "kind: public\n  url: https://x.org",
        "source.changed",
        "for a public source",
    ),
    (
        "kind: invented",
        "kind: public\n  changed: All\n  url: javascript:alert(1)",
        "source.url",
        "should be a web address",
    ),
    ("    at: 14:20", "    at: 14:09", "injects.2.at", "14:09 is before 14:10"),
    ("    at: 14:40", "    at: 13:40", "near_miss.observations.1.at", "13:40 is before 14:30"),
    ("  - id: teams", "  - id: double", "injects.2.id", "is taken on line 17"),
    ("  - id: scheduler", "  - id: cpu", "evidence.0.id", "is taken on line 10"),
    ("    text: 1.10", "    hurt: 3\n    text: a", "hurt_unit", "hurt_unit: customers were"),
    ("    alt: Errors climb\n", "", "injects.2.alt", "is missing for this series"),
    ("[0.2, 1.10]", "[0.2, nan]", "injects.2.series.1", "a number one can draw"),
    ("      teams: 2", "      teams: two", "injects.2.facts.teams", "a whole number"),
    ("customer_hit: no", "customer_hit: on", "injects.0.facts.customer_hit", "yes, no or unknown"),
    (
        "{value: no, because: One signal}",
        "no",
        "injects.0.facts.worth_review.because",
        "a judgement without its reason",
    ),
]
HAZARD_WRONG = [
    ("  trigger: moved", "  trigger: mvoed", "hazard.trigger", "Did you mean moved?"),
    ("  harm: fails", "  harm: moved", "hazard.harm", "the trigger is named as the harm"),
    ("  harm: fails", "  harm: alone\n  nodes: {alone: A}", "hazard.nodes", "twice"),
    (
        "  trigger: moved\n  harm: fails",
        "  trigger: fails\n  harm: moved",
        "hazard.harm",
        "no edges",
    ),
    ("{id: review,", "{id: cap,", "hazard.edges.3.barrier.id", "is taken on line"),
    ("full\n      to: stale", "full\n      to: full", "hazard.edges.2", "back to itself"),
    (
        "full\n      to: stale",
        "full\n      to: fails",
        "hazard.edges.2",
        "an edge from full to fails",
    ),
    (
        "it\n      strengthens: cap",
        "it\n      strengthens: cup",
        "postmortem.actions.0",
        "mean cap?",
    ),
    ("[full, fails]", "[ful, fails]", "postmortem.actions.1.adds", "mean [full, fails]?"),
    ("seen_at: cpu", "seen_at: cup", "postmortem.actions.2.seen_at", "mean cpu?"),
    ("seen_at: cpu", "seen_at: cpu\n      strengthens: cap", "postmortem.actions.2", "one action"),
    ("adds: [full, fails]", "strengthens: cap", "postmortem.actions", "every action here"),
    ("it\n      strengthens: cap", "it", "postmortem.actions", "none of these actions"),
]
ASKED_WRONG = [
    ("    learning: Two signals\n", "", "declaration.because.learning", "is missing"),
    ("    learning:", "    lerning: T\n    learning:", "declaration.because.lerning", "learning?"),
    ("{value: team,", "{value: teem,", "declaration.who.value", "Did you mean team?"),
    ("severity: {value: medium,", "severity: {value: mid,", "declaration.severity.value", "high"),
    ("after: double", "after: dobule", "declaration.exemplar.1.after", "mean double?"),
    ("choice: watch", "open: shceduler", "declaration.exemplar.0.open", "mean scheduler?"),
    ("reached: no, ", "", "near_miss.observations.1.facts.reached", "where started is yes"),
    (", stopped_by: luck", "", "near_miss.observations.1.facts.stopped_by", "reached is no"),
    ("no, stopped_by: luck", "yes", "near_miss.observations.1.facts.harm", "reached is yes"),
    (
        "started: yes, reached: no, stopped_by: luck",
        "started: no, harm: no",
        "near_miss.observations.1.facts.harm",
        "is not asked where started is no",
    ),
    (
        "      facts: {started: yes, reached: no, stopped_by: luck}\n",
        "",
        "near_miss.observations",
        "nothing to find",
    ),
    ("    luck: Luck runs out\n", "", "postmortem.because.luck", "is missing"),
]


@pytest.mark.parametrize(
    ("old", "new", "field", "words"), SHAPE + STORY_WRONG + HAZARD_WRONG + ASKED_WRONG
)
def test_what_is_wrong_is_said_once_and_plainly(tmp_path, old, new, field, words):
    faults = refused(written(tmp_path, broken((old, new))))

    [fault] = [fault for fault in faults if fault.field.startswith(field)]
    assert words in f"{fault.message}. {fault.fix}"
    assert not any(jargon in str(fault) for jargon in ("pydantic", "extra_forbidden", "NoneType"))


def test_more_notable_lines_than_flags_are_refused(tmp_path):
    line = STORY[STORY.index("    - id: login") : STORY.index("    - {id: quiet-1,")]
    more = "".join(line.replace("login", f"login-{n}") for n in range(3))

    [fault] = refused(written(tmp_path, STORY.replace(line, line + more)))

    assert fault.field == "near_miss.observations"
    assert "4 lines have facts" in fault.message


def test_a_scenario_that_is_played_in_no_way_is_refused(tmp_path):
    [fault] = refused(written(tmp_path, STORY[: STORY.index("declaration:")]))

    assert "played in no way" in fault.message
    assert "declaration, near_miss, postmortem or clinic" in fault.fix


def test_a_postmortem_needs_a_hazard_graph(tmp_path):
    without = STORY[: STORY.index("hazard:")] + STORY[STORY.index("declaration:") :]

    [fault] = refused(written(tmp_path, without))

    assert (fault.field, fault.rule) == ("postmortem", "no-hazard")


@pytest.mark.parametrize("name", ["the-outage.yaml", "near-miss-2.yaml", "The Counter.yaml"])
def test_a_file_name_that_gives_away_or_cannot_be_an_id_is_refused(tmp_path, name):
    [fault] = refused(written(tmp_path, name=name))

    assert "the file's name" in fault.message
    assert fault.fix.startswith("Name it ")


HOSTILE = [
    (b"", "the file is empty"),
    (b"# only this\n", "the file is empty"),
    (b"---\n", "the file is empty"),
    (b"- a\n- b\n", "the file should be fields"),
    (b"just words\n", "the file should be fields"),
    (b"title: a\n---\ntitle: b\n", "a second document starts here"),
    (b"title: a\ntitle: b\n", "title is here twice, first on line 1"),
    (b"title: &a b\n", "&a marks a place to repeat"),
    (b"title: b\nday: *a\n", "*a repeats another place"),
    (b"source: {<<: {kind: invented}}\n", "<< takes fields from another place"),
    (b"title: !!python/object/apply:os.system [ls]\n", "the tag"),
    (b"title: !!int 3\n", "the tag '!!int'"),
    (b"? [a, b]\n: c\n", "a field's name should be a word"),
    (b"? {a: b}\n: c\n", "a field's name should be a word"),
    (b"'': c\n", "a field's name should be a word"),
    (b"title: a\nday: 'open\n", "counter.yaml:2: a quote or bracket that is opened here"),
    (b"title: a: b\n", "there is a “: ” inside a text here"),
    (b"title: a\n\tday: b\n", "Indent with spaces"),
    (b"title: a\n day: b\n", "there is a “: ” inside a text here"),
    (b"title: [a\nday: b\n", "counter.yaml:1: a bracket that is opened here"),
    (b"title: caf\xe9\n", "not written in UTF-8"),
    ("title: a\n".encode("utf-16"), "not written in UTF-8"),
    (b"title: a\nday: \x00b\n", "counter.yaml:2: the character"),
    (b"title: " + b"[" * 5000, "nested too deep"),
    (b"? " * 5000, "nested too deep"),
    (b"title: " + b"x" * 1_048_576, "at most 1,048,576 bytes are read"),
]


@pytest.mark.parametrize(("content", "words"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_writing_is_refused_in_a_sentence(tmp_path, content, words):
    path = tmp_path / "counter.yaml"
    path.write_bytes(content)

    faults = refused(path)

    assert words in "\n".join(map(str, faults))
    assert all(fault.line >= 1 and fault.fix for fault in faults)


def test_every_shape_of_value_in_every_place_is_refused_or_read_never_a_crash(tmp_path):
    lines = STORY.splitlines()
    for number, line in enumerate(lines):
        name, colon, _ = line.partition(":")
        for value in ("", "7", "[]", "{}", "[[a]]", "{a: {b: c}}", "'\\e[31m'"):
            text = "\n".join([*lines[:number], f"{name}{colon} {value}", *lines[number + 1 :]])
            path = written(tmp_path, text)
            library.check([path])


def test_a_missing_file_is_one_clear_sentence(tmp_path):
    [fault] = refused(tmp_path / "nowhere.yaml")

    assert fault.message == "there is no such file"


def test_a_broken_file_keeps_nobody_from_the_others(tmp_path, caplog):
    written(tmp_path, name="b.yaml")
    written(tmp_path, name="a.yaml")
    written(tmp_path, "title: [", name="c.yaml")

    assert list(library.scenarios(tmp_path)) == ["a", "b"]
    assert "c.yaml" in caplog.text


def test_check_plays_every_exercise_and_says_so(tmp_path, capsys):
    written(tmp_path)

    assert library.check([tmp_path]) == []
    assert library.say_check([str(tmp_path)]) == 0
    assert capsys.readouterr().out == (
        "1 scenario, 3 exercises: every exemplar earns the whole score,"
        " every untouched form nothing.\n"
    )


def test_check_names_what_an_exemplar_does_not_earn(tmp_path):
    path = written(tmp_path, broken(("      severity: medium\n", "      severity: none\n")))

    [fault] = library.check([path])

    assert fault.field == "declaration.exemplar"
    assert "the exemplar earns 0 for “severity”" in fault.message


def test_check_names_the_step_that_cannot_be_taken(tmp_path):
    text = broken(("      choice: watch\n", "      choice: declare\n"))

    [fault] = library.check([written(tmp_path, text)])

    assert fault.field == "declaration.exemplar.0"
    assert fault.line == line_of(text, "- after: cpu")
    assert "who: choose one of" in fault.message


def test_check_names_a_step_taken_before_its_inject_has_come(tmp_path):
    text = broken(
        ("    - after: cpu\n", "    - after: double\n"),
        ("double\n      choice: d", "teams\n      choice: d"),
    )

    [fault] = library.check([written(tmp_path, text)])

    assert (fault.field, fault.rule) == ("declaration.exemplar.0", "exemplar-step")
    assert "the exemplar's step after double comes after cpu" in fault.message


def test_check_as_json_and_its_exit_status(tmp_path, capsys):
    written(tmp_path, name="a.yaml")
    path = written(tmp_path, broken(("channel: alert", "channel: alret")), "b.yaml")

    status = library.say_check([str(tmp_path)], as_json=True)

    assert status == 1
    [fault] = json.loads(capsys.readouterr().out)
    assert list(fault) == ["file", "line", "field", "rule", "message", "fix", "weight"]
    assert (fault["file"], fault["line"], fault["rule"]) == (str(path), 12, "choice")


def test_check_of_a_path_that_is_not_there_is_one_sentence(tmp_path, capsys):
    status = library.say_check([str(tmp_path / "nowhere")])

    said = capsys.readouterr()
    assert status == 1
    assert said.out == ""
    assert said.err == f"{tmp_path / 'nowhere'}: there is no such file or folder\n"


def test_play_gives_plain_json_and_untouched_earns_nothing(tmp_path, capsys):
    path = written(tmp_path)

    for kind in exercises(library.load(path)):
        best = library.play(path, kind, exemplar=True)
        nothing = library.play(path, kind, exemplar=False)
        assert list(best) == ["kind", "edition", "policy", "score", "remarks"]
        assert (best["kind"], best["policy"], best["score"]) == (kind, "learning", 1)
        assert nothing["score"] is None
        assert json.loads(json.dumps(best)) == best


def test_play_judges_the_same_response_by_another_policy(tmp_path):
    late = library.play(written(tmp_path), "declaration", exemplar=True, policy="coordination")

    assert late["policy"] == "coordination"
    assert late["remarks"][0]["expected"] == "14:20"


@pytest.mark.parametrize(
    ("kind", "policy", "words"),
    [
        ("near_miss", "lerning", "there is no policy 'lerning'; choose from learning"),
        ("decision", None, "counter cannot be played as 'decision'; choose from declaration"),
    ],
)
def test_play_of_what_is_not_there_names_the_choices(tmp_path, capsys, kind, policy, words):
    status = library.say_play(str(written(tmp_path)), kind, True, policy)

    assert status == 1
    assert words in capsys.readouterr().err


def test_an_exercise_of_ours_is_found_by_id_and_by_nothing_else():
    with pytest.raises(ContentError, match="there is no such file"):
        library.exercise("../etc/passwd", "declaration")
    with pytest.raises(NoSuchExercise):
        library.exercise("no-such-shift", "declaration")
