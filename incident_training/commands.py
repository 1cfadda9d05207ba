"""What each command does. Each loads what it needs when it runs, so that `--help` costs nothing."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from incident_training import places


def serve(args: argparse.Namespace) -> int:
    """Serve the course until Ctrl-C."""
    from incident_training.pages.gate import Door
    from incident_training.pages.server import serve

    door = Door(args.host, args.token, tuple(name.lower() for name in args.allow_host))
    return _page(lambda: serve(port=args.port, open_browser=args.browser, door=door), whole=True)


def lab(args: argparse.Namespace) -> int:
    """Open the notebooks in JupyterLab until Ctrl-C."""
    from incident_training.pages.lab import lab

    return _page(lambda: lab(port=args.port, open_browser=args.browser), whole=True)


def preview(args: argparse.Namespace) -> int:
    """Show one scenario to its author until Ctrl-C; what is played there is kept nowhere."""
    from incident_training.pages.server import serve

    path = Path(args.file).absolute()
    if not path.is_file():
        print(f"{args.file}: there is no such file", file=sys.stderr)
        return 1
    os.environ["INCIDENT_TRAINING_EXERCISES"] = os.environ["INCIDENT_TRAINING_PREVIEW"] = str(path)
    with TemporaryDirectory() as folder:
        os.environ["INCIDENT_TRAINING_DATA"] = folder
        return _page(lambda: serve(port=args.port, open_browser=args.browser, page="preview"))


def _page(show: Callable[[], None], *, whole: bool = False) -> int:
    """Make the place where work is kept, then show pages until Ctrl-C.

    Of a `whole` pack, say first what is left out of it.
    """
    from incident_training import library, store
    from incident_training.library.say import say_left_out
    from incident_training.pages.port import CannotServe

    # Whole, so that kernels, which start beside their notebook, find the same places.
    os.environ["INCIDENT_TRAINING_DATA"] = str(places.data_folder())
    os.environ["INCIDENT_TRAINING_EXERCISES"] = str(places.exercises())
    try:
        library.refuse_bad_pack()
        store.prepare(places.database())
        if whole:
            say_left_out()
        show()
    except (places.CannotKeep, CannotServe, library.ContentError, library.NoSuchExercise) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def check(args: argparse.Namespace) -> int:
    """Check scenarios, or say which rules or facts there are."""
    from incident_training import library
    from incident_training.library.say import say_facts

    if args.rules:
        return library.say_rules(as_json=args.json)
    if args.facts:
        return say_facts(as_json=args.json)
    return library.say_check(args.path, as_json=args.json)


def play(args: argparse.Namespace) -> int:
    """Play one exercise without a screen."""
    from incident_training import library

    return library.say_play(args.file, args.kind, exemplar=args.exemplar, policy=args.policy)


def report(args: argparse.Namespace) -> int:
    """Say what was practised here."""
    from incident_training import library
    from incident_training.report import print_report

    def titles() -> dict[str, str]:
        return {id: scenario.title for id, scenario in library.shipped().items()}

    return print_report(places.database(), args.json, titles)


def list_(args: argparse.Namespace) -> int:
    """Say which scenarios there are."""
    from incident_training.authoring.listing import say_list

    return say_list(Path(args.path) if args.path else None, as_json=args.json)


def new(args: argparse.Namespace) -> int:
    """Write a scenario to start from."""
    from incident_training.authoring.new import say_new

    return say_new(Path(args.file), kind=args.kind)


def import_(args: argparse.Namespace) -> int:
    """Make a draft of a scenario from a timeline."""
    from incident_training.authoring.timeline import say_import

    return say_import(
        Path(args.file),
        date=args.date,
        zone=args.zone,
        cuts=args.cut,
        where=args.where,
        time=args.time,
        text=args.text,
        slashes=args.slashes,
        to=Path(args.to) if args.to else None,
    )


def schema(args: argparse.Namespace) -> int:
    """Print what an editor needs to complete a scenario."""
    from incident_training.authoring.schema import say_schema

    return say_schema()


def panel(args: argparse.Namespace) -> int:
    """Write a blind answer sheet, read what it saved, or take the votes back."""
    from incident_training.authoring.panel import say_forget, say_read, say_sheet

    if args.forget:
        return say_forget(args.deck)
    if args.deck is None:
        print("Name a deck or a scenario: incident-training panel DECK", file=sys.stderr)
        return 2
    if args.read:
        return say_read(args.deck, args.read)
    from incident_training.widgets.pictures import spark

    return say_sheet(args.deck, Path(args.to) if args.to else None, spark)


def review(args: argparse.Namespace) -> int:
    """Ask about the language of drafts; nothing of them is kept or changed."""
    from incident_training.authoring.reviewing import say_review

    return say_review(args.file, as_json=args.json, strict=args.strict)
