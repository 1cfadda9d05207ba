"""What every screen shares: design tokens, styles and small ES modules, read here as text.

Jupyter loads a widget's module from a blob, where `import "./x.js"` does not resolve. So `module`
puts the files a module imports above it and hands out one text, without a bundler.
"""

import re
from importlib.resources import files

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_ANY_IMPORT = re.compile(r"^import\b.*", re.MULTILINE)
_TOP = re.compile(r"^(export )?(?:async )?(?:const|let|function\*?|class) (\w+)", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


STYLES = ("tokens.css", "page.css", "drafting.css", "clinic.css", "room.css")


class NotInlined(ValueError):
    """A module that cannot become one text; the message says which file and why."""


def module(name: str) -> str:
    """Return `name`.js and all it imports as one ES module, or raise NotInlined."""
    order = _in_order(name, {}, ())
    _refuse_clash(order)
    *inner, entry = (_IMPORT.sub("", text).strip() + "\n" for text in order.values())
    return "\n".join([*(_EXPORT.sub("", text) for text in inner), entry])


def style() -> str:
    """Return the tokens, the page's styles, a draft's and a room's, in that order."""
    return "\n".join(_read(name) for name in STYLES)


def _in_order(name: str, done: dict[str, str], path: tuple[str, ...]) -> dict[str, str]:
    """Return {module: text}, each after the ones it imports."""
    if name in path:
        raise NotInlined(f"front/{name}.js imports itself by way of {' and '.join(path)}")
    if name in done:
        return done
    text = _read(f"{name}.js")
    for names, source in _IMPORT.findall(text):
        done = _in_order(source, done, (*path, name))
        _refuse_unknown(name, names, source, done[source])
    if odd := _ANY_IMPORT.search(_IMPORT.sub("", text)):
        raise NotInlined(
            f'front/{name}.js: write import {{ a, b }} from "./x.js"; got {odd.group()!r}'
        )
    return {**done, name: text}


def _refuse_unknown(name: str, names: str, source: str, text: str) -> None:
    exported = {word for export, word in _TOP.findall(text) if export}
    for word in filter(None, (part.strip() for part in names.split(","))):
        if word not in exported:
            raise NotInlined(
                f"front/{name}.js wants {word!r}, which front/{source}.js does not export"
            )


def _refuse_clash(order: dict[str, str]) -> None:
    """One text is one scope: a name may belong to one file only."""
    owner: dict[str, str] = {}
    for name, text in order.items():
        for _, word in _TOP.findall(text):
            if word in owner:
                raise NotInlined(
                    f"{word!r} is named in front/{owner[word]}.js and in front/{name}.js"
                )
            owner[word] = name


def _read(name: str) -> str:
    file = files(__name__) / name
    if not file.is_file():
        raise NotInlined(f"front/{name} does not exist")
    return file.read_text(encoding="utf-8")
