"""The files that answer sheets save: read one by one, and counted once a person."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from incident_training.kinds import Scenario
from incident_training.kinds.base import LINE, Frozen, plural
from incident_training.library.faults import quoted
from incident_training.library.panel.votes import Tally, Vote, Votes

MOST_BYTES = 2_000_000
_AGAIN = "Ask for it again, as the sheet saves it."


def _plain(text: Any) -> Any:
    """One line of what can be printed: nothing that moves a cursor or hides a word."""
    if not isinstance(text, str):
        return text
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.split()) or None


Plain = Annotated[Annotated[str, Field(max_length=LINE)] | None, BeforeValidator(_plain)]
Name = Annotated[str, Field(min_length=1, max_length=100)]


class BadAnswers(Exception):
    """A file that is no answers: what is wrong, where, and how to mend it, in a sentence."""


class Said(Frozen):
    """One answer: a vote, and a line why if there is one."""

    vote: Vote
    why: Plain = None


class Answered(Frozen):
    """The answers to one edition of a card, by inject."""

    edition: Name
    answers: dict[Name, Said]


class Answers(Frozen):
    """What one person's sheet saved; `sheet` is random and made in their browser."""

    format: Literal[1]
    deck: Name
    sheet: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    saved: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    nickname: Plain = None
    cards: dict[Name, Answered]


@dataclass(frozen=True)
class Counted:
    """The votes by card, the whys by card and inject, and what was left out, in sentences."""

    votes: dict[str, Votes] = field(default_factory=dict)
    whys: dict[tuple[str, str], list[tuple[Vote, str]]] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def answers(content: bytes) -> Answers:
    """Return what a file's bytes say, or raise BadAnswers."""
    if len(content) > MOST_BYTES:
        raise BadAnswers(f"it is larger than {MOST_BYTES:,} bytes, so no sheet saved it. {_AGAIN}")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadAnswers(f"byte {error.start + 1} is no part of a text. {_AGAIN}") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadAnswers(f"{where}: this is not JSON, or it was cut short. {_AGAIN}") from None
    except (ValueError, RecursionError):  # a number of 5,000 digits, a thousand brackets
        raise BadAnswers(f"no sheet saves JSON such as this. {_AGAIN}") from None
    try:
        return Answers.model_validate(told)
    except ValidationError as error:
        raise BadAnswers(_sentence(error)) from None


def once(files: Iterable[tuple[str, Answers]]) -> tuple[list[Answers], list[str]]:
    """Return each person's newest answers, and a sentence for each file that is not counted."""
    newest: dict[str, tuple[str, Answers]] = {}
    left: list[str] = []
    for name, one in files:
        if (before := newest.get(one.sheet)) is None:
            newest[one.sheet] = (name, one)
            continue
        new = one.saved >= before[1].saved
        older, newer = (before[0], name) if new else (name, before[0])
        left.append(f"{older}: the same sheet as {newer}; a person counts once, with the newest")
        newest[one.sheet] = (name, one) if new else before
    return [one for _, one in newest.values()], left


def counted(people: Iterable[Answers], cards: Mapping[str, Scenario], today: str) -> Counted:
    """Count the answers to these cards as they are now; others are left out, and that is said."""
    votes: dict[str, list[Mapping[str, Said]]] = defaultdict(list)
    older: Counter[str] = Counter()
    gone: set[str] = set()
    for one in people:
        for card, given in one.cards.items():
            if card not in cards:
                gone.add(card)
            elif given.edition != cards[card].edition:
                older[card] += 1
            elif known := _known(given, cards[card]):
                votes[card].append(known)
    left = [
        f"{quoted(card)}: no card here has this name; its answers are left out" for card in gone
    ]
    left += [_older(card, count) for card, count in older.items()]
    names = [card for card in cards if votes[card]]
    return Counted(
        {card: _votes(cards[card], votes[card], today) for card in names},
        {where: whys for card in names for where, whys in _whys(card, votes[card])},
        tuple(sorted(left)),
    )


def _known(given: Answered, card: Scenario) -> dict[str, Said]:
    return {one.id: given.answers[one.id] for one in card.injects if one.id in given.answers}


def _votes(card: Scenario, people: list[Mapping[str, Said]], today: str) -> Votes:
    tallies: dict[str, Tally] = {}
    for inject in card.injects:
        said = Counter(one[inject.id].vote for one in people if inject.id in one)
        tallies[inject.id] = Tally(yes=said["yes"], no=said["no"], cannot_tell=said["cannot tell"])
    return Votes(edition=card.edition, people=len(people), read=today, injects=tallies)


def _whys(
    card: str, people: list[Mapping[str, Said]]
) -> Iterable[tuple[tuple[str, str], list[tuple[Vote, str]]]]:
    whys: dict[tuple[str, str], list[tuple[Vote, str]]] = defaultdict(list)
    for one in people:
        for inject, said in one.items():
            if said.why:
                whys[card, inject].append((said.vote, said.why))
    return whys.items()


def _older(card: str, count: int) -> str:
    answers_ = plural(count, "person's answers are", "people's answers are")
    mend = "Send a new sheet, and put the new file in the old one's place"
    return f"{card}: the card has changed since, so {answers_} left out. {mend}"


def _sentence(error: ValidationError) -> str:
    """What is wrong first, where in the file, and what to do."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    where = f"{_plain(where) or '?'}"[:80]
    if first["loc"] == ("format",) and isinstance(first["input"], int):
        return "format: a newer version saved this. Install a newer incident-training."
    got = first["input"]
    wrong = {
        "missing": "is missing",
        "literal_error": f"should be {first.get('ctx', {}).get('expected')}; got {quoted(got)}",
        "extra_forbidden": "no sheet saves this",
        "string_too_long": "is longer than a sheet lets it be",
    }.get(first["type"], "is not what a sheet saves")
    return f"{where}: {wrong}. {_AGAIN}" if first["loc"] else f"these are no answers. {_AGAIN}"
