"""What one person gives on a page: each step kept once, a draft, a word to who fell behind."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from incident_training.kinds.base import KindName, NotAllowed
from incident_training.store import Behind, Draft, Event, EventName, Store
from incident_training.widgets.blocks import Screen
from incident_training.widgets.workbench import MOVED_ON

T = TypeVar("T")


class Keeper:
    """An activity in which something is given; what it shows is the fold of what was kept."""

    name: str
    store: Store
    who: str
    now: Callable[[], str]

    def screen(self) -> Screen:
        """Return what the trainee sees."""
        raise NotImplementedError

    def knows(self, id: str) -> bool:
        """Whether what was asked under that id is kept."""
        return id in self.known

    def begun(self, screen: str) -> dict[str, Any] | None:
        """Return what was begun on the screen of that id, wherever it was typed."""
        draft = self.store.draft(self.who, self.name, screen)
        return {"rev": draft.rev, "values": draft.given} if draft else None

    def keep_begun(self, screen: str, rev: int, values: dict[str, Any]) -> None:
        """Keep what was begun on a screen; a higher `rev` takes the place of a lower.

        Where another window asked for something and stands at the same screen, it is kept too.
        """
        draft = Draft(self.who, self.name, screen, rev, values)
        try:
            self._in_step(lambda: self.store.keep_draft(draft, after=self.last))
        except NotAllowed:
            if self.screen()["id"] != screen:
                raise
            self.store.keep_draft(draft, after=self.last)

    def _commit(
        self,
        id: str,
        name: EventName,
        data: Mapping[str, Any],
        scenario: str = "",
        kind: KindName = "",
        edition: str = "",
    ) -> None:
        """Commit a step of this page under the id its sender gave it, and stand where it leads."""
        told = {"page": self.name, **data}
        event = Event(id, self.now(), self.who, scenario, kind, edition, name, told)
        self._in_step(lambda: self.store.append(event, after=self.last))
        self._refold()

    def _refold(self) -> None:
        self._fold(self.store.events(who=self.who))

    def _fold(self, past: list[Event]) -> None:
        """Find where one stands from all that was kept."""
        here = [event for event in past if event.data.get("page") == self.name]
        self.known = {event.id for event in past}
        self.last = past[-1].id if past else ""
        self.newest = here[-1].id if here else None

    def _in_step(self, keep: Callable[[], T]) -> T:
        """Keep something from where one stands; refuse where another window went on from there."""
        try:
            return keep()
        except Behind:
            newest = self.newest
            self._refold()
            if self.newest != newest:
                raise NotAllowed(MOVED_ON) from None
            return keep()
