"""What the YAML parser says about a file it cannot read, said to its author."""

import yaml

from incident_training.library.faults import Fault
from incident_training.library.node import Node

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
        "sequence entries are not allowed",
        "a list item cannot start here",
        "Start the list on the line below its field, each item with “- ”.",
    ),
)


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


def _line(error: yaml.YAMLError, mark: str) -> int:
    found = getattr(error, mark, None) or getattr(error, "problem_mark", None)
    return int(found.line) + 1 if found else 1
