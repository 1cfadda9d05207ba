"""What `panel` prints: a sheet written, answers read and counted, votes taken back."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from incident_training import library, places
from incident_training.authoring.sheet import html
from incident_training.authoring.spread import told
from incident_training.kinds.base import plural
from incident_training.library.faults import ContentError, meant
from incident_training.library.pack import read_file, shown_path
from incident_training.library.panel import (
    CannotRead,
    Panel,
    forget,
    keep,
    kept,
)
from incident_training.library.panel.answers import (
    MOST_BYTES,
    Answers,
    BadAnswers,
    answers,
    counted,
    once,
)
from incident_training.library.panel.asking import Asked, Draw, asked, sheet


def say_sheet(name: str, to: Path | None, draw: Draw) -> int:
    """Write the sheet of a deck or a scenario to a file that is not there yet; 0 if it is now."""
    try:
        it = _asked(name)
        path, text = to or Path(f"panel-{it.name}.html"), html(sheet(it, draw))
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except (library.NoSuchExercise, ContentError) as error:
        return _no(error)
    except FileExistsError:
        return _no(f"{shown_path(path)}: is there already, and stays as it is. Name another: --to")
    except OSError as error:
        return _no(f"{shown_path(path)}: cannot be written ({error.strerror}). Name another: --to")
    cards = plural(len(it.cards), "shift", "shifts")
    questions = plural(sum(len(card.injects) for card in it.cards), "question", "questions")
    print(f"{shown_path(path)} is there: {cards}, {questions}, blind, in one file for any browser.")
    print("Give it to your panel; each sends back a file. Put those into one folder, then:")
    print(f"  incident-training panel {it.name} --read FOLDER")
    return 0


def say_read(name: str, given: Sequence[str]) -> int:
    """Read answers, print how the panel voted, keep it; 0 if every file could be used."""
    try:
        it = _asked(name)
        before = kept(places.panel())
    except (library.NoSuchExercise, ContentError, CannotRead) as error:
        return _no(error)
    files, bad = _files(given, it)
    people, twice = once(files)
    cards = {card.id: card for card in it.cards}
    found = counted(people, cards, f"{datetime.now(UTC):%Y-%m-%d}")
    _warn(*bad, *twice, *found.left)
    if not found.votes:
        return _no("No votes were read, so nothing has changed.")
    print(*told(it, people, found), sep="\n")
    others = {card: votes for card, votes in before.cards.items() if card not in cards}
    replaced = len(before.cards) - len(others)
    try:
        keep(places.panel(), Panel(cards={**others, **found.votes}))
    except OSError as error:
        return _no(f"{places.panel()}: cannot be written ({error.strerror}). Name a folder: --data")
    print(*_kept(len(found.votes), replaced), sep="\n")
    return 1 if bad else 0


def say_forget(name: str | None) -> int:
    """Take back the votes of a deck, or all of them; 0 also where there were none."""
    path = places.panel()
    try:
        if name is None:
            print("The votes are gone." if forget(path) else "There were no votes.")
            return 0
        panel, cards = kept(path), {card.id for card in _asked(name).cards}
        others = {card: votes for card, votes in panel.cards.items() if card not in cards}
        if others:
            keep(path, Panel(cards=others))
        else:
            forget(path)
    except (library.NoSuchExercise, ContentError, CannotRead) as error:
        return _no(error)
    except OSError as error:
        return _no(f"{shown_path(path)}: cannot be changed ({error.strerror})")
    gone = plural(len(panel.cards) - len(others), "shift", "shifts")
    print(f"The votes on {gone} are gone: the author's opinion stands there again.")
    return 0


def _asked(name: str) -> Asked:
    decks, scenarios = library.decks(), library.scenarios()
    it = asked(name, decks, scenarios)
    if it is None or not it.cards:
        fix = meant(name, [*decks, *scenarios], f"The decks are {', '.join(decks) or 'none'}.")
        message = f"there is no deck or scenario {name!r} in which one declares"
        raise library.NoSuchExercise(f"{message}. {fix}")
    return it


def _files(given: Sequence[str], it: Asked) -> tuple[list[tuple[str, Answers]], list[str]]:
    """Read every file; return those that are answers to this, and a sentence for each other."""
    good: list[tuple[str, Answers]] = []
    bad: list[str] = []
    for path in (one for each in given for one in _paths(each)):
        shown = shown_path(path)
        try:
            read = answers(read_file(path, MOST_BYTES))
        except BadAnswers as error:
            bad.append(f"{shown}: {error}")
        except ContentError as error:
            bad.append(f"{shown}: {error.faults[0].message}. Name a file that a sheet saved.")
        else:
            if read.deck == it.name:
                good.append((shown, read))
            else:
                other = "".join(sign for sign in read.deck if sign.isprintable())
                read_it = f"Read it with: incident-training panel {other} --read"
                bad.append(f"{shown}: deck: these are answers to {other!r}. {read_it}")
    return good, bad


def _paths(given: str) -> list[Path]:
    """A file, every .json of a folder, or what a pattern names where no shell has read it."""
    path = Path(given)
    if path.is_dir():
        return sorted(path.glob("*.json")) or [path]
    if "*" in path.name and not path.exists():
        return sorted(path.parent.glob(path.name)) or [path]
    return [path]


def _kept(count: int, replaced: int) -> Iterator[str]:
    cards = plural(count, "shift", "shifts")
    yield f"\nKept in {shown_path(places.panel())}: pages judge {cards} by these votes from now on."
    if replaced:
        yield f"They replace what was read before, for {plural(replaced, 'shift', 'shifts')}."
    yield "To go back to the author's opinion: incident-training panel --forget"


def _warn(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def _no(sentence: object) -> int:
    print(sentence, file=sys.stderr)
    return 1
