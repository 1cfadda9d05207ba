import pytest

from incident_training.clock import clock, minute, span


@pytest.mark.parametrize("text", ["00:00", "09:10", "23:59", "00:10 +1d", "16:50 +2d"])
def test_a_time_is_read_as_it_is_written(text):
    assert clock(minute(text)) == text


@pytest.mark.parametrize("text", ["24:00", "9.10", "0910", "09:60", "09:10 +1", "", "nine"])
def test_what_is_no_clock_time_is_refused_with_the_form(text):
    with pytest.raises(ValueError, match="09:10 or 00:10"):
        minute(text)


def test_a_stretch_of_time_is_said_as_people_say_it():
    said = [span(minutes) for minutes in (1, 25, 60, 618)]

    assert said == ["1 minute", "25 minutes", "1 hour", "10 h 18 min"]
