"""Text counted without being judged: its lines, its factors, whether it says how many."""

import re

_WORDS = (
    "nobody|nothing|none|zero|no one|no (?!idea)|not one|all (?!in all)|every|everyone|everybody"
    "|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    "|dozens?|hundreds?|thousands?"
)
_HOW_MANY = re.compile(rf"\d|\b(?:{_WORDS})\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"(?:to be (?:done|added|written|filled in|confirmed|determined)"
    r"|tb[acd]|to ?do|wip|later|x{1,5}|[.…?_-]{1,10})[.:!]?",
    re.IGNORECASE,
)


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line for raw in text.splitlines() if (line := raw.strip(" -•*\t"))]


def says_something(text: str | None) -> bool:
    """Whether there is a text, and it is not only said to come."""
    return bool(text and any(not _TO_COME.fullmatch(line) for line in lines(text)))


def says_how_many(text: str | None) -> bool:
    """Whether there is a figure, or that there was nobody to count."""
    return bool(text and _HOW_MANY.search(text))


def factors(text: str) -> list[str]:
    """Return the factors a text names: its lines, or the sentences of a single paragraph."""
    found = lines(text)
    sentences = [part for part in re.split(r"[.;!?](?:\s+|$)", found[0]) if part] if found else []
    return found if len(found) >= len(sentences) else sentences


def count_factors(text: str) -> int:
    """Return how many factors a text names."""
    return len(factors(text))
