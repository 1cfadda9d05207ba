"""The report page: your own attempts, and what everybody here found, of shifts you have played."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from incident_training import report
from incident_training.kinds import Scenario
from incident_training.store import Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.workbench import Reading

if TYPE_CHECKING:
    import pandas as pd  # loaded by the report alone, when this page is asked for


class Practised(Reading):
    """One reader's report. Nothing of a shift they have not played is in it."""

    name = "report"

    def __init__(self, scenarios: Mapping[str, Scenario], store: Store, who: str) -> None:
        self.titles = {name: scenario.title for name, scenario in scenarios.items()}
        self.cards = {name for name, scenario in scenarios.items() if scenario.card}
        self.store = store
        self.who = who

    def screen(self) -> Screen:
        """Return the two tables, or where to begin."""
        # What a card came to is told in its deck, when the others are played.
        attempts = [one for one in self.store.attempts() if one.scenario not in self.cards]
        own = report.mine(attempts, self.who, self.titles)
        return {
            "id": f"report/{len(own)}",
            "stage": "report",
            "title": "What you have practised",
            "home": "index.ipynb",
            "says": "What you have practised.",
            "main": [*(self._tables(own, attempts) if len(own) else [_nothing()]), _ways()],
        }

    def _tables(self, own: "pd.DataFrame", attempts: list[Any]) -> list[Block]:
        room = report.summary(attempts, self.titles, reader=self.who)
        shown = room.dropna(subset=["people"])
        alone = (
            "What everybody found is shown here once five people have played the same exercise:"
            " a report must not point at one person."
        )
        everybody = (
            _table(shown, "What everybody found, at their first attempt")
            if len(shown)
            else blocks.words(alone, "soft")
        )
        return [_table(own, "Your own attempts, oldest first"), everybody]


def _table(frame: "pd.DataFrame", caption: str) -> Block:
    shown = report.readable(frame)
    rows = [[str(cell) for cell in row] for row in shown.itertuples(index=False)]
    return blocks.table(caption, list(shown.columns), rows)


def _nothing() -> Block:
    return blocks.words("Nothing yet. Take a shift, and it will stand here.")


def _ways() -> Block:
    return blocks.links(
        blocks.link("Take a shift", "shift.ipynb", primary=True), blocks.link("Home", "index.ipynb")
    )
