"""One trainee working one exercise: begun, kept, resumed, ended."""

import pytest
from stories import shop

from incident_training.kinds.declaration import Declaration
from incident_training.session import begin, resume

WATCH = {"choice": "watch"}


def test_a_session_resumes_as_it_was_saved():
    drill = Declaration(scenario=shop())
    session = begin("somebody", drill, "2026-01-01T08:00:00+00:00").take(WATCH).hint()

    assert resume("somebody", drill, session.saved()) == session


def test_a_response_that_does_not_fit_the_story_is_refused_when_resumed():
    drill = Declaration(scenario=shop())
    saved = begin("somebody", drill, "2026-01-01T08:00:00+00:00").saved()
    bent = saved | {"response": {"acts": [{"at": 544, "evidence": "gone"}]}}

    with pytest.raises(ValueError, match="no evidence 'gone'"):
        resume("somebody", drill, bent)


def test_an_attempt_tells_when_it_was_begun_and_ended():
    drill = Declaration(scenario=shop())
    session = begin("somebody", drill, "08:00")

    attempt = session.attempt("09:00")

    assert (attempt.started, attempt.finished) == ("08:00", "09:00")
