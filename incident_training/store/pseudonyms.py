"""A readable name for a secret token; the token itself is never stored."""

import hashlib

from incident_training.store.database import StoreError


def pseudonym(token: str) -> str:
    """Return a name such as "quiet-heron-3f9a1c2b44d07e" for a secret token.

    It carries 66 bits of the token's SHA-256: two people never meet, and there is no way back.
    An empty token is a StoreError.
    """
    if not token:
        raise StoreError("A personal link needs its token; open the home page to get a new one.")
    digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
    return f"{_MANNERS[digest[0] % 32]}-{_BIRDS[digest[1] % 32]}-{digest[2:9].hex()}"


_MANNERS = (
    "able", "amber", "brave", "bright", "calm", "careful", "cheerful", "clear",
    "curious", "eager", "fair", "gentle", "glad", "golden", "happy", "honest",
    "keen", "kind", "lively", "lucky", "merry", "mild", "patient", "quick",
    "quiet", "ready", "silver", "steady", "sunny", "swift", "warm", "wise",
)  # fmt: skip
_BIRDS = (
    "avocet", "bittern", "bunting", "crane", "curlew", "dipper", "dunlin", "eider",
    "falcon", "finch", "gannet", "goldcrest", "grebe", "heron", "kestrel", "kingfisher",
    "lapwing", "lark", "linnet", "martin", "merlin", "nightjar", "osprey", "oriole",
    "plover", "puffin", "redstart", "robin", "swallow", "swift", "wagtail", "wren",
)  # fmt: skip
