"""Playing a shift: choose one, take its exercises in a row, read the feedback; every step is kept.

Where one stands is never stored: it is the fold of what was kept, so a reload resumes at the same
step, and *Saved.* means committed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any
from uuid import uuid4

from incident_training.doctrine.policy import policy as policy_named
from incident_training.kinds import Scenario, exercises
from incident_training.kinds.base import KindName, NotAllowed
from incident_training.session import Session, begin, resume
from incident_training.store import Event, EventName, Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.forms import FORMS

Message = Mapping[str, Any]
NAMED: dict[KindName, str] = {  # while one plays: nothing here may tell what the shift holds
    "declaration": "Your shift",
    "near_miss": "The log of your shift",
    "postmortem": "Your draft",
}
GO_ON: dict[KindName, str] = {
    "declaration": "Go on: the first call",
    "near_miss": "Go on: read the log",
    "postmortem": "Go on: draft the postmortem",
}


@dataclass(frozen=True)
class Standing:
    """Where a trainee stands on a page: nowhere yet, or in one exercise of one scenario.

    `sessions` holds this run's exercises by kind, the present one among them.
    """

    scenario: str | None = None
    kind: KindName | None = None
    sessions: Mapping[str, Session] = field(default_factory=dict)
    steps: int = 0  # given in the present exercise
    edited: bool = False  # the file changed since, so that the run could not go on


@dataclass(frozen=True)
class Page:
    """One page of the course: its name in the log, its title, the kinds it plays in a row.

    `after` is the kind one has to have played of a scenario before it is offered here.
    """

    name: str
    title: str
    lead: str
    kinds: tuple[KindName, ...]
    after: KindName | None = None

    def offers(self, scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
        """Return the scenarios that have all this page's kinds; a whole shift needs the first."""
        first = self.kinds[:1] if len(self.kinds) > 1 else self.kinds
        return {
            name: scenario
            for name, scenario in scenarios.items()
            if all(getattr(scenario, kind) is not None for kind in first)
        }


