"""Hands of a room: what is read in a call's chat, what is left to look at, and what it comes to."""

import random
import string

import pytest

from incident_training.kinds.vocabulary import CHOICES
from incident_training.measures import hands


def counts(*lines: str) -> tuple[int, ...]:
    return hands.read("\n".join(lines)).counts


def only(call: int, times: int = 1) -> tuple[int, ...]:
    return tuple(times if number == call else 0 for number in range(1, 6))


def test_the_numbers_are_those_of_the_calls_on_every_page():
    assert tuple(CHOICES) == hands.CALLS


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("Anna: 3", 3),
        ("Anna:3", 3),
        ("[10:02] Ben  2!", 2),
        ("[10:02] Ben 2", 2),
        ("[10:02 AM] Ben Smith: 2", 2),
        ("10:04:11 From Cy to Everyone: 4 because…", 4),
        ("10:04:11\t From Cy to Everyone:\t4", 4),
        ("[23/11/2025, 10:02:11] Dag: 5", 5),
        ("23.11.2025, 10:02 - Dag: 5", 5),
        ("2025-11-23 10:02 Dag: 5", 5),
        ("Eva Lind 10:02 AM 1", 1),
        ("<Fay> 4", 4),
        ("4️⃣", 4),
        ("Gus: 4️⃣4️⃣4️⃣", 4),
        ("Gus: :three:", 3),
        ("３", 3),
        ("٣", 3),
        ("④", 4),
        ("(4)", 4),
        ("#2", 2),
        ("**1**", 1),
        ("3👍🏽", 3),
        ("2\u200b", 2),
        ("I'd say 3, since 09:08", 3),
        ("I say 2.", 2),
        ("3: the log told us", 3),
        ("3 because: the log", 3),
        ("4, as 22 customers were charged", 4),
        ("Anna: 4 4 4", 4),
    ],
)
def test_a_line_that_says_one_call_is_read(line, call):
    read = hands.read(line)

    assert read.counts == only(call)
    assert read.unread == ()


@pytest.mark.parametrize(
    "line",
    [
        "hello",
        "0",
        "6",
        "12",
        "345",
        "+1",
        "-1",
        "Anna: +1",
        "3%",
        "Anna: 2.5",
        "$3",
        "v2",
        "P1",
        "3rd",
        "½",
        "3/4",
        "2-3",
        "2 or 3",
        "Anna: 1 no, 2",
        "1 declare 2 triage 3 watch 4 no 5 join",
        "give me 5 minutes",
        "4 of us were there",
        "Bob 2: hello",
        "R2 D2: see you at 4:30",
        "see 10:02 and 3:04",
        "Anna 5: what?",
        "<script>alert(1)</script>",
        "'; DROP TABLE event; --",
    ],
)
def test_a_line_that_says_no_call_or_two_is_left_to_look_at(line):
    read = hands.read(line)

    assert read.counts == only(0)
    assert read.unread == (line,)


def test_the_last_word_of_a_named_person_counts():
    assert counts("Anna: 3", "Ben: 2", "Anna: 4") == (0, 1, 0, 1, 0)
    assert counts("[10:02] Anna  3", "[10:09] ANNA: 4") == only(4)
    assert counts("[10:02] Ben 2", "[10:03] Ben 5") == only(5)


def test_a_word_of_thanks_takes_no_call_back():
    read = hands.read("Anna: 3\nAnna: thanks all")

    assert read.counts == only(3)
    assert read.unread == ("Anna: thanks all",)


def test_lines_without_a_name_count_each():
    assert counts("3", "3", "I say 3", "I say 3") == only(3, 4)


@pytest.mark.parametrize("name", ["Room 4", "R2D2", "Anna 3", "4th floor", "5 Guys", "Ben (2)"])
def test_a_digit_in_a_name_is_no_call(name):
    assert counts(f"{name}: 1") == only(1)
    assert counts(f"[10:03] {name}: 1") == only(1)
    assert counts(f"10:03:05 From {name} to Table 3: 1") == only(1)


def test_no_digit_of_a_time_is_a_call():
    for hour in range(24):
        stamp = f"{hour}:0{hour % 6}:1{hour % 10}"
        assert counts(f"{stamp} Anna: see you") == only(0)
        assert counts(f"[{stamp}] Anna: 2") == only(2)


def test_words_may_stand_below_the_name():
    zoom = ["10:04:11 From Cy to Everyone:", "\t4", "10:04:15 From Di to Everyone:", "\t2", "sure"]
    teams = ["[10:02] Ben Smith", "2", "[10:03] Cy Young", "5", "[10:04] Ben Smith", "1"]
    slack = ["Ben Smith  10:02 AM", "2", "Cy Young  10:03 AM", "5"]
    meet = ["Ben Smith", "10:02 AM", "2", "Ben Smith", "10:05 AM", "4"]

    assert hands.read("\n".join(zoom)) == hands.Hands((0, 1, 0, 1, 0), ("sure",))
    assert hands.read("\n".join(teams)) == hands.Hands((1, 0, 0, 0, 1))
    assert hands.read("\n".join(slack)) == hands.Hands((0, 1, 0, 0, 1))
    assert hands.read("\n".join(meet)) == hands.Hands(only(4))


def test_a_chat_with_everything_in_it():
    chat = """
    3
    Anna: 3
    [10:02] Ben  2!
    10:04:11 From Cy to Everyone: 4 because the log says so
    4️⃣
    Anna: 1
    who is taking notes?
    """
    read = hands.read(chat)

    assert read.counts == (1, 1, 1, 2, 0)
    assert read.n == 5
    assert read.unread == ("who is taking notes?",)


def test_nothing_is_read_in_nothing():
    assert hands.read("") == hands.read("\n \n\t\n") == hands.Hands((0, 0, 0, 0, 0))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "1:" * 20_000,
        "a" * 50_000,
        "a " * 20_000 + "3 4",
        "10:02 " * 9_000,
        "From " * 9_000 + ":",
        "<" * 20_000 + ">" * 20_000,
        "\u202e3\u202d" * 9_000,
        "3\u0301" * 9_000,
        "\0" * 9_000,
        "4️⃣" * 9_000,
    ],
)
def test_a_hostile_line_is_read_in_its_stride(text):
    read = hands.read(text)

    assert read.n + len(read.unread) <= 1


def test_no_line_is_lost_whatever_it_holds():
    dice = random.Random(7)
    pieces = ["3", "Anna", ":", " ", "  ", "[10:02]", "10:04:11", "\t", "From", "to", "!", "é", "½"]
    pieces += [*string.punctuation, "\u200b", "4️⃣", "٣", "中"]
    for _ in range(3_000):
        line = "".join(dice.choices(pieces, k=dice.randrange(1, 9)))
        read = hands.read(f"{line}\nZoe: 5")

        assert read.n + len(read.unread) <= 2
        assert sum(read.counts[:4]) <= 1


def test_how_a_room_moved_says_how_many_and_never_who():
    assert hands.moved((14, 5, 2, 1, 0), (18, 2, 1, 1, 0)) == (4, -3, -1, 0, 0)


def test_a_room_of_one_mind_is_not_split():
    assert hands.split((0, 22, 0, 0, 0)) == hands.split((0, 0, 0, 0, 0)) == 0
    assert hands.split((8, 7, 5, 2, 0)) > hands.split((14, 5, 2, 1, 0)) > 0


def test_half_of_the_hands_are_not_most_of_them():
    assert not hands.most((11, 11, 0, 0, 0))
    assert hands.most((11, 10, 0, 0, 1))
    assert not hands.most((0, 0, 0, 0, 0))
