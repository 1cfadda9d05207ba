"""The draft: written section by section, asked about, taken into planning, and played again.

Nothing is written for the trainee but the timeline. What is told of it
is in `drafted`.
"""

from typing import ClassVar, Literal

from pydantic import Field

from incident_training import hazard
from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds import planning
from incident_training.kinds.asking import Question, left_of, questions
from incident_training.kinds.base import (
    LINE,
    Feedback,
    Frozen,
    Given,
    NotAllowed,
    Response,
    written,
)
from incident_training.kinds.candidates import (
    Candidate,
    authored,
    candidates_of,
    replayed,
    with_effect,
)
from incident_training.kinds.drafted import feedback
from incident_training.kinds.scenario import Scenario
from incident_training.kinds.workbook import LONGEST, PostmortemPart, sections


class PostmortemResponse(Response):
    """The draft so far; `texts` is None until it is handed in.

    `first` is the draft as it was when it was first asked about, `asked` what is asked about it
    now, `left` the questions its writer left as they are, with the reason.
    """

    texts: dict[str, str] | None = None
    candidates: tuple[Candidate, ...] = ()
    first: dict[str, str] | None = None
    asked: tuple[Question, ...] = ()
    left: dict[str, str] = Field(default_factory=dict)
    plan: planning.Plan | None = None
    when: str | None = None
    will: str | None = None

    def said(self, section: str) -> str:
        """What the draft that was handed in says in a section."""
        return (self.texts or {}).get(section, "")


