"""A walk: the states an incident went through, and when; every step is a move of the process."""

from dataclasses import dataclass

from incident_training.clock import clock
from incident_training.lifecycle.graph import Process


class NotAllowed(ValueError):
    """A step that cannot be taken: no such move, or time backwards; the message says what can."""


@dataclass(frozen=True)
class Walk:
    """Steps (state, minute) on a process, from one of its starts; refused if they are no walk."""

    process: Process
    steps: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        here, then = None, None
        for state, at in self.steps:
            _check(self.process, here, then, state, at)
            here, then = state, at

    @property
    def state(self) -> str | None:
        """Return where it stands, or None before the first step."""
        return self.steps[-1][0] if self.steps else None

    @property
    def allowed(self) -> tuple[str, ...]:
        """Return the states that may come next: at first the starts; an end may have a way on."""
        return _allowed(self.process, self.state)

    def go(self, state: str, at: int) -> "Walk":
        """Return the walk with one more step, or raise NotAllowed naming the choices."""
        return Walk(self.process, (*self.steps, (state, at)))


def _check(process: Process, here: str | None, then: int | None, state: str, at: int) -> None:
    choices = _allowed(process, here)
    if state not in choices:
        place = f"From {here}" if here else "At the start"
        rest = f"choose from: {', '.join(choices)}" if choices else "nothing comes after it"
        raise NotAllowed(f"{place} one cannot go to “{state}”; {rest}.")
    if then is not None and at < then:
        raise NotAllowed(
            f"Time does not run backwards: {state} at {clock(at)} cannot follow "
            f"{here} at {clock(then)}."
        )


def _allowed(process: Process, here: str | None) -> tuple[str, ...]:
    return process.starts if here is None else tuple(process.graph.successors(here))
