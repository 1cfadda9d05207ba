"""One place of a scenario file: what stands there, and on which line."""

from dataclasses import dataclass
from typing import Any

from incident_training.library.faults import Fault

_LONGEST = 400  # characters of a message or fix: it may repeat what was written


@dataclass(frozen=True, slots=True)
class Node:
    """What stands at one place of a file. `value` None: nothing is there, or nothing usable.

    `said` marks a place whose fault is known already, so that nothing more is said about it.
    """

    file: str
    line: int
    path: tuple[str | int, ...] = ()
    value: "str | dict[str, Node] | list[Node] | None" = None
    said: bool = False

    @property
    def field(self) -> str:
        """The dotted path, such as injects.1.channel."""
        parts = [str(part) for part in self.path]
        return ".".join(part if part.isprintable() else repr(part) for part in parts)

    @property
    def text(self) -> str | None:
        """The text here, None if it is not one."""
        return self.value if isinstance(self.value, str) else None

    @property
    def fields(self) -> "dict[str, Node]":
        """The fields here, none if it is not a block of fields."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "list[Node]":
        """The items here, none if it is not a list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def there(self) -> bool:
        """Whether the author wrote something here."""
        return self.value is not None or self.said

    def get(self, name: str) -> "Node":
        """Return the field of that name; where there is none, an empty node on this line."""
        return self.fields.get(name) or Node(self.file, self.line, (*self.path, name))

    def nearest(self, path: tuple[str | int, ...]) -> "Node":
        """Return the deepest node there is on the way along `path`."""
        node = self
        for part in path:
            if isinstance(part, int) and part < len(node.items):
                node = node.items[part]
            elif isinstance(part, str) and part in node.fields:
                node = node.fields[part]
            else:
                break
        return node

    def plain(self) -> Any:
        """Return the same as dict, list, str and None."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def fault(self, rule: str, message: str, fix: str) -> Fault:
        """Return a fault at this place; what repeats a long text is cut."""
        return Fault(self.file, self.line, self.field, rule, _short(message), _short(fix))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
