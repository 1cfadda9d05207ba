"""Where in a Markdown file we are: the headings above a line, and the day they say."""

from dataclasses import dataclass
from datetime import date

from incident_training.authoring.dates import Unreadable, Written, dates_in, weekday_only
from incident_training.authoring.markup import plain

LISTS = 10  # the level of a list item that says what its items are about; headings have 1 to 6


@dataclass(frozen=True)
class Heading:
    """A heading that names a section: neither a day nor a time."""

    level: int
    line: int
    text: str


class Sections:
    """The headings above a line. `section` is what one of them should hold; None wants all."""

    def __init__(self, base: date, section: str | None) -> None:
        self._base, self._section = base, (section or "").lower()
        self._headings: list[tuple[int, str]] = []
        self._days: list[tuple[int, Written | Unreadable]] = []
        self._named: list[Heading] = []

    def enter(self, level: int, text: str) -> None:
        """Begin a section; those of its level and below end."""
        kept = [one for one in self._headings if one[0] < level]
        self._headings = [*kept, (level, plain(text).lower())]
        self._days = [one for one in self._days if one[0] <= level]
        self._named = [one for one in self._named if one.level < level]

    def name(self, heading: Heading) -> None:
        """Take a heading that was entered as the name of its section."""
        self._named.append(heading)

    @property
    def above(self) -> tuple[Heading, ...]:
        """The headings that name the sections we are in, the outermost first."""
        return tuple(self._named)

    def says_day(self, level: int, text: str) -> bool:
        """Take the day that the heading of a section says; whether it says one."""
        self._days = [one for one in self._days if one[0] < level]
        day = _day(text, level, self._base)
        if day:
            self._days.append((level, day))
        return day is not None

    @property
    def day(self) -> Written | Unreadable | None:
        """The date that holds here, or why it cannot be known; None if no heading says a day."""
        return self._days[-1][1] if self._days else None

    @property
    def wanted(self) -> bool:
        """Whether this is in the section that was asked for."""
        return any(self._section in text for _, text in self._headings) or not self._section


def _day(text: str, level: int, base: date) -> Written | Unreadable | None:
    shown = " ".join(text.strip(" *_:#").split())
    if weekday_only(text):
        return Unreadable(f"“{shown}” above it is no date", "Write the date there: 2026-03-01.")
    found = dates_in(text)
    days = {(one.month, one.day) for one in found}
    ours = (base.month, base.day) in days and found[0].year in (None, base.year)
    if level == 1 and ours:
        return None
    if len(days) > 1:
        fix = "Write the date with the time."
        return Unreadable(f"“{shown}” above it has several dates", fix)
    if found and level == 1:
        fix = "Give the date of these times with --date, or write it with each."
        return Unreadable(f"the title says “{shown}”, and --date is {base}", fix)
    return found[0] if found else None
