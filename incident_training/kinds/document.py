"""A draft as a document that leaves with its writer: Markdown, a page of its own, or JSON.

What a person wrote stands in it as text: nothing of it is read as markup by the page.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from incident_training.kinds.candidates import DOES
from incident_training.kinds.workbook import SECTIONS, STATUS

if TYPE_CHECKING:
    from incident_training.kinds.postmortem import Postmortem, PostmortemResponse

HEADS = ("Candidate", "How one will know", "Kind", "Tier", "Backlog", "Planning", "Played again")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BARS = re.compile(r"[\\|]")  # and what escapes them
NOTE = (
    "Written in a training, about a shift that is an exercise. Action items are candidates:"
    " planning decides."
)


@dataclass(frozen=True)
class Document:
    """A draft, whole: `sections` by name, a row for each candidate under HEADS, the commitment."""

    scenario: str
    title: str
    sections: Mapping[str, str]
    candidates: tuple[tuple[str, ...], ...]
    when: str
    will: str

    @property
    def file(self) -> str:
        """The name of its file, without an ending."""
        return f"postmortem-{self.scenario}" if self.scenario else "postmortem"

    @property
    def commitment(self) -> str:
        """The commitment in a sentence, "" where there is none."""
        if not (self.when or self.will):
            return ""
        return f"When {self.when or '…'}, I will {self.will or '…'}."


def documented(exercise: "Postmortem", response: "PostmortemResponse") -> Document:
    """Return what was handed in, and what became of it, as a document."""
    texts = dict(response.texts or {})
    title = texts.pop("title", "") or exercise.scenario.title
    if "status" in texts:
        texts["status"] = STATUS.get(texts["status"], texts["status"])
    rows = tuple(_row(exercise, response, n) for n in range(len(response.candidates)))
    return Document(
        scenario=exercise.scenario.id,
        title=title,
        sections=texts,
        candidates=rows,
        when=_phrase(response.when),
        will=_phrase(response.will),
    )


def markdown(document: Document) -> str:
    """Return the document as Markdown; whatever a cell holds, the table stays one."""
    parts = [f"# {_line(document.title)}", *_sections(document)]
    if document.candidates:
        head = [_cells(HEADS), _cells(["---"] * len(HEADS))]
        parts += [
            "## Action item candidates",
            "\n".join([*head, *map(_cells, document.candidates)]),
        ]
    if document.commitment:
        parts += ["## My commitment", document.commitment]
    return "\n\n".join([*parts, f"*{NOTE}*"]) + "\n"


def html(document: Document) -> str:
    """Return the document as one page that asks for nothing else."""
    style = files(__package__).joinpath("document.css").read_text("utf-8")
    parts = [f"<h1>{escape(document.title)}</h1>"]
    for name, text in document.sections.items():
        parts.append(f"<h2>{escape(SECTIONS[name].legend)}</h2><p>{escape(text)}</p>")
    if document.candidates:
        parts += ["<h2>Action item candidates</h2>", *_table(document)]
    if document.commitment:
        parts.append(f"<h2>My commitment</h2><p class=commitment>{escape(document.commitment)}</p>")
    parts.append(f"<footer>{escape(NOTE)}</footer>")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{style}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def plain(document: Document) -> str:
    """Return the document as JSON: sections by name, candidates as objects, the commitment."""
    said = asdict(document)
    said["candidates"] = [dict(zip(HEADS, row, strict=True)) for row in document.candidates]
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _row(exercise: "Postmortem", response: "PostmortemResponse", number: int) -> tuple[str, ...]:
    one, plan = response.candidates[number], response.plan
    decided = ""
    if plan is not None:
        why = plan.declined.get(f"own-{number}", "")
        decided = "taken" if plan.took(number) else f"declined: {why}".rstrip(": ")
    replay = exercise.replay(one)
    told = replay.words.removeprefix(f"Played again with “{one.text}”: ") if replay else ""
    again = f"{told[:1].upper()}{told[1:]}" or DOES.get(one.does or "", "")
    return (one.text, one.known, one.kind or "", one.tier or "", one.backlog, decided, again)


def _sections(document: Document) -> Iterator[str]:
    for name, text in document.sections.items():
        yield f"## {SECTIONS[name].legend}"
        yield _listed(text) if name in ("factors", "timeline") else _closed(text)


def _listed(text: str) -> str:
    """Lines as a list: in Markdown they would run into one another."""
    lines = [line.strip(" -•*\t") for line in text.splitlines()]
    return "\n".join(f"- {line}" for line in lines if line)


def _closed(text: str) -> str:
    """The text, with a block of code that was left open ended: it would take in what follows."""
    fence = ""
    for line in text.splitlines():
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not found[2].strip():
            fence = ""
    return f"{text}\n{fence}" if fence else text


def _cells(row: "tuple[str, ...] | list[str]") -> str:
    cells = (_BARS.sub(r"\\\g<0>", _line(cell)) for cell in row)
    return f"| {' | '.join(cells)} |"


def _line(text: str) -> str:
    return " ".join(text.split())


def _table(document: Document) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in HEADS)
    yield f"<div class=wide><table><thead><tr>{heads}</tr></thead><tbody>"
    for first, *rest in document.candidates:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _phrase(text: str | None) -> str:
    """As it reads in “When …, I will …”."""
    said = _line(text or "").rstrip(".")
    for first in ("when ", "i will ", "i'll "):
        if said.lower().startswith(first):
            return said[len(first) :]
    return said
