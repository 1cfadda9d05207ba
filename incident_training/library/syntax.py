"""What is refused in the writing of a file: limits, signs that are not text, and what is not YAML.

Control characters cannot be seen; those that turn the direction of text make it read as something
other than what it says (Boucher and Anderson, “Trojan Source”, 2021).
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from incident_training.library.faults import ContentError, Fault
from incident_training.library.node import Node

MOST_NODES = 5_000  # texts, lists and blocks of fields in one file; ours hold at most 740
LONGEST = 20_000  # characters of one text
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
NOT_TEXT = re.compile(  # YAML 1.1, 5.1, less those that turn
    "[^\t\n\r -~\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

_TABS = "Indent with spaces, not tabs, and put a text that starts with a sign in quotes."
_ALIGN = "this line does not line up with those above it"
_SYNTAX = (  # what the parser says, what that means to an author, and the fix
    (
        "mapping values are not allowed",
        "there is a “: ” inside a text here",
        "Put the text in quotes; or, if this line is a field, indent it like the one above.",
    ),
    (
        "cannot start any token",
        "nothing can start with this character here",
        _TABS,
    ),
    ("tab character", "this line is indented with a tab", _TABS),
    (
        "expected ':'",
        "this line has no “: ” after its field's name",
        "Write it as “name: text”, or indent it so that it belongs to the text above.",
    ),
    (
        "unexpected end of stream",
        "a quote or bracket that is opened here is never closed",
        "Close it.",
    ),
    (
        "<document start>",
        "the fields of the file end here, and something else follows",
        "Give every field of the file the same indentation.",
    ),
    (
        "expected ',' or",
        "a bracket that is opened here is not closed, or a comma is missing",
        "Close it, put commas between the items, and quote a text that holds any of [ ] { } ,",
    ),
    (
        "expected key",
        _ALIGN,
        "Give the fields of one block the same indentation, and close every quote.",
    ),
    (
        "block end",
        _ALIGN,
        "Give the fields of one block the same indentation, and start each item with “- ”.",
    ),
    (
        "'-' indicator",
        _ALIGN,
        "Give the fields of one block the same indentation, and start each item with “- ”.",
    ),
    (
        "invalid Unicode character escape",
        "an escape here stands for no character",
        "Write the character itself.",
    ),
    (
        "sequence entries are not allowed",
        "a list item cannot start here",
        "Start the list on the line below its field, each item with “- ”.",
    ),
)


def guarded(events: Iterator[Any], top: Node) -> Iterator[Any]:
    """Yield the parser's events; raises ContentError at the first that is beyond a limit."""
    nodes = 0
    for event in events:
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > MOST_NODES:
            message = f"the file holds more than {MOST_NODES:,} texts, lists and fields"
            here = Node(top.file, line_of(event))
            raise ContentError([here.fault("too-large", message, "Keep one story to a file.")])
        if isinstance(event, yaml.ScalarEvent):
            _refuse_text(event.value, Node(top.file, line_of(event)))
        yield event


def line_of(event: Any) -> int:
    """Return the line on which an event of the parser starts, from 1."""
    return int(event.start_mark.line) + 1


def not_text(at: Node, sign: str) -> Fault:
    """Return the fault of a character that cannot be seen, or that turns the direction of text."""
    why = "turns the direction of text" if _TURNS.match(sign) else "is not text"
    return at.fault("not-text", f"the character U+{ord(sign):04X} {why}", "Remove it.")


def syntax_fault(top: Node, error: yaml.YAMLError) -> Fault:
    """Return the parser's complaint as a fault, where it gave up or where it lost its way."""
    problem = str(getattr(error, "problem", None) or error)
    for said, message, fix in _SYNTAX:
        if said in problem:
            mark = "context_mark" if "opened here" in message else "problem_mark"
            return Node(top.file, _line(error, mark)).fault("yaml", message, fix)
    here = Node(top.file, _line(error, "problem_mark"))
    fix = "Compare this line and the one above with a file that works."
    return here.fault("yaml", f"this is not YAML: {problem}", fix)


def _refuse_text(text: str, at: Node) -> None:
    if len(text) > LONGEST:
        message = f"the text that starts here is {len(text):,} characters long"
        fix = f"At most {LONGEST:,} are read; shorten it, or close its quote."
        raise ContentError([at.fault("too-long", message, fix)])
    if found := NOT_TEXT.search(text):  # written as an escape, such as "\\u202e"
        raise ContentError([not_text(at, found[0])])


def _line(error: yaml.YAMLError, mark: str) -> int:
    found = getattr(error, mark, None) or getattr(error, "problem_mark", None)
    return int(found.line) + 1 if found else 1
