"""Does the story fit together? Its source, ids, times, facts, pictures, and what a trainee sees."""

import math
import re
from collections.abc import Iterable, Iterator

from incident_training.clock import clock, minute
from incident_training.doctrine.facts import typed, vocabulary
from incident_training.doctrine.policy import policies
from incident_training.kinds import KINDS
from incident_training.library.faults import Fault, listed, meant, quoted
from incident_training.library.node import Node

_GIVEAWAY = re.compile(
    r"\b(?:incident|near[ -]?miss|hazard|outage|false[ -]alarm|benign|harmless|post-?mortem)"
    r"(?:e?s|ous)?\b",
    re.IGNORECASE,
)


def story_faults(root: Node, name: str) -> Iterator[Fault]:
    """Yield what is wrong with the story of a file of that name."""
    yield from _commas(root)
    yield from _set_by_us(root)
    yield from _giveaways(root, name)
    yield from _source(root.get("source"))
    yield from unknown(root.get("policy"), policies(), "policy")
    if not any(root.get(kind).there for kind in KINDS):
        fix = f"Add one of {listed(KINDS)}."
        yield root.fault("no-kind", "this story is played in no way yet", fix)
    injects, evidence = root.get("injects"), root.get("evidence")
    if injects.value == []:
        yield injects.fault("empty", "no inject is here", "Add what the trainee sees first.")
    yield from twice([*injects.items, *evidence.items])
    yield from backwards(injects)
    yield from _hurt(root)
    for shown in (*injects.items, *evidence.items):
        yield from _facts(shown.get("facts"))
        yield from picture_faults(shown)


def ids(nodes: Node) -> list[str]:
    """Return the ids of the items of a list."""
    return [name for node in nodes.items if (name := node.get("id").text)]


def unknown(node: Node, names: Iterable[str], what: str) -> Iterator[Fault]:
    """Yield a fault if a place names none of these; nothing if there are none to name."""
    if node.text is None or not (names := list(names)) or node.text in names:
        return
    fix = meant(node.text, names, f"Choose from {listed(names)}.")
    yield node.fault(f"unknown-{what}", f"there is no {what} {quoted(node.text)}", fix)


def twice(nodes: Iterable[Node]) -> Iterator[Fault]:
    """Yield a fault for each id that an earlier item has already."""
    first: dict[str, Node] = {}
    for node in nodes:
        name = node.get("id")
        if name.text is None:
            continue
        if name.text in first:
            message = f"the id {name.text} is taken on line {first[name.text].line}"
            yield name.fault("twice", message, "Give each its own.")
        first.setdefault(name.text, name)


def picture_faults(shown: Node) -> Iterator[Fault]:
    """Yield a fault if a series has no words, or holds what is no number one can draw."""
    series, alt = shown.get("series"), shown.get("alt")
    if series.items and not alt.there:
        fix = "Say in words what the curve shows; not everyone sees it."
        yield alt.fault("missing", "is missing for this series", fix)
    for point in series.items:
        if point.text and not _finite(point.text):
            message = f"should be a number one can draw; got {quoted(point.text)}"
            yield point.fault("type", message, "Write it in figures, as in 0.4.")


def backwards(nodes: Node) -> Iterator[Fault]:
    """Yield a fault for each item of a list whose clock time is before that of the one above."""
    last: int | None = None
    for node in nodes.items:
        at = _minute(node.get("at"))
        if at is None:
            continue
        if last is not None and at < last:
            message = f"{clock(at)} is before {clock(last)}, the time of the one above"
            fix = "Put them in order; after midnight write 00:10 +1d."
            yield node.get("at").fault("backwards", message, fix)
        last = at


def _minute(node: Node) -> int | None:
    try:
        return minute(node.text) if node.text else None
    except ValueError:
        return None


