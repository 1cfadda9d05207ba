"""Decks: shifts in a row, one form before, its twin after, unseen ones a month later."""

from datetime import UTC, datetime, timedelta

import pytest
from browserless import Visitor, exemplar_step
from serving import run

from incident_training import library, places, widgets
from incident_training.kinds import exercises
from incident_training.library.deck import LATER, Deck, deal, progress
from incident_training.library.decks import check_deck
from incident_training.library.pack import open_pack
from incident_training.store import Store
from incident_training.widgets import result
from incident_training.widgets.deckplay import DeckPlay
from incident_training.widgets.shelf import Decks
from incident_training.widgets.workbench import Workbench

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SHIFTS = sorted(
    name
    for name, shift in library.shipped().items()
    if not shift.card and shift.asks("declaration")
)
DECK = Deck(
    id="first", title="A deck", lead="Three shifts.", before=SHIFTS[:1], after=SHIFTS[1:2],
    later=SHIFTS[2:3],
)  # fmt: skip


def at(deck, played, now=MONDAY):
    return progress(deal(deck, "somebody"), played, now)


def test_the_cards_come_form_by_form():
    first, second, _ = SHIFTS[:3]

    assert (at(DECK, {}).form, at(DECK, {}).card) == ("before", first)
    assert (at(DECK, {first: MONDAY}).form, at(DECK, {first: MONDAY}).card) == ("after", second)


def test_the_unseen_twins_wait_thirty_days():
    first, second, third = SHIFTS[:3]
    played = {first: MONDAY, second: MONDAY + timedelta(hours=3)}
    opens = MONDAY + timedelta(hours=3) + LATER

    early = at(DECK, played, opens - timedelta(minutes=1))

    assert (early.card, early.opens) == (None, opens)
    assert at(DECK, played, opens).card == third
    assert at(DECK, {**played, third: opens}, opens).card is None


def test_a_form_once_begun_goes_on_without_waiting_again():
    deck = DECK.model_copy(update={"after": (), "later": SHIFTS[1:3]})
    first, second, third = SHIFTS[:3]

    assert at(deck, {first: MONDAY, second: MONDAY + LATER}, MONDAY + LATER).card == third


def test_a_shuffled_deck_comes_in_one_order_to_one_person_and_in_others_to_others():
    deck = DECK.model_copy(update={"order": "shuffled", "before": tuple("abcdefgh")})

    dealt = [deal(deck, f"person {number}")["before"] for number in range(20)]

    assert all(sorted(cards) == list("abcdefgh") for cards in dealt)
    assert len(set(dealt)) > 10
    assert deal(deck, "person 0")["before"] == dealt[0]


class Clock:
    def __init__(self):
        self.now = MONDAY

    def __call__(self):
        return self.now.isoformat()


@pytest.fixture
def clock():
    return Clock()


def visitor(clock, *decks):
    def open_for(who):
        store, shifts = Store(places.database()), library.shipped()
        return Decks({deck.id: DeckPlay(deck, shifts, store, who, clock) for deck in decks})

    return Visitor(Workbench(open_for))


def ways(visitor):
    return {
        item["label"]: item.get("do")
        for kind in ("links", "cards")
        for block in visitor.blocks(kind)
        for item in block["items"]
    }


def played(visitor):
    while visitor.screen["stage"] == "play":
        exemplar_step(visitor, visitor.page._activity.here.session)
    return visitor


def test_a_deck_is_played_to_its_end_and_says_how_far_one_has_come(clock):
    somebody = visitor(clock, DECK)
    assert "Before the training: 0 of 1, now." in somebody.screen["says"]

    somebody.send(ways(somebody)["Take the first shift"])
    assert somebody.screen["eyebrow"] == "Shift 1 of 1"
    played(somebody).send(ways(somebody)["Go on: the next shift"])
    assert somebody.screen["title"] == library.shipped()[SHIFTS[1]].title
    played(somebody)
    assert "Go on: the next shift" not in ways(somebody)
    somebody.send(ways(somebody)["The deck"])
    assert "A month later: 0 of 1, on 1 April." in somebody.screen["says"]

    clock.now += LATER
    again = visitor(clock, DECK)
    assert "After it: 1 of 1, now." in again.screen["says"]
    played(_go_on(again))
    assert library.shipped()[SHIFTS[2]].title == again.screen["title"]


