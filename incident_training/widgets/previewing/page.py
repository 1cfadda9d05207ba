"""The page of one file: what `check` says of it, and the sheet of the story.

The page looks at the file with each sign of life and draws itself anew when it was saved. While the
file has errors the last sheet without any stays, so that one slip of the pen hides nothing.
"""

from collections.abc import Iterator
from pathlib import Path

from incident_training import library
from incident_training.kinds import KINDS, Scenario, exercises
from incident_training.kinds.base import plural
from incident_training.library import Fault
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.forms import FORMS, SHIFT
from incident_training.widgets.previewing.sheet import sheet
from incident_training.widgets.workbench import Reading

FOLLOWS = "This page follows the file: save it and it is drawn anew."
LAST = "As last saved without errors:"


class Preview(Reading):
    """The page of one file. Everything on it gives the story away: it is for the author."""

    name = "preview"

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.seen: bytes | None = None
        self.last: Scenario | None = None

    def changed(self) -> bool:
        """Whether the file was saved since the screen was made."""
        return self._content() != self.seen

    def screen(self) -> Screen:
        """Return what `check` says of the file, then the story; with one id, nothing jumps."""
        self.seen = self._content()
        head = {"id": "preview", "home": "index.ipynb"}
        if self.path is None:
            main = [blocks.words("Start it from a terminal: incident-training preview FILE")]
            unnamed = {"title": "No scenario is named", "says": "Name one."}
            return {**head, **unnamed, "stage": "preview", "main": main}
        scenario, faults = _read(self.path)
        self.last = scenario or self.last
        return {
            **head,
            "stage": "preview" if scenario else "preview-last",
            "title": self.last.title if self.last else self.path.name,
            "eyebrow": "Preview",
            "says": _says(faults),
            "main": [*_found(faults), *_story(scenario, self.last)],
        }

    def _content(self) -> bytes | None:
        try:
            return self.path.read_bytes() if self.path else None
        except OSError:
            return None


def _read(path: Path) -> tuple[Scenario | None, list[Fault]]:
    """Return the scenario, None where it cannot be read, and every fault."""
    try:
        return library.load(path), library.check([path])
    except library.ContentError as error:
        return None, [*error.faults]


def _says(faults: list[Fault]) -> str:
    if not faults:
        return "Nothing is wrong with it."
    errors = sum(fault.weight == "error" for fault in faults)
    counts = ((errors, "error", "errors"), (len(faults) - errors, "warning", "warnings"))
    return f"{' and '.join(plural(*count) for count in counts if count[0])}."


def _found(faults: list[Fault]) -> Iterator[Block]:
    yield blocks.words(_says(faults), "verdict")
    yield blocks.words(FOLLOWS, "soft")
    if faults:
        heads = ["Where", "What is wrong", "How to mend it", "Rule"]
        yield blocks.table("What check says", heads, [_fault(fault) for fault in faults])


def _fault(fault: Fault) -> list[str]:
    where = "\n".join(filter(None, (f"Line {fault.line}", fault.field)))
    said = f"{fault.weight.capitalize()}: {fault.message}."
    return [where, said, fault.fix, fault.rule]


def _story(scenario: Scenario | None, last: Scenario | None) -> Iterator[Block]:
    if scenario:
        yield from _ways(scenario)
        yield from sheet(scenario)
    elif last:
        yield blocks.words(LAST, "heading")
        yield from sheet(last)


def _ways(scenario: Scenario) -> Iterator[Block]:
    """The ways to play it; a part that is offered only after another is played has none."""
    played = exercises(scenario)
    pages = [FORMS[kind].page for kind in played]
    whole = next(iter(KINDS)) in played
    ways = [blocks.link("Play the whole shift", "shift.ipynb", primary=True)] if whole else []
    alone = [page for page in pages if page.after is None]
    ways += [blocks.link(f"Play: {page.title}", f"{page.name}.ipynb") for page in alone]
    if ways:
        yield blocks.links(*ways)
    for page in pages:
        if page.after and page.after in played:
            where = "at the end of the whole shift" if page.name in SHIFT else "on its own page"
            said = f"“{page.title}” comes {where}, once it is lived through."
            yield blocks.words(said, "soft")
        elif page.after:
            needed = FORMS[page.after].page.title
            said = f"“{page.title}” can be played once the file has “{needed}” too."
            yield blocks.words(said, "soft")
