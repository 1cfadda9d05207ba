import pytest
from stories import POLICIES, judged, shop

from incident_training.doctrine.definitions import families
from incident_training.kinds.base import NotAllowed, exemplar
from incident_training.kinds.declaration import Declaration, DeclarationResponse
from incident_training.kinds.run import Call, Window

DECLARE = {"choice": "declare", "who": "oncall", "severity": "medium", "impact": "low"}
WATCH = {"choice": "watch"}
TRIAGE = {
    "choice": "triage",
    "who": "oncall",
    "owner": "me",
    "minutes": "5",
    "would": "Errors above 2 %",
}


def played(*steps, exercise=None):
    exercise = exercise or Declaration(scenario=shop())
    response = exercise.untouched
    for step in steps:
        response = exercise.take(response, step)
    return response


@pytest.fixture
def drill():
    return Declaration(scenario=shop())


def at(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def test_earliest_and_expected_are_derived_from_facts_and_policy(drill):
    windows = {policy: drill.window(policy) for policy in POLICIES}

    assert windows == {
        # worth_review: no at 09:04, yes at 09:10
        "learning": Window(at("09:10"), at("09:10")),
        # customer_hit: no at 09:04 rules it out until 09:14 says otherwise
        "customers": Window(at("09:14"), at("09:14")),
        # nobody has said how many teams until 09:22, so it could hold from the start
        "coordination": Window(at("09:04"), at("09:22")),
    }


def test_one_run_gets_three_verdicts_and_is_not_changed_by_any():
    drill = Declaration(scenario=shop())
    response = played(WATCH, WATCH, WATCH, DECLARE)  # declared at 09:14
    before = response.model_dump_json()

    verdicts = {policy: drill.assess(response, policy).verdict for policy in POLICIES}
    scores = {policy: drill.assess(response, policy).remarks[0].score for policy in POLICIES}

    assert verdicts["learning"] == (
        "By 09:10 you had what your rule asks for; you declared at 09:14."
        " In between, 18 more customers were charged twice."
    )
    assert verdicts["customers"] == "You declared at 09:14, as soon as the facts met your rule."
    assert "before all the facts were in" in verdicts["coordination"]
    assert scores == {"learning": 0.5, "customers": 1.0, "coordination": 1.0}
    assert response.model_dump_json() == before


def test_injects_arrive_one_at_a_time_and_nothing_later_is_shown(drill):
    here = drill.run(drill.untouched)

    assert [inject.id for inject in here.shown] == ["cpu"]
    assert [i.id for i in drill.run(played(WATCH)).shown] == ["cpu", "errors"]


def test_looking_costs_minutes_and_what_happened_meanwhile_arrives(drill):
    response = played({"open": "scheduler"})

    here = drill.run(response)
    assert here.clock == at("09:08")
    assert [inject.id for inject in here.shown] == ["cpu", "errors"]
    assert here.closed == ()


def test_the_story_goes_on_after_declaring(drill):
    response = played(DECLARE)

    assert drill.stage(response) == "declared"
    assert drill.stage(played(DECLARE, {}, {}, {}, {})) == "done"


def test_the_first_declaration_is_the_one_judged(drill):
    response = played(WATCH, WATCH, DECLARE, {"severity": "high"})

    assert drill.run(response).counts.at == at("09:10")
    assert drill.assess(response).remarks[2].given == "medium"


def test_not_an_incident_can_be_taken_back_when_facts_arrive(drill):
    response = played({"choice": "no"}, WATCH, DECLARE)

    assert [state for state, _ in drill.walk(response).steps] == [
        "Detected",
        "Not an incident",
        "Declared",
    ]


def test_never_declaring_is_told_what_it_cost(drill):
    response = played(*[WATCH] * 5)

    feedback = drill.assess(response)
    assert feedback.verdict == (
        "By 09:10 you had what your rule asks for; you did not declare."
        " In between, 31 more customers were charged twice."
    )
    assert feedback.reason.endswith("What were you waiting to see?")
    assert feedback.score == 0.0


def test_declaring_against_the_facts_is_said_without_scorn(drill):
    response = played(DECLARE)  # at 09:04 the author would not review it

    feedback = drill.assess(response)
    assert feedback.verdict == "You declared at 09:04. On what was known then, your rule said no."
    assert feedback.remarks[0].score == 0.5  # it came to be one


def test_an_untouched_form_earns_nothing(drill):
    feedback = drill.assess(drill.untouched)

    assert feedback.score is None
    assert [remark.given for remark in feedback.remarks] == [None] * 4


def test_the_exemplar_earns_everything(drill):
    assert drill.assess(exemplar(drill)).score == 1.0


def test_when_unsure_the_higher_level_is_right_and_the_lower_is_not(drill):
    higher = drill.assess(played(WATCH, WATCH, DECLARE | {"severity": "high"}))
    lower = drill.assess(played(WATCH, WATCH, DECLARE | {"severity": "low"}))

    assert higher.remarks[2].score == 1.0
    assert lower.remarks[2].score == 0.0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "choice: choose one of declare, triage, watch, no, join"),
        ({"choice": "panic"}, "choice: choose one of"),
        ({"choice": "declare", "who": "oncall"}, "severity: choose one of none, low"),
        ({"choice": "triage"}, "who: choose one of log, oncall"),
        ({**TRIAGE, "owner": "nobody"}, "owner: choose one of me, oncall, team"),
        ({**TRIAGE, "minutes": "7"}, "minutes: choose one of 5, 15, 30, 60"),
        ({**TRIAGE, "would": "  "}, "in a line what would make you declare"),
        ({"choice": "hand", "to": "oncall"}, "choice: choose one of declare, triage"),
        ({"choice": ["declare"]}, "choice: choose one of"),
        ({"open": "payments"}, "open: choose one of scheduler"),
    ],
)
def test_a_forged_step_is_refused_with_the_choices(drill, given, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        drill.take(drill.untouched, given)


def test_evidence_is_opened_once_and_a_finished_shift_is_over(drill):
    with pytest.raises(NotAllowed):
        played({"open": "scheduler"}, {"open": "scheduler"})
    with pytest.raises(NotAllowed, match="play it again"):
        played(*[WATCH] * 6)


def test_joining_counts_only_where_one_is_declared():
    story = shop()
    declared = shop(
        injects=[
            inject.model_dump(by_alias=True)
            | ({"facts": {"already_declared": "yes"}} if inject.id == "errors" else {})
            for inject in story.injects
        ]
    )
    steps = (WATCH, {"choice": "join"}, WATCH, WATCH, WATCH)

    alone = Declaration(scenario=story)
    joined = Declaration(scenario=declared)

    assert alone.run(played(*steps)).counts is None
    assert joined.run(played(*steps, exercise=joined)).counts.at == at("09:08")


def test_a_stored_response_survives_json():
    response = played({"open": "scheduler"}, WATCH, DECLARE)

    assert DeclarationResponse.model_validate_json(response.model_dump_json()) == response
    assert isinstance(response.acts[2], Call)


def facts(inject, **stated):
    return inject.model_dump(by_alias=True) | {"facts": stated}


def test_a_fact_can_be_taken_back():
    story = shop()
    cpu, errors, *rest = story.injects
    open_again = {"worth_review": {"value": "unknown", "because": "two signals, perhaps"}}
    drill = Declaration(
        scenario=shop(injects=[cpu, facts(errors, **open_again, customer_hit="unknown"), *rest])
    )

    assert drill.window("learning") == Window(at("09:08"), at("09:10"))
    assert drill.window("customers") == Window(at("09:08"), at("09:14"))
    early = drill.assess(played(WATCH, DECLARE, exercise=drill))
    assert "your rule left that open" in early.verdict
    assert early.remarks[0].score == 1.0


def test_a_fact_stated_and_then_taken_back_no_longer_holds():
    cpu, errors, double, more, payments = shop().injects
    doubt = facts(more, worth_review={"value": "unknown", "because": "a test order"})
    drill = Declaration(scenario=shop(injects=[cpu, errors, double, doubt, payments]))

    known = dict(drill.run(drill.untouched).known())

    assert known[at("09:10")]["worth_review"] is True
    assert "worth_review" not in known[at("09:14")]


def test_what_arrives_while_one_looks_is_known_when_one_has_looked():
    drill = Declaration(scenario=shop())
    response = played(WATCH, {"open": "scheduler"}, DECLARE)  # 09:08, read by 09:12

    assert drill.run(response).counts.at == at("09:12")
    assert drill.window("learning", response) == Window(at("09:12"), at("09:12"))
    assert drill.assess(response).remarks[0].score == 1.0


def test_looking_is_only_spoken_of_when_it_came_between():
    drill = Declaration(scenario=shop())
    before = played({"open": "scheduler"}, WATCH, WATCH, DECLARE)
    meanwhile = played(WATCH, WATCH, {"open": "scheduler"}, DECLARE)

    assert "You looked for the why" not in drill.assess(before).reason
    assert "You looked for the why" in drill.assess(meanwhile).reason


def test_joining_what_nobody_declared_is_said_and_leads_nowhere():
    drill = Declaration(scenario=shop())
    response = played({"choice": "join"}, WATCH, DECLARE)

    assert [state for state, _ in drill.walk(response).steps] == ["Detected", "Declared"]
    assert "Nobody had declared one to join." in drill.assess(response).reason
    assert drill.stage(response) == "declared"


def test_once_declared_the_story_goes_on_over_the_lifecycle():
    cpu, errors, double, more, payments = (i.model_dump(by_alias=True) for i in shop().injects)
    more["state"], payments["state"] = "mitigated", "resolved"
    drill = Declaration(scenario=shop(injects=[cpu, errors, double, more, payments]))

    declared = drill.walk(played(WATCH, WATCH, DECLARE, {}, {}, exercise=drill))
    never = drill.walk(played(*[WATCH] * 5, exercise=drill))

    assert declared.steps[1:] == (
        ("Declared", at("09:10")),
        ("Mitigation in place", at("09:14")),
        ("Resolved", at("09:22")),
    )
    assert never.steps == (("Detected", at("09:04")),)


def read(**stated):
    """The shop, where the scheduler's log states these facts."""
    log = shop().evidence[0].model_dump(by_alias=True)
    return Declaration(scenario=shop(evidence=[log | {"facts": stated}]))


def test_evidence_counts_from_the_minute_one_has_read_it():
    drill = read(worth_review={"value": "yes", "because": "the export moved"})
    response = played({"open": "scheduler"}, DECLARE, exercise=drill)  # 09:04, read by 09:08

    assert drill.window("learning", response).expected == at("09:08")
    assert drill.assess(response).remarks[0].score == 1.0


def never(drill_facts="no"):
    """The shop's morning, in which no rule ever says yes."""
    quiet = {"worth_review": {"value": drill_facts, "because": "routine"}}
    cpu, *rest = shop().injects
    last = facts(rest[-1], customer_hit="no", teams="1", minutes_unsolved="0")
    calm = [facts(inject) for inject in rest[:-1]]
    return Declaration(scenario=shop(injects=[facts(cpu, **quiet), *calm, last]))


def test_declaring_what_the_rule_never_asks_for_earns_nothing():
    drill = never()

    feedback = drill.assess(played(DECLARE, exercise=drill))

    assert feedback.verdict.endswith("On what was known then, your rule said no.")
    assert feedback.remarks[0].score == 0.0


def test_an_early_call_is_only_called_harmless_where_it_turned_out_so():
    harmless = never(drill_facts="unknown")
    real = Declaration(scenario=shop())

    calm = harmless.assess(played(DECLARE, exercise=harmless), "coordination").verdict
    grave = real.assess(played(DECLARE, exercise=real), "coordination").verdict

    assert "It turned out harmless; on what you could see" in calm
    assert "harmless" not in grave
    assert "your rule left that open" in grave


def declared_by_another():
    cpu, errors, *rest = shop().injects
    return Declaration(scenario=shop(injects=[cpu, facts(errors, already_declared="yes"), *rest]))


def test_joining_is_told_as_joining_and_not_as_declaring():
    drill = declared_by_another()
    response = played(WATCH, {"choice": "join"}, WATCH, WATCH, WATCH, exercise=drill)

    feedback = drill.assess(response, "coordination")

    assert feedback.verdict.startswith("You joined the one declared at 09:08")
    assert "Nobody had declared one to join." not in feedback.reason
    assert [state for state, _ in drill.walk(response).steps] == ["Detected", "Joined"]


def test_the_first_call_that_counts_is_judged_whatever_one_says_later():
    drill = declared_by_another()
    response = played(WATCH, {"choice": "join"}, WATCH, DECLARE, exercise=drill)

    assert drill.run(response).counts.at == at("09:08")


def test_two_levels_too_high_is_not_leaning_to_the_higher():
    drill = Declaration(scenario=shop())
    response = played(WATCH, WATCH, DECLARE | {"impact": "high"})  # low is expected

    assert drill.assess(response).remarks[3].score == 0.0


def test_the_timeline_holds_the_story_and_ones_own_deeds_in_order():
    drill = Declaration(scenario=shop())
    response = played({"open": "scheduler"}, TRIAGE | {"who": "log"}, DECLARE | {"who": "team"})

    lines = drill.timeline(response)

    assert [minute for minute, _ in lines] == sorted(minute for minute, _ in lines)
    assert lines[1] == (at("09:04"), "you opened: Scheduler log")
    triage = "your call: triage until 09:13, declare if: Errors above 2 %"
    assert (at("09:08"), triage) in lines  # a line in the log is nobody told
    assert (at("09:10"), "your call: declare an incident (another team told)") in lines


def test_what_is_said_and_taken_back_in_the_same_minute_was_never_known():
    cpu, errors, double, *_rest = shop().injects
    log = shop().evidence[0].model_dump(by_alias=True)
    no = {"worth_review": {"value": "no", "because": "a test order"}}
    calm = Declaration(scenario=shop(injects=[cpu, errors, double], evidence=[log | {"facts": no}]))
    response = played(WATCH, {"open": "scheduler"}, WATCH, exercise=calm)  # both read at 09:12

    assert calm.window("learning", response).expected is None
    assert calm.assess(response).remarks[0].score == 1.0


def test_joining_twice_does_not_deny_what_one_joined():
    cpu, errors, *rest = shop().injects
    drill = Declaration(scenario=shop(injects=[cpu, facts(errors, already_declared="yes"), *rest]))
    response = played(WATCH, {"choice": "join"}, {"choice": "join"}, exercise=drill)

    assert "Nobody had declared" not in drill.assess(response).reason


def test_the_way_goes_on_where_it_was_mitigated_before_one_declared():
    cpu, errors, double, more, payments = (i.model_dump(by_alias=True) for i in shop().injects)
    errors["state"], payments["state"] = "mitigated", "resolved"
    drill = Declaration(scenario=shop(injects=[cpu, errors, double, more, payments]))

    way = drill.walk(played(WATCH, WATCH, DECLARE, {}, {}, exercise=drill))

    assert way.state == "Resolved"


def test_where_what_one_opened_met_the_rule_it_is_said():
    log = shop().evidence[0].model_dump(by_alias=True)
    yes = {"worth_review": {"value": "yes", "because": "there it stands"}}
    drill = Declaration(scenario=shop(evidence=[log | {"minutes": 1, "facts": yes}]))

    opened = drill.assess(played({"open": "scheduler"}, WATCH, DECLARE, exercise=drill))
    closed = drill.assess(played(WATCH, WATCH, WATCH, DECLARE, exercise=drill))

    assert opened.reason.startswith("What you had opened by 09:05 told you enough.")
    assert "told you enough" not in closed.reason


DOWN = {"course": "down", "down": "Bank confirms: shown twice, charged once"}


def test_a_reasonable_declaration_that_is_stood_down_is_said_with_what_it_cost(drill):
    early = {**DECLARE, "sentence": "Two customers charged twice; nobody knows why; I hold it."}
    response = played(DECLARE, {"sentence": early["sentence"]}, DOWN)
    here = drill.run(response)

    said = drill.assess(response, "coordination").verdict

    assert here.sentence == early["sentence"]
    assert here.down.at == at("09:10")
    assert said.endswith(
        "You stood down at 09:10: that cost 6 minutes of a few people's attention."
    )
    assert [state for state, _ in drill.walk(response).steps][:3] == [
        "Detected",
        "Declared",
        "Stood down",
    ]


def test_standing_down_while_the_rule_still_says_yes_is_said(drill):
    response = played(WATCH, WATCH, DECLARE, DOWN)  # worth_review from 09:10 on

    said = drill.assess(response).verdict

    assert said.endswith("You stood down at 09:14, while the facts still met your rule.")


def test_standing_down_and_the_sentence_come_once_and_need_words(drill):
    with pytest.raises(NotAllowed, match="in a line why"):
        played(DECLARE, {"course": "down"})
    with pytest.raises(NotAllowed, match="under 240 characters"):
        played(DECLARE, {"sentence": "x" * 241})

    response = played(DECLARE, {"sentence": "One."}, {"sentence": "Two."}, DOWN, {"down": "Again"})

    assert drill.run(response).sentence == "One."
    assert sum(bool(act.down) for act in response.acts) == 1


def test_what_one_said_stands_in_ones_own_timeline(drill):
    response = played(DECLARE, {"sentence": "Two charged twice."}, DOWN)

    told = [sentence for _, sentence in drill.timeline(response)]

    assert "you said: Two charged twice." in told
    assert "you stood it down: Bank confirms: shown twice, charged once" in told


def test_before_one_declares_there_is_nothing_to_stand_down(drill):
    response = played({**WATCH, **DOWN, "sentence": "Too early."})

    assert drill.run(response).down is None
    assert drill.run(response).sentence is None


def after_double():
    """The shop with its last inject at 09:30: a triage of five minutes at 09:14 rings before."""
    *early, payments = shop().injects
    return Declaration(scenario=shop(injects=[*early, payments.model_copy(update={"at": 570})]))


def test_a_triage_rings_between_two_injects_and_watching_on_is_no_longer_a_choice():
    drill = after_double()
    response = played(WATCH, WATCH, WATCH, TRIAGE, exercise=drill)  # at 09:14
    here = drill.run(response)

    assert (here.clock, here.rung, drill.stage(response)) == (at("09:19"), True, "rung")
    assert [inject.id for inject in here.shown][-1] == "more"
    with pytest.raises(NotAllowed, match="choose one of declare, hand, no, join"):
        drill.take(response, WATCH)


def test_a_triage_is_renewed_only_on_something_new():
    drill = after_double()
    rung = played(WATCH, WATCH, WATCH, TRIAGE, exercise=drill)
    looked = played(WATCH, WATCH, WATCH, TRIAGE, {"open": "scheduler"}, exercise=drill)

    with pytest.raises(NotAllowed, match="choose one of declare, hand, no"):
        drill.take(rung, TRIAGE)
    assert drill.run(drill.take(looked, TRIAGE)).triage.at == at("09:23")


@pytest.mark.parametrize(
    "end", [{"choice": "hand", "to": "team"}, {"choice": "no"}, {"choice": "join"}]
)
def test_handing_on_and_closing_end_a_triage_and_the_story_goes_on(end):
    drill = after_double()
    response = played(WATCH, WATCH, WATCH, TRIAGE, end, exercise=drill)
    here = drill.run(response)

    assert (here.triage, here.clock, here.shown[-1].id) == (None, at("09:30"), "payments")
    assert drill.stage(drill.take(response, DECLARE)) == "done"


def test_declaring_when_it_rings_is_declared_at_that_minute():
    drill = after_double()
    response = played(WATCH, WATCH, WATCH, TRIAGE, DECLARE, exercise=drill)

    assert drill.run(response).counts.at == at("09:19")


def test_while_a_triage_runs_what_arrives_is_seen_and_watching_leaves_it_running():
    drill = after_double()
    response = played(WATCH, TRIAGE | {"minutes": "15"}, WATCH, WATCH, exercise=drill)  # 09:08
    here = drill.run(response)

    assert (here.clock, here.rung) == (at("09:23"), True)
    assert here.news  # two injects have come in since
    assert "triage" in drill.run(response).triage.choice


def test_a_triage_at_the_last_inject_still_rings_once(drill):
    response = played(WATCH, WATCH, WATCH, WATCH, TRIAGE)

    assert drill.stage(response) == "rung"
    assert drill.run(response).clock == at("09:27")
    assert drill.stage(drill.take(response, {"choice": "no"})) == "done"


def test_what_would_have_made_one_declare_is_read_back_where_one_was_late():
    drill = after_double()
    late = drill.assess(played(WATCH, WATCH, WATCH, TRIAGE, DECLARE, exercise=drill))
    prompt = drill.assess(played(WATCH, TRIAGE, DECLARE, exercise=drill))

    assert "You had written what would make you declare: “Errors above 2 %.”" in late.reason
    assert "written" not in prompt.reason


def test_a_triage_kept_before_it_had_terms_never_rings(drill):
    acts = (Call(at=at("09:04"), choice="triage", who="log"),)

    here = drill.run(DeclarationResponse(acts=acts))

    assert (here.triage, here.rung) == (None, False)


def ending(value):
    part = shop().declaration.model_dump(by_alias=True)
    return Declaration(scenario=shop(declaration={**part, "over": judged(value)}))


def test_at_the_end_one_is_asked_whether_it_is_over():
    drill = ending("held")
    response = played(*[WATCH] * 5, exercise=drill)

    assert drill.stage(response) == "over"
    with pytest.raises(NotAllowed, match="over: choose one of on, held, over, nothing"):
        drill.take(response, WATCH)
    done = drill.take(response, {"over": "held"})
    assert drill.stage(done) == "done"
    with pytest.raises(NotAllowed, match="this shift is over"):
        drill.take(done, {"over": "on"})


@pytest.mark.parametrize(("said", "score"), [("held", 1.0), ("over", 0.0)])
def test_whether_it_is_over_is_judged_with_its_reason(said, score):
    drill = ending("held")
    remark = drill.assess(played(*[WATCH] * 5, {"over": said}, exercise=drill)).remarks[-1]

    assert (remark.item, remark.score) == ("is it over?", score)
    assert remark.because == "held, for a reason"
    assert drill.assess(exemplar(drill)).score == 1.0


def test_who_joined_is_not_asked_for_what_others_decide():
    cpu, errors, *rest = shop().injects
    drill = Declaration(scenario=shop(injects=[cpu, facts(errors, already_declared="yes"), *rest]))
    response = played(WATCH, {"choice": "join"}, exercise=drill)

    assert drill.stage(response) == "joined"
    told = drill.take(response, {"who": "team", "severity": "high", "sentence": "Mine."})
    assert told.acts[-1] == Call(at=at("09:10"), who="team")


def test_when_the_first_was_hurt_is_counted_by_the_story_or_said_by_its_author():
    part = shop().declaration.model_dump(by_alias=True)
    silent = [i.model_copy(update={"hurt": None}) for i in shop().injects]

    assert shop().hurt_from == at("09:08")
    assert shop(injects=silent).hurt_from is None
    assert shop(injects=silent, declaration=part | {"hurt_from": "09:31"}).hurt_from == at("09:31")


def test_each_family_says_yes_when_most_of_its_definitions_do(drill):
    found = drill.run(drill.untouched).families()

    # customers are hit at 09:14, which one of these asks besides several teams; those come at 09:22
    assert found["It takes more than one"] == Window(at("09:14"), at("09:22"))
    assert set(found) == {family.title for family in families().values()}
    assert all(w.earliest is None or w.earliest <= (w.expected or 9999) for w in found.values())