def _go_on(visitor):
    visitor.send(ways(visitor)["Go on: the next shift"])
    return visitor


def test_a_page_opened_again_goes_on_where_one_was(clock):
    somebody = visitor(clock, DECK)
    somebody.send(ways(somebody)["Take the first shift"])
    somebody.answer(choice="watch")

    again = visitor(clock, DECK)

    assert again.screen["id"] == somebody.screen["id"]


def test_a_shift_lived_through_elsewhere_counts(clock):
    elsewhere = Visitor(widgets.practice("declaration"))
    elsewhere.send({"do": "choose", "name": SHIFTS[0]})
    while elsewhere.screen["stage"] == "play":
        exemplar_step(elsewhere, elsewhere.page._activity.session)

    somebody = visitor(clock, DECK)

    assert "Before the training: 1 of 1, now." in somebody.screen["says"]


def test_a_card_that_is_not_next_is_refused(clock):
    somebody = visitor(clock, DECK)

    somebody.send({"do": "choose", "name": SHIFTS[2]})

    assert "there is no such shift here" in somebody.screen["problem"].lower()
    assert somebody.send({"do": "hint"})["problem"]


def test_of_several_decks_one_is_chosen(clock):
    other = DECK.model_copy(update={"id": "other", "title": "Another deck"})
    somebody = visitor(clock, DECK, other)

    assert [card["label"] for card in somebody.blocks("cards")[0]["items"]] == [
        "A deck",
        "Another deck",
    ]
    somebody.send(ways(somebody)["Another deck"])
    assert somebody.screen["title"] == "Another deck"
    somebody.send(ways(somebody)["Other decks"])
    assert somebody.screen["title"] == "Decks"
    assert "Choose a deck first." in somebody.send({"do": "hint"})["problem"]


# A form long enough for a silent block


SEVEN = tuple(SHIFTS[:7])
LONG = Deck(id="long", title="A long deck", lead="Seven.", before=SEVEN)


def watched(visitor, chance):
    """Play a shift without ever declaring, having said once how likely harm is."""
    visitor.answer(choice="watch", chance=chance)
    while visitor.screen["stage"] == "play":
        over = visitor.page._activity.here.session.stage == "over"
        visitor.answer(**({"over": "nothing"} if over else {"choice": "watch"}))
    return visitor


@pytest.fixture
def long_deck(clock):
    somebody = visitor(clock, LONG)
    shown = []
    for number in range(7):
        onward = ways(somebody)
        somebody.send(onward.get("Take the first shift") or onward["Go on: the next shift"])
        watched(somebody, "60" if number % 2 else "0")
        shown.append(somebody.screen)
    return somebody, shown


def test_after_three_cards_reasons_wait_for_the_last(long_deck):
    _, shown = long_deck

    verdicts = [str(screen["main"]).count("'is': 'picture'") > 0 for screen in shown]
    assert verdicts == [True, True, True, False, False, False, True]
    for screen in shown[3:6]:
        assert screen["says"].startswith("Kept.")
        assert "your rule" not in str(screen).lower()


def test_then_every_card_comes_back_with_its_reason(long_deck):
    somebody, _ = long_deck
    somebody.send(ways(somebody)["The deck"])
    shifts = library.shipped()

    for name in LONG.before:
        somebody.send(ways(somebody)[shifts[name].title])
        assert somebody.screen["title"] == shifts[name].title
        assert shifts[name].declaration.because["learning"][:40] in str(somebody.screen)
        assert shifts[name].teaches in str(somebody.screen)
        verdict = somebody.blocks("words")[1]["text"]
        somebody.send({"do": "policy", "name": "coordination"})
        assert somebody.screen["title"] == shifts[name].title
        assert "Judged by “Coordination needed”" in str(somebody.screen), verdict
        somebody.send(ways(somebody)["The deck"])


