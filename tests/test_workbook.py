"""The draft: written, asked about, taken into planning, played again, and taken along.

On a small story worked by hand; what a page does is asked by the messages a browser would send.
"""

import json
import random
import re
from dataclasses import replace
from itertools import count

import mistune
import pytest
from browserless import TOKEN, Visitor
from stories import SHOP, shop

from incident_training import hazard
from incident_training.kinds import revised
from incident_training.kinds.base import NotAllowed, exemplar
from incident_training.kinds.candidates import ACTION_KINDS, MOST_CANDIDATES, TIERS
from incident_training.kinds.document import HEADS, documented, html, markdown, plain
from incident_training.kinds.postmortem import Postmortem
from incident_training.kinds.workbook import LONGEST, NEAR_MISS, SECTIONS
from incident_training.store import Store, prepare, pseudonym
from incident_training.widgets import Play, Workbench
from incident_training.widgets.standing import Page

PAGE = Page("postmortem", "Draft", "Write it down.", ("postmortem",))
WHO = pseudonym(TOKEN)
WAITING = [
    {"text": "Gift cards", "because": "Promised for December"},
    {"text": "The new ledger", "because": "The law asks for it"},
]
WRITTEN = {
    "impact": "43 customers were charged twice in 18 minutes.",
    "factors": "The export moved to nine.\nSam should have looked at it.\nThe cap is per job.",
    "lucky": "The sale ended.",
}
ACTIONS = [
    {"text": "Cap the export at 10 connections", "known": "A trial export waits"},
    {"text": "Show the pool on the first page", "kind": "detect", "tier": "intermediate"},
    {"text": "Tell everybody about the scheduler", "backlog": "Platform"},
]
EFFECTS = {
    "strengthens": {"does": "strengthens", "target-strengthens": "cap"},
    "adds": {"does": "adds", "target-adds": "full all-fail"},
    "seen_at": {"does": "seen_at", "target-seen_at": "cpu"},
    "fewer_hurt": {"does": "fewer_hurt"},
    "reminds": {"does": "reminds"},
}


def planned(places=1):
    """The shop with a backlog of so many places."""
    return shop(
        postmortem={**SHOP["postmortem"], "backlog": {"places": places, "waiting": WAITING}}
    )


def almost():
    """The shop where it stopped before anybody was hurt."""
    uncounted = [{k: v for k, v in one.items() if k != "hurt"} for one in SHOP["injects"]]
    return shop(injects=uncounted)


def taken(draft, *steps):
    """The response after these steps."""
    response = draft.untouched
    for step in steps:
        response = draft.take(response, step)
    return response


@pytest.fixture
def draft():
    return Postmortem(scenario=shop())


class Desk:
    """Somebody before the draft of a story, and where it is kept."""

    def __init__(self, data, scenario):
        prepare(data / "training.sqlite")
        self.store, self.scenario = Store(data / "training.sqlite"), scenario
        self.visitor = self.opened()
        self.visitor.send({"do": "choose", "name": scenario.id})

    def opened(self):
        """The page as it is after a reload."""
        number = count()
        play = Play(
            PAGE,
            {self.scenario.id: self.scenario},
            self.store,
            WHO,
            lambda: f"2026-01-05T09:{next(number):02}:00Z",
        )
        return Visitor(Workbench(lambda who: play))

    def write(self, rev, **values):
        """Begin to give something, as the browser says while one types."""
        screen = self.visitor.screen["id"]
        draft = {"do": "draft", "screen": screen, "rev": rev, "values": values}
        return self.visitor.page.answer(draft)

    def ask(self, **values):
        return self.visitor.send({"do": "ask", "values": values})

    def begun(self):
        """What was begun, as a page that opens is told."""
        return self.visitor.hello()["draft"]

    def events(self):
        return [event.name for event in self.store.events(who=WHO)]

    def questions(self):
        """The questions on the screen, by the name of their field."""
        fields = self.visitor.fields().values()
        return [item for field in fields if field["is"] == "questions" for item in field["items"]]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, shop())


# Writing


