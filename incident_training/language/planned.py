"""What action candidates come to together: their kinds, their strength, how one will know.

A candidate is a mapping of text, known, kind, tier and backlog; what is not said is "" or missing.
"""

from collections.abc import Mapping, Sequence

Plan = Sequence[Mapping[str, str]]

_DO = {  # a kind: what one candidate does, what several do
    "prevent": ("prevents", "prevent"),
    "detect": ("detects", "detect"),
    "mitigate": ("mitigates", "mitigate"),
    "repair": ("repairs", "repair"),
    "investigate": ("investigates", "investigate"),
}
_LEAN = {
    "stronger": ("works if nobody remembers", "work if nobody remembers"),
    "intermediate": ("helps people and needs them", "help people and need them"),
    "weaker": ("leans on memory and care", "lean on memory and care"),
}
_TRAPS = {  # of these kinds alone: what is not there
    frozenset({"prevent"}): "Nothing yet keeps it small once it has begun.",
    frozenset({"detect"}): "Nothing yet is different for whoever is looking.",
    frozenset({"investigate"}): "Nothing yet is different next time.",
    frozenset({"repair"}): "Nothing yet is different next time.",
    frozenset({"investigate", "repair"}): "Nothing yet is different next time.",
}
_ALL = {1: "it", 2: "both"}
_WEAKEST = "Nothing yet works if nobody remembers it."
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def balance(candidates: Plan) -> str:
    """Return of what kinds and tiers the candidates are and what none of them is; "" of none.

    What is not said is said to be so, and nothing is concluded from it.
    """
    count = len(candidates)
    told = [_sentence(_counted(candidates, *of), count) for of in (("kind", _DO), ("tier", _LEAN))]
    if not any(told):
        return ""
    begins = "One candidate" if count == 1 else f"{_number(count).capitalize()} candidates"
    trap = _TRAPS.get(frozenset(kinds(candidates)), "")
    weakest = _WEAKEST if only_weaker(candidates) else ""
    said = "; ".join(filter(None, told))
    return " ".join(filter(None, (f"{begins}: {said}.", trap, weakest)))


def kinds(candidates: Plan) -> set[str]:
    """Return the kinds of the candidates, with "" where one is not said."""
    return {one.get("kind", "") for one in candidates}


def only_weaker(candidates: Plan) -> bool:
    """Whether each candidate has a tier, and each of them is the weakest."""
    return _tiers(candidates) == {"weaker"}


def tier_unsaid(candidates: Plan) -> bool:
    """Whether none is called stronger or intermediate, and of some it is not said."""
    tiers = _tiers(candidates)
    return "" in tiers and tiers <= {"", "weaker"}


def unknown(candidates: Plan) -> str | None:
    """Return the first candidate of which it is not said how one will know."""
    return next((one["text"] for one in candidates if not one.get("known", "").strip()), None)


def _tiers(candidates: Plan) -> set[str]:
    return {one.get("tier", "") for one in candidates}


def _counted(
    candidates: Plan, name: str, words: Mapping[str, tuple[str, str]]
) -> list[tuple[int, str]]:
    said = [one.get(name, "") for one in candidates]
    counts = {value: said.count(value) for value in words}
    return [(n, words[value][n > 1]) for value, n in counts.items() if n]


def _sentence(told: Sequence[tuple[int, str]], count: int) -> str:
    left = count - sum(n for n, _ in told)
    if not told:
        return ""
    if len(told) == 1 and not left:
        return f"{_ALL.get(count, 'all')} {told[0][1]}"
    parts = [f"{_number(n)} {words}" for n, words in told]
    if left:
        parts.append(f"of {_number(left)} it is not said")
    return f"{', '.join(parts[:-1])}, {parts[-1]}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