class Postmortem(Frozen):
    """A scenario played as a postmortem."""

    part_type: ClassVar = PostmortemPart

    scenario: Scenario
    kind: Literal["postmortem"] = "postmortem"

    @property
    def part(self) -> PostmortemPart:
        """What the author expects; the library sees to it that it is there."""
        part: PostmortemPart = self.scenario.asks(self.kind)
        return part

    @property
    def hint(self) -> str:
        return self.part.hint

    @property
    def untouched(self) -> PostmortemResponse:
        return PostmortemResponse()

    @property
    def near_miss(self) -> bool:
        """Whether the story stopped short of its harm, so that a draft asks what stopped it."""
        if self.scenario.hazard is None or self.scenario.hurt_from is not None:
            return False
        return not hazard.what_was_left(self.scenario.hazard.graph).happened

    @property
    def steps(self) -> tuple[Given, ...]:
        """The draft is handed in, planned, each candidate given its effect; then the commitment."""
        draft = self.part.exemplar
        own = [authored(action) for action in draft.candidates]
        handed = {**draft.texts, "candidates": [one.row for one in own]}
        effects = [{"does": c.does, f"target-{c.does}": c.target} for c in own]
        return (
            handed,
            *self._planned(own),
            *(effects if self.scenario.hazard else ()),
            {"when": "", "will": ""},
        )

    def stage(self, response: PostmortemResponse) -> str:
        """ "draft", then "plan" and "declined" where there is a backlog, then "effect:N" for each
        candidate, then "commitment", then "done"."""
        if response.texts is None:
            return "draft"
        if self.part.backlog and response.candidates:
            if response.plan is None:
                return "plan"
            if planning.open_(response.plan, self.items(response)):
                return "declined"
        waiting = [n for n, c in enumerate(response.candidates) if c.does is None]
        if waiting and self.scenario.hazard:
            return f"effect:{waiting[0]}"
        return "commitment" if response.will is None else "done"

    def take(self, response: PostmortemResponse, given: Given) -> PostmortemResponse:
        """Hand in the draft, plan, say what the next candidate does, or keep a commitment."""
        stage = self.stage(response)
        match stage.partition(":"):
            case "draft", _, _:
                return self._handed(response, given)
            case "plan", _, _:
                return response.model_copy(update={"plan": self._plan(response, given)})
            case "declined", _, _:
                return response.model_copy(update={"plan": self._declined(response, given)})
            case "effect", _, number:
                return self._with_effect(response, int(number), given)
            case "commitment", _, _:
                said = {name: written(given, name, LINE) for name in ("when", "will")}
                return response.model_copy(update=said)
        raise NotAllowed("this draft is handed in; play it again to write another")

    def ask(self, response: PostmortemResponse, given: Given) -> PostmortemResponse:
        """Return the response with at most three questions on the draft as it stands."""
        if self.stage(response) != "draft":
            raise NotAllowed("this draft is handed in; play it again to write another")
        texts, candidates = self._texts(given), candidates_of(given)
        left = {**response.left, **left_of(given)}
        asked = questions(texts, candidates, near_miss=self.near_miss, left=left)
        first = response.first or {**texts, **_listed(candidates)}
        return response.model_copy(update={"first": first, "asked": asked, "left": left})

    def items(self, response: PostmortemResponse) -> dict[str, planning.Item]:
        """Return what planning can take; nothing where there is no backlog."""
        backlog = self.part.backlog
        return planning.items(backlog, response.candidates) if backlog else {}

    def replay(self, said: Candidate) -> hazard.Replay | None:
        """Return the story played again with the candidate; None without a hazard graph."""
        return replayed(self.scenario, said, self.part.noticed)

    def changes(self, said: Candidate) -> bool | None:
        """Whether the story is different with it; None where the story cannot tell.

        That fewer are hurt is the trainee's own word: no graph counts them.
        """
        replay = self.replay(said)
        if replay is None or said.does == "fewer_hurt":
            return None
        return replay.changes

    def assess(self, response: PostmortemResponse, policy: str = DEFAULT) -> Feedback:
        return feedback(self, response)

    def _texts(self, given: Given) -> dict[str, str]:
        """The sections that are written, or NotAllowed where that is too much."""
        said = {name: written(given, name, LONGEST) for name in sections(self.near_miss)}
        if sum(map(len, said.values())) > LONGEST:
            raise NotAllowed(f"please keep the draft under {LONGEST:,} characters in all")
        return {name: text for name, text in said.items() if text}

    def _handed(self, response: PostmortemResponse, given: Given) -> PostmortemResponse:
        texts, candidates = self._texts(given), candidates_of(given)
        if not texts.get("impact"):
            raise NotAllowed("impact: say who was hurt and by how much, or that nobody was")
        left = {**response.left, **left_of(given)}
        handed = {"texts": texts, "candidates": candidates, "left": left, "asked": ()}
        return response.model_copy(update=handed)

    def _plan(self, response: PostmortemResponse, given: Given) -> planning.Plan:
        assert self.part.backlog is not None  # else there is no such stage
        return planning.taken(given, self.part.backlog, self.items(response))

    def _declined(self, response: PostmortemResponse, given: Given) -> planning.Plan:
        assert response.plan is not None  # else there is no such stage
        return planning.declined(given, response.plan, self.items(response))

    def _with_effect(
        self, response: PostmortemResponse, number: int, given: Given
    ) -> PostmortemResponse:
        candidates = [*response.candidates]
        candidates[number] = with_effect(self.scenario, candidates[number], given)
        return response.model_copy(update={"candidates": tuple(candidates)})

    def _planned(self, own: list[Candidate]) -> tuple[Given, ...]:
        """The steps of planning: the first candidates have the places, the rest a reason."""
        backlog = self.part.backlog
        if backlog is None or not own:
            return ()
        names = [f"{planning.OWN}{number}" for number in range(len(own))]
        rest = names[backlog.places :]
        take = {"take": names[: backlog.places]}
        return (take, {f"why-{name}": "No place is left." for name in rest}) if rest else (take,)


def _listed(candidates: tuple[Candidate, ...]) -> dict[str, str]:
    lines = [one.text for one in candidates]
    return {"candidates": "\n".join(lines)} if lines else {}
