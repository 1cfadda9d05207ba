"""The text of a scenario file as a tree of nodes: every scalar stays the text its author wrote.

YAML's own typing turns 14:05 into 845 and no into False, so nothing is constructed: we take the
parser's events and build text, lists and mappings ourselves, each knowing its line. Anchors,
aliases, merge keys and tags are refused: a file reads from top to bottom, as it stands. What is too
large, too deep or not text is refused as it goes by, before anything is made of it.
"""

import re
from collections.abc import Iterator, Sized
from typing import Any

import yaml

from incident_training.library.faults import ContentError, Fault, quoted
from incident_training.library.node import Node
from incident_training.library.syntax import NOT_TEXT, guarded, line_of, not_text, syntax_fault

MOST_BYTES = 1_048_576
MOST_ITEMS = 200  # in one list or block of fields
LONGEST_NAME = 60  # characters of a field's name
DEEPEST = 20
MOST_SAID = 100  # faults in the writing, before the rest is not looked at
_MAKES_TAGS = re.compile("%TAG(?<![^\n\r\x85\u2028\u2029]%TAG)[ \t]")  # many take the parser long
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # only its parser is used


def read(file: str, content: bytes) -> tuple[Node, list[Fault]]:
    """Return the tree of a file and what is wrong with its writing.

    Raises ContentError where no tree can be made of it: not UTF-8, too large, not YAML, no fields.
    """
    top = Node(file, 1)
    text = decoded(top, content)
    if found := _MAKES_TAGS.search(text):
        at = Node(top.file, text.count("\n", 0, found.end()) + 1)
        message = "%TAG is not allowed: every value is read as text"
        raise ContentError([at.fault("tag", message, "Remove the line.")])
    said: list[Fault] = []
    try:
        root = _document(guarded(yaml.parse(text, Loader=_LOADER), top), top, said)
    except yaml.YAMLError as error:
        raise ContentError([*said, syntax_fault(top, error)]) from None
    except ContentError as error:
        raise ContentError([*said, *error.faults]) from None
    if not isinstance(root.value, dict):
        raise ContentError([*said, _no_fields(top, root)])
    return root, said


def decoded(top: Node, content: bytes) -> str:
    """Return the text of a file; raises ContentError: too large, not UTF-8, or not all of it text.

    A byte order mark is passed over.
    """
    if len(content) > MOST_BYTES:
        message = f"the file is too large; at most {MOST_BYTES:,} bytes are read"
        raise ContentError([top.fault("too-large", message, "Keep one story to a file.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = len(content) - len(error.object) + error.start
        at = Node(top.file, content.count(b"\n", 0, byte) + 1)
        message = f"the file is not written in UTF-8: byte {byte + 1} is no part of a text"
        raise ContentError([at.fault("not-utf-8", message, "Save it as UTF-8.")]) from None
    if found := NOT_TEXT.search(text):
        at = Node(top.file, text.count("\n", 0, found.start()) + 1)
        raise ContentError([not_text(at, found[0])])
    return text


def _no_fields(top: Node, root: Node) -> Fault:
    if root.value is None:
        return top.fault("empty", "the file is empty", "Start with a line “title: …”.")
    return root.fault(
        "no-fields", "the file should be fields, as in “title: …”", "Start with a title."
    )


def _document(events: Iterator[Any], top: Node, said: list[Fault]) -> Node:
    """Return the tree of the one document that a file holds."""
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root:
                here = Node(top.file, line_of(event))
                fix = "Put each scenario in a file of its own."
                said.append(here.fault("documents", "a second document starts here", fix))
                return root
            root = _node(next(events), events, top, said)
    return root or top


def _node(event: Any, events: Iterator[Any], at: Node, said: list[Fault]) -> Node:
    """Return the node that starts with this event; `at` says where it is."""
    _refuse_marks(event, at, said)
    value: str | dict[str, Node] | list[Node] | None = None
    if isinstance(event, yaml.ScalarEvent):
        value = event.value if event.value.strip() else None
        if value is None and at.path:
            fix = "Say something or remove the line."
            said.append(at.fault("empty", "nothing is said here", fix))
    elif len(at.path) > DEEPEST:
        raise ContentError([at.fault("too-deep", "this is nested too deep", "Unfold it.")])
    elif isinstance(event, yaml.MappingStartEvent):
        value = _mapping(events, at, said)
    elif isinstance(event, yaml.SequenceStartEvent):
        value = _sequence(events, at, said)
    return Node(at.file, at.line, at.path, value, said=value is None)


def _refuse_marks(event: Any, at: Node, said: list[Fault]) -> None:
    if isinstance(event, yaml.AliasEvent):
        message, fix = f"*{event.anchor} repeats another place", "Write the text out here."
        said.append(at.fault("alias", message, fix))
    elif event.anchor:
        message, fix = f"&{event.anchor} marks a place to repeat", "Remove the mark."
        said.append(at.fault("anchor", message, fix))
    if getattr(event, "tag", None):
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        message = f"the tag {quoted(tag)} is not allowed: every value is read as text"
        said.append(at.fault("tag", message, "Remove it."))


def _sequence(events: Iterator[Any], at: Node, said: list[Fault]) -> list[Node]:
    items: list[Node] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        here = Node(at.file, line_of(event), (*at.path, len(items)))
        _refuse_crowd(at, items, said)
        items.append(_node(event, events, here, said))
    return items


def _mapping(events: Iterator[Any], at: Node, said: list[Fault]) -> dict[str, Node]:
    fields: dict[str, Node] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        _refuse_crowd(at, fields, said)
        key = event.value if isinstance(event, yaml.ScalarEvent) else ""
        here = Node(at.file, line_of(event), (*at.path, key[:LONGEST_NAME] or "?"))
        if refused := _wrong_key(event, key, here, fields):
            said.append(refused)
            _node(event, events, here, [])
            _node(next(events), events, here, [])
            continue
        _refuse_marks(event, here, said)
        fields[key] = _node(next(events), events, here, said)
    return fields


def _wrong_key(event: Any, key: str, here: Node, fields: dict[str, Node]) -> Fault | None:
    if not key.strip() or len(key) > LONGEST_NAME:
        fix = "Give the field a name, as in “title: …”."
        return here.fault("field-name", "a field's name should be a word", fix)
    if key == "<<":
        fix = "Write the fields out here."
        return here.fault("merge", "<< takes fields from another place", fix)
    if key in fields:
        message = f"{key} is here twice, first on line {fields[key].line}"
        return here.fault("twice", message, "Keep one of them.")
    return None


def _refuse_crowd(at: Node, already: Sized, said: list[Fault]) -> None:
    if len(already) == MOST_ITEMS:
        message, fix = f"more than {MOST_ITEMS} things are here", "Keep those that matter."
        raise ContentError([at.fault("too-many", message, fix)])
    if len(said) >= MOST_SAID:
        message, fix = f"{MOST_SAID} things in the writing are wrong", "Mend those first."
        raise ContentError([at.fault("too-many", message, fix)])
