"""What a trainee sees, in any notebook: home(), practice(kind), whole_shift().

from incident_training.widgets import practice
practice("declaration")
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from incident_training import library, places
from incident_training.kinds import Scenario
from incident_training.kinds.base import KindName, NotAllowed
from incident_training.store import Store
from incident_training.widgets import home as home_page
from incident_training.widgets.blocks import Screen
from incident_training.widgets.play import ACTIVITIES, Page, Play
from incident_training.widgets.workbench import Workbench

_PAGES: dict[KindName, str] = {
    "declaration": "declare",
    "near_miss": "near_miss",
    "postmortem": "postmortem",
}


def home() -> Workbench:
    """Return the home page: the lifecycle as the course map."""
    store, scenarios = _store(), library.shipped()
    return Workbench(lambda who: _Home(store, scenarios, who))


def practice(kind: KindName) -> Workbench:
    """Return the exercises of one kind: "declaration", "near_miss" or "postmortem"."""
    if kind not in ACTIVITIES:
        raise ValueError(f"there is no kind {kind!r}; choose from {', '.join(ACTIVITIES)}")
    after: KindName | None = "declaration" if kind == "postmortem" else None
    return _play(Page(_PAGES[kind], ACTIVITIES[kind], (kind,), after))


def whole_shift() -> Workbench:
    """Return a shift played through: declare, spot the near miss, draft the postmortem."""
    return _play(Page("shift", "A whole shift", ("declaration", "near_miss", "postmortem")))


@dataclass(frozen=True)
class _Home:
    store: Store
    scenarios: dict[str, Scenario]
    who: str

    def take(self, message: Any) -> None:
        raise NotAllowed("choose a page")

    def screen(self) -> Screen:
        return home_page.screen(self.store.events(who=self.who), self.scenarios)


def _play(page: Page) -> Workbench:
    store, scenarios = _store(), library.shipped()
    opener: Callable[[str], Play] = lambda who: Play(page, scenarios, store, who, _now)  # noqa: E731  # named for its type
    return Workbench(opener)


def _store() -> Store:
    return Store(places.database())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
