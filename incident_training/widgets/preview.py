"""A scenario as its author sees it while writing: what is wrong, then the whole story on one page.

The page looks at the file with each sign of life and draws itself anew when it was saved.
"""

from collections.abc import Iterator
from pathlib import Path

from incident_training import library
from incident_training.clock import clock
from incident_training.doctrine.policy import policies
from incident_training.kinds import Declaration, Scenario, exercises
from incident_training.kinds.base import plural
from incident_training.kinds.near_miss import class_of
from incident_training.kinds.scenario import Inject, Shown
from incident_training.library import Fault
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.forms import FORMS
from incident_training.widgets.workbench import Reading


class Preview(Reading):
    """The page of one file. Everything on it gives the story away: it is for the author."""

    name = "preview"

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.seen: bytes | None = None

    def changed(self) -> bool:
        """Whether the file was saved since the screen was made."""
        return self._content() != self.seen

    def screen(self) -> Screen:
        """Return what `check` says of the file, then the story; with one id, nothing jumps."""
        self.seen = self._content()
        head = {"id": "preview", "stage": "report", "home": "index.ipynb"}
        if self.path is None:
            main = [blocks.words("Start it from a terminal: incident-training preview FILE")]
            return {**head, "title": "No scenario is named", "says": "Name one.", "main": main}
        try:
            story = [*_story(library.load(self.path))]
            faults = library.check([self.path])
        except library.ContentError as error:
            story, faults = [], [*error.faults]
        return {
            **head,
            "title": self.path.name,
            "eyebrow": "Preview",
            "says": _says(faults),
            "main": [*_found(faults), *story],
        }

    def _content(self) -> bytes | None:
        try:
            return self.path.read_bytes() if self.path else None
        except OSError:
            return None


def _says(faults: list[Fault]) -> str:
    if not faults:
        return "Nothing is wrong with it."
    errors = sum(fault.weight == "error" for fault in faults)
    counts = ((errors, "error", "errors"), (len(faults) - errors, "warning", "warnings"))
    said = " and ".join(plural(*count) for count in counts if count[0])
    return f"{said}. Save the file to look again."


def _found(faults: list[Fault]) -> Iterator[Block]:
    yield blocks.words(_says(faults), "verdict")
    if faults:
        rows = [[str(f.line), f.weight, f.field, f"{f.message}.", f.fix] for f in faults]
        heads = ["Line", "It is", "Field", "What", "How to mend it"]
        yield blocks.table("What check says", heads, rows)


def _story(scenario: Scenario) -> Iterator[Block]:
    yield blocks.words(scenario.title, "heading")
    head = f"{scenario.day} · {scenario.domain} · {scenario.level} · judged by {scenario.policy}"
    yield blocks.words(head, "soft")
    yield blocks.words(scenario.briefing, "lead")
    played = exercises(scenario)
    pages = [FORMS[kind].page for kind in played]
    ways = [blocks.link(f"Play: {page.title}", f"{page.name}.ipynb") for page in pages]
    yield blocks.links(blocks.link("Play the whole shift", "shift.ipynb", primary=True), *ways)
    shown = [*scenario.injects, *scenario.evidence]
    heads = ["When", "From", "What one reads", "What it makes known"]
    yield blocks.table("The story", heads, [_read(one) for one in shown])
    drill = played.get("declaration")
    if isinstance(drill, Declaration):
        heads = ["Rule", "Earliest", "Expected", "Because"]
        yield blocks.table("When each rule says yes, on the injects", heads, [*_moments(drill)])
    if hunt := scenario.asks("near_miss"):
        rows = [[clock(o.at), o.text, class_of(o.facts), o.because] for o in hunt.observations]
        yield blocks.table("The hunt", ["When", "Line", "It is", "Because"], rows)
    if scenario.hazard:
        yield blocks.picture(pictures.hazard_graph(scenario.hazard.graph), "The hazard graph")
    yield blocks.words(scenario.teaches, "soft")


def _read(shown: Shown) -> list[str]:
    when = clock(shown.at) if isinstance(shown, Inject) else "on request"
    source = ", ".join(filter(None, (shown.channel, shown.sender)))
    known = ", ".join(f"{name}: {fact.value}" for name, fact in shown.facts.items())
    return [when, source, " ".join(filter(None, (shown.text, shown.alt))), known]


def _moments(drill: Declaration) -> Iterator[list[str]]:
    for name, rule in policies().items():
        window = drill.window(name)
        moments = [
            clock(at) if at is not None else "never" for at in (window.earliest, window.expected)
        ]
        yield [rule.title, *moments, drill.part.because.get(name, "")]