@pytest.mark.parametrize(
    "much",
    [
        {"summary": "a" * (LONGEST + 1)},
        {"summary": "a" * (LONGEST // 2), "sense": "b" * (LONGEST // 2 + 1)},
    ],
    ids=["one section", "all together"],
)
@pytest.mark.parametrize("do", ["answer", "ask"])
def test_a_draft_that_is_too_long_is_refused_in_a_sentence_and_nothing_is_lost(desk, much, do):
    values = {"impact": "43 customers", **much}
    assert desk.write(1, **values) == {"kept": 1}

    screen = desk.visitor.send({"do": do, "values": values})

    assert "under 20,000 characters" in screen["problem"]
    assert screen["problem"].endswith(".")
    assert desk.events() == ["begin"]
    assert desk.begun() == {"rev": 1, "values": values}


def test_the_longest_draft_is_asked_about_and_handed_in(desk):
    rest = LONGEST - len(WRITTEN["impact"])
    long = {
        "impact": WRITTEN["impact"],
        "summary": ("A fox 🦊 slept.\n" * LONGEST)[: rest - 1] + ".",
    }
    assert sum(map(len, long.values())) == LONGEST

    assert not desk.ask(**long)["problem"]
    assert not desk.visitor.answer(**long)["problem"]

    assert desk.visitor.screen["says"].startswith("One thing to take along")


@pytest.mark.parametrize("bent", [7, ["a"], {"a": 1}, True])
def test_a_section_that_is_no_text_is_refused(draft, bent):
    with pytest.raises(NotAllowed, match="summary: should be text"):
        draft.take(draft.untouched, {**WRITTEN, "summary": bent})


def test_a_draft_without_its_impact_is_not_handed_in(draft):
    with pytest.raises(NotAllowed, match="or that nobody was"):
        draft.take(draft.untouched, {**WRITTEN, "impact": "  "})


def test_only_what_is_asked_is_kept(draft):
    response = draft.take(draft.untouched, {**WRITTEN, "stopped": "Luck", "culprit": "Sam"})

    assert response.texts == WRITTEN


def test_a_near_miss_asks_five_more_sections(draft, tmp_path):
    miss = Postmortem(scenario=almost())
    fields = Desk(tmp_path, almost()).visitor.fields()
    assert (draft.near_miss, miss.near_miss) == (False, True)

    assert [name for name in fields if name in NEAR_MISS] == [*NEAR_MISS]
    assert [name for name in fields if name in SECTIONS] == [*SECTIONS]
    response = miss.take(miss.untouched, {**WRITTEN, "stopped": "The sale ended"})
    assert response.said("stopped") == "The sale ended"


def test_only_the_timeline_is_written_for_the_trainee(desk):
    fields = desk.visitor.fields().values()

    assert [field["name"] for field in fields if field.get("value")] == ["timeline"]


# Asking


def test_asking_stays_at_the_screen_keeps_what_was_begun_and_counts_nothing(desk):
    desk.write(3, **WRITTEN)
    before = desk.visitor.screen

    after = desk.ask(**WRITTEN)

    assert after["id"] == before["id"]
    assert desk.begun() == {"rev": 3, "values": WRITTEN}
    assert desk.events() == ["begin", "ask"]
    assert (before["saved"], after["saved"], after["problem"]) == (None, None, None)
    desk.visitor.answer(**WRITTEN)
    desk.visitor.answer(when="", will="")
    assert [attempt.hints for attempt in desk.store.attempts()] == [0]


def test_what_one_types_in_another_window_is_kept_when_the_screen_is_still_the_same(desk):
    other = desk.opened()
    desk.ask(**WRITTEN)

    draft = {"do": "draft", "screen": other.screen["id"], "rev": 9, "values": {"impact": "44"}}
    reply = other.post(draft)

    assert reply == {"kept": 9}
    assert desk.begun() == {"rev": 9, "values": {"impact": "44"}}


def test_a_hint_stays_where_it_was_when_one_asks(desk):
    desk.visitor.send({"do": "hint"})
    desk.ask(**WRITTEN)

    hints = [block for block in desk.visitor.blocks("words") if block["style"] == "hint"]
    assert [hint["text"] for hint in hints] == [SHOP["postmortem"]["hint"]]


def test_at_most_three_questions_are_asked_each_once_in_the_order_of_the_draft(draft):
    response = draft.ask(draft.untouched, {**MANY, "candidates": ["Be more careful"]})

    order = [*SECTIONS, "candidates"]
    places = [(order.index(one.field), one.start) for one in response.asked]
    assert len(response.asked) == 3
    assert places == sorted(places)
    assert len({one.id for one in response.asked}) == 3


MANY = {
    "summary": "It was caused by human error. Nobody noticed.",
    "impact": "43 customers",
    "factors": "Sam should have looked.\nSam was careless.\nThe cap is per job.",
    "lucky": "Nothing",
}


def test_what_nearly_every_reader_would_ask_comes_before_what_is_worth_a_question(draft):
    response = draft.ask(draft.untouched, MANY)
    said = [one for one in response.asked if one.sentence]

    assert [one.outcome for one in said].count("flag") >= 2


def test_two_of_a_family_are_one_lesson_so_another_family_comes_first(draft):
    factors = "Sam should have looked. Had they read the notes, the feed would have stayed up."
    written = {**WRITTEN, "factors": factors, "candidates": ["Be more careful"]}
    response = draft.ask(draft.untouched, written)

    assert [one.rule for one in response.asked if one.sentence] == ["should-have", "vigilance"]


def test_a_question_quotes_the_words_it_is_about(draft):
    response = draft.ask(draft.untouched, MANY)
    said = [one for one in response.asked if one.sentence]

    assert said
    for one in said:
        words = MANY[one.field][one.start : one.end]
        assert words in one.sentence
        assert one.sentence in MANY[one.field]
    assert all(one.question and one.reason and one.source for one in response.asked)


def test_a_question_left_as_it_is_is_not_asked_again_also_after_a_reload(desk):
    desk.ask(**WRITTEN)
    [asked] = [one for one in desk.questions() if one["field"] == "factors" and one["sentence"]]
    desk.ask(**WRITTEN, **{"left-factors": {asked["id"]: "Sam says so himself"}})
    assert asked["id"] not in [one["id"] for one in desk.questions()]

    desk.visitor = desk.opened()
    desk.ask(**WRITTEN)

    assert asked["id"] not in [one["id"] for one in desk.questions()]
    desk.visitor.answer(**WRITTEN)
    response = desk.visitor.page._activity.session.response
    assert response.left == {asked["id"]: "Sam says so himself"}


def test_a_question_may_be_left_without_a_reason(draft):
    first = draft.ask(draft.untouched, WRITTEN)
    left = {f"left-{one.field}": {one.id: ""} for one in first.asked}

    again = draft.ask(first, {**WRITTEN, **left})

    assert not {one.id for one in first.asked} & {one.id for one in again.asked}


def test_what_is_left_when_it_is_handed_in_is_kept(draft):
    first = draft.ask(draft.untouched, WRITTEN)
    left = {f"left-{one.field}": {one.id: "as Sam told it"} for one in first.asked}

    handed = draft.take(first, {**WRITTEN, **left})

    assert set(handed.left.values()) == {"as Sam told it"}


@pytest.mark.parametrize("bent", [["a"], "a", {"a": 1}, {"a": None}])
def test_a_reason_that_is_no_text_is_refused(draft, bent):
    with pytest.raises(NotAllowed, match="send a reason for each question"):
        draft.ask(draft.untouched, {**WRITTEN, "left-factors": bent})


def test_a_sentence_that_was_rewritten_is_not_asked_about(draft):
    first = draft.ask(draft.untouched, WRITTEN)
    assert "Sam should have looked" in str([one.sentence for one in first.asked])
    mended = WRITTEN["factors"].replace("Sam should have looked at it", "The pool has no page")

    again = draft.ask(first, {**WRITTEN, "factors": mended})

    assert "Sam" not in str(again.asked)


def test_a_question_is_the_same_where_its_sentence_has_moved(draft):
    first = draft.ask(draft.untouched, WRITTEN)
    moved = {**WRITTEN, "factors": "\n".join(reversed(WRITTEN["factors"].splitlines()))}

    again = draft.ask(first, moved)

    before, after = (
        {one.id: one.start for one in response.asked if one.sentence} for response in (first, again)
    )
    assert before.keys() == after.keys()
    assert before != after


def test_a_draft_that_was_handed_in_is_not_asked_about(desk):
    desk.visitor.answer(**WRITTEN)

    screen = desk.ask(**WRITTEN)

    assert "handed in" in screen["problem"]


# Candidates


@pytest.mark.parametrize(("name", "words"), [("kind", ACTION_KINDS), ("tier", TIERS)])
def test_a_kind_or_tier_that_is_none_is_refused_naming_the_choices(draft, name, words):
    bent = {"text": "Cap it", name: "strongest"}

    with pytest.raises(NotAllowed) as refusal:
        draft.take(draft.untouched, {**WRITTEN, "candidates": [bent]})

    assert str(refusal.value) == f"{name}: choose one of {', '.join(words)}"


def test_of_a_candidate_only_its_text_is_needed(draft):
    rows = ["Cap it", {"text": "Show it", "kind": "", "tier": ""}, {"text": " ", "known": "It is"}]

    response = draft.take(draft.untouched, {**WRITTEN, "candidates": rows})

    assert [one.text for one in response.candidates] == ["Cap it", "Show it"]
    assert {one.kind for one in response.candidates} == {None}


@pytest.mark.parametrize("bent", ["Cap it", {"text": "Cap it"}, ["a"] * (MOST_CANDIDATES + 1)])
def test_candidates_are_a_list_of_at_most_four(draft, bent):
    with pytest.raises(NotAllowed, match="a list of at most 4"):
        draft.take(draft.untouched, {**WRITTEN, "candidates": bent})


@pytest.mark.parametrize("bent", [7, ["a"], {"text": 7}, {"text": ["a"]}, {"text": "a" * 501}])
def test_a_candidate_that_is_no_line_of_text_is_refused(draft, bent):
    with pytest.raises(NotAllowed, match=r"should be text|under 500"):
        draft.take(draft.untouched, {**WRITTEN, "candidates": [bent]})


# Planning


def test_planning_takes_at_most_as_many_as_there_are_places():
    plan = Postmortem(scenario=planned(places=2))
    handed = taken(plan, {**WRITTEN, "candidates": ACTIONS})
    assert plan.stage(handed) == "plan"

    with pytest.raises(NotAllowed, match="room for 2 items"):
        plan.take(handed, {"take": ["own-0", "own-1", "waits-0"]})

    assert plan.take(handed, {"take": ["own-1", "waits-0"]}).plan.taken == ("waits-0", "own-1")


@pytest.mark.parametrize("bent", [None, "own-0", ["own-9"], [["own-0"]], {"own-0": 1}])
def test_what_is_not_in_the_backlog_cannot_be_taken(bent):
    plan = Postmortem(scenario=planned())
    handed = taken(plan, {**WRITTEN, "candidates": ACTIONS})

    with pytest.raises(NotAllowed, match=r"^take: "):
        plan.take(handed, {"take": bent})


def test_a_declined_candidate_keeps_its_reason_and_needs_one():
    plan = Postmortem(scenario=planned(places=2))
    weighed = taken(plan, {**WRITTEN, "candidates": ACTIONS}, {"take": ["own-0", "waits-1"]})
    assert plan.stage(weighed) == "declined"

    with pytest.raises(NotAllowed, match="“Tell everybody about the scheduler”: say why not now"):
        plan.take(weighed, {"why-own-1": "In spring", "why-own-2": "  "})

    done = plan.take(weighed, {"why-own-1": "In spring", "why-own-2": "It is in the handbook"})
    assert done.plan.declined == {"own-1": "In spring", "own-2": "It is in the handbook"}
    assert plan.stage(done) == "effect:0"
    cells = [row[HEADS.index("Planning")] for row in documented(plan, done).candidates]
    assert cells == ["taken", "declined: In spring", "declined: It is in the handbook"]


def test_where_every_candidate_is_taken_no_reason_is_asked():
    plan = Postmortem(scenario=planned(places=2))

    done = taken(plan, {**WRITTEN, "candidates": ACTIONS[:2]}, {"take": ["own-0", "own-1"]})

    assert plan.stage(done) == "effect:0"


def test_a_candidate_is_declined_for_what_waits_already():
    plan = Postmortem(scenario=planned())
    none = taken(plan, {**WRITTEN, "candidates": ACTIONS[:1]}, {"take": []})

    assert plan.stage(none) == "declined"


def test_without_a_backlog_or_a_candidate_there_is_no_planning(draft):
    plan = Postmortem(scenario=planned())

    assert draft.stage(taken(draft, {**WRITTEN, "candidates": ACTIONS})) == "effect:0"
    assert plan.stage(taken(plan, {**WRITTEN, "candidates": []})) == "commitment"


def test_the_exemplar_goes_through_planning_and_earns_everything():
    plan = Postmortem(scenario=planned())

    assert plan.assess(exemplar(plan)).score == 1.0
    assert exemplar(plan).plan.taken == ("own-0",)


def test_planning_is_played_on_the_page(tmp_path):
    desk = Desk(tmp_path, planned())
    desk.visitor.answer(**WRITTEN, candidates=ACTIONS[:2])
    take = desk.visitor.fields()["take"]
    assert take["most"] == 1
    assert [(one["from"], one["text"], one["because"]) for one in take["items"]] == [
        *(("waits", one["text"], one["because"]) for one in WAITING),
        ("yours", "Cap the export at 10 connections", "A trial export waits"),
        ("yours", "Show the pool on the first page", ""),
    ]

    desk.visitor.answer(take=["own-0"])
    assert list(desk.visitor.fields()) == ["why-own-1"]
    desk.visitor.answer(**{"why-own-1": "In spring"})
    desk.visitor.answer(**EFFECTS["strengthens"])
    desk.visitor.answer(**EFFECTS["reminds"])
    desk.visitor.answer(when="an export moves", will="look at the pool")

    [table] = desk.visitor.blocks("table")
    assert table["rows"] == [
        ["Cap the export at 10 connections", "taken", ""],
        ["Show the pool on the first page", "declined", "In spring"],
    ]


# Played again


@pytest.mark.parametrize(
    ("effect", "action", "changes"),
    [
        (EFFECTS["strengthens"], {"strengthens": "cap"}, True),
        (EFFECTS["adds"], {"adds": ("full", "all-fail")}, True),
        (EFFECTS["seen_at"], {"seen_at": "cpu"}, True),
        ({"does": "seen_at", "target-seen_at": "payments"}, {"seen_at": "payments"}, False),
        (EFFECTS["fewer_hurt"], {"fewer_hurt": True}, None),
        (EFFECTS["reminds"], {}, False),
    ],
)
def test_an_action_is_played_again_as_the_hazard_graph_does_it(
    desk, draft, effect, action, changes
):
    scenario = draft.scenario
    moments = [hazard.Moment(i.id, i.at, i.hurt) for i in scenario.injects]
    wanted = hazard.replay(
        scenario.hazard.graph, hazard.Action("Cap it", **action), moments, seen="double"
    )
    desk.visitor.answer(**WRITTEN, candidates=["Cap it"])
    desk.visitor.answer(**effect)
    desk.visitor.answer(when="", will="")

    [said] = desk.visitor.page._activity.session.response.candidates
    assert draft.replay(said) == wanted
    assert draft.changes(said) is changes
    told = [block["text"] for block in desk.visitor.blocks("words")]
    assert wanted.words in told
    assert VERDICTS[changes] in desk.visitor.screen["says"]


VERDICTS = {
    True: "your action changes the story",
    False: "the story ends as before",
    None: "the story cannot tell",
}


def test_seen_at_the_first_alert_is_six_minutes_sooner_with_twelve_fewer_by_hand(draft):
    """09:10 to 09:04; twelve were hurt by then, and none were counted before."""
    response = taken(draft, {**WRITTEN, "candidates": ["Page at 70 %"]}, EFFECTS["seen_at"])

    replay = draft.replay(response.candidates[0])
    assert (replay.minutes_sooner, replay.fewer) == (6, 12)


@pytest.mark.parametrize(
    "bent",
    [
        {},
        {"does": "hopes"},
        {"does": "strengthens"},
        {"does": "strengthens", "target-strengthens": "nothing"},
        {"does": "adds", "target-adds": "full moved"},
        {"does": "seen_at", "target-seen_at": "noon"},
    ],
)
def test_an_effect_on_what_is_not_in_the_story_is_refused(draft, bent):
    handed = taken(draft, {**WRITTEN, "candidates": ["Cap it"]})

    with pytest.raises(NotAllowed, match="choose one of"):
        draft.take(handed, bent)


# The commitment


def test_the_commitment_is_kept_and_read_as_one_sentence(draft):
    card = {"when": "When an export moves.", "will": "I will look at the pool."}

    done = taken(draft, {**WRITTEN, "candidates": []}, card)

    assert draft.stage(done) == "done"
    assert (done.when, done.will) == (card["when"], card["will"])
    said = "When an export moves, I will look at the pool."
    assert documented(draft, done).commitment == said
    assert said in markdown(documented(draft, done))


def test_a_commitment_may_stay_empty_and_is_then_shown_nowhere(desk):
    desk.visitor.answer(**WRITTEN, candidates=[])
    desk.visitor.answer(when="", will="")

    assert desk.visitor.screen["stage"] == "feedback"
    assert "Your commitment" not in [block["text"] for block in desk.visitor.blocks("words")]
    assert "My commitment" not in str(desk.visitor.blocks("downloads"))


def test_a_commitment_is_one_line(draft):
    handed = taken(draft, {**WRITTEN, "candidates": []})

    with pytest.raises(NotAllowed, match="under 240"):
        draft.take(handed, {"when": "a" * 241, "will": ""})


# Two revisions

PIECES = (
    "Sam",
    "looked",
    "looked.",
    " ",
    "  ",
    "\n",
    "\n\n",
    "🦊",
    "<b>",
    "should have",
    "\t",
    "\r",
)


def texts(seed):
    """Two texts of the same few words; now and then one is longer than is compared word by word."""
    dice = random.Random(seed)
    longest = 6_000 if seed % 20 == 0 else 12
    return ["".join(dice.choices(PIECES, k=dice.randint(0, longest))) for _ in range(2)]


@pytest.mark.parametrize("seed", range(60))
def test_what_is_the_same_and_new_is_the_later_text_and_same_and_gone_the_earlier(seed):
    before, after = texts(seed)

    runs = revised.runs(before, after)

    assert "".join(text for text, how in runs if how != "gone") == after
    assert "".join(text for text, how in runs if how != "new") == before
    assert all(text for text, _ in runs)


def test_of_a_text_with_thousands_of_lines_the_whole_is_told():
    """Comparing them one by one would take a page longer than it is waited for."""
    before, after = "a\nb\n" * 5_000, "b\nb\na\n" * 3_000

    assert revised.runs(before, after) == [(before, "gone"), (after, "new")]


@pytest.mark.parametrize("seed", range(20))
def test_a_section_that_changed_is_told_and_no_other(seed):
    before, after = texts(seed)

    told = revised.changes({"impact": before, "lucky": "x"}, {"impact": after, "lucky": "x"})

    assert list(told) == (["impact"] if before != after else [])


def test_what_changed_since_one_asked_is_shown_and_nothing_where_one_did_not(desk):
    desk.ask(**WRITTEN)
    desk.visitor.answer(**{**WRITTEN, "impact": "44 customers were charged twice in 18 minutes."})
    desk.visitor.answer(when="", will="")

    [block] = desk.visitor.blocks("revised")
    assert [row["section"] for row in block["rows"]] == ["Impact"]
    assert [how for _, how in block["rows"][0]["runs"]] == ["gone", "new", "same"]


def test_a_candidate_that_was_rewritten_since_one_asked_is_shown(desk):
    desk.ask(**WRITTEN, candidates=["Look at the pool"])
    desk.visitor.answer(**WRITTEN, candidates=["Show the pool"])
    desk.visitor.answer(**EFFECTS["reminds"])
    desk.visitor.answer(when="", will="")

    [block] = desk.visitor.blocks("revised")
    assert [row["section"] for row in block["rows"]] == ["Action item candidates"]


def test_who_asked_and_changed_nothing_is_told_so(desk):
    desk.ask(**WRITTEN, candidates=["Show the pool"])
    desk.visitor.answer(**WRITTEN, candidates=["Show the pool"])
    desk.visitor.answer(**EFFECTS["reminds"])
    desk.visitor.answer(when="", will="")

    assert desk.visitor.blocks("revised") == []
    assert "left every section as it was" in str(desk.visitor.blocks("words"))


def test_the_first_revision_is_the_draft_as_it_was_first_asked_about(draft):
    first = draft.ask(draft.untouched, WRITTEN)
    again = draft.ask(first, {**WRITTEN, "impact": "Nobody"})

    assert again.first == WRITTEN


# Taken along

HOSTILE = "|\\\n\r\t `*<>&\"'#-[]()a"


@pytest.mark.parametrize("seed", range(40))
def test_a_table_of_markdown_stays_one_whatever_a_cell_holds(seed):
    dice = random.Random(seed)
    cells = ["".join(dice.choices(HOSTILE, k=12)) for _ in range(MOST_CANDIDATES)]
    draft = Postmortem(scenario=planned(places=1))
    rows = [{"text": f"a{cell}", "known": cell, "backlog": cell} for cell in cells]
    response = taken(draft, {**WRITTEN, "candidates": rows}, {"take": []})
    why = {f"why-own-{number}": f"z{cell}" for number, cell in enumerate(cells)}
    document = documented(draft, draft.take(response, why))

    [table] = [block for block in read(markdown(document)) if block["type"] == "table"]
    head, body = table["children"]
    assert [len(row["children"]) for row in body["children"]] == [len(HEADS)] * len(cells)
    assert len(head["children"]) == len(HEADS)


def test_a_backslash_before_a_bar_does_not_end_a_cell():
    """GitHub reads two backslashes and a bar as a backslash, and the end of the cell."""
    draft = Postmortem(scenario=shop())
    response = taken(draft, {**WRITTEN, "candidates": ["Cap a\\|b"]}, EFFECTS["reminds"])

    [row] = [line for line in markdown(documented(draft, response)).splitlines() if "Cap" in line]
    ends = re.findall(r"(?:\\.|[^\\|])*(\|)", row)
    assert len(ends) == len(HEADS) + 1


@pytest.mark.parametrize(
    "open_", ["```", "````\n```", "~~~\n```", "   ```python", "```\n```\n```", "```\n``` a"]
)
def test_a_block_of_code_that_was_left_open_takes_in_no_table(open_):
    draft = Postmortem(scenario=shop())
    handed = {**WRITTEN, "summary": f"Seen:\n\n{open_}\nroom = None", "candidates": ["Cap it"]}
    document = documented(draft, taken(draft, handed, EFFECTS["reminds"]))

    kinds = [block["type"] for block in read(markdown(document))]
    assert (kinds.count("table"), kinds.count("heading")) == (1, 6)


def test_a_block_of_code_that_was_ended_stays_as_it_was_written(draft):
    summary = "```python\nroom = None\n```\n\nand `code`"

    handed = taken(draft, {**WRITTEN, "summary": summary})

    assert f"\n\n{summary}\n\n##" in markdown(documented(draft, handed))


def read(text):
    """Markdown as blocks, by somebody else's reader."""
    return mistune.create_markdown(renderer=None, plugins=["table"])(text)


def test_a_status_is_told_in_words(draft):
    handed = taken(draft, {**WRITTEN, "status": "review"})

    assert documented(draft, handed).sections["status"] == "In review"


SCRIPT = "<script src=https://example.org/x.js>alert(1)</script><img src=//example.org/y>"


def hostile_document():
    """A draft that holds markup wherever one can write."""
    draft = Postmortem(scenario=planned())
    texts = {name: f"{name} {SCRIPT}" for name in SECTIONS if name not in NEAR_MISS}
    row = {"text": SCRIPT, "known": SCRIPT, "backlog": SCRIPT}
    steps = [{**texts, "candidates": [row]}, {"take": []}, {"why-own-0": SCRIPT}]
    card = {"when": SCRIPT, "will": SCRIPT}
    response = taken(draft, *steps, EFFECTS["reminds"], card)
    return texts, documented(draft, response)


def test_a_page_to_print_shows_markup_as_text_and_asks_for_no_address():
    texts, document = hostile_document()

    page = html(document)

    assert page.count("&lt;script src") >= len(texts) + 6
    assert not re.search(r"<(?!/)(?:script|img|link|iframe|object|base|form)\b", page)
    assert not re.search(r"\b(?:src|href|action|srcset)\s*=\s*[\"']", page)
    assert not re.search(r"url\(|@import", page)


def test_a_page_to_print_has_every_text_and_a_heading_for_each():
    texts, document = hostile_document()

    page = html(document)

    for name in texts.keys() - {"title"}:
        assert f"<h2>{SECTIONS[name].legend.replace('&', '&amp;')}</h2>" in page
        assert f"{name} &lt;script" in page
    assert page.count("<h1>") == 1


def test_json_has_all_that_was_written_as_it_was_written():
    texts, document = hostile_document()

    said = json.loads(plain(document))

    assert {"title": said["title"], **said["sections"]} == texts
    [candidate] = said["candidates"]
    assert list(candidate) == [*HEADS]
    assert candidate["Candidate"] == candidate["How one will know"] == SCRIPT
    assert (said["when"], said["will"]) == (SCRIPT, SCRIPT)


def test_what_one_takes_along_are_three_files_of_one_name(desk):
    desk.visitor.answer(**WRITTEN, candidates=[])
    desk.visitor.answer(when="", will="")

    [block] = desk.visitor.blocks("downloads")
    assert [item["name"] for item in block["items"]] == [
        f"postmortem-tuesday-shop.{ending}" for ending in ("md", "html", "json")
    ]


# Another version


OLD = {
    "impact": "43 customers",
    "timeline": "09:00 it began",
    "factors": "The export moved",
    "luck": "The sale ended",
    "candidates": [{"text": "Cap it", "does": "strengthens", "target": "cap"}],
}


@pytest.mark.parametrize("name", ["step", "hint"])
def test_a_draft_of_an_earlier_version_is_begun_anew(desk, name):
    [event] = desk.store.events(who=WHO)
    data = {"page": "postmortem", "response": OLD, "hints": 0, "started": event.at}
    desk.store.append(replace(event, id="of-an-earlier-version", name=name, data=data))

    desk.visitor = desk.opened()

    assert desk.visitor.screen["stage"] == "choose"
    assert "please begin it anew" in desk.visitor.screen["says"]
    desk.visitor.send({"do": "choose", "name": desk.scenario.id})
    assert desk.visitor.fields()["impact"].get("value", "") == ""


def test_an_attempt_of_an_earlier_version_leaves_the_page_open(desk):
    desk.visitor.answer(**WRITTEN, candidates=[])
    desk.visitor.answer(when="", will="")
    attempt = desk.store.events(who=WHO)[-1]
    data = {**attempt.data, "response": OLD}
    desk.store.append(replace(attempt, id="of-an-earlier-version", data=data))

    desk.visitor = desk.opened()

    assert desk.visitor.screen["stage"] == "choose"
    assert "✓ played" in str(desk.visitor.blocks("cards"))