def test_what_a_card_came_to_is_told_nowhere_but_in_its_deck(clock):
    card = next(name for name, shift in library.shipped().items() if shift.card)
    somebody = visitor(clock, LONG.model_copy(update={"before": (card, *SEVEN)}))
    somebody.send(ways(somebody)["Take the first shift"])
    watched(somebody, "0")

    title = library.shipped()[card].title
    assert title not in str(Visitor(widgets.definitions()).screen)
    assert title not in str(Visitor(widgets.practised()).screen)


def test_before_the_last_card_no_waiting_one_can_be_looked_at(clock):
    somebody = visitor(clock, LONG)
    for _ in range(5):
        onward = ways(somebody)
        somebody.send(onward.get("Take the first shift") or onward["Go on: the next shift"])
        watched(somebody, "0")
    somebody.send(ways(somebody)["The deck"])

    assert set(ways(somebody)) >= {library.shipped()[name].title for name in LONG.before[:3]}
    assert library.shipped()[LONG.before[3]].title not in ways(somebody)
    somebody.send({"do": "back", "name": LONG.before[3]})
    assert somebody.screen["problem"]


def test_the_result_is_counts_beside_the_rule(long_deck):
    somebody, _ = long_deck
    somebody.send(ways(somebody)["The deck"])
    drills = [exercises(library.shipped()[name])["declaration"] for name in LONG.before]
    yes = sum(drill.window("learning").expected is not None for drill in drills)

    table = next(t for t in somebody.blocks("table") if "beside your rule" in t["caption"])

    assert table["rows"] == [["yes", "0", "0", str(yes)], ["no", "0", "0", str(7 - yes)]]
    assert "and you did not declare" in str(somebody.screen)


def test_what_a_miss_costs_says_when_one_should_have_declared(long_deck):
    somebody, _ = long_deck
    somebody.send(ways(somebody)["The deck"])

    somebody.answer(ratio="1")
    assert "declare at 50 % and above" in str(somebody.screen)
    table = somebody.blocks("table")[-1]
    assert len(table["rows"]) == 3  # every second card was given 60 %
    assert all(row[2] == "not" for row in table["rows"])

    somebody.answer(ratio="7")
    assert somebody.screen["problem"]


def a_card(call="watch", at=None, says_yes=None, chances=(), hurt_from=None, open=False):
    return result.Card("a", "A card", call, at, says_yes, chances, 0.0, hurt_from, open)


def said(blocks):
    return " ".join(str(block) for block in blocks)


def test_chances_are_held_against_what_came_only_where_there_are_enough():
    one = a_card(chances=((550, 0.8), (560, 0.8)), hurt_from=612)  # in the hour of the second only

    few = said(result.calibrated([one] * 9))
    enough = [*result.calibrated([one] * 10)]

    assert "at least 20 answers; there are 18" in few
    assert enough[-1]["rows"] == [["80 % to 100 %", "20", "10"]]


def test_a_declaration_while_the_rule_left_it_open_is_no_reproach():
    left_open = a_card("declare", at=550, open=True)
    against = a_card("declare", at=550)

    assert "Rightly done" in said(result.told([left_open, against], "learning"))
    assert "in 1 of them your rule was still open then" in said(
        result.told([left_open, against], "learning")
    )
    assert "still open" not in said(result.told([against], "learning"))


def test_a_card_is_judged_by_the_rule_of_its_deck(clock):
    name = next(n for n in SHIFTS if library.shipped()[n].policy == "learning")
    deck = Deck(id="strict", title="A deck", lead="One.", before=(name,), policy="coordination")
    somebody = visitor(clock, deck)
    somebody.send(ways(somebody)["Take the first shift"])

    watched(somebody, "0")

    assert "Judged by “Coordination needed”" in str(somebody.screen)


# Files


GOOD = """\
title: Pairs
lead: A few shifts.
before: [{0}, {1}]
after: [{2}, {3}]
"""


@pytest.fixture
def pack(tmp_path):
    for path in places.exercises().glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "decks").mkdir()
    return tmp_path


