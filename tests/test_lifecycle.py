"""The incident process: sound or refused in sentences, and walked only along its moves."""

from itertools import pairwise

import networkx as nx
import pytest

from incident_training.lifecycle import (
    NotAllowed,
    UnknownProcess,
    UnsoundProcess,
    Walk,
    build,
    faults,
    names,
    process,
)

SEVEN = [
    "Detected",
    "Declared",
    "Mitigation in place",
    "Resolved",
    "Postmortem",
    "Corrective/Preventive actions",
    "Closed",
]
SIX = set(pairwise(SEVEN))


def graph(*moves: tuple[str, str], **about: object) -> nx.DiGraph:
    return nx.DiGraph(list(moves), **about)


def test_the_seed_is_its_seven_states_in_a_line():
    seed = process("seed")

    assert list(seed.graph) == SEVEN
    assert set(seed.graph.edges) == SIX
    assert (seed.starts, seed.ends, seed.loops) == (("Detected",), ("Closed",), False)


def test_the_overlay_keeps_the_seed_and_adds_exactly_these_moves():
    overlay = process("overlay")

    assert set(overlay.graph) >= set(SEVEN)
    assert set(overlay.graph.edges) - SIX == {
        ("Impact starts", "Detected"),
        ("Near miss noticed", "Declared"),
        ("Detected", "Triage"),
        ("Triage", "Declared"),
        ("Detected", "Not an incident"),
        ("Triage", "Not an incident"),
        ("Not an incident", "Declared"),
        ("Detected", "Joined"),
        ("Declared", "Postmortem"),
        ("Declared", "Stood down"),
        ("Stood down", "Postmortem"),
        ("Stood down", "Closed"),
        ("Mitigation in place", "Declared"),
        ("Resolved", "Declared"),
        ("Postmortem", "Action candidates"),
        ("Action candidates", "Planning"),
        ("Planning", "Corrective/Preventive actions"),
        ("Planning", "Closed"),
    }
    assert set(overlay.graph.edges) >= SIX
    assert set(overlay.starts) == {"Detected", "Impact starts", "Near miss noticed"}
    assert set(overlay.ends) == {"Closed", "Not an incident", "Joined"}


@pytest.mark.parametrize("name", names())
def test_a_shipped_process_is_sound_and_says_where_it_comes_from(name: str):
    shipped = process(name)

    assert faults(shipped.graph) == []
    assert shipped.source
    assert all(phase for _, phase in shipped.graph.nodes(data="phase"))
    assert all(label for *_, label in shipped.graph.edges(data="label"))


@pytest.mark.parametrize("name", names())
def test_learnings_are_the_postmortem_and_its_actions(name: str):
    learnings = process(name).learnings

    assert list(learnings) == ["Postmortem", "Corrective/Preventive actions"]
    assert list(learnings.edges) == [("Postmortem", "Corrective/Preventive actions")]


def test_an_unknown_process_names_those_there_are():
    with pytest.raises(UnknownProcess, match=r"no process 'sead'; choose from: overlay, seed\."):
        process("sead")


def test_a_built_process_cannot_be_changed():
    with pytest.raises(nx.NetworkXError, match="Frozen"):
        process("seed").graph.add_node("Vanished")


def test_a_move_that_names_an_unknown_state_is_refused_with_the_likely_name():
    with pytest.raises(UnsoundProcess) as refused:
        build(
            "ours",
            ["Detected", "Declared"],
            [("Detected", "Declared"), ("Detected", "Declred")],
            starts=["Detected"],
            ends=["Declared"],
        )

    assert refused.value.faults == (
        (
            "The move Detected → Declred names “Declred”, which is not a state. "
            "Did you mean “Declared”?"
        ),
    )


def test_all_faults_of_a_process_are_told_at_once():
    with pytest.raises(UnsoundProcess) as refused:
        build(
            "ours",
            ["A", "A", "B", "C", "D", "E", "Loop", "Loop too"],
            [
                ("A", "B"),
                ("A", "B"),
                ("A", "X"),
                ("A", "Loop"),
                ("Loop", "Loop too"),
                ("Loop too", "Loop"),
                ("A", "C"),
                ("C", "E"),
            ],
            starts=["A", "S"],
            ends=["B"],
        )

    assert refused.value.faults == (
        "The state “A” is there more than once.",
        (
            "The move A → X names “X”, which is not a state. "
            "States are: A, B, C, D, E, Loop, Loop too."
        ),
        "The move A → B is there more than once.",
        "`starts` names “S”, which is not a state. States are: A, B, C, D, E, Loop, Loop too.",
        "No start reaches “D”; starts are: A.",
        "From “C” no end is reached.",
        "“D” leads nowhere and is not declared an end.",
        "“E” leads nowhere and is not declared an end.",
        "The loop Loop → Loop too → Loop has no way out: no end is reached from it.",
    )
    assert all(fault in str(refused.value) for fault in refused.value.faults)