class Play:
    """One trainee on one page. `now` returns the time as ISO 8601, UTC."""

    def __init__(
        self,
        page: Page,
        scenarios: Mapping[str, Scenario],
        store: Store,
        who: str,
        now: Callable[[], str],
    ) -> None:
        self.page = page
        self.scenarios = page.offers(scenarios)
        self.store = store
        self.who = who
        self.now = now
        self.policy: str | None = None  # another rule to look at the run by; nothing is stored
        self.hinted = False
        past = store.events(who=who)
        self.lived = {(e.scenario, e.kind): e for e in past if e.name == "attempt"}
        here = (event for event in past if event.data.get("page") == page.name)
        self.standing = reduce(self._stand, here, Standing())

    def take(self, message: Message) -> None:
        """Do what the trainee asks, kept before it shows; raise NotAllowed if it cannot be done."""
        steps: dict[Any, Callable[[Message], None]] = {
            "choose": lambda m: self._begin(str(m.get("name"))),
            "answer": lambda m: self._step(m.get("values") or {}),
            "look": lambda m: self._step({"open": m.get("at")}),
            "hint": lambda m: self._hint(),
            "policy": lambda m: self._judge_by(str(m.get("name"))),
            "next": lambda m: self._next(),
            "again": lambda m: self._begin(self.standing.scenario or ""),
            "leave": lambda m: self._keep("leave"),
        }
        if message.get("do") not in steps:
            raise NotAllowed("that cannot be done here")
        steps[message["do"]](message)

    @property
    def session(self) -> Session | None:
        """The exercise one is in."""
        return self.standing.sessions.get(self.standing.kind or "")

    def screen(self) -> Screen:
        """Return what the trainee sees: a choice of shifts, a step, or the feedback."""
        session = self.session
        if session is None:
            return self._choices()
        where = (self.standing.scenario, session.exercise.kind, session.started)
        head = {
            "id": "/".join([*map(str, where), str(self.standing.steps)]),
            "title": session.exercise.scenario.title,
            "eyebrow": NAMED[session.exercise.kind],
        }
        return {**head, **(self._feedback(session) if session.done else self._ask(session))}

    def _ask(self, session: Session) -> Screen:
        asked = FORMS[session.exercise.kind].ask(session, self._own_run())
        if self.hinted:
            hint = blocks.words(session.exercise.hint, "hint")
            place = "right" if "right" in asked else "main"
            asked = {**asked, place: [hint, *asked[place]]}
        return {"stage": "play", **asked}

    def _feedback(self, session: Session) -> Screen:
        rule = self.policy or session.exercise.scenario.policy
        told = FORMS[session.exercise.kind].tell(session, rule)
        after = [*self._afterword(session), self._ways(session)]
        return {"stage": "feedback", "says": told[1]["text"], "main": [*told, *after]}

    def _afterword(self, session: Session) -> list[Block]:
        """How it ended and what it was for: only when nothing of this shift is left to play."""
        if self._following():
            return []
        scenario, ending = session.exercise.scenario, session.assess().ending
        ran = self.standing.sessions.values()
        endings = [e for s in ran if (e := s.assess().ending)] or ([ending] if ending else [])
        return [
            blocks.ending("How it ended, which your call is not judged by", "\n\n".join(endings)),
            *_about(scenario),
        ]

    def _ways(self, session: Session) -> Block:
        following = self._following()
        if following:
            return blocks.links(blocks.link(GO_ON[following], {"do": "next"}, primary=True))
        return blocks.links(
            blocks.link("Another shift", {"do": "leave"}, primary=True),
            blocks.link("Play it again", {"do": "again"}),
            blocks.link("Home", "index.ipynb"),
        )

    def _choices(self) -> Screen:
        offered = self._offered()
        if not offered:
            return self._live_first()
        edited = "This shift was edited since you began; please begin it anew. "
        return {
            "id": f"{self.page.name}/choose",
            "stage": "choose",
            "title": self.page.title,
            "eyebrow": None,
            "says": (edited if self.standing.edited else "") + "Choose a shift.",
            "main": [
                *([blocks.words(edited, "soft")] if self.standing.edited else []),
                blocks.words(self.page.lead),
                blocks.words("Which shift is yours?", "heading"),
                blocks.cards(
                    {
                        "label": scenario.title,
                        "note": f"{scenario.domain} · {scenario.level}",
                        "do": {"do": "choose", "name": name},
                    }
                    for name, scenario in offered.items()
                ),
            ],
        }

    def _offered(self) -> dict[str, Scenario]:
        after = self.page.after
        return {
            name: scenario
            for name, scenario in self.scenarios.items()
            if after is None or (name, after) in self.lived
        }

    def _live_first(self) -> Screen:
        been = any(kind == self.page.after for _, kind in self.lived)
        why = (
            "The shifts you were on so far left nothing to write up. Take another."
            if been
            else "You draft the postmortem of a shift you were on."
        )
        return {
            "id": f"{self.page.name}/live-first",
            "stage": "choose",
            "title": self.page.title,
            "says": f"Live through a shift first. {why}",
            "main": [
                blocks.words("Live through a shift first.", "heading"),
                blocks.words(why),
                blocks.links(
                    blocks.link("When to declare", "declare.ipynb", primary=True),
                    blocks.link("A whole shift", "shift.ipynb"),
                ),
            ],
        }

    def _own_run(self) -> tuple[tuple[int, str], ...]:
        """The trainee's own run of this shift, else the story as it was told."""
        scenario = self.scenarios[self.standing.scenario or ""]
        session = self.standing.sessions.get("declaration")
        kept = self.lived.get((scenario.id, "declaration"))
        if session is None and kept is not None and kept.edition == scenario.edition:
            session = resume(self.who, exercises(scenario)["declaration"], kept.data)
        if session is not None:
            return session.exercise.timeline(session.response)  # type: ignore[union-attr]  # its kind says so
        return tuple((i.at, f"{i.channel}: {i.text}") for i in scenario.injects)

    def _following(self) -> KindName | None:
        """The next kind of this page that the scenario has."""
        scenario = self.scenarios[self.standing.scenario or ""]
        kinds = [kind for kind in self.page.kinds if getattr(scenario, kind) is not None]
        here = kinds.index(self.standing.kind) if self.standing.kind in kinds else len(kinds)
        return kinds[here + 1] if here + 1 < len(kinds) else None

    def _begin(self, name: str) -> None:
        if name not in self._offered():
            raise NotAllowed("there is no such shift here; choose one of those shown")
        self._keep("begin", scenario=name, kind=self.page.kinds[0])

    def _next(self) -> None:
        following = self._following()
        if following is None or self.session is None or not self.session.done:
            raise NotAllowed("finish this part first")
        self._keep("begin", scenario=self.standing.scenario or "", kind=following)

    def _step(self, given: Message) -> None:
        session = self._playing().take(given)
        if not session.done:
            self._keep("step", **session.saved())
            return
        rule = session.exercise.scenario.policy
        attempt = session.attempt(self.now(), rule, self.page.name)
        self._keep("attempt", **attempt.model_dump(mode="json", exclude={"page"}))

    def _hint(self) -> None:
        self._keep("hint", **self._playing().hint().saved())
        self.hinted = True

    def _judge_by(self, name: str) -> None:
        try:
            self.policy = policy_named(name).name
        except ValueError as error:
            raise NotAllowed(str(error)) from error

    def _playing(self) -> Session:
        if self.session is None or self.session.done:
            raise NotAllowed("choose a shift first")
        return self.session

    def _keep(self, name: EventName, **data: Any) -> None:
        """Commit what was done; only then does it count."""
        where = data.get("scenario") or self.standing.scenario or ""
        event = Event(
            id=uuid4().hex,
            at=self.now(),
            who=self.who,
            scenario=where,
            kind=data.get("kind") or self.standing.kind or self.page.kinds[0],
            edition=self.scenarios[where].edition,
            name=name,
            data={"page": self.page.name, **data},
        )
        self.store.append(event)
        if name == "attempt":
            self.lived[event.scenario, event.kind] = event
        self.standing = self._stand(self.standing, event)
        if name != "hint":
            self.hinted, self.policy = False, None

    def _stand(self, standing: Standing, event: Event) -> Standing:
        """Return where one stands after an event; an edited scenario ends the run."""
        scenario = self.scenarios.get(event.scenario)
        if event.name == "leave" or scenario is None:
            return Standing()
        if event.edition != scenario.edition:
            return Standing(edited=True)
        if event.name == "begin":
            exercise = exercises(scenario)[event.kind]
            session = begin(self.who, exercise, event.at)
            fresh = event.kind == self.page.kinds[0]
            sessions = {} if fresh else {**standing.sessions}
            return Standing(event.scenario, event.kind, {**sessions, event.kind: session})
        if standing.kind != event.kind:
            return standing
        session = resume(self.who, exercises(scenario)[event.kind], event.data)
        steps = standing.steps + (event.name != "hint")
        sessions = {**standing.sessions, event.kind: session}
        return replace(standing, sessions=sessions, steps=steps)


def _about(scenario: Scenario) -> Iterable[Block]:
    """What the shift was for and where its story comes from: told afterwards, never before."""
    source = scenario.source
    yield blocks.words("What this shift is for", "heading")
    yield blocks.words(scenario.teaches)
    if source.kind == "public":
        yield blocks.ending("Built on public facts", f"{source.name}. {source.changed}")
        yield blocks.links(blocks.link("The public account", source.url or ""))


def unfinished(events: Iterable[Event]) -> Event | None:
    """Return the last event of a run that was not brought to its end, if the last run is one."""
    last = None
    for event in events:
        last = None if event.name in ("attempt", "leave") else event
    return last
