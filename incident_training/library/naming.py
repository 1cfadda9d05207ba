"""What the names in a pack may be, and what each says about its file."""

import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

TEXTS = (".yaml", ".yml")
IMAGES = (".png", ".jpg", ".jpeg", ".webp")
CARDS = "cards"
LONGEST_NAME = 100
_DEVICES = {  # Windows opens a device for these, whatever their ending
    *("con", "prn", "aux", "nul"),
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}
_NOTES = (".md", ".txt", ".json")  # to people, and an editor's schema
_BESIDE = ("LICENSE", "LICENCE", "NOTICE", "COPYING", "README")

Reason = tuple[str, str, str, str]  # the name, then rule, message and fix of its fault


def is_scenario(name: str) -> bool:
    """Whether it is a YAML file at the top, or a card."""
    return ("/" not in name and name.endswith(TEXTS)) or is_card(name)


def is_card(name: str) -> bool:
    """Whether it is a YAML file in the folder `cards`: a scenario that comes only in decks."""
    return str(PurePosixPath(name).parent) == CARDS and name.endswith(TEXTS)


def is_deck(name: str) -> bool:
    """Whether it is a YAML file in the folder `decks`."""
    return str(PurePosixPath(name).parent) == "decks" and name.endswith(TEXTS)


def is_image(name: str) -> bool:
    """Whether it is an image at the top."""
    return "/" not in name and name.endswith(IMAGES)


def is_beside(name: str) -> bool:
    """Whether it is no part of the training: a licence, a note to people, a system's own file."""
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return hidden or path.suffix.lower() in _NOTES or path.name in _BESIDE


def wrong_name(raw: str) -> str | None:
    """Return why a name in a zip is refused, None if it is not."""
    parts = raw.removesuffix("/").split("/")
    reasons = {
        "the name holds a sign that cannot be seen": not raw.isprintable(),
        f"the name is longer than {LONGEST_NAME} characters": len(raw) > LONGEST_NAME,
        "the name leads out of the pack": raw.startswith("/") or ".." in parts,
        "the name holds a backslash": "\\" in raw,
        "the name holds a colon, as that of a drive": ":" in raw,
        "a part of the name is empty, or a dot": not {"", "."}.isdisjoint(parts),
        "a part of the name ends in a dot or a space": any(p[-1:] in (". ") for p in parts),
        "Windows keeps this name for a device": any(
            part.split(".")[0].strip().casefold() in _DEVICES for part in parts
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def clash(names: Iterable[str]) -> Reason | None:
    """Return the first name that is another's too, where case, accents or ending do not count."""
    first: dict[str, str] = {}
    for name in names:
        same = unicodedata.normalize("NFKC", name).casefold().removeprefix(f"{CARDS}/")
        same = same.removesuffix(".yml") + ".yaml" if same.endswith(".yml") else same
        if same in first:
            message = f"{first[same]} has the same name, on some computers or as an id"
            return name, "twice", message, "Keep one of them."
        first[same] = name
    return None
