"""The draft: impact, timeline, contributing factors, luck and action candidates; then replay.

Nothing is written for the trainee but the timeline. What is scored is only what can be seen without
judging prose: a number in the impact, two factors, luck named, an action that changes the ending.
"""

import re
from textwrap import shorten
from typing import Any, ClassVar, Literal

from incident_training import hazard
from incident_training.clock import clock
from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds.base import (
    Feedback,
    Frozen,
    Given,
    NotAllowed,
    Remark,
    Response,
    chosen,
    written,
)
from incident_training.kinds.scenario import ActionSpec, PostmortemPart, Scenario

MOST_CANDIDATES = 4
DOES: dict[str, str] = {
    "strengthens": "It makes something that was there hold",
    "adds": "It puts something new in the way",
    "seen_at": "It shows the trouble sooner",
    "fewer_hurt": "Fewer are hurt when it happens",
    "reminds": "It asks people to remember or to be careful",
}


class Candidate(Frozen):
    """An action item candidate and what its author says it does; None is not said yet."""

    text: str
    does: Literal["strengthens", "adds", "seen_at", "fewer_hurt", "reminds"] | None = None
    target: str | None = None


class PostmortemResponse(Response):
    """The draft so far; `impact` is None until it is submitted."""

    impact: str | None = None
    timeline: str = ""
    factors: str = ""
    luck: str = ""
    candidates: tuple[Candidate, ...] = ()


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
    def steps(self) -> tuple[Given, ...]:
        """The draft is handed in, then each candidate is given its effect."""
        draft = self.part.exemplar
        said = [candidate(action) for action in draft.candidates]
        written = {"impact": draft.impact, "factors": "\n".join(draft.factors), "luck": draft.luck}
        handed = {**written, "candidates": [each.text for each in said]}
        effects = ({"does": c.does, f"target-{c.does}": c.target} for c in said)
        return (handed, *(effects if self.scenario.hazard else ()))

    def stage(self, response: PostmortemResponse) -> str:
        """ "draft", then "effect:N" for each candidate, then "done"."""
        if response.impact is None:
            return "draft"
        waiting = [n for n, c in enumerate(response.candidates) if c.does is None]
        return f"effect:{waiting[0]}" if waiting and self.scenario.hazard else "done"

    def take(self, response: PostmortemResponse, given: Given) -> PostmortemResponse:
        """Hand in the draft, or say what the next candidate does ({"does": …, "target": …})."""
        stage = self.stage(response)
        if stage == "done":
            raise NotAllowed("this draft is handed in; play it again to write another")
        if stage == "draft":
            return _draft(given)
        number = int(stage.removeprefix("effect:"))
        said = self._said(response.candidates[number], given)
        candidates = [*response.candidates]
        candidates[number] = said
        return response.model_copy(update={"candidates": tuple(candidates)})

    def targets(self, does: str) -> dict[str, str]:
        """Return what an effect can be aimed at: value to words; empty where nothing is chosen."""
        spec = self.scenario.hazard
        if does == "seen_at":
            return {
                i.id: f"{clock(i.at)} {i.channel}: {shorten(i.text, 70, placeholder=' …')}"
                for i in self.scenario.injects
            }
        if spec is None:
            return {}
        if does == "strengthens":
            return {e.barrier.id: e.barrier.text for e in spec.edges if e.barrier}
        if does == "adds":
            nodes = {name: node.text for name, node in spec.nodes.items()}
            return {
                f"{e.start} {e.end}": f"between “{nodes[e.start]}” and “{nodes[e.end]}”"
                for e in spec.edges
            }
        return {}

    def replay(self, said: Candidate) -> hazard.Replay | None:
        """Return the story played again with the candidate; None without a hazard graph."""
        if self.scenario.hazard is None or said.does is None:
            return None
        moments = [hazard.Moment(i.id, i.at, i.hurt) for i in self.scenario.injects]
        return hazard.replay(
            self.scenario.hazard.graph, action_of(said), moments, seen=self.part.noticed
        )

    def changes(self, said: Candidate) -> bool | None:
        """Whether the story is different with it; None where the story cannot tell.

        That fewer are hurt is the trainee's own word: no graph counts them.
        """
        replay = self.replay(said)
        if replay is None or said.does == "fewer_hurt":
            return None
        return replay.changes

    def assess(self, response: PostmortemResponse, policy: str = DEFAULT) -> Feedback:
        given, because = response.impact is not None, self.part.because
        counted = count_factors(response.factors)
        remarks = (
            _seen("impact in numbers", given, _says_how_many(response.impact), because["impact"]),
            _seen("at least two contributing factors", given, counted >= 2, because["factors"]),
            self._luck(response),
            self._effect(response),
        )
        if not given:
            return Feedback(
                verdict="The draft is still yours to write.", reason="", remarks=remarks
            )
        return Feedback(
            verdict=self._verdict(response), reason=self._reason(response), remarks=remarks
        )

    def _said(self, was: Candidate, given: Given) -> Candidate:
        does = chosen(given, "does", DOES)
        targets = self.targets(does)
        target = chosen(given, f"target-{does}", targets) if targets else None
        return Candidate.model_validate({"text": was.text, "does": does, "target": target})

    def _luck(self, response: PostmortemResponse) -> Remark:
        """Left out, it is missed; what was written is for people to judge."""
        given = response.impact is not None
        return Remark(
            item="where we got lucky",
            given=(response.luck or "not in your draft") if given else None,
            expected=self.part.exemplar.luck,
            score=0.0 if given and not response.luck else None,
            because=self.part.because["luck"],
        )

    def _effect(self, response: PostmortemResponse) -> Remark:
        told = [self.changes(c) for c in response.candidates if c.does]
        given = response.impact is not None and self.stage(response) == "done"
        score = 1.0 if True in told else None if None in told else 0.0
        words = {
            1.0: "there is one, if it does what you said",
            0.0: "none so far",
            None: "the story cannot tell",
        }
        return Remark(
            item="an action that changes the story",
            given=words[score] if given else None,
            expected="one that works if nobody remembers",
            score=score if given else None,
            because=self.part.because["action"],
        )

    def _verdict(self, response: PostmortemResponse) -> str:
        told = [self.changes(c) for c in response.candidates]
        works, one = told.count(True), len(told) == 1
        if not told:
            return "Your draft stands. It holds no action candidate yet."
        many = "your action candidate" if one else f"your {len(told)} action candidates"
        if not works and None in told:
            return "Your draft stands. Fewer would be hurt, by your word; the story cannot tell."
        if not works:
            return f"Your draft stands. Played again with {many}, the story ends as before."
        if one:
            return "Your draft stands. If it does what you said, your action changes the story."
        return f"Your draft stands. If they do what you said, {works} of {many} change the story."

    def _reason(self, response: PostmortemResponse) -> str:
        played = [replay.words for c in response.candidates if (replay := self.replay(c))]
        return "\n".join(played)


