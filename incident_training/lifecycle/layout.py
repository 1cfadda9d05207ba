"""Where each state and move stands on the map of the lifecycle, on a wide screen and on a phone.

Written by hand, because a calm map is a matter of eye; `draw` leaves out what a process lacks.
"""

from dataclasses import dataclass, field

from incident_training.front.svg import Point

Pair = tuple[str, str]

DETECTED, DECLARED, CLOSED = "Detected", "Declared", "Closed"
MITIGATED, RESOLVED = "Mitigation in place", "Resolved"
POSTMORTEM, ACTIONS = "Postmortem", "Corrective/Preventive actions"
IMPACT, NOTICED = "Impact starts", "Near miss noticed"
TRIAGE, NOT_ONE, JOINED, STOOD = "Triage", "Not an incident", "Joined", "Stood down"
CANDIDATES, PLANNING = "Action candidates", "Planning"

DASHED = {(DECLARED, POSTMORTEM), (MITIGATED, DECLARED), (RESOLVED, DECLARED)}
"""The near miss path and the ways back."""


@dataclass(frozen=True)
class Box:
    """A state: its middle, its size, its name in lines. The seven of the seed are large."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    large: bool = False


@dataclass(frozen=True)
class Note:
    """A move's label: where its lines stand and how they are anchored."""

    at: Point
    lines: tuple[str, ...]
    anchor: str = "middle"


@dataclass(frozen=True)
class Layout:
    """The map for one shape of screen. A route is bent at its points; one of `curved`, a cubic."""

    width: float
    boxes: dict[str, Box]
    routes: dict[Pair, tuple[Point, ...]]
    notes: dict[Pair, Note]
    learnings: tuple[float, float, float, float]
    learnings_title: Note
    name: float = 16
    text: float = 14
    small: float = 13.5
    curved: frozenset[Pair] = field(default_factory=frozenset)


WIDE = Layout(
    width=1080,
    boxes={
        DETECTED: Box(76, 186, 132, 70, ("Detected",), True),
        DECLARED: Box(268, 186, 136, 70, ("Declared",), True),
        MITIGATED: Box(418, 186, 104, 70, ("Mitigation", "in place"), True),
        RESOLVED: Box(544, 186, 96, 70, ("Resolved",), True),
        POSTMORTEM: Box(708, 186, 132, 70, ("Postmortem",), True),
        ACTIONS: Box(876, 186, 128, 70, ("Actions",), True),
        CLOSED: Box(1026, 186, 88, 70, ("Closed",), True),
        IMPACT: Box(76, 42, 116, 44, ("Impact starts",)),
        NOTICED: Box(268, 42, 148, 44, ("Near miss noticed",)),
        TRIAGE: Box(172, 276, 88, 44, ("Triage",)),
        NOT_ONE: Box(172, 352, 134, 44, ("Not an incident",)),
        JOINED: Box(44, 352, 68, 44, ("Joined",)),
        STOOD: Box(470, 352, 108, 44, ("Stood down",)),
        CANDIDATES: Box(742, 292, 144, 44, ("Action candidates",)),
        PLANNING: Box(884, 292, 84, 44, ("Planning",)),
    },
    routes={
        (DETECTED, DECLARED): ((142, 186), (200, 186)),
        (DECLARED, MITIGATED): ((336, 186), (366, 186)),
        (MITIGATED, RESOLVED): ((470, 186), (496, 186)),
        (RESOLVED, POSTMORTEM): ((592, 186), (642, 186)),
        (POSTMORTEM, ACTIONS): ((774, 186), (812, 186)),
        (ACTIONS, CLOSED): ((940, 186), (982, 186)),
        (IMPACT, DETECTED): ((76, 64), (76, 151)),
        (NOTICED, DECLARED): ((268, 64), (268, 151)),
        (DETECTED, JOINED): ((44, 221), (44, 330)),
        (DETECTED, NOT_ONE): ((92, 221), (92, 352), (105, 352)),
        (DETECTED, TRIAGE): ((112, 221), (112, 276), (128, 276)),
        (TRIAGE, DECLARED): ((216, 276), (240, 276), (240, 221)),
        (TRIAGE, NOT_ONE): ((172, 298), (172, 330)),
        (NOT_ONE, DECLARED): ((239, 352), (264, 352), (264, 221)),
        (DECLARED, STOOD): ((290, 221), (290, 352), (416, 352)),
        (DECLARED, POSTMORTEM): ((316, 151), (356, 58), (646, 50), (708, 149)),
        (MITIGATED, DECLARED): ((418, 221), (412, 262), (334, 264), (326, 223)),
        (RESOLVED, DECLARED): ((544, 221), (530, 314), (322, 322), (308, 223)),
        (STOOD, POSTMORTEM): ((524, 344), (656, 344), (656, 221)),
        (STOOD, CLOSED): ((524, 360), (1044, 360), (1044, 221)),
        (POSTMORTEM, CANDIDATES): ((742, 221), (742, 270)),
        (CANDIDATES, PLANNING): ((814, 292), (842, 292)),
        (PLANNING, ACTIONS): ((884, 270), (884, 221)),
        (PLANNING, CLOSED): ((926, 292), (1008, 292), (1008, 221)),
    },
    notes={
        (DECLARED, POSTMORTEM): Note(
            (528, 62), ("near miss: nothing to mitigate, everything to learn",)
        ),
        (MITIGATED, DECLARED): Note((372, 268), ("relapse",)),
        (RESOLVED, DECLARED): Note((370, 308), ("reopen",)),
        (NOT_ONE, DECLARED): Note((246, 374), ("new facts",), "start"),
        (PLANNING, CLOSED): Note((964, 285), ("declined",)),
    },
    learnings=(626, 108, 330, 129),
    learnings_title=Note((942, 132), ("Learnings",), "end"),
    curved=frozenset(DASHED),
)

