"""What a kind of exercise brings to the screen; `forms.FORMS` holds one for each kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.standing import Page

OwnRun = Callable[[], Iterable[tuple[int, str]]]  # what the trainee saw and did: minute, sentence


@dataclass(frozen=True)
class Form:
    """How a kind is asked and told, and where it stands in the course. It decides nothing.

    `ask(exercise, response, policy, own)` returns the step one is at; `tell(exercise, response,
    policy, more)` the feedback, which keeps back what would spoil the rest where `more` of the
    shift follows. `named` and `go_on` are read while one plays: they tell nothing of what a shift
    holds.
    `practised` are the states of the lifecycle at which this is practised. `in_shift`: a whole
    shift plays it.
    """

    ask: Callable[[Any, Any, str, OwnRun], Screen]
    tell: Callable[[Any, Any, str, bool], list[Block]]
    page: Page
    named: str
    go_on: str
    practised: tuple[str, ...]
    in_shift: bool = True
