"""Where a trainee stands on a page: never stored, always the fold of what was kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from incident_training.doctrine.policy import OWN, policy
from incident_training.kinds import Scenario, exercises
from incident_training.kinds.base import KindName
from incident_training.session import Session, begin, resume
from incident_training.store import IN_PLACE, Event


@dataclass(frozen=True)
class Page:
    """One page of the course: its name in the log, its title, the kinds it plays in a row.

    `after` is the kind one has to have played of a scenario before it is offered here; of one that
    has none of it, any other; `first` says why, and `none` that no shift one was on has anything
    for this page. `more` are other pages: a label and a notebook's name.
    """

    name: str
    title: str
    lead: str
    kinds: tuple[KindName, ...]
    after: KindName | None = None
    more: tuple[tuple[str, str], ...] = ()
    first: str = "You draft the postmortem of a shift you were on."
    none: str = "The shifts you were on so far left nothing to write up. Take another."

    def offers(self, scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
        """Return the scenarios that can be begun here: those with a kind of this page."""
        return {name: s for name, s in scenarios.items() if self.plays(s)}

    def plays(self, scenario: Scenario) -> list[KindName]:
        """Return the kinds of the page that the scenario has, in their order."""
        return [kind for kind in self.kinds if scenario.asks(kind) is not None]


@dataclass(frozen=True)
class Standing:
    """Nowhere yet, or in one exercise of one scenario.

    `sessions` holds this run's exercises by kind, the present one among them.
    """

    scenario: str | None = None
    kind: KindName | None = None
    sessions: Mapping[str, Session] = field(default_factory=dict)
    steps: int = 0  # given in the present exercise
    hinted: bool = False  # at the present step
    changed: bool = False  # the scenario has changed since, so that the run could not go on

    @property
    def session(self) -> Session | None:
        """The exercise one is in."""
        return self.sessions.get(self.kind or "")


def stand(
    standing: Standing, event: Event, scenarios: Mapping[str, Scenario], page: Page
) -> Standing:
    """Return where one stands after an event on a page.

    A scenario that has changed since, or a response kept by another version, ends the run.
    """
    scenario = scenarios.get(event.scenario)
    if event.name == "leave" or scenario is None:
        return Standing()
    if event.edition != scenario.edition:
        return Standing(changed=event.name != "attempt")
    if event.name == "begin":
        session = begin(event.who, exercises(scenario)[event.kind], event.at)
        before = {} if event.kind == page.plays(scenario)[0] else {**standing.sessions}
        return Standing(event.scenario, event.kind, {**before, event.kind: session})
    if standing.kind != event.kind:
        return standing
    kept = resumed(event, scenario)
    if kept is None:
        return Standing(changed=True)
    hinted = event.name == "hint" or (event.name == "ask" and standing.hinted)
    steps = standing.steps + (event.name not in IN_PLACE)
    sessions = {**standing.sessions, event.kind: kept}
    return replace(standing, sessions=sessions, steps=steps, hinted=hinted)


def resumed(event: Event, scenario: Scenario) -> Session | None:
    """Return the exercise as an event kept it; None if its file or our version has changed."""
    try:
        session = resume(event.who, exercises(scenario)[event.kind], event.data)
    except (ValueError, KeyError):
        return None
    return session if event.edition == scenario.edition else None


def own_rule(events: Sequence[Event]) -> str | None:
    """Return the policy one has put in force oneself, "own: …"; None if there is none."""
    rule = next((str(e.data.get("rule", "")) for e in reversed(events) if e.name == "define"), "")
    try:
        return policy(f"{OWN}{rule}").name if rule else None
    except ValueError:  # of another version: it reads a fact that we do not know
        return None


def unfinished(
    events: Sequence[Event], scenarios: Mapping[str, Scenario], shift: Sequence[KindName]
) -> Event | None:
    """Return the last event of the latest run that was not brought to its end, if there is one.

    `shift` are the kinds that a whole shift plays, in order.
    """
    last: Iterable[Event] = {str(event.data.get("page")): event for event in events}.values()
    going = [event for event in last if _goes_on(event, scenarios, shift)]
    return max(going, key=events.index, default=None)


def _goes_on(event: Event, scenarios: Mapping[str, Scenario], shift: Sequence[KindName]) -> bool:
    if event.name == "leave" or event.scenario not in scenarios:
        return False
    if event.name != "attempt":
        return True
    kinds = [kind for kind in shift if scenarios[event.scenario].asks(kind) is not None]
    return event.data.get("page") == WHOLE and event.kind != kinds[-1]


WHOLE = "shift"  # the page that plays every kind in a row