def _commas(node: Node) -> Iterator[Fault]:
    """Yield a fault for each field without a text whose name reads like the rest of a sentence."""
    for name, inner in node.fields.items():
        if inner.said and inner.value is None and " " in name.strip():
            message = f"a text ends at its comma here: {quoted(name)} is taken for another field"
            yield inner.fault("comma", message, "Put the text in quotes, as in {text: 'a, b c'}.")
    for inner in [*node.fields.values(), *node.items]:
        yield from _commas(inner)


_OURS = (
    ("id", "the file's name is the id"),
    ("edition", "it is computed"),
    ("card", "a card is what stands in the folder cards"),
)


def _set_by_us(root: Node) -> Iterator[Fault]:
    for name, reason in _OURS:
        if root.get(name).there:
            message = f"a scenario does not state its {name}: {reason}"
            yield root.get(name).fault("set-by-us", message, "Remove the line.")


def _giveaways(root: Node, name: str) -> Iterator[Fault]:
    if found := _GIVEAWAY.search(name.replace("_", "-")):
        message = f"the file's name holds {quoted(found[0])}, and trainees see it"
        yield root.fault("gives-away", message, "Name it after the place or the day.")
    lists = (root.get("injects"), root.get("evidence"), root.get("near_miss").get("observations"))
    named = [
        item.get("id") for each in lists for item in each.items
    ]  # they are in the page's source
    before = [root.get(name) for name in ("title", "domain", "day", "briefing")]
    for node in (*before, *named):
        if found := _GIVEAWAY.search(node.text or ""):
            message = f"{quoted(found[0])} gives away what kind of shift it may be"
            fix = "Say only what one knows when the shift begins."
            yield node.fault("gives-away", message, fix)


def _source(source: Node) -> Iterator[Fault]:
    url = source.get("url")
    if url.text and not re.match(r"https?://\w", url.text):
        message = f"should be a web address; got {quoted(url.text)}"
        yield url.fault("url", message, "Write it as https://….")
    if source.get("kind").text != "public":
        return
    for name, fix in (
        ("name", "Say whose account it is, and its licence."),
        ("url", "Say where it can be read."),
        ("changed", "Say what you changed: names, numbers, the order of things."),
    ):
        if not source.get(name).there:
            yield source.get(name).fault("missing", "is missing for a public source", fix)


def _hurt(root: Node) -> Iterator[Fault]:
    counts = [inject.get("hurt") for inject in root.get("injects").items]
    if any(count.there for count in counts) and not root.get("hurt_unit").there:
        fix = "Say who was hurt and how, as in “hurt_unit: customers were charged twice”."
        yield root.get("hurt_unit").fault("missing", "is missing, and injects count the hurt", fix)
    most = 0
    for count in counts:
        if not (count.text and re.fullmatch(r"\d{1,12}", count.text, re.ASCII)):
            continue
        if int(count.text) < most:
            message = f"{count.text} is less than the {most} hurt before"
            yield count.fault("backwards", message, "Count everyone hurt so far.")
        most = max(most, int(count.text))


def _facts(facts: Node) -> Iterator[Fault]:
    for name, node in facts.fields.items():
        if name not in vocabulary():
            otherwise = f"Facts are {listed(vocabulary())}."
            fix = meant(name, vocabulary(), otherwise)
            yield node.fault("unknown-fact", f"there is no fact {quoted(name)}", fix)
            continue
        value = node if node.text is not None else node.get("value")
        if value.text is not None:
            yield from _typed(name, value)
        if vocabulary()[name].judgement and not node.said and not node.get("because").there:
            fix = f"Write {name}: {{value: …, because: …}}."
            because = node.get("because")
            yield because.fault("missing", f"{name} is a judgement without its reason", fix)


def _typed(name: str, value: Node) -> Iterator[Fault]:
    try:
        typed(name, value.text or "")
    except ValueError as error:
        levels = vocabulary()[name].levels or ("yes", "no")
        otherwise = f"{name} says: {vocabulary()[name].means}."
        yield value.fault("fact-value", str(error), meant(value.text or "", levels, otherwise))


def _finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return True  # not a number at all: shape says so
