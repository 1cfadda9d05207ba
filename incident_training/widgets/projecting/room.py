"""A room in a shift: what lies before it, its hands, and the steps it can take from there. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from incident_training.kinds import Declaration, Scenario
from incident_training.kinds.base import Given, NotAllowed
from incident_training.kinds.declaration import DeclarationResponse
from incident_training.kinds.run import Call, Look, Run
from incident_training.measures.hands import Counts
from incident_training.widgets.projecting.counted import counted

View = Literal["read", "hands", "spread", "reveal", "debrief"]
DEBRIEF = ("said", "split", "ended")  # its pages


@dataclass(frozen=True)
class Vote:
    """One show of hands: at which moment, when the clock stood where."""

    moment: int
    at: int
    counts: Counts


@dataclass(frozen=True)
class Moment:
    """What the room had before it until it went on: the run as it stood, the hands it showed."""

    number: int
    run: Run
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class Room:
    """A room in a shift. A moment lasts from one inject to the next; hands may be taken again.

    `typed` stands in the count fields before anything is typed, read from a chat or to be mended;
    `unread` says how many lines of the chat said no call.
    """

    drill: Declaration
    acts: tuple[Call | Look, ...] = ()
    votes: tuple[Vote, ...] = ()
    view: View = "read"
    page: int = 0
    typed: Counts | None = None
    unread: int = 0
    mending: bool = False
    blank: bool = False

    @property
    def scenario(self) -> Scenario:
        return self.drill.scenario

    @property
    def run(self) -> Run:
        """What lies before the room now."""
        return self._after(len(self.acts))

    @property
    def before(self) -> Run | None:
        """What lay before it until the last inject came, or evidence was opened."""
        return self._after(len(self.acts) - 1) if self.acts else None

    @property
    def moment(self) -> int:
        """The number of the moment, from 0."""
        return sum(isinstance(act, Call) for act in self.acts)

    @property
    def now(self) -> tuple[Vote, ...]:
        """The hands of this moment, in order."""
        return tuple(vote for vote in self.votes if vote.moment == self.moment)

    def moments(self) -> Iterator[Moment]:
        """Return every moment up to now."""
        for number in range(self.moment + 1):
            calls = 0
            until = len(self.acts)
            for at, act in enumerate(self.acts):
                calls += isinstance(act, Call)
                if calls > number:
                    until = at
                    break
            votes = tuple(vote for vote in self.votes if vote.moment == number)
            yield Moment(number, self._after(until), votes)

    def take(self, do: str, given: Given) -> "Room":
        """Return the room after a step, or raise NotAllowed."""
        step = self._steps().get(do)
        if step is None:
            raise NotAllowed("that cannot be done here")
        return step(given)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The steps one can take from here."""
        return tuple(self._steps())

    def _steps(self) -> dict[str, Callable[[Given], "Room"]]:
        blank = {"blank": lambda _: replace(self, blank=not self.blank)}
        return blank if self.blank else {**_VIEWS[self.view](self), **blank}

    def _after(self, acts: int) -> Run:
        return self.drill.run(DeclarationResponse(acts=self.acts[:acts]))

    def _go(self, view: View, **changes: Any) -> "Room":
        fresh: dict[str, Any] = {"typed": None, "unread": 0, "mending": False}
        return replace(self, view=view, **{**fresh, **changes})

    def _look(self, given: Given) -> "Room":
        response = DeclarationResponse(acts=self.acts)
        acts = self.drill.take(response, {"open": given.get("at")}).acts
        return self._go("read", acts=acts)

    def _next(self, _: Given) -> "Room":
        made = self.drill.take(DeclarationResponse(acts=self.acts), {"choice": "watch"})
        if self.drill.run(made).done:
            return self._go("debrief")
        return self._go("read", acts=made.acts)

    def _vote(self, given: Given) -> "Room":
        vote = Vote(self.moment, self.run.clock, counted(given.get("counts")))
        kept = self.votes[:-1] if self.mending else self.votes
        return self._go("spread", votes=(*kept, vote))

    def _read(self, given: Given) -> "Room":
        typed, unread = counted(given.get("counts")), int(given.get("unread") or 0)
        return replace(self, typed=typed, unread=unread)

    def _seen(self) -> "Room":
        return self._go("spread" if self.now else "read")

    def _turn(self, by: int) -> "Room":
        """Another page of the debrief; before its first one is the shift."""
        page = self.page + by
        if page >= len(DEBRIEF):
            raise NotAllowed("that is the last page")
        return replace(self, page=page) if page >= 0 else self._seen()


Steps = dict[str, Callable[[Given], Room]]


def _of_reading(room: Room) -> Steps:
    return {
        "hands": lambda _: room._go("hands"),
        "look": room._look,
        "reveal": lambda _: room._go("reveal"),
        **_onward(room),
    }


def _of_hands(room: Room) -> Steps:
    return {"vote": room._vote, "read": room._read, "back": lambda _: room._seen()}


def _of_spread(room: Room) -> Steps:
    mend = {"typed": room.now[-1].counts, "mending": True} if room.now else {}
    return {**_of_reading(room), "mend": lambda _: room._go("hands", **mend)}


def _of_reveal(room: Room) -> Steps:
    return {"back": lambda _: room._seen(), **_onward(room)}


def _of_debrief(room: Room) -> Steps:
    return {"on": lambda _: room._turn(1), "back": lambda _: room._turn(-1)}


def _onward(room: Room) -> Steps:
    return {"next": room._next, "skip": lambda _: room._go("debrief")}


_VIEWS: dict[View, Callable[[Room], Steps]] = {
    "read": _of_reading,
    "hands": _of_hands,
    "spread": _of_spread,
    "reveal": _of_reveal,
    "debrief": _of_debrief,
}
