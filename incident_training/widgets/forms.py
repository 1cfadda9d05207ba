"""FORMS: the table of forms, one for each kind; what is asked, and what is told."""

from collections.abc import Callable
from dataclasses import dataclass

from incident_training.kinds.base import KindName
from incident_training.session import Session
from incident_training.widgets import declaration, near_miss, postmortem
from incident_training.widgets.blocks import Block, Screen

Timeline = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Form:
    """`ask` returns the step one is at; `tell` the feedback. Both decide nothing."""

    ask: Callable[[Session, Timeline], Screen]
    tell: Callable[[Session, str], list[Block]]


FORMS: dict[KindName, Form] = {
    "declaration": Form(
        lambda s, own: declaration.ask(s.exercise, s.response),  # type: ignore[arg-type]
        lambda s, policy: declaration.tell(s.exercise, s.response, policy),  # type: ignore[arg-type]
    ),
    "near_miss": Form(
        lambda s, own: near_miss.ask(s.exercise, s.response),  # type: ignore[arg-type]
        lambda s, policy: near_miss.tell(s.exercise, s.response, policy),  # type: ignore[arg-type]
    ),
    "postmortem": Form(
        lambda s, own: postmortem.ask(s.exercise, s.response, own),  # type: ignore[arg-type]
        lambda s, policy: postmortem.tell(s.exercise, s.response, policy),  # type: ignore[arg-type]
    ),
}
