"""The policies one can put in force: each a definition of "incident" as a rule over facts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from incident_training.doctrine.facts import Facts
from incident_training.doctrine.rule import Rule, parse

DEFAULT = "learning"
OWN = "own: "  # begins the name of a definition of one's own; its rule follows


@dataclass(frozen=True)
class Policy:
    """When to declare. `opinion` marks a rule that rests on the author's judgement."""

    name: str
    title: str
    question: str
    rule: Rule
    opinion: bool
    source: str

    def holds(self, facts: Facts) -> bool:
        """Whether the stated facts alone say: declare."""
        return self.rule.verdict(facts) is True

    def could_hold(self, facts: Facts) -> bool:
        """Whether it would say so if every unstated fact counted in its favour."""
        return self.rule.verdict(facts) is not False


@cache
def policies() -> Mapping[str, Policy]:
    """Every policy by name, in the order of policies.toml."""
    table = tomllib.loads(files(__package__).joinpath("policies.toml").read_text("utf-8"))
    return {name: _policy(name, row) for name, row in table.items()}


def policy(name: str = DEFAULT) -> Policy:
    """Return the policy of that name, or raise ValueError naming the choices.

    "own: teams >= 2" is a definition of one's own, for which RuleError says what is wrong.
    """
    if name.startswith(OWN):
        text = name.removeprefix(OWN)
        rule = parse(text)
        opinion = "worth_review" in rule.facts
        return Policy(name, "Your own definition", f"{text}.", rule, opinion, "Your own")
    if name not in policies():
        raise ValueError(f"there is no policy {name!r}; choose from {', '.join(policies())}")
    return policies()[name]


def among(name: str) -> Mapping[str, Policy]:
    """Every policy, and the one of that name first if it is somebody's own."""
    return {name: policy(name), **policies()} if name.startswith(OWN) else policies()


def _policy(name: str, row: Mapping[str, str]) -> Policy:
    return Policy(
        name,
        row["title"],
        row["question"],
        parse(row["rule"]),
        bool(row["opinion"]),
        row["source"],
    )
