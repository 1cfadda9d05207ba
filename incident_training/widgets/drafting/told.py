"""What a draft came to: each action played again, planning, what was asked and changed; to keep."""

from collections.abc import Iterator

from incident_training.kinds import revised
from incident_training.kinds.asking import ACTIONS
from incident_training.kinds.candidates import Candidate, action_of, authored
from incident_training.kinds.document import Document, documented, html, markdown, plain
from incident_training.kinds.postmortem import Postmortem, PostmortemResponse
from incident_training.kinds.workbook import SECTIONS, Texts
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block
from incident_training.widgets.drafting.writing import legend

TAKE_ALONG = "It is kept here too. What you save is yours: it is made in this browser."
CANDIDATES = "These are candidates: planning weighs them against everything else."
_VERDICTS = {True: "Changes the story.", False: "Changes nothing here.", None: ""}


def tell(exercise: Postmortem, response: PostmortemResponse) -> list[Block]:
    """Return the feedback: each action played again, then the draft beside an exemplar."""
    feedback = exercise.assess(response)
    document = documented(exercise, response)
    return [
        blocks.words("Your draft, and the story played again", "eyebrow"),
        blocks.words(feedback.verdict, "verdict"),
        *(block for said in response.candidates for block in _played(exercise, said)),
        *_planned(response),
        blocks.remarks(feedback.remarks),
        *_revised(response),
        blocks.ending("Another draft, to compare with yours", _exemplar(exercise)),
        blocks.ending("Other actions, played again", _others(exercise)),
        blocks.ending("Your draft", _shown(document.sections)),
        *_leaving(document),
        *([] if response.plan else [blocks.words(CANDIDATES, "small")]),
    ]


def _played(exercise: Postmortem, said: Candidate) -> list[Block]:
    replay = exercise.replay(said)
    if replay is None or exercise.scenario.hazard is None:
        return []
    graph = exercise.scenario.hazard.graph
    drawn = pictures.hazard_graph(graph, replay, action_of(said))
    shown = [blocks.picture(drawn)] if said.does in ("strengthens", "adds") else []
    return [blocks.words(replay.words, "lead"), *shown]


def _planned(response: PostmortemResponse) -> Iterator[Block]:
    """What planning took of the candidates, and why not the rest."""
    plan = response.plan
    if plan is None:
        return
    rows = []
    for number, one in enumerate(response.candidates):
        why = plan.declined.get(f"own-{number}", "")
        rows.append([one.text, "taken" if plan.took(number) else "declined", why])
    yield blocks.table("What planning took", ["Candidate", "Planning", "Why not now"], rows)


def _revised(response: PostmortemResponse) -> Iterator[Block]:
    """What was changed since the first question, and what was left as it is."""
    if response.first is None:
        return
    actions = {ACTIONS: "\n".join(one.text for one in response.candidates)}
    changed = revised.changes(response.first, {**(response.texts or {}), **actions})
    rows = [{"section": legend(name), "runs": [*map(list, r)]} for name, r in changed.items()]
    if rows:
        yield blocks.revised("Since you first asked: revision 1 and what you handed in", rows)
    else:
        yield blocks.words("You asked, and left every section as it was.", "soft")


def _exemplar(exercise: Postmortem) -> str:
    texts = exercise.part.exemplar.texts
    factors = "\n".join(f"– {factor}" for factor in exercise.part.exemplar.factors)
    return _shown({**texts, "factors": factors})


def _shown(texts: Texts) -> str:
    return "\n\n".join(f"{SECTIONS[name].legend}\n{text}" for name, text in texts.items())


def _others(exercise: Postmortem) -> str:
    told = []
    for action in exercise.part.actions:
        said = authored(action)
        replay = exercise.replay(said)
        if replay is not None:
            verdict = _VERDICTS[exercise.changes(said)]
            told.append(" ".join(filter(None, (replay.words, verdict, action.because))))
    return "\n\n".join(told)


def _leaving(document: Document) -> Iterator[Block]:
    if document.when or document.will:
        yield blocks.words("Your commitment", "heading")
        yield blocks.words(document.commitment, "verdict")
    name = document.file
    yield blocks.downloads(
        "Take it along",
        TAKE_ALONG,
        [
            _file("Markdown", f"{name}.md", "text/markdown", markdown(document)),
            _file("A page to print", f"{name}.html", "text/html", html(document)),
            _file("JSON", f"{name}.json", "application/json", plain(document)),
        ],
    )


def _file(label: str, name: str, type_: str, text: str) -> Block:
    return {"label": label, "name": name, "type": type_, "text": text}
