"""FORMS: the table of forms, one for each kind; what is asked, and what is told."""

from collections.abc import Callable
from dataclasses import dataclass

from incident_training.kinds import Declaration, NearMiss, Postmortem
from incident_training.kinds.base import KindName
from incident_training.session import Session
from incident_training.widgets import declaration, near_miss, postmortem
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.postmortem import OwnRun


@dataclass(frozen=True)
class Form:
    """`ask` returns the step one is at; `tell` the feedback on it, by a policy. Neither decides.

    `tell` is also given whether more of the shift follows: what would spoil it is then kept back.
    """

    ask: Callable[[Session, OwnRun], Screen]
    tell: Callable[[Session, str, bool], list[Block]]


def form(session: Session) -> Form:
    """Return the form of the session's kind."""
    return FORMS[session.exercise.kind]


def _ask_declaration(session: Session, own: OwnRun) -> Screen:
    assert isinstance(session.exercise, Declaration)
    return declaration.ask(session.exercise, session.response)


def _tell_declaration(session: Session, policy: str, more: bool) -> list[Block]:
    assert isinstance(session.exercise, Declaration)
    return declaration.tell(session.exercise, session.response, policy)


def _ask_near_miss(session: Session, own: OwnRun) -> Screen:
    assert isinstance(session.exercise, NearMiss)
    return near_miss.ask(session.exercise, session.response)


def _tell_near_miss(session: Session, policy: str, more: bool) -> list[Block]:
    assert isinstance(session.exercise, NearMiss)
    return near_miss.tell(session.exercise, session.response, more)


def _ask_postmortem(session: Session, own: OwnRun) -> Screen:
    assert isinstance(session.exercise, Postmortem)
    return postmortem.ask(session.exercise, session.response, own)


def _tell_postmortem(session: Session, policy: str, more: bool) -> list[Block]:
    assert isinstance(session.exercise, Postmortem)
    return postmortem.tell(session.exercise, session.response)


FORMS: dict[KindName, Form] = {
    "declaration": Form(_ask_declaration, _tell_declaration),
    "near_miss": Form(_ask_near_miss, _tell_near_miss),
    "postmortem": Form(_ask_postmortem, _tell_postmortem),
}