def test_a_loop_with_a_way_out_is_sound():
    tried = graph(("A", "B"), ("B", "A"), ("B", "C"), starts=["A"], ends=["C"])

    assert faults(tried) == []


def test_a_state_that_only_leads_to_itself_is_a_loop_without_a_way_out():
    tried = graph(("A", "B"), ("A", "C"), ("B", "B"), starts=["A"], ends=["C"])

    assert faults(tried) == ["The loop B → B has no way out: no end is reached from it."]


def test_an_end_may_have_a_way_on():
    tried = graph(("A", "B"), ("B", "A"), starts=["A"], ends=["B"])

    assert faults(tried) == []


def test_a_process_that_goes_round_on_purpose_needs_no_end():
    around = graph(("Prepare", "Respond"), ("Respond", "Prepare"), starts=["Prepare"])
    on_purpose = nx.DiGraph(around, loops=True)

    assert faults(on_purpose) == []
    assert faults(around) == [
        "No end is declared: list one in `ends`, or say `loops` if it goes round on purpose."
    ]


def test_going_round_on_purpose_excuses_a_loop_but_no_dead_end():
    moves = [("A", "B"), ("B", "C"), ("C", "B"), ("A", "Left"), ("A", "Lost")]
    tried = graph(*moves, starts=["A"], ends=["Left"], loops=True)

    assert faults(tried) == ["“Lost” leads nowhere and is not declared an end."]


def test_a_start_that_is_missing_is_told_with_what_could_be_one():
    tried = graph(("A", "B"), ends=["B"])

    assert faults(tried) == [
        (
            "No start is declared: list in `starts` the states where it may begin; "
            "nothing leads to “A”."
        )
    ]


def test_a_word_where_a_list_of_states_belongs_is_told():
    tried = graph(("A", "B"), starts="A", ends=["B"])

    assert faults(tried) == ["The graph's `starts` should be a list of states; got 'A'."]


@pytest.mark.parametrize(
    ("tried", "sentence"),
    [
        (nx.DiGraph(), "The process has no states."),
        (nx.Graph([("A", "B")]), "A process is a networkx.DiGraph; this is a Graph."),
        (nx.MultiDiGraph(), "A process is a networkx.DiGraph; this is a MultiDiGraph."),
        (None, "A process is a networkx.DiGraph; this is a NoneType."),
    ],
)
def test_what_is_no_process_graph_is_told_and_not_raised(tried: object, sentence: str):
    assert faults(tried) == [sentence]


def test_a_walk_goes_along_the_moves_and_keeps_the_minutes():
    walk = Walk(process("overlay")).go("Detected", 544).go("Triage", 548).go("Declared", 548)

    assert walk.state == "Declared"
    assert walk.steps == (("Detected", 544), ("Triage", 548), ("Declared", 548))


def test_a_walk_begins_at_a_start():
    with pytest.raises(NotAllowed, match=r"“Resolved”; choose from: Detected, Impact starts, Near"):
        Walk(process("overlay")).go("Resolved", 544)


def test_a_refused_step_names_the_choices():
    walk = Walk(process("overlay"), (("Detected", 544),))

    with pytest.raises(NotAllowed) as refused:
        walk.go("Closed", 545)

    assert str(refused.value) == (
        "From Detected one cannot go to “Closed”; "
        "choose from: Declared, Triage, Not an incident, Joined."
    )


def test_nothing_comes_after_the_last_end():
    walk = Walk(process("overlay"), (("Detected", 544), ("Joined", 545)))

    with pytest.raises(NotAllowed, match="nothing comes after it"):
        walk.go("Declared", 546)


def test_new_facts_reopen_what_was_not_an_incident():
    walk = Walk(process("overlay"), (("Detected", 544), ("Not an incident", 550)))

    assert walk.allowed == ("Declared",)


def test_time_never_runs_backwards():
    walk = Walk(process("seed"), (("Detected", 544),))

    with pytest.raises(NotAllowed, match="Declared at 09:03 cannot follow Detected at 09:04"):
        walk.go("Declared", 543)


def test_steps_that_are_no_walk_are_refused_when_given_whole():
    with pytest.raises(NotAllowed, match="From Detected one cannot go to “Resolved”"):
        Walk(process("seed"), (("Detected", 544), ("Resolved", 545)))
