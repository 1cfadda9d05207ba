"""Choosing a shift: what a page offers, what of it was played, and what has to be lived first."""

from collections.abc import Collection, Mapping

from incident_training.kinds import Scenario
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.standing import Page

Lived = Collection[tuple[str, str]]  # scenario and kind of each exercise played to its end


def offered(page: Page, scenarios: Mapping[str, Scenario], lived: Lived) -> dict[str, Scenario]:
    """Return what one may choose: on some pages only what one has lived through."""
    return {n: s for n, s in scenarios.items() if page.after is None or _lived(page, s, lived)}


def choices(page: Page, shifts: Mapping[str, Scenario], lived: Lived, changed: bool) -> Screen:
    """Return the choice of `shifts`; `changed`: the one being played is no longer what it was."""
    sorry = "This shift has changed since you began; please begin it anew. " if changed else ""
    return {
        **_head(page, "choose"),
        "eyebrow": None,
        "says": f"{sorry}Choose a shift.",
        "main": [
            *([blocks.words(sorry, "soft")] if sorry else []),
            blocks.words(page.lead),
            blocks.words("Which shift is yours?", "heading"),
            blocks.cards(
                {
                    "label": scenario.title,
                    "note": scenario.domain,
                    "been": "✓ played" if _been(page, scenario, lived) else None,
                    "do": {"do": "choose", "name": name},
                }
                for name, scenario in shifts.items()
            ),
            *_more(page),
        ],
    }


def live_first(page: Page, lived: Lived) -> Screen:
    """Return where to go first: nothing lived through can be written up yet."""
    been = any(kind == page.after for _, kind in lived)
    why = page.none if been else page.first
    return {
        **_head(page, "live-first"),
        "says": f"Live through a shift first. {why}",
        "main": [
            blocks.words("Live through a shift first.", "heading"),
            blocks.words(why),
            blocks.links(
                blocks.link("When to declare", "declare.ipynb", primary=True),
                blocks.link("A whole shift", "shift.ipynb"),
            ),
            *_more(page),
        ],
    }


def _more(page: Page) -> list[Block]:
    if not page.more:
        return []
    ways = blocks.links(*(blocks.link(*way) for way in page.more))
    return [blocks.words("And then", "heading"), ways]


def _head(page: Page, name: str) -> Screen:
    id = f"{page.name}/{name}"
    return {"id": id, "stage": "choose", "title": page.title, "home": "index.ipynb"}


def _lived(page: Page, scenario: Scenario, lived: Lived) -> bool:
    """Whether one was on the shift: the kind before this page, or any where it has none."""
    if scenario.asks(page.after or "") is not None:
        return (scenario.id, page.after) in lived
    return any(name == scenario.id and kind not in page.kinds for name, kind in lived)


def _been(page: Page, scenario: Scenario, lived: Lived) -> bool:
    """Whether the page's part of the shift was played to its end, on whichever page."""
    return all((scenario.id, kind) in lived for kind in page.plays(scenario))
