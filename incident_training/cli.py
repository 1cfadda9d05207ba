"""The commands as one types them; `commands` does what they say."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from incident_training import __version__, commands

HOST, PORT = "127.0.0.1", 8866
OURS = ("-h", "--help", "--version")  # all other options without a command belong to `serve`


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; no command means `serve`."""
    args = _parser().parse_args(_with_command(sys.argv[1:] if argv is None else argv))
    for option in ("data", "exercises"):  # by the environment, so that kernels find them too
        if given := getattr(args, option, None):
            os.environ[f"INCIDENT_TRAINING_{option.upper()}"] = given
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="incident-training",
        description="Practise when to declare, what was a near miss, and what to change.",
        epilog="Without a command: serve.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    known = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    serve = _command(
        known, "serve", commands.serve, "serve the course on this computer and open it"
    )
    _pages_options(serve)
    _door_options(serve)
    _exercises_option(serve)
    does = "open the notebooks in JupyterLab, on a copy of your own"
    lab = _command(known, "lab", commands.lab, does)
    _pages_options(lab)
    _exercises_option(lab)
    report = _command(known, "report", commands.report, "what was practised here, as counts")
    _json_option(report, "one attempt a line")
    _data_option(report)
    _exercises_option(report)
    _panel_parser(_command(known, "panel", commands.panel, "judge by the votes of your own people"))
    _review_parser(_command(known, "review", commands.review, "ask about a postmortem's language"))
    _author(known)
    return parser


def _author(known: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of those who write scenarios."""
    listed = _command(known, "list", commands.list_, "which scenarios there are, and of what class")
    listed.add_argument("path", nargs="?", help="a file, a folder or a zip; else those that ship")
    _json_option(listed, "all of it as JSON")
    new = _command(
        known, "new", commands.new, "write a scenario that explains itself, to start from"
    )
    new.add_argument("file", help="a new .yaml file; its name is the scenario's id")
    does = "only what this kind needs: declaration (the smallest start), near_miss or postmortem"
    new.add_argument("--kind", metavar="K", help=does)
    _import_parser(_command(known, "import", commands.import_, "make a draft from a timeline"))
    does = "check scenarios, and play each exemplar"
    check = _command(known, "check", commands.check, does)
    check.add_argument("path", nargs="*", help="files, folders or zips; else those that ship")
    asked = check.add_mutually_exclusive_group()
    asked.add_argument(
        "--rules", action="store_true", help="say what is asked of a scenario, and why"
    )
    does = "say which facts an inject can make known, and which policy reads each"
    asked.add_argument("--facts", action="store_true", help=does)
    _json_option(check, "the faults, the rules or the facts, as a JSON list")
    _play_parser(_command(known, "play", commands.play, "play one exercise without a screen; JSON"))
    does = "show one scenario whole, and again when it is saved"
    preview = _command(known, "preview", commands.preview, does)
    preview.add_argument("file", help="a scenario file")
    _port_options(preview)
    _command(
        known, "schema", commands.schema, "the JSON Schema with which an editor helps to write"
    )


def _command(
    known: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    does: str,
) -> argparse.ArgumentParser:
    parser = known.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.set_defaults(run=run)
    return parser


def _pages_options(parser: argparse.ArgumentParser) -> None:
    _port_options(parser)
    _data_option(parser)


def _port_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=_port, default=PORT, metavar="N", help=f"default {PORT}; 0 takes a free one"
    )
    parser.add_argument(
        "--no-browser", dest="browser", action="store_false", help="only print the address"
    )


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


def _panel_parser(parser: argparse.ArgumentParser) -> None:
    does = "a deck, or a scenario: writes a blind answer sheet for your panel"
    parser.add_argument("deck", nargs="?", help=does)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--to", metavar="FILE", help="the sheet's file; else panel-DECK.html")
    does = "files that sheets saved, or folders of them: counts the votes and judges by them"
    way.add_argument("--read", nargs="+", metavar="PATH", help=does)
    way.add_argument("--forget", action="store_true", help="take back a deck's votes, or all")
    _data_option(parser)
    _exercises_option(parser)


def _review_parser(parser: argparse.ArgumentParser) -> None:
    does = "postmortems in Markdown or plain text; - reads standard input"
    parser.add_argument("file", nargs="+", metavar="FILE", help=does)
    _json_option(parser, "each place as JSON: file, line, column, length, section, rule, question")
    does = "end with status 1 if there is a flag, for a check of your own"
    parser.add_argument("--strict", action="store_true", help=does)


def _import_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a timeline: .csv, .md, or Statuspage's .json")
    does = "the day the shift begins, as 2026-03-01; the import says if it looks wrong"
    parser.add_argument("--date", required=True, metavar="DAY", help=does)
    parser.add_argument("--zone", required=True, help="of its times, as Europe/Stockholm or UTC")
    does = "where a trainee is asked, as 09:10 or '00:05 +1d'; once for each"
    parser.add_argument("--cut", action="append", default=[], metavar="T", help=does)
    does = "only these rows, section or case, as id=4711 or 'section=Key events'"
    parser.add_argument("--where", action="append", default=[], metavar="NAME=VALUE", help=does)
    parser.add_argument("--time", metavar="COLUMN", help="the column with the times, of several")
    parser.add_argument("--text", metavar="COLUMN", help="the column with what happened")
    orders = ("day-first", "month-first")
    parser.add_argument("--slashes", choices=orders, help="how 03/04/2026 is meant")
    parser.add_argument("--to", metavar="FILE", help="the draft's file; else it is printed")


def _data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="where work is kept; else your data folder")


def _exercises_option(parser: argparse.ArgumentParser) -> None:
    does = "a folder or a zip of scenarios, in place of those that ship"
    parser.add_argument("--exercises", metavar="PATH", help=does)


def _json_option(parser: argparse.ArgumentParser, does: str) -> None:
    parser.add_argument("--json", action="store_true", help=does)


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 2**16:
        return int(text)
    raise argparse.ArgumentTypeError(f"should be a number from 0 to 65535; got {text!r}")


if __name__ == "__main__":
    sys.exit(main())
