"""The two files a page loads, each named by its content, so that a browser may keep it for ever."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from incident_training import front


@dataclass(frozen=True)
class File:
    name: str
    type: str
    text: str

    @property
    def address(self) -> str:
        return f"/front/{self.name}"


@cache
def module() -> File:
    """Return all our JavaScript as one ES module."""
    return _named("js", "text/javascript", front.module("page"))


@cache
def style() -> File:
    """Return all our styles: those of every screen, then those of the page around it."""
    around = (Path(__file__).parent / "page.css").read_text("utf-8")
    return _named("css", "text/css", f"{front.style()}\n{around}")


def _named(ending: str, type: str, text: str) -> File:
    return File(f"page.{sha256(text.encode()).hexdigest()[:16]}.{ending}", type, text)
