"""The commands. Each loads what it needs when it runs, so that `--help` costs nothing."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from incident_training import __version__, places

HOST, PORT = "127.0.0.1", 8866
OURS = ("-h", "--help", "--version")  # all other options without a command belong to `serve`


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; no command means `serve`."""
    args = _parser().parse_args(_with_command(sys.argv[1:] if argv is None else argv))
    if getattr(args, "data", None):
        os.environ["INCIDENT_TRAINING_DATA"] = args.data
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        status = run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads us, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor complain at exit
        return 1
    return status


def _with_command(argv: Sequence[str]) -> list[str]:
    first = argv[0] if argv else ""
    named = first and not first.startswith("-")
    return list(argv) if named or first in OURS else ["serve", *argv]


def _serve(args: argparse.Namespace) -> int:
    from incident_training.pages.gate import Door
    from incident_training.pages.server import serve

    door = Door(args.host, args.token, tuple(name.lower() for name in args.allow_host))
    return _page(lambda: serve(port=args.port, open_browser=args.browser, door=door))


def _lab(args: argparse.Namespace) -> int:
    from incident_training.pages.lab import lab

    return _page(lambda: lab(port=args.port, open_browser=args.browser))


def _page(show: Callable[[], None]) -> int:
    """Make the place where work is kept, then show pages until Ctrl-C."""
    from incident_training import store
    from incident_training.pages.port import CannotServe

    # Whole, so that kernels, which start beside their notebook, find the same folder.
    os.environ["INCIDENT_TRAINING_DATA"] = str(places.data_folder())
    try:
        store.prepare(places.database())
        show()
    except (places.CannotKeep, CannotServe) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _check(args: argparse.Namespace) -> int:
    from incident_training import library

    return library.say_check(args.path, as_json=args.json)


def _play(args: argparse.Namespace) -> int:
    from incident_training import library

    return library.say_play(args.file, args.kind, exemplar=args.exemplar, policy=args.policy)


def _report(args: argparse.Namespace) -> int:
    from incident_training import library
    from incident_training.report import print_report

    def titles() -> dict[str, str]:
        return {id: scenario.title for id, scenario in library.shipped().items()}

    return print_report(places.database(), args.json, titles)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="incident-training",
        description="Practise when to declare, what was a near miss, and what to change.",
        epilog="Without a command: serve.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    _door_options(
        _pages_parser(commands, "serve", _serve, "serve the course on this computer and open it")
    )
    _pages_parser(commands, "lab", _lab, "open the notebooks in JupyterLab, on a copy of your own")
    check = _command(commands, "check", _check, "check scenarios, and play each exemplar")
    check.add_argument("path", nargs="*", help="files or folders; without one, those that ship")
    check.add_argument("--json", action="store_true", help="the faults as a JSON list")
    _play_parser(_command(commands, "play", _play, "play one exercise without a screen; JSON"))
    report = _command(commands, "report", _report, "what was practised here, as counts")
    report.add_argument("--json", action="store_true", help="one attempt a line")
    _data_option(report)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    does: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.set_defaults(run=run)
    return parser


def _pages_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    does: str,
) -> argparse.ArgumentParser:
    parser = _command(commands, name, run, does)
    parser.add_argument(
        "--port", type=_port, default=PORT, metavar="N", help=f"default {PORT}; 0 takes a free one"
    )
    parser.add_argument(
        "--no-browser", dest="browser", action="store_false", help="only print the address"
    )
    _data_option(parser)
    return parser


def _door_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default=HOST, metavar="ADDRESS", help=f"default {HOST}; another needs --token"
    )
    parser.add_argument(
        "--token", default="", metavar="T", help="let in only who has the link with it"
    )
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="a name others call it by"
    )


def _play_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a scenario file, or the name of one that ships")
    parser.add_argument("--kind", required=True, help="declaration, near_miss or postmortem")
    response = parser.add_mutually_exclusive_group(required=True)
    response.add_argument("--exemplar", action="store_true", help="the response that earns all")
    response.add_argument("--untouched", action="store_true", help="a form sent as it was shown")
    parser.add_argument("--policy", metavar="P", help="the one to judge by; else the scenario's")


def _data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="where work is kept; else your data folder")


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 2**16:
        return int(text)
    raise argparse.ArgumentTypeError(f"should be a number from 0 to 65535; got {text!r}")


if __name__ == "__main__":
    sys.exit(main())
