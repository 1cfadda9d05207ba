"""Small stories for tests, made by hand so that every verdict can be worked out on paper."""

from typing import Any

from incident_training.kinds import Authored, Scenario

POLICIES = ("learning", "customers", "coordination")


def shop(**changed: Any) -> Scenario:
    """A shop's morning: learning says yes at 09:10, customers at 09:14, coordination at 09:22."""
    given = {n: [_plain(one) for one in v] if n == "injects" else v for n, v in changed.items()}
    return Authored.model_validate({**SHOP, **given})


def _plain(inject: Any) -> Any:
    return inject if isinstance(inject, dict) else inject.model_dump(by_alias=True)


def judged(value: str) -> dict[str, str]:
    return {"value": value, "because": f"{value}, for a reason"}


SHOP: dict[str, Any] = {
    "id": "tuesday-shop",
    "edition": "0123456789ab",
    "title": "Tuesday, the shop",
    "teaches": "Declare on what customers feel, not on the cause",
    "domain": "payments",
    "level": "practitioner",
    "source": {"kind": "invented"},
    "day": "Tuesday",
    "briefing": "You are on call for the shop.",
    "hurt_unit": "customers were charged twice",
    "injects": [
        {
            "id": "cpu",
            "at": "09:04",
            "channel": "alert",
            "text": "Database CPU 71 %.",
            "facts": {
                "worth_review": {"value": "no", "because": "one signal"},
                "customer_hit": "no",
            },
        },
        {"id": "errors", "at": "09:08", "channel": "dashboard", "text": "Errors 1.1 %.", "hurt": 4},
        {
            "id": "double",
            "at": "09:10",
            "channel": "chat",
            "from": "support",
            "text": "Two customers say they paid twice.",
            "hurt": 12,
            "facts": {
                "worth_review": {"value": "yes", "because": "two signals and money"},
                "unplanned": "yes",
                "disrupted": "yes",
            },
        },
        {
            "id": "more",
            "at": "09:14",
            "channel": "chat",
            "text": "Eleven now.",
            "hurt": 30,
            "facts": {"customer_hit": "yes"},
        },
        {
            "id": "payments",
            "at": "09:22",
            "channel": "call",
            "text": "Payments joins.",
            "hurt": 43,
            "facts": {"teams": "2", "minutes_unsolved": "12"},
        },
    ],
    "evidence": [
        {
            "id": "scheduler",
            "label": "Scheduler log",
            "channel": "log",
            "minutes": "4",
            "text": "The export starts at 09:00 now.",
        }
    ],
    "hazard": {
        "trigger": "moved",
        "harm": "all-fail",
        "nodes": {
            "moved": "the export runs at nine",
            "full": "the pool is full",
            "all-fail": {"text": "every checkout fails", "at": "09:31"},
        },
        "edges": [
            {
                "from": "moved",
                "to": "full",
                "barrier": {
                    "id": "cap",
                    "text": "connection cap",
                    "kind": "engineered",
                    "held": "no",
                },
            },
            {"from": "full", "to": "all-fail", "luck": "the sale ended at 09:25"},
        ],
    },
    "declaration": {
        "hint": "What would a customer see?",
        "because": {policy: f"the reason under {policy}" for policy in POLICIES},
        "who": judged("oncall"),
        "severity": judged("medium"),
        "impact": judged("low"),
        "ending": "The sale ended and the load fell.",
        "exemplar": [
            {"after": "cpu", "choice": "watch"},
            {"after": "errors", "choice": "watch"},
            {
                "after": "double",
                "choice": "declare",
                "who": "oncall",
                "severity": "medium",
                "impact": "low",
            },
        ],
    },
    "near_miss": {
        "hint": "What ended it?",
        "observations": [
            {
                "id": "night",
                "at": "03:00",
                "channel": "log",
                "text": "Backup done.",
                "because": "As every night.",
            },
            {
                "id": "ended",
                "at": "09:25",
                "channel": "log",
                "text": "Load falls.",
                "facts": {"started": "yes", "reached": "no", "stopped_by": "luck"},
                "because": "It almost failed for everyone; the sale ended.",
            },
        ],
    },
    "postmortem": {
        "hint": "What if nobody remembered?",
        "before": [["09:00", "the export starts, moved from 03:00"]],
        "noticed": "double",
        "because": {k: f"reason for {k}" for k in ("impact", "factors", "luck", "action")},
        "exemplar": {
            "impact": "43 customers were charged twice in 18 minutes.",
            "factors": ["The export moved to nine.", "The cap is per job, not in all."],
            "luck": "The sale ended.",
            "candidates": [{"text": "Cap the export at 10 connections", "strengthens": "cap"}],
        },
        "actions": [
            {
                "text": "Cap the export at 10 connections",
                "strengthens": "cap",
                "because": "It stands by itself.",
            },
            {
                "text": "Remind everyone about the scheduler",
                "because": "Somebody forgets.",
            },
        ],
    },
}


