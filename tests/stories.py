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