TALL = Layout(
    width=346,
    boxes={
        IMPACT: Box(164, 26, 120, 44, ("Impact starts",)),
        DETECTED: Box(164, 102, 120, 68, ("Detected",), True),
        DECLARED: Box(164, 266, 120, 76, ("Declared",), True),
        MITIGATED: Box(164, 384, 120, 68, ("Mitigation", "in place"), True),
        RESOLVED: Box(164, 474, 120, 56, ("Resolved",), True),
        POSTMORTEM: Box(164, 602, 120, 68, ("Postmortem",), True),
        ACTIONS: Box(164, 742, 120, 68, ("Actions",), True),
        CLOSED: Box(164, 848, 120, 56, ("Closed",), True),
        NOTICED: Box(48, 152, 84, 68, ("Near miss", "noticed")),
        JOINED: Box(288, 80, 80, 44, ("Joined",)),
        TRIAGE: Box(288, 170, 80, 48, ("Triage",)),
        NOT_ONE: Box(288, 352, 80, 64, ("Not an", "incident")),
        STOOD: Box(288, 474, 80, 64, ("Stood", "down")),
        CANDIDATES: Box(292, 668, 86, 64, ("Action", "candidates")),
        PLANNING: Box(292, 750, 80, 48, ("Planning",)),
    },
    routes={
        (IMPACT, DETECTED): ((164, 48), (164, 68)),
        (DETECTED, DECLARED): ((164, 136), (164, 228)),
        (DECLARED, MITIGATED): ((164, 304), (164, 350)),
        (MITIGATED, RESOLVED): ((164, 418), (164, 446)),
        (RESOLVED, POSTMORTEM): ((164, 502), (164, 568)),
        (POSTMORTEM, ACTIONS): ((164, 636), (164, 708)),
        (ACTIONS, CLOSED): ((164, 776), (164, 820)),
        (NOTICED, DECLARED): ((48, 186), (48, 242), (104, 242)),
        (DETECTED, JOINED): ((224, 82), (248, 82)),
        (DETECTED, NOT_ONE): ((224, 112), (341, 112), (341, 352), (329, 352)),
        (DETECTED, TRIAGE): ((224, 126), (288, 126), (288, 146)),
        (TRIAGE, DECLARED): ((268, 194), (268, 246), (224, 246)),
        (TRIAGE, NOT_ONE): ((312, 194), (312, 320)),
        (NOT_ONE, DECLARED): ((268, 320), (268, 266), (224, 266)),
        (DECLARED, STOOD): ((224, 288), (236, 288), (236, 474), (248, 474)),
        (DECLARED, POSTMORTEM): ((104, 258), (12, 258), (12, 602), (104, 602)),
        (MITIGATED, DECLARED): ((104, 384), (82, 384), (82, 292), (104, 292)),
        (RESOLVED, DECLARED): ((104, 474), (42, 474), (42, 275), (104, 275)),
        (STOOD, POSTMORTEM): ((278, 506), (278, 590), (224, 590)),
        (STOOD, CLOSED): ((328, 474), (341, 474), (341, 858), (224, 858)),
        (POSTMORTEM, CANDIDATES): ((224, 612), (292, 612), (292, 636)),
        (CANDIDATES, PLANNING): ((292, 700), (292, 726)),
        (PLANNING, ACTIONS): ((252, 750), (224, 750)),
        (PLANNING, CLOSED): ((292, 774), (292, 838), (224, 838)),
    },
    notes={
        (DECLARED, POSTMORTEM): Note((18, 492), ("near miss:", "nothing to", "mitigate"), "start"),
        (MITIGATED, DECLARED): Note((82, 325), ("relapse",)),
        (RESOLVED, DECLARED): Note((42, 436), ("reopen",)),
        (NOT_ONE, DECLARED): Note((273, 290), ("new", "facts"), "start"),
        (PLANNING, CLOSED): Note((282, 816), ("declined",), "end"),
    },
    learnings=(86, 528, 160, 262),
    learnings_title=Note((241, 554), ("Learnings",), "end"),
    small=14,
)
