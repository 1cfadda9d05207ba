"""Whether a draft's owner is one person or role, as far as the words show it."""

import re

_GROUP = re.compile(
    r"(?:teams?|squads?|groups?|committee|departments?|crew|guild|tribe|rota|everyone|everybody"
    r"|all(?: of us)?|we|us|engineering|operations|ops|dev ?ops|sre|support|security)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:lead(?:er)?|engineer|manager|owner|head|on-call|commander|director|officer|operator"
    r"|chief|chair|architect|coordinator|administrator|admin|analyst|developer|captain|master|nurse"
    r"|doctor|pharmacist|clerk|controller|planner|dispatcher|duty manager|supervisor)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’-]{1,30}\.?)(?: [^\W\d_a-z][\w'’.-]{0,30}){0,2}")
_FIELD = re.compile(
    r"trust|safety|health|research|development|sales|marketing|operations|infrastructure|platform"
    r"|payments?|compliance|legal|finance|data|product|design|quality|risk|people|learning|care",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@[\w.-]{2,40}")
_OF_A_GROUP = re.compile(r"^(.{2,60}?),? (?:of|from|in|at|for|on) ", re.IGNORECASE)
_BETWEEN = re.compile(r"\band\b|[,;/&+\n]", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]{0,80}\)")


def is_group(owner: str) -> bool:
    """Whether the words end on a group, and name neither a role nor one of its people."""
    said = _bare(owner)
    if _ROLE.search(said) or not said:
        return False
    before = _OF_A_GROUP.match(said) or re.match(r"^([^,]{2,60}),", said)
    if before and _person(before[1]):
        return False
    last = said.rstrip(".").split()[-1]
    return bool(_GROUP.fullmatch(said) or _GROUP.fullmatch(last))


def is_several(owner: str) -> bool:
    """Whether it names two people, or two roles: a name with its role beside it is one."""
    parts = [part for raw in _BETWEEN.split(_bare(owner)) if (part := raw.strip(" .-•*"))]
    roles = [part for part in parts if _ROLE.search(part)]
    names = [part for part in parts if part not in roles and _person(part)]
    return len(roles) > 1 or len(names) > 1


def _person(part: str) -> bool:
    last = part.split()[-1]
    named = _NAME.fullmatch(part) and not _GROUP.fullmatch(last) and not _FIELD.fullmatch(last)
    return bool(named or _HANDLE.fullmatch(part))


def _bare(owner: str) -> str:
    return _ASIDE.sub("", owner).strip()
