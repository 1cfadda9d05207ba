"""A blind answer sheet as one HTML file: what it shows and what draws it are in it, and no more.

It asks no address for anything, and its policy forbids it to: only the style and the script whose
hashes it names are used, so that what a scenario says can be neither.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from incident_training import front

_LEAVES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def html(asked: Mapping[str, Any]) -> str:
    """Return the sheet that asks this; see `library.panel.asking.sheet`."""
    style = front.style() + _read("sheet.css")
    script = f"{front.module('view')}\n{{\n{_read('sheet.js')}}}\n"
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)};"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )
    return _read("sheet.html").format(
        policy=escape(policy, quote=True).replace("&#x27;", "'"),
        title=escape(f"What is worth a review? {asked['title']}"),
        style=style,
        script=script,
        asked=json.dumps(asked, ensure_ascii=False).translate(_LEAVES),
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