def faults(pack, text):
    (pack / "decks" / "pairs.yaml").write_text(text, "utf-8")
    [file] = open_pack(pack).decks
    return [str(fault) for fault in check_deck(file, library.scenarios(pack))]


def test_the_decks_that_ship_are_sound_and_hold_shifts_that_ship():
    shipped = library.decks()

    assert "three-pairs" in shipped
    for file in open_pack(places.exercises()).decks:
        assert [*check_deck(file, library.shipped())] == []
        for cards in shipped[file.id].forms.values():
            assert {*cards} <= {*library.shipped()}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("monday-laboratory", "monday-labratory", "Did you mean monday-laboratory?"),
        ("title:", "titel:", "Did you mean title?"),
        ("before:", "befor:", "before: is missing"),
        ("title: Pairs", "title: Pairs\norder: random", "as written or shuffled"),
        ("title: Pairs", "title: [", "is not closed"),
    ],
)
def test_a_broken_deck_is_told_with_line_and_fix(pack, old, new, says):
    cards = ("wednesday-practice-rooms", "monday-laboratory", "tuesday-town-hall")
    text = GOOD.format(*cards, "thursday-night-ferry").replace(old, new)

    told = faults(pack, text)

    assert any(says in line for line in told), told
    assert all("pairs.yaml:" in line for line in told)
    assert "pairs" not in library.decks(pack)


def test_check_reads_decks_too(pack):
    (pack / "decks" / "pairs.yaml").write_text("title: x\nlead: y\nbefore: [nowhere]\n", "utf-8")

    told = run("check", str(pack))

    assert told.returncode == 1
    assert "decks/pairs.yaml:3" in told.stdout


@pytest.fixture
def served_pack(pack, monkeypatch):
    monkeypatch.setenv("INCIDENT_TRAINING_EXERCISES", str(pack))
    return pack


def test_a_deck_is_checked_by_its_own_name_beside_its_scenarios(pack, monkeypatch):
    (pack / "decks" / "pairs.yaml").write_text("title: x\nlead: y\nbefore: [nowhere]\n", "utf-8")
    (pack / "decks" / "other.yaml").write_text("title: [", "utf-8")
    monkeypatch.chdir(pack / "decks")

    told = run("check", "pairs.yaml")

    assert told.returncode == 1
    assert told.stdout.splitlines()[-1] == "1 error in 1 of 1 deck."
    assert "there is no scenario 'nowhere'" in told.stdout
    assert told.stderr == ""


def test_a_scenario_with_errors_is_not_said_to_be_missing_from_a_deck(pack):
    (pack / "monday-laboratory.yaml").write_text("title: Monday", "utf-8")

    told = faults(pack, "title: x\nlead: y\nbefore: [monday-laboratory]\n")

    assert ["monday-laboratory has errors of its own" in line for line in told] == [True]


def test_a_base_rate_says_which_shift_is_what(pack):
    [told] = faults(
        pack, "title: x\nlead: y\nbefore: [tuesday-town-hall, wednesday-practice-rooms]\n"
    )

    assert "0 of 2 shifts are a no under learning" in told
    assert "(no: none; yes: tuesday-town-hall, wednesday-practice-rooms)" in told


def test_a_page_without_decks_says_why(served_pack):
    assert "There is no deck" in Visitor(widgets.decks()).screen["says"]

    (served_pack / "decks" / "pairs.yaml").write_text("title: [", "utf-8")
    shown = Visitor(widgets.decks())

    assert "decks/pairs.yaml has errors" in shown.screen["says"]
    assert any("incident-training check" in words["text"] for words in shown.blocks("words"))
    assert shown.blocks("cards") == []


def test_a_home_page_without_a_shift_says_why(served_pack):
    for path in served_pack.glob("*.yaml"):
        path.write_text("title: [", "utf-8")

    assert "every scenario has errors" in Visitor(widgets.home()).screen["says"]


def test_the_page_of_decks_offers_what_ships():
    somebody = Visitor(widgets.decks())

    for deck in library.decks().values():
        somebody.send(ways(somebody)[deck.title])
        assert "Take the first shift" in ways(somebody)
        somebody.send(ways(somebody)["Other decks"])
