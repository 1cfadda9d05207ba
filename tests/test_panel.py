"""A team's own panel: a blind sheet, its answers read back, and shifts that are judged by them."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browserless import Visitor
from browsing import watched
from playwright.sync_api import expect
from serving import run
from stories import shop

from incident_training import cli, library, places, widgets
from incident_training.authoring.sheet import html
from incident_training.doctrine.policy import policies
from incident_training.kinds import Declaration
from incident_training.kinds.base import exemplar
from incident_training.library.panel import (
    CannotRead,
    Panel,
    Tally,
    Votes,
    forget,
    keep,
    kept,
    voted,
    with_votes,
)
from incident_training.library.panel.answers import BadAnswers, answers, counted, once
from incident_training.library.panel.asking import Asked, asked, sheet
from incident_training.widgets.pictures import spark

DECK = "plain-words"
CARD = "tuesday-phone-table"
HOSTILE = "</script><script>window.hurt=1</script><img src=x onerror=window.hurt=1>&\u2028"
SHOP = ["cpu", "errors", "double", "more", "payments"]


def yes(at, n=9):
    """Votes on the shop: from that inject on 7 of 9 say yes, before it 2."""
    late = SHOP.index(at) if at else len(SHOP)
    tallies = {
        name: Tally(yes=7, no=n - 7) if number >= late else Tally(yes=2, no=n - 2)
        for number, name in enumerate(SHOP)
    }
    return Panel(
        cards={
            "tuesday-shop": Votes(
                edition="0123456789ab", people=n, read="2026-11-26", injects=tallies
            )
        }
    )


def told(sheet_id, *cards, saved="2026-11-26T10:00:00.000Z", deck=DECK, **more):
    """Return a file as a sheet saves it; `cards` are pairs: a scenario, and a vote or one each."""
    given = {}
    for card, votes in cards:
        votes = [votes] * len(card.injects) if isinstance(votes, str) else votes
        said = {
            one.id: {"vote": vote, "why": None}
            for one, vote in zip(card.injects, votes, strict=False)
        }
        given[card.id] = {"edition": card.edition, "answers": said}
    return json.dumps(
        {
            "format": 1,
            "deck": deck,
            "sheet": f"{sheet_id:032x}",
            "saved": saved,
            "nickname": None,
            "cards": given,
            **more,
        }
    )


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """A pack of one deck, ten cards of those that ship."""
    ours, pack = places.exercises(), tmp_path_factory.mktemp("pack")
    for name in ("cards", "decks"):
        (pack / name).mkdir()
    shutil.copy(ours / "decks" / f"{DECK}.yaml", pack / "decks")
    for card in library.decks()[DECK].before:
        shutil.copy(ours / "cards" / f"{card}.yaml", pack / "cards")
    return pack


@pytest.fixture
def team(pack, tmp_path, monkeypatch):
    """A folder of answers, and a data folder, of a team that uses the pack."""
    monkeypatch.setenv("INCIDENT_TRAINING_EXERCISES", str(pack))
    monkeypatch.setenv("INCIDENT_TRAINING_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "answers"
    folder.mkdir()
    return folder


def fill(folder, *texts):
    for number, text in enumerate(texts):
        (folder / f"answers-{number}.json").write_text(text, "utf-8")


# The sheet


def test_a_sheet_holds_what_a_trainee_sees_and_nothing_that_is_known_of_it():
    decks, scenarios = library.decks(), library.scenarios()

    for name in decks:
        text = html(sheet(asked(name, decks, scenarios), spark))
        for scenario in asked(name, decks, scenarios).cards:
            part = scenario.asks("declaration")
            secrets = [scenario.teaches, part.hint, part.ending, *part.because.values()]
            secrets += [fact.because for one in scenario.injects for fact in one.facts.values()]
            secrets += [one.misleads for one in (*scenario.injects, *scenario.evidence)]
            secrets += [one.text for one in scenario.evidence]
            secrets += [part.who.because, part.severity.because, part.impact.because]
            for secret in filter(None, secrets):
                assert json.dumps(secret, ensure_ascii=False)[1:-1] not in text, scenario.id
        for card in Data.of(text)["cards"]:
            assert {*card} == {"id", "edition", "title", "briefing", "injects"}
            for inject in card["injects"]:
                shown = {"id", "at", "day", "channel", "from", "text", "picture", "image", "alt"}
                assert {*inject} == shown


def test_a_sheet_forbids_itself_the_network_and_any_script_but_its_own():
    text = html(sheet(Asked("shop", "Shop", "as written", (shop(),)), spark))

    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?!data:)", text) == []


def test_what_a_scenario_says_is_never_markup_in_a_sheet():
    hostile = shop(title=HOSTILE, briefing=HOSTILE).model_copy(update={"day": HOSTILE})

    text = html(sheet(Asked(HOSTILE, HOSTILE, "as written", (hostile,)), spark))

    assert Data.of(text)["cards"][0]["title"] == HOSTILE
    assert Data.of(text)["deck"] == HOSTILE
    assert Data.tags(text).count("script") == 2
    assert "img" not in Data.tags(text)


def test_the_cards_come_as_the_deck_deals_them():
    decks, scenarios = library.decks(), library.scenarios()

    assert sheet(asked(DECK, decks, scenarios), spark)["order"] == "shuffled"
    assert asked("nobody-knows", decks, scenarios) is None


# Reading answers


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{" + b" " * 2_000_001 + b"}", "larger than 2,000,000 bytes"),
        (b"", "line 1, column 1: this is not JSON"),
        (b'{"format": 1,\n "deck"', "line 2, column 8: this is not JSON, or it was cut short"),
        (b"\xff\xfe{}", "byte 1 is no part of a text"),
        (b"[" * 100_000, "no sheet saves JSON such as this"),
        (b"9" * 5_000, "no sheet saves JSON such as this"),
        (b"null", "these are no answers"),
        (b"[1, 2]", "these are no answers"),
        (b"{}", "format: is missing"),
        (b'{"format": 2}', "Install a newer incident-training"),
    ],
    ids=[
        "large", "empty", "cut short", "not UTF-8", "deep", "long", "null", "list", "bare", "newer",
    ],
)  # fmt: skip
def test_a_file_that_is_no_answers_is_refused_in_a_sentence(content, says):
    with pytest.raises(BadAnswers, match=re.escape(says)) as refused:
        answers(content)

    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"vote": "perhaps"}, "cards.tuesday-shop.answers.cpu.vote: should be 'yes', 'no' or"),
        ({"vote": ["yes"]}, "cards.tuesday-shop.answers.cpu.vote: should be"),
        ({"why": "x" * 241}, "cards.tuesday-shop.answers.cpu.why: is longer than"),
        ({"why": {"html": 1}}, "cards.tuesday-shop.answers.cpu.why: is not what a sheet saves"),
        ({"score": 1}, "cards.tuesday-shop.answers.cpu.score: no sheet saves this"),
        ({"\x1b[2J" * 50: 1}, "cards.tuesday-shop.answers.cpu. [2J"),
    ],
)
def test_a_wrong_answer_is_named_with_its_place(change, says):
    made = json.loads(told(1, (shop(), "yes")))
    made["cards"]["tuesday-shop"]["answers"]["cpu"].update(change)

    with pytest.raises(BadAnswers, match=re.escape(says)) as refused:
        answers(json.dumps(made).encode())

    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 300


def test_a_why_is_one_line_of_plain_text():
    made = json.loads(told(1, (shop(), "yes")))
    made["cards"]["tuesday-shop"]["answers"]["cpu"]["why"] = "\x1b[31mred\n\u202e<b>two</b>\ud800 "

    said = answers(json.dumps(made).encode()).cards["tuesday-shop"].answers["cpu"]

    assert said.why == "[31mred <b>two</b>"


def test_the_same_person_counts_once_with_the_newest_file():
    first = answers(told(1, (shop(), "no"), saved="2026-11-26T10:00:00.000Z").encode())
    second = answers(told(1, (shop(), "yes"), saved="2026-11-26T11:00:00.000Z").encode())

    for files in ([("a", first), ("b", second)], [("b", second), ("a", first)]):
        people, left = once(files)

        assert people == [second]
        assert left == ["a: the same sheet as b; a person counts once, with the newest"]


def test_answers_to_an_older_edition_are_left_out_by_card_and_the_others_count():
    now, other = shop(), shop(id="tuesday-other")
    old = now.model_copy(update={"edition": "aaaaaaaaaaaa"})
    file = answers(told(1, (old, "yes"), (other, "yes")).encode())

    found = counted([file], {now.id: now, other.id: other}, "2026-11-26")

    assert list(found.votes) == ["tuesday-other"]
    (left,) = found.left
    assert left.startswith("tuesday-shop: the card has changed since, so 1 person's answers are")


def test_who_stopped_early_counts_as_far_as_they_came():
    found = counted(
        [
            answers(told(1, (shop(), ["no", "yes"])).encode()),
            answers(told(2, (shop(), "cannot tell")).encode()),
        ],
        {"tuesday-shop": shop()},
        "2026-11-26",
    )

    votes = found.votes["tuesday-shop"]
    assert votes.people == 2
    assert [votes.injects[name].n for name in SHOP] == [2, 2, 1, 1, 1]
    assert votes.injects["errors"] == Tally(yes=1, cannot_tell=1)


# What votes do


@pytest.mark.parametrize(
    ("votes", "says"),
    [
        ((5, 4, 0), "yes"),
        ((4, 5, 0), "no"),
        ((4, 4, 0), "unknown"),
        ((2, 2, 5), "unknown"),
        ((4, 3, 2), "unknown"),
        ((0, 0, 0), "unknown"),
    ],
)
def test_only_more_than_half_is_a_yes_or_a_no(votes, says):
    one, other, neither = votes

    assert Tally(yes=one, no=other, cannot_tell=neither).says == says


def test_a_shift_is_judged_by_the_panel_and_other_rules_are_untouched():
    author, panel = (
        Declaration(scenario=shop()),
        Declaration(scenario=with_votes(shop(), yes("more"))),
    )

    assert author.window("learning").expected == 9 * 60 + 10
    assert panel.window("learning").expected == 9 * 60 + 14
    for rule in {*policies()} - {"learning"}:
        assert panel.window(rule) == author.window(rule)


def test_a_tie_leaves_the_rule_open_and_says_neither_yes_nor_no():
    tied = yes(None)
    tied.cards["tuesday-shop"].injects["double"] = Tally(yes=4, no=4, cannot_tell=1)
    drill = Declaration(scenario=with_votes(shop(), tied))

    window = drill.window("learning")

    assert (window.earliest, window.expected) == (9 * 60 + 10, None)


def test_where_the_panel_never_says_yes_nobody_is_asked_to_declare():
    drill = Declaration(scenario=with_votes(shop(), yes(None)))

    assert drill.window("learning").expected is None


def test_evidence_the_panel_has_not_seen_leaves_the_question_open():
    evidence = {**shop().evidence[0].model_dump(by_alias=True), "facts": {
        "worth_review": {"value": "yes", "because": "the export moved"}, "teams": "2",
    }}  # fmt: skip
    drill = Declaration(scenario=with_votes(shop(evidence=[evidence]), yes(None)))
    looked = drill.take(drill.untouched, {"open": "scheduler"})

    window = drill.window("learning", looked)

    assert (window.earliest, window.expected) == (9 * 60 + 8, None)
    assert drill.run(looked).facts_at(9 * 60 + 8)["teams"] == 2


def test_without_votes_on_this_edition_a_scenario_stays_the_author_s():
    changed = shop().model_copy(update={"edition": "ffffffffffff"})

    assert with_votes(changed, yes("more")) is changed
    assert with_votes(changed, Panel()) is changed


def test_the_reason_is_the_spread_then_the_author_s_view():
    few = with_votes(shop(), yes("more")).asks("declaration")
    many = with_votes(shop(), yes("more", n=12)).asks("declaration")

    assert few.because["learning"] == (
        "Your panel, 9 people, provisional below ten: at 09:04 2 of 9 said yes, at 09:08 2 of 9,"
        " at 09:10 2 of 9, at 09:14 7 of 9, at 09:22 7 of 9."
        " The author's view: the reason under learning"
    )
    assert many.because["learning"].startswith("Your panel, 12 people: at 09:04 2 of 12 said yes")
    assert few.because["customers"] == "the reason under customers"


def test_feedback_does_not_call_the_panel_s_view_the_author_s():
    for panel, begins in ((yes("more"), "Your panel, 9"), (Panel(), "The author's view: the")):
        drill = Declaration(scenario=with_votes(shop(), panel))

        assert drill.assess(exemplar(drill)).reason.startswith(begins)


# Kept


def test_votes_are_kept_whole_and_forgotten_without_a_trace(tmp_path):
    path = tmp_path / "data" / "panel.json"

    keep(path, yes("more"))

    assert kept(path) == yes("more")
    assert [one.name for one in path.parent.iterdir()] == ["panel.json"]
    assert forget(path)
    assert not forget(path)
    assert kept(path) == Panel()


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "panel.json"
    keep(path, yes("more"))

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        keep(path, Panel())

    assert kept(path) == yes("more")
    assert [one.name for one in tmp_path.iterdir()] == ["panel.json"]


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"cards": {"x": 1}}', b" " * 2_000_001, b"\xff"]
)
def test_a_broken_file_of_votes_is_said_and_keeps_nobody_out(content, tmp_path, caplog):
    path = tmp_path / "panel.json"
    path.write_bytes(content)

    with pytest.raises(CannotRead, match=r"panel\.json: .*incident-training panel --forget"):
        kept(path)

    assert voted({"tuesday-shop": shop()}, path) == {"tuesday-shop": shop()}
    assert "panel.json" in caplog.text


# The command


def test_answers_are_read_said_and_kept(team, capsys):
    cards = library.scenarios()
    vote = "yes" if _at_last(cards[CARD]) == "no" else "no"
    fill(team, told(1, (cards[CARD], vote), nickname="Kim"), told(2, (cards[CARD], vote)))

    assert cli.main(["panel", DECK, "--read", str(team)]) == 0

    said = capsys.readouterr()
    assert said.err == ""
    assert "2 people (Kim, 1 without a nickname)." in said.out
    assert f"({CARD}): n = 2; provisional: fewer than ten" in said.out
    assert f"{vote} 2" in said.out
    assert "<- differs: the author says" in said.out
    assert f"  declare: the panel {'from' if vote == 'yes' else 'never'}" in said.out
    votes = kept(places.panel()).cards[CARD]
    assert (votes.edition, votes.people) == (cards[CARD].edition, 2)
    assert {tally.says for tally in votes.injects.values()} == {vote}
    assert "Kim" not in places.panel().read_text("utf-8")


def test_ten_people_are_not_provisional(team, capsys):
    fill(team, *(told(number, (library.scenarios()[CARD], "yes")) for number in range(10)))

    cli.main(["panel", DECK, "--read", str(team)])

    assert f"({CARD}): n = 10\n" in capsys.readouterr().out


def test_a_bad_file_is_named_and_the_others_are_still_read(team, capsys):
    good = told(1, (library.scenarios()[CARD], "yes"))
    fill(team, good, "{", "[]", good.replace(DECK, "another-deck"))
    missing = team / "missing.json"

    assert cli.main(["panel", DECK, "--read", str(team), str(missing)]) == 1

    said = capsys.readouterr()
    assert [line.split(": ")[0] for line in said.err.splitlines()] == [
        *(str(Path("answers") / f"answers-{number}.json") for number in (1, 2, 3)),
        str(Path("answers") / "missing.json"),
    ]
    assert "incident-training panel another-deck --read" in said.err
    assert kept(places.panel()).cards[CARD].people == 1


def test_reading_again_replaces_and_says_so_and_leaves_other_decks_alone(team, capsys):
    cards = library.scenarios()
    keep(places.panel(), yes("more"))
    fill(team, told(1, (cards[CARD], "yes"), (cards["monday-corner-shops"], "yes")))
    cli.main(["panel", DECK, "--read", str(team)])
    first = capsys.readouterr().out
    fill(team, told(2, (cards[CARD], "no")))

    assert cli.main(["panel", DECK, "--read", str(team / "*.json")]) == 0

    assert "replace" not in first
    assert "They replace what was read before, for 2 shifts." in capsys.readouterr().out
    votes = kept(places.panel()).cards
    assert {*votes} == {CARD, "tuesday-shop"}
    assert votes[CARD].injects[cards[CARD].injects[0].id] == Tally(no=1)


def test_where_no_votes_are_read_nothing_changes(team, capsys):
    keep(places.panel(), yes("more"))
    fill(team, "{}")

    assert cli.main(["panel", DECK, "--read", str(team)]) == 1

    assert "No votes were read, so nothing has changed." in capsys.readouterr().err
    assert kept(places.panel()) == yes("more")


def test_votes_are_forgotten_for_a_deck_or_altogether(team, capsys):
    keep(places.panel(), yes("more"))
    fill(team, told(1, (library.scenarios()[CARD], "yes")))
    cli.main(["panel", DECK, "--read", str(team)])

    assert cli.main(["panel", DECK, "--forget"]) == 0
    assert {*kept(places.panel()).cards} == {"tuesday-shop"}
    assert cli.main(["panel", "--forget"]) == 0
    assert not places.panel().exists()


def test_a_broken_file_of_votes_can_be_forgotten(team):
    places.data_folder().mkdir()
    places.panel().write_text("{", "utf-8")

    assert cli.main(["panel", "--forget"]) == 0

    assert not places.panel().exists()


def test_a_sheet_never_overwrites_a_file(team, capsys):
    assert cli.main(["panel", DECK]) == 0
    before = Path(f"panel-{DECK}.html").read_bytes()

    assert cli.main(["panel", DECK]) == 1

    assert "is there already, and stays as it is" in capsys.readouterr().err
    assert Path(f"panel-{DECK}.html").read_bytes() == before


def test_the_command_says_which_decks_there_are(team, pack):
    refused = run("panel", "plain-word", "--exercises", str(pack), "--data", str(team))

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "there is no deck or scenario 'plain-word' in which one declares. Did you mean plain-words?"
    ]


def test_whys_are_printed_as_text_and_never_kept(team, capsys):
    made = json.loads(told(1, (library.scenarios()[CARD], "yes")))
    for said in made["cards"][CARD]["answers"].values():
        said["why"] = "\x1b[2J<script>alert(1)</script>"
    fill(team, json.dumps(made))

    cli.main(["panel", DECK, "--read", str(team)])

    out = capsys.readouterr().out
    assert "yes: “[2J<script>alert(1)</script>”" in out
    assert "\x1b" not in out
    assert "alert" not in places.panel().read_text("utf-8")


# Pages


def test_a_response_given_before_is_judged_anew_by_the_panel(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_TRAINING_DATA", str(tmp_path))
    shift = library.shipped()["wednesday-practice-rooms"]
    visitor = Visitor(widgets.practice("declaration"))
    visitor.send({"do": "choose", "name": shift.id})
    while visitor.screen["stage"] == "play":
        fields = visitor.fields()
        visitor.answer(**({"over": "over"} if "over" in fields else {"choice": "watch"}))
    assert "you did not declare" in visitor.screen["says"]

    no = {one.id: Tally(no=3) for one in shift.injects}
    votes = Votes(edition=shift.edition, people=3, read="2026-11-26", injects=no)
    keep(places.panel(), Panel(cards={shift.id: votes}))
    again = Visitor(widgets.practice("declaration"))

    assert "your rule never asked you to" in again.screen["says"]
    assert any("Your panel, 3 people" in block["text"] for block in again.blocks("words"))


def test_check_plays_the_author_s_exemplar_whatever_a_panel_says(team, capsys):
    card = library.scenarios()[CARD]
    no = {one.id: Tally(no=3) for one in card.injects}
    votes = Votes(edition=card.edition, people=3, read="2026-11-26", injects=no)
    keep(places.panel(), Panel(cards={CARD: votes}))

    assert cli.main(["play", CARD, "--kind", "declaration", "--exemplar"]) == 0

    assert json.loads(capsys.readouterr().out)["score"] == 1


@pytest.mark.browser
def test_a_sheet_is_filled_by_keyboard_offline_and_read_back(team, browser, capsys):
    cli.main(["panel", CARD, "--to", "sheet.html"])
    card = library.scenarios()[CARD]
    later = card.injects[-1].text[:30]
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844})
    page = watched(context.new_page())
    page.goto(Path("sheet.html").absolute().as_uri())

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for number, inject in enumerate(card.injects):
        expect(page.locator(".it-inject")).to_have_count(number + 1)
        expect(page.locator("[data-newest]")).to_contain_text(inject.text[:20])
        assert page.locator("input:checked").count() == 0
        assert (later in page.locator("main").inner_text()) == (inject is card.injects[-1])
        page.keyboard.press("132"[number % 3])
        if number == 0:
            page.keyboard.press("Tab")
            page.keyboard.type("<b>1 why</b>")
        if number == 1:
            page.reload()
            expect(page.get_by_label("I cannot tell")).to_be_checked()
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="That was all of it").wait_for()
    page.get_by_label("A nickname").focus()
    page.keyboard.type("Robin")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    saved.value.save_as(team / saved.value.suggested_filename)
    width = page.evaluate("document.documentElement.scrollWidth")
    outside = [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))]
    context.close()

    assert cli.main(["panel", CARD, "--read", str(team)]) == 0
    said = capsys.readouterr().out
    assert "1 person (Robin)." in said
    assert "yes: “<b>1 why</b>”" in said
    tallies = kept(places.panel()).cards[CARD].injects
    given = [Tally(yes=1), Tally(cannot_tell=1), Tally(no=1)]
    assert list(tallies.values()) == [given[n % 3] for n in range(len(card.injects))]
    assert page.raised == []
    assert outside == []
    assert width == 390


@pytest.mark.browser
def test_a_person_meets_the_cards_in_one_order_and_others_in_others(browser, tmp_path):
    decks, scenarios = library.decks(), library.scenarios()
    path = tmp_path / "sheet.html"
    path.write_text(html(sheet(asked(DECK, decks, scenarios), spark)), "utf-8")

    first = set()
    for _ in range(8):
        context = browser.new_context(offline=True)
        page = watched(context.new_page())
        begin(page, path)
        title = page.locator("h1").inner_text()
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        expect(page.locator(".it-inject")).to_have_count(2)
        page.reload()
        assert page.locator("h1").inner_text() == title
        first.add(title)
        context.close()

    assert len(first) > 1


@pytest.mark.browser
def test_a_new_sheet_keeps_the_answers_to_cards_that_have_not_changed(browser, tmp_path):
    one, other = shop(title="One"), shop(id="tuesday-other", title="Other")
    first, *rest = one.injects
    odd = first.model_copy(update={"id": "constructor"})  # which every object in a browser has
    one = one.model_copy(update={"injects": (odd, *rest)})
    changed = one.model_copy(update={"edition": "ffffffffffff"})
    path = tmp_path / "sheet.html"
    page = watched(browser.new_context(offline=True).new_page())

    def shown(*cards):
        path.write_text(html(sheet(Asked("two", "Two", "as written", cards), spark)), "utf-8")
        begin(page, path)
        return page.locator("h1").inner_text(), page.locator(".it-inject").count()

    shown(one, other)
    for number in range(6):
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        expect(page.locator(".it-inject")).to_have_count((number + 1) % 5 + 1)

    assert shown(one, other) == ("Other", 2)
    assert shown(changed, other) == ("One", 1)
    page.context.close()


def begin(page, path):
    """Open a sheet and go to its question."""
    page.goto(path.as_uri())
    page.locator("h1").wait_for()
    button = page.get_by_role("button", name="Begin")
    if button.count():
        button.click()
    page.locator("form").wait_for()


def _at_last(scenario):
    """What the author says when the story is told."""
    facts = [one.facts["worth_review"] for one in scenario.injects if "worth_review" in one.facts]
    return facts[-1].value if facts else "unknown"


class Data(HTMLParser):
    """The elements of a page, and the text of its data block."""

    @classmethod
    def of(cls, text):
        return json.loads(cls.read(text).data)

    @classmethod
    def tags(cls, text):
        return cls.read(text).found

    @classmethod
    def read(cls, text):
        parser = cls()
        parser.found, parser.data, parser.inside = [], "", False
        parser.feed(text)
        return parser

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        self.inside = dict(attrs).get("id") == "asked"

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        self.data += data if self.inside else ""
