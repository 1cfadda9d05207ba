"""The words of a screen: plain JSON that front/page.js draws, whatever carries it there.

A screen names its `id` (new at each step), `stage`, `title`, and its blocks in `main`, or in `left`
and `right`. All text reaches the page as text; pictures are SVG made in Python, so escaped.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from incident_training.front.svg import Picture
from incident_training.kinds.base import Remark
from incident_training.kinds.vocabulary import CHANCES

Block = dict[str, Any]
Screen = dict[str, Any]


def words(text: str, style: str = "body") -> Block:
    """Prose; style is lead, verdict, heading, eyebrow, soft, small or body."""
    return {"is": "words", "style": style, "text": text}


def feed(items: Iterable[Block]) -> Block:
    """What has arrived, oldest first."""
    return {"is": "feed", "items": list(items)}


def image(name: str, content: bytes, alt: str) -> Block:
    """An image of a pack, whole in the screen's data: nothing is asked of any address."""
    kind = name.rpartition(".")[2].replace("jpg", "jpeg")
    return {"source": f"data:image/{kind};base64,{b64encode(content).decode()}", "alt": alt}


def looks(items: Iterable[tuple[str, str, int]]) -> Block:
    """Evidence one may open: (id, label, minutes it costs)."""
    rows = [{"id": name, "label": label, "minutes": minutes} for name, label, minutes in items]
    return {"is": "looks", "legend": "Look further", "items": rows}


def form(
    button: str, *fields: Block, hint: bool = False, also: Mapping[str, str] | None = None
) -> Block:
    """Fields and one button; submitting sends {"do": "answer", "values": {name: value}}.

    `also` is a second button, {"button": …, "do": …}: it sends the values as they stand, under its
    own name, and misses nothing.
    """
    asked = {"is": "form", "button": button, "fields": list(fields), "hint": hint}
    return {**asked, "also": dict(also)} if also else asked


def choice(
    name: str,
    legend: str,
    options: Mapping[str, str],
    *,
    layout: str = "list",
    when: Mapping[str, list[str]] | None = None,
    keys: bool = False,
    optional: bool = False,
    note: str | None = None,
) -> Block:
    """One of several, none preselected; `when` shows it only for those values of other fields."""
    return {
        "is": "choice",
        "name": name,
        "legend": legend,
        "layout": layout,
        "options": [{"value": v, "label": label, "note": None} for v, label in options.items()],
        "when": when and dict(when),
        "keys": keys,
        "optional": optional,
        "note": note,
    }


def confidence(
    name: str,
    legend: str,
    *,
    when: Mapping[str, list[str]] | None = None,
    optional: bool = False,
) -> Block:
    """How sure one is, in six steps from 0 to 100 %: a slider would suggest where to put it."""
    return choice(name, legend, CHANCES, layout="row", when=when, optional=optional)


def flags(name: str, legend: str, most: int, lines: Iterable[Block]) -> Block:
    """Lines of a log, of which at most `most` can be marked."""
    return {"is": "flags", "name": name, "legend": legend, "most": most, "lines": list(lines)}


def taking(name: str, legend: str, most: int, items: Iterable[Block]) -> Block:
    """Items, {value, from, text, because} each, of which at most `most` can be taken."""
    return {"is": "taking", "name": name, "legend": legend, "most": most, "items": list(items)}


def text(
    name: str,
    legend: str,
    *,
    note: str | None = None,
    rows: int = 3,
    value: str = "",
    when: Mapping[str, list[str]] | None = None,
    optional: bool = False,
) -> Block:
    """A text one writes; `value` is there before, `when` as for a choice."""
    return {
        "is": "text",
        "name": name,
        "legend": legend,
        "note": note,
        "rows": rows,
        "value": value,
        "when": when and dict(when),
        "placeholder": None,
        "optional": optional,
    }


def rows(
    name: str, legend: str, most: int, *, note: str | None = None, optional: bool = True
) -> Block:
    """A few one-line texts."""
    field = {"is": "rows", "name": name, "legend": legend, "note": note, "most": most}
    return {**field, "value": [], "optional": optional}


def candidates(
    name: str,
    legend: str,
    most: int,
    kinds: Mapping[str, str],
    tiers: Mapping[str, str],
    *,
    note: str | None = None,
    optional: bool = False,
) -> Block:
    """At most so many action item candidates: a list of {text, known, kind, tier, backlog}.

    `kinds` and `tiers` are value to label; "" is not said. One without a text is not sent.
    """
    return {
        "is": "candidates",
        "name": name,
        "legend": legend,
        "note": note,
        "most": most,
        "kinds": dict(kinds),
        "tiers": dict(tiers),
        "optional": optional,
    }


def questions(name: str, items: Iterable[Block]) -> Block:
    """Questions on the field before: {id: reason} of those left as they are, "" for no reason.

    An item is {id, field, outcome, sentence, start, end, question, reason, source}; `start` to
    `end` are code points of the field's text as it was when it was asked about.
    """
    return {"is": "questions", "name": name, "items": list(items)}


def picture(drawn: Picture, caption: str | None = None, *, folded: str | None = None) -> Block:
    """A picture with its text twin; `folded` is the line under which one may unfold it."""
    return {
        "is": "picture",
        "wide": drawn.wide,
        "tall": drawn.tall,
        "words": drawn.words,
        "caption": caption,
        "folded": folded,
    }


def link(label: str, to: str | Mapping[str, str], *, primary: bool = False) -> Block:
    """A link to a notebook (a name), or a button that sends a message (a mapping)."""
    way = {"href": to} if isinstance(to, str) else {"do": dict(to)}
    return {"label": label, "primary": primary, "note": None, **way}


def links(*items: Block) -> Block:
    """Links and buttons in a row."""
    return {"is": "links", "items": list(items)}


def cards(items: Iterable[Block]) -> Block:
    """Things to choose from, each a link or a message, with a note."""
    return {"is": "cards", "items": list(items)}


def ending(summary: str, told: str) -> Block:
    """Something one may unfold."""
    return {"is": "ending", "summary": summary, "text": told}


def table(caption: str, columns: list[str], rows: list[list[str]]) -> Block:
    """A table of words; the first cell of a row is its header."""
    return {"is": "table", "caption": caption, "columns": columns, "rows": rows}


def downloads(legend: str, note: str, items: Iterable[Block]) -> Block:
    """Files to save, {label, name, type, text} each: made in the browser, asked of no address."""
    return {"is": "downloads", "legend": legend, "note": note, "items": list(items)}


def revised(legend: str, rows: Iterable[Block]) -> Block:
    """Two revisions as one: {section, runs}, a run a text and "same", "gone" or "new"."""
    return {"is": "revised", "legend": legend, "rows": list(rows)}


def who(pseudonym: str) -> Block:
    """Who one is here; the browser, which has the token, adds a link and a way to start fresh."""
    manner, bird, _ = pseudonym.split("-")
    return {"is": "who", "name": f"{manner.capitalize()} {bird.capitalize()}"}


def remarks(items: Iterable[Remark]) -> Block:
    """One line for each item: what was given, what was expected, and why."""
    rows_ = [
        {
            "item": remark.item,
            "given": remark.given,
            "expected": remark.expected,
            "mark": _mark(remark.score),
            "because": remark.because,
        }
        for remark in items
    ]
    return {"is": "remarks", "items": rows_}


def _mark(score: float | None) -> str:
    if score is None:
        return "open"
    return "yes" if score == 1 else "partly" if score > 0 else "no"
