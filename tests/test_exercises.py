"""Every scenario that ships, played in every way it can be; loaded in the test, not before."""

from incident_training import hazard, library, places
from incident_training.doctrine.policy import policies
from incident_training.kinds import exercises
from incident_training.kinds.base import exemplar
from incident_training.kinds.candidates import authored as candidate

SHIPPED = [
    path.stem
    for folder in (places.exercises(), places.exercises() / "cards")
    for path in sorted(folder.glob("[!.]*.yaml"))
]


def test_the_exemplar_earns_everything(exercise):
    feedback = exercise.assess(exemplar(exercise), exercise.scenario.policy)

    assert feedback.score == 1
    assert exercise.stage(exemplar(exercise)) == "done"


def test_an_untouched_form_earns_nothing(exercise):
    for policy in policies():
        assert exercise.assess(exercise.untouched, policy).score is None


def test_every_expected_response_has_its_reason(exercise):
    for policy in policies():
        for remark in exercise.assess(exemplar(exercise), policy).remarks:
            assert remark.because


def test_every_hazard_graph_has_a_fix_that_works_and_one_that_is_bypassed():
    for scenario in library.shipped().values():
        if postmortem := exercises(scenario).get("postmortem"):
            built = [one for one in postmortem.part.actions if one.strengthens or one.adds]
            replays = [postmortem.replay(candidate(action)) for action in built]

            assert any(replay.more_left for replay in replays), scenario.id
            assert not all(replay.more_left for replay in replays), scenario.id


def test_check_finds_nothing_wrong_with_what_ships(capsys):
    status = library.say_check([])

    said = capsys.readouterr().out
    assert status == 0, said
    assert said.startswith(f"{len(SHIPPED)} scenario")


def test_shipped_gives_them_all_in_name_order():
    shipped = library.shipped()

    assert list(shipped) == SHIPPED
    assert [scenario.id for scenario in shipped.values()] == SHIPPED


def test_what_is_left_on_a_hazard_graph_can_be_said_in_words():
    for scenario in library.shipped().values():
        if scenario.hazard:
            assert hazard.words(hazard.what_was_left(scenario.hazard.graph))


def test_a_shift_on_public_facts_says_what_was_done_there():
    for scenario in library.shipped().values():
        assert (scenario.source.kind == "public") == bool(scenario.source.did), scenario.id


def test_every_whole_shift_has_a_crib_and_asks_whether_it_is_over():
    every = library.shipped().values()
    shifts = [one for one in every if not one.card and one.asks("declaration")]

    assert shifts
    for scenario in shifts:
        assert {"declare", "triage", "watch", "no"} <= {*scenario.crib.arguments}, scenario.id
        assert scenario.asks("declaration").over, scenario.id
