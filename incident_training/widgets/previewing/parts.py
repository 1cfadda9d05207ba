"""What each kind of exercise expects, as its author wrote it and as its feedback will tell it."""

from collections.abc import Iterable, Iterator

from incident_training.clock import clock
from incident_training.doctrine.near_miss import chain
from incident_training.doctrine.policy import policies
from incident_training.doctrine.policy import policy as policy_named
from incident_training.kinds import exercises, potential
from incident_training.kinds.base import NotAllowed, exemplar
from incident_training.kinds.candidates import DOES, Candidate, authored, targets
from incident_training.kinds.declaration import Declaration, DeclarationResponse
from incident_training.kinds.log import Observation
from incident_training.kinds.near_miss import NearMiss, class_of, observed
from incident_training.kinds.postmortem import Postmortem
from incident_training.kinds.run import Call, Look, evidence_of
from incident_training.kinds.scenario import Scenario
from incident_training.kinds.vocabulary import CHOICES, OTHERS, OVER, OWNERS, RUNG, WHO
from incident_training.kinds.workbook import ActionSpec
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block

_CHANGES = {True: "It changes the story.", False: "It changes nothing here.", None: ""}


def declaring(drill: Declaration) -> Iterator[Block]:
    """Yield when each rule says yes, what is expected then, the exemplar's run and the ending."""
    part = drill.part
    heads = ["Rule", "When", "Because"]
    yield blocks.table("When each rule says yes, on the injects", heads, [*_moments(drill)])
    expected = [
        ["Who needs to know now", WHO.get(part.who.value, part.who.value), part.who.because],
        ["Severity", part.severity.value, part.severity.because],
        ["Impact", part.impact.value, part.impact.because],
    ]
    if part.over:
        expected.append(["Is it over?", OVER[part.over.value], part.over.because])
    yield blocks.table("Once it is declared", ["Asked", "Expected", "Because"], expected)
    first = drill.scenario.hurt_from
    hurt = "Nobody is hurt." if first is None else f"The first is hurt at {clock(first)}."
    yield blocks.words(f"{hurt} The chances a trainee states are told beside it.", "soft")
    yield from _exemplar_run(drill)
    yield blocks.words(f"The ending, told last: {part.ending}")


def hunt(log: NearMiss) -> Iterator[Block]:
    """Yield each line of the log with its class, and how that follows from its facts."""
    heads = ["When", "From", "Line", "It is", "Because"]
    rows = [_line(line) for line in log.part.observations]
    yield blocks.table("The log of the shift", heads, rows)
    if log.part.ending:
        yield blocks.words(f"The ending, told last: {log.part.ending}")


def postmortem(draft: Postmortem) -> Iterator[Block]:
    """Yield where it was noticed, the exemplar with its reasons, and each action played again."""
    part = draft.part
    noticed = next((i for i in draft.scenario.injects if i.id == part.noticed), None)
    if noticed:
        source = " · ".join(filter(None, (noticed.channel, noticed.sender)))
        yield blocks.words(f"Noticed at {clock(noticed.at)}: {source}.")
    if part.before:
        rows = [[clock(at), text] for at, text in part.before]
        yield blocks.table("Before anybody knew", ["When", "What happened"], rows)
    yield blocks.table("The exemplar draft", ["Part", "It says", "Because"], [*_written(draft)])
    heads = ["Action", "What it does", "Played again", "Because"]
    rows = [
        [*_action(draft, action), _replayed(draft, authored(action)), action.because]
        for action in part.actions
    ]
    yield blocks.table("Actions, played again", heads, rows)


def _moments(drill: Declaration) -> Iterator[list[str]]:
    for name, rule in policies().items():
        window = drill.window(name)
        moments = {"Earliest": window.earliest, "Expected": window.expected}
        when = [
            f"{word}:\N{NO-BREAK SPACE}{'never' if at is None else clock(at)}"
            for word, at in moments.items()
        ]
        yield [rule.title, "\n".join(when), drill.part.because.get(name, "")]


def _exemplar_run(drill: Declaration) -> Iterator[Block]:
    try:
        run: DeclarationResponse = exemplar(exercises(drill.scenario)[drill.kind])
    except NotAllowed:
        return  # check says at which step
    deeds = [(clock(act.at), _deed(drill.scenario, act)) for act in run.acts]
    acts = [[at, deed] for at, deed in deeds if deed]
    yield blocks.table("The exemplar, step by step", ["When", "What it does"], acts)
    drawn = pictures.run(drill.marks(run), policy_named(drill.scenario.policy))
    yield blocks.picture(drawn, "The exemplar, as its feedback draws it")


def _deed(scenario: Scenario, act: Call | Look) -> str:
    if isinstance(act, Look):
        return f"Opens: {evidence_of(scenario, act.evidence).label}"
    said = {
        "": act.choice and {**RUNG, **CHOICES}[act.choice].partition(":")[0],
        "is it over? ": act.over and OVER[act.over],
        "who holds it: ": OWNERS[act.owner] if act.owner else act.to and OTHERS[act.to],
        "rings at ": act.rings and clock(act.rings),
        "would declare if: ": act.would,
        "who needs to know: ": act.who and WHO[act.who],
        "severity ": act.severity,
        "impact ": act.impact,
    }
    return ", ".join(f"{name}{value}" for name, value in said.items() if value)


def _line(line: Observation) -> list[str]:
    name, steps = class_of(line.facts), chain(observed(line.facts))
    source = "\n".join(filter(None, (line.channel, line.sender)))
    found = "\n".join((name.capitalize(), *steps)) if line.facts else name.capitalize()
    return [clock(line.at), source, line.text, found, potential.told(line).whole]


def _written(draft: Postmortem) -> Iterator[list[str]]:
    told, because = draft.part.exemplar, draft.part.because
    yield ["Impact", told.impact, because["impact"]]
    yield ["Contributing factors", _listed(told.factors), because["factors"]]
    yield ["Where we got lucky", told.luck, because["luck"]]
    actions = _listed(" ".join(_action(draft, action)) for action in told.candidates)
    yield ["Action candidates", actions, because["action"]]


def _action(draft: Postmortem, action: ActionSpec) -> tuple[str, str]:
    """The action, and what it does to which part of the story."""
    said = authored(action)
    target = targets(draft.scenario, said.does or "").get(said.target or "")
    does = DOES[said.does or "reminds"]
    return f"{action.text.rstrip('.')}.", f"{does}: {target}" if target else f"{does}."


def _replayed(draft: Postmortem, said: Candidate) -> str:
    """The replay a trainee gets, its name not said again; of what is seen sooner it says all."""
    replay = draft.replay(said)
    if replay is None:
        return "There is no hazard graph to play it on."
    words = replay.words.removeprefix(f"Played again with “{said.text}”: ")
    verdict = "" if said.does == "seen_at" else _CHANGES[draft.changes(said)]
    return "\n".join(filter(None, (words[:1].upper() + words[1:], verdict)))


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"– {item}" for item in items)
