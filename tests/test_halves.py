"""Two halves side by side: what is said of them, what is hidden, and how they are drawn."""

from xml.etree import ElementTree

import pytest

from incident_training.measures.few import TooFew
from incident_training.measures.halves import LEAST, Half, caution, half, shown, side_by_side
from incident_training.widgets.pictures.halves import halves

OPTIONS = {"1": "Badly", "2": "Neither", "3": "Well"}
WELL = Half("that it ended well", {"1": 1, "2": 2, "3": 9})
BADLY = Half("that it ended badly", {"1": 5, "2": 2, "3": 4})


def test_both_halves_stand_in_one_sentence_with_the_n_of_each():
    said = side_by_side(WELL, BADLY, ["3"], "said it was decided well")

    assert said == (
        "Of 12 who read that it ended well, 9 said it was decided well;"
        " of 11 who read that it ended badly, 4."
    )


def test_nobody_is_said_as_none():
    said = side_by_side(WELL, Half("that it ended badly", {"1": 3}), ["3"], "said well")

    assert said.endswith("of 3 who read that it ended badly, none.")


def test_options_that_are_counted_together_are_added():
    assert WELL.of(["2", "3"]) == 11
    assert WELL.of([]) == 0


def test_answers_are_counted_under_every_option():
    assert half("it", OPTIONS, ["3", "3", "1"]).counts == {"1": 1, "2": 0, "3": 2}


def test_an_answer_that_is_no_option_is_refused_with_the_choices():
    with pytest.raises(ValueError, match="no answer '7'; choose from 1, 2, 3"):
        half("it", OPTIONS, ["7"])


def test_a_half_of_fewer_than_five_is_called_an_example():
    four, five = Half("a", {"1": LEAST - 1}), Half("a", {"1": LEAST})

    assert caution(four, BADLY) == caution(BADLY, four)
    assert caution(four, BADLY).startswith("One half has 4 answers, fewer than five")
    assert "example, not as a result" in caution(four, BADLY)
    assert "example" not in caution(five, BADLY)


def test_no_word_of_significance_or_share_is_said():
    said = side_by_side(WELL, BADLY, ["3"], "said well") + caution(WELL, BADLY)

    assert not any(word in said for word in ("significan", "%", "p ="))


@pytest.mark.parametrize(("a", "b", "is_shown"), [(5, 5, True), (4, 9, False), (9, 4, False)])
def test_kept_answers_are_shown_only_if_each_half_has_five(a, b, is_shown):
    one, other = Half("a", {"1": a}), Half("b", {"2": b})

    if is_shown:
        shown(one, other)
        return
    with pytest.raises(TooFew) as hidden:
        shown(one, other)
    assert not {str(a), str(b)} & set(str(hidden.value).split())


def marks(drawing: str) -> tuple[int, int]:
    """The marks of the first half, and of the second."""
    root = ElementTree.fromstring(drawing)
    space = "{http://www.w3.org/2000/svg}"
    return len(root.findall(f".//{space}circle")), len(root.findall(f".//{space}rect"))


def test_each_answer_has_a_mark_and_each_half_a_shape_of_its_own():
    drawn = halves(WELL, BADLY, OPTIONS, ["3"])

    assert marks(drawn.wide) == (12, 11)
    assert marks(drawn.tall) == (12 + 1, 11 + 1)  # and one of each in the key


def test_a_large_room_is_drawn_as_bars_that_stay_inside():
    many = Half("a", {"1": 900, "2": 3})

    root = ElementTree.fromstring(halves(many, BADLY, OPTIONS, []).wide)

    assert not [node for node in root.iter() if node.tag.endswith("circle")]
    bars = [node for node in root.iter() if node.tag.endswith("rect")]
    right = [float(bar.get("x")) + float(bar.get("width")) for bar in bars]
    assert len(right) == 2 * len(OPTIONS)
    assert max(right) < float(root.get("viewBox").split()[2])


def test_the_picture_says_every_count_in_words():
    words = halves(WELL, BADLY, OPTIONS, ["3"]).words

    assert "Badly: 1 of 12, and 5 of 11." in words
    assert "Well: 9 of 12, and 4 of 11." in words
    assert words.startswith("What 12 answered who read that it ended well, and 11 who read that")