def candidate(action: ActionSpec) -> Candidate:
    """Return an authored action as a trainee would have said it."""
    does, target = "reminds", None
    if action.strengthens:
        does, target = "strengthens", action.strengthens
    elif action.adds:
        does, target = "adds", " ".join(action.adds)
    elif action.seen_at:
        does, target = "seen_at", action.seen_at
    elif action.fewer_hurt == "yes":
        does = "fewer_hurt"
    return Candidate.model_validate({"text": action.text, "does": does, "target": target})


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line for raw in text.splitlines() if (line := raw.strip(" -•*\t"))]


def _draft(given: Given) -> PostmortemResponse:
    texts = given.get("candidates", [])
    if not isinstance(texts, list) or len(texts) > MOST_CANDIDATES:
        raise NotAllowed(f"candidates: send a list of at most {MOST_CANDIDATES}")
    written_texts = [written({"candidate": text}, "candidate", 500) for text in texts]
    impact = written(given, "impact")
    if not impact:
        raise NotAllowed("impact: say who was hurt and by how much, or that nobody was")
    rest: dict[str, Any] = {n: written(given, n) for n in ("timeline", "factors", "luck")}
    candidates = tuple(Candidate(text=text) for text in written_texts if text)
    return PostmortemResponse(impact=impact, candidates=candidates, **rest)


def action_of(said: Candidate) -> hazard.Action:
    """Return the candidate as the hazard graph reads it."""
    match said.does, said.target:
        case "strengthens", str(target):
            return hazard.Action(said.text, strengthens=target)
        case "adds", str(target):
            start, end = target.split(" ")
            return hazard.Action(said.text, adds=(start, end))
        case "seen_at", str(target):
            return hazard.Action(said.text, seen_at=target)
        case "fewer_hurt", _:
            return hazard.Action(said.text, fewer_hurt=True)
    return hazard.Action(said.text)


_WORDS = (
    "nobody|nothing|none|zero|no one|no (?!idea)|not one|all (?!in all)|every|everyone|everybody"
    "|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    "|dozens?|hundreds?|thousands?"
)
_HOW_MANY = re.compile(rf"\d|\b(?:{_WORDS})\b", re.IGNORECASE)


def _says_how_many(impact: str | None) -> bool:
    """A figure, or that there was nobody to count."""
    return bool(impact and _HOW_MANY.search(impact))


def count_factors(text: str) -> int:
    """How many factors a text names: its lines, or the sentences of a single paragraph."""
    found = lines(text)
    sentences = [part for part in re.split(r"[.;!?](?:\s+|$)", found[0]) if part] if found else []
    return max(len(found), len(sentences))


def _seen(item: str, given: bool, right: bool, because: str) -> Remark:
    return Remark(
        item=item,
        given=("in your draft" if right else "not seen in your draft") if given else None,
        expected="in your draft",
        score=float(right) if given else None,
        because=because,
    )
