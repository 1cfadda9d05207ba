"""Playing a shift: choose one, take its exercises in a row, read the feedback; every step is kept.

A step is kept before it shows, so *Saved.* means committed, and a reload resumes at the same step.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

from incident_training.doctrine.policy import policy as policy_named
from incident_training.kinds import Declaration, Scenario
from incident_training.kinds.base import KindName, NotAllowed
from incident_training.session import Session
from incident_training.store import Event, EventName, Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.choosing import choices, live_first, offered
from incident_training.widgets.forms import FORMS, SHIFT
from incident_training.widgets.keeper import Keeper
from incident_training.widgets.standing import Page, Standing, own_rule, resumed, stand

Message = Mapping[str, Any]
ENDED = "How it ended, which your call is not judged by"


class Play(Keeper):
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
        self.name = page.name
        self.scenarios = page.offers(scenarios)
        self.store = store
        self.who = who
        self.now = now
        self.policy: str | None = None  # another rule to look at the run by; nothing is stored
        self._refold()

    def take(self, message: Message) -> None:
        """Do what the trainee asks, kept before it shows; raise NotAllowed if it cannot be done."""
        steps: dict[Any, Callable[[Message], None]] = {
            "choose": lambda m: self._begin(m, str(m.get("name"))),
            "answer": lambda m: self._step(m, m.get("values") or {}),
            "look": lambda m: self._step(m, {"open": m.get("at")}),
            "hint": self._hint,
            "ask": self._ask_about,
            "policy": self._judge_by,
            "next": self._next,
            "again": lambda m: self._begin(m, self.standing.scenario or ""),
            "leave": self._leave,
        }
        step = steps.get(str(message.get("do")))
        if step is None:
            raise NotAllowed("that cannot be done here")
        step(message)

    @property
    def session(self) -> Session | None:
        """The exercise one is in."""
        return self.standing.session

    def screen(self) -> Screen:
        """Return what the trainee sees: a choice of shifts, a step, or the feedback."""
        session = self.session
        if session is None:
            return self._choosing()
        where = (self.standing.scenario, session.exercise.kind, session.started)
        head = {
            "id": "/".join([*map(str, where), str(self.standing.steps)]),
            "title": session.exercise.scenario.title,
            "eyebrow": FORMS[session.exercise.kind].named,
            "home": "index.ipynb",
        }
        return {**head, **(self._feedback(session) if session.done else self._ask(session))}

    def _in_force(self, session: Session) -> str:
        """The rule one is judged by: one's own, if one has put it in force, else the shift's."""
        return self.own or session.exercise.scenario.policy

    def _ask(self, session: Session) -> Screen:
        exercise = session.exercise
        rule = self._in_force(session)
        asked = FORMS[exercise.kind].ask(exercise, session.response, rule, self._own_run)
        if self.standing.hinted:
            hint = blocks.words(session.exercise.hint, "hint")
            place = "right" if "right" in asked else "main"
            asked = {**asked, place: [hint, *asked[place]], "says": session.exercise.hint}
        return {"stage": "play", **asked}

    def _feedback(self, session: Session) -> Screen:
        rule = self.policy or self._in_force(session)
        following = self._following()
        exercise, more = session.exercise, following is not None
        told = FORMS[exercise.kind].tell(exercise, session.response, rule, more)
        after = [self._go_on(following)] if following else [*self._afterword(), self._ways()]
        says = session.assess(rule).verdict
        return {"stage": "feedback", "says": says, "main": [*told, *after]}

    def _go_on(self, following: KindName) -> Block:
        return blocks.links(blocks.link(FORMS[following].go_on, {"do": "next"}, primary=True))

    def _afterword(self) -> list[Block]:
        """How it ended and what it was for: only when nothing of this shift is left to play."""
        told = [ending for s in self.standing.sessions.values() if (ending := s.assess().ending)]
        ended = [blocks.ending(ENDED, "\n\n".join(told))] if told else []
        scenario = self.scenarios[self.standing.scenario or ""]
        if all(
            (scenario.id, kind) in self.lived for kind in SHIFT if scenario.asks(kind) is not None
        ):
            return [*ended, *about(scenario)]
        later = "What this shift is for is told when you have played all of it."
        return [*ended, blocks.words(later, "soft")]

    def _ways(self) -> Block:
        return blocks.links(
            blocks.link("Another shift", {"do": "leave"}, primary=True),
            blocks.link("Play it again", {"do": "again"}),
            blocks.link("Home", "index.ipynb"),
        )

    def _own_run(self) -> tuple[tuple[int, str], ...]:
        """The trainee's own run of this shift, else the story as it was told."""
        scenario = self.scenarios[self.standing.scenario or ""]
        session = self.standing.sessions.get("declaration")
        kept = self.lived.get((scenario.id, "declaration"))
        if session is None and kept is not None:
            session = resumed(kept, scenario)
        if session is not None and isinstance(session.exercise, Declaration):
            return session.exercise.timeline(session.response)
        return tuple((i.at, f"{i.channel}: {i.text}") for i in scenario.injects)

    def _choosing(self) -> Screen:
        shifts = self._offered()
        if not shifts:
            return live_first(self.page, self.lived)
        return choices(self.page, shifts, self.lived, self.standing.changed)

    def _offered(self) -> dict[str, Scenario]:
        return offered(self.page, self.scenarios, self.lived)

    def _following(self) -> KindName | None:
        """The next kind of this page that the scenario has."""
        scenario = self.scenarios[self.standing.scenario or ""]
        played = self.page.plays(scenario)
        here = played.index(self.standing.kind) if self.standing.kind in played else len(played)
        return played[here + 1] if here + 1 < len(played) else None

    def _leave(self, message: Message) -> None:
        if self.session is None:
            raise NotAllowed("choose a shift first")
        self._keep(message, "leave")

    def _begin(self, message: Message, name: str) -> None:
        if name not in self._offered():
            raise NotAllowed("there is no such shift here; choose one of those shown")
        self._keep(message, "begin", scenario=name, kind=self.page.plays(self.scenarios[name])[0])

    def _next(self, message: Message) -> None:
        following = self._following() if self.session and self.session.done else None
        if following is None:
            raise NotAllowed("finish this part first")
        self._keep(message, "begin", scenario=self.standing.scenario or "", kind=following)

    def _step(self, message: Message, given: Message) -> None:
        session = self._playing().take(given)
        if not session.done:
            self._keep(message, "step", **session.saved())
            return
        rule = self._in_force(session)
        attempt = session.attempt(self.now(), rule, self.page.name)
        self._keep(message, "attempt", **attempt.model_dump(mode="json", exclude={"page"}))

    def _hint(self, message: Message) -> None:
        self._keep(message, "hint", **self._playing().hint().saved())

    def _ask_about(self, message: Message) -> None:
        session = self._playing().ask(message.get("values") or {})
        self._keep(message, "ask", **session.saved())

    def _judge_by(self, message: Message) -> None:
        try:
            self.policy = policy_named(str(message.get("name"))).name
        except ValueError as error:
            raise NotAllowed(str(error)) from error

    def _playing(self) -> Session:
        if self.session is None or self.session.done:
            raise NotAllowed("choose a shift first")
        return self.session

    def _fold(self, past: list[Event]) -> None:
        """Find where one stands from all that was kept."""
        super()._fold(past)
        here = [event for event in past if event.data.get("page") == self.name]
        self.own = own_rule(past)
        self.lived = {(e.scenario, e.kind): e for e in past if e.name == "attempt"}
        self.standing = reduce(self._stand, here, Standing())

    def _stand(self, standing: Standing, event: Event) -> Standing:
        return stand(standing, event, self.scenarios, self.page)

    def _keep(self, message: Message, name: EventName, **data: Any) -> None:
        """Commit what was done, under the id its sender gave it; only then does it count."""
        where = data.get("scenario") or self.standing.scenario or ""
        event = Event(
            id=message["id"],
            at=self.now(),
            who=self.who,
            scenario=where,
            kind=data.get("kind") or self.standing.kind or "",
            edition=self.scenarios[where].edition,
            name=name,
            data={"page": self.page.name, **data},
        )
        fresh = self._in_step(lambda: self.store.append(event, after=self.last))
        if not fresh:  # another window sent the same, a moment ago
            self._refold()
            return
        self.known.add(event.id)
        if name == "attempt":
            self.lived[event.scenario, event.kind] = event
        self.last = self.newest = event.id
        self.standing = self._stand(self.standing, event)
        self.policy = None


def about(scenario: Scenario) -> Iterable[Block]:
    """What the shift was for and where its story comes from: told afterwards, never before."""
    source = scenario.source
    yield blocks.words("What this shift is for", "heading")
    yield blocks.words(scenario.teaches)
    if source.kind == "public":
        if source.did:
            yield blocks.words("What they did there", "heading")
            yield blocks.words(source.did)
        yield blocks.ending("Built on public facts", f"{source.name}. {source.changed}")
        yield blocks.links(blocks.link("The public account", source.url or ""))