SOUND = """\
title: Friday, the bakery
teaches: Believe the second person who sees the same.
domain: shops
level: foundation
policy: learning
source: {kind: public, name: A baker's notes, url: https://example.org/notes, changed: The names}
day: Friday
briefing: You look after the tills of nine bakeries.
hurt_unit: customers left without bread
injects:
  - id: change-0800
    at: 08:00
    channel: change
    text: The new price table is on all tills.
    facts:
      worth_review: {value: no, because: Planned and announced}
      customer_hit: no
      could_disrupt: no
  - id: chat-0818
    at: 08:18
    channel: chat
    from: Mira, shop 4
    text: Till 2 shows no price for rolls. The other till does.
    facts:
      unplanned: yes
      worth_review: {value: unknown, because: One till of eighteen}
  - id: call-0826
    at: 08:26
    channel: call
    from: shop 7
    text: No price for rolls here either, and the queue is at the door.
    series: [1, 4, 9]
    alt: The queue grows from 1 to 9
    hurt: 3
    facts:
      disrupted: yes
      customer_hit: yes
      worth_review: {value: yes, because: Two shops see the same gap}
  - id: chat-0840
    at: 08:40
    channel: chat
    from: the price office
    text: We put yesterday's table back. Rolls have a price again.
    hurt: 5
    state: mitigated
    facts:
      teams: 2
evidence:
  - id: table
    label: The new table
    channel: log
    minutes: 4
    text: The row for rolls has a blank where its number should be.
    facts:
      could_disrupt: yes
  - id: notice
    label: What the till maker wrote
    channel: mail
    minutes: 3
    text: Tills of 2019 may be slow today while they are looked after.
    misleads: The till is old and slow.
    refuted_by: table
    facts:
      needs_human: no
hazard:
  trigger: moved
  harm: dark
  nodes:
    moved: The table goes out at eight
    gap: Rolls have no price
    stale: Old prices are shown
    lamp: A red light comes on
    dark: Every till stops at noon
  edges:
    - from: moved
      to: gap
      barrier: {id: preview, text: The preview of a table, kind: engineered, held: no}
    - from: gap
      to: dark
      luck: The cakes came late
    - from: gap
      to: stale
    - from: stale
      to: dark
      barrier: {id: second, text: A second look, kind: procedure, held: untested}
    - from: gap
      to: lamp
      barrier: {id: bulb, text: The bulb, kind: engineered, held: untested}
declaration:
  hint: Who else can see it?
  because: {learning: Two shops, customers: They left, coordination: A second office}
  who: {value: team, because: They own the table}
  severity: {value: low, because: One row}
  impact: {value: low, because: Two shops}
  ending: By noon every shop had rolls at a price again.
  exemplar:
    - {after: change-0800, choice: watch}
    - {after: chat-0818, choice: watch}
    - {after: call-0826, choice: declare, who: team, severity: low, impact: low}
near_miss:
  hint: What ended it?
  observations:
    - {id: line-0600, at: 06:00, channel: log, text: Ovens lit., because: As every day}
    - id: line-0700
      at: 07:00
      channel: log
      text: The flour scale reads 0.2 kg with nothing on it.
      facts: {started: no}
      because: It waits for its day
    - id: line-0730
      at: 07:30
      channel: mail
      text: Your van is due for its yearly check in March, said the garage, and sent its regards.
      because: There is time
    - {id: line-0826, at: 08:26, channel: call, text: Shop 7 asks for prices., because: Known}
    - {id: line-0830, at: 08:30, channel: log, text: Bread van left on time., because: It does}
    - {id: line-0840, at: 08:40, channel: chat, text: Who has the key to the yard?, because: Found}
    - {id: line-0845, at: 08:45, channel: alert, text: Oven 2 above 260 degrees., because: A crust}
    - {id: line-0850, at: 08:50, channel: mail, text: FINAL offer on flour sacks!, because: An ad}
    - {id: line-0855, at: 08:55, channel: log, text: Cold room at 4 degrees., because: As it is}
    - id: line-0905
      at: 09:05
      channel: chat
      text: The cakes came late today, so nobody had keyed them in at eight.
      facts: {started: yes, reached: no, stopped_by: luck}
      worst: major
      left: none
      because: It almost went further. Cakes stood next in that table
      without: Had they come at seven, a second row would have been without its number.
    - {id: line-0930, at: 09:30, channel: log, text: Tills counted., because: As every day}
postmortem:
  hint: What if nobody looked?
  noticed: call-0826
  because: {impact: Numbers, factors: Several, luck: It runs out, action: Something stands there}
  exemplar:
    impact: 5 customers left without rolls in 22 minutes.
    factors: [A table could go out with a blank in it., The preview showed the first page only.]
    luck: The cakes came late.
    candidates:
      - {text: The preview refuses a blank, strengthens: preview}
  actions:
    - {text: The preview refuses a blank, strengthens: preview, because: It stands by itself}
    - {text: A till with a gap asks for help, adds: [gap, dark], because: The other way stays}
    - {text: Show gaps to the price office, seen_at: chat-0818, because: It gives minutes}
"""


def change(text: str, *changes: tuple[str, str]) -> str:
    """Return a story with these places changed; each has to be there, once."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    return text
