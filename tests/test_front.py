"""What the screens share: one module out of many, styles that keep to the tokens. No browser."""

import re
from importlib.resources import files

import pytest

from incident_training import front

FRONT = files("incident_training.front")
MODULES = sorted(file.name for file in FRONT.iterdir() if file.name.endswith(".js"))
TEXTS = sorted(
    file.name for file in FRONT.iterdir() if file.name.rpartition(".")[2] in ("js", "css")
)
CSS_NAMED_COLOURS = r"white|black|red|green|blue|grey|gray|orange|purple|yellow|silver"


def read(name):
    return (FRONT / name).read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder read in place of ours; returns a writer of its files."""
    monkeypatch.setattr(front, "files", lambda package: tmp_path)
    return lambda name, text: (tmp_path / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("entry", "exports"), [("widget", 1), ("page", 0)])
def test_an_entry_becomes_one_module_without_relative_imports(entry, exports):
    text = front.module(entry)

    assert not re.search(r"^\s*(import|export .* from)\b", text, re.MULTILINE)
    assert len(re.findall(r"^export ", text, re.MULTILINE)) == exports
    assert ("export default {" in text) == bool(exports)


def test_the_notebook_knows_no_socket_and_the_page_no_notebook():
    assert "WebSocket" not in front.module("widget")
    assert "model.send" not in front.module("page")


def test_view_can_be_had_without_the_notebook_around_it():
    text = front.module("desk")

    assert "export function sit(" in text
    assert not re.search(r"WebSocket|model\.|comm_msg|export default", text)


def test_every_module_can_be_handed_out_alone():
    for name in MODULES:
        assert front.module(name.removesuffix(".js")).strip()


def test_each_file_stands_once_and_after_what_it_imports(folder):
    folder(
        "page.js",
        'import { b } from "./b.js";\nimport { a } from "./a.js";\nexport default b + a;\n',
    )
    folder("b.js", 'import { a } from "./a.js";\nexport const b = a + 1;\n')
    folder("a.js", "export const a = 1;\n")

    text = front.module("page")

    assert text == "const a = 1;\n\nconst b = a + 1;\n\nexport default b + a;\n"


def test_an_import_over_several_lines_is_inlined_too(folder):
    folder("page.js", 'import {\n  a,\n  b,\n} from "./a.js";\nexport default a + b;\n')
    folder("a.js", "export const a = 1;\nexport const b = 2;\n")

    assert front.module("page") == "const a = 1;\nconst b = 2;\n\nexport default a + b;\n"


def test_a_missing_file_is_named(folder):
    folder("page.js", 'import { a } from "./nowhere.js";\n')

    with pytest.raises(front.NotInlined, match=r"front/nowhere\.js does not exist"):
        front.module("page")


def test_a_name_in_two_files_is_refused_with_both(folder):
    folder("page.js", 'import { a } from "./a.js";\nconst same = a;\n')
    folder("a.js", "export const a = 1;\nfunction same() {}\n")

    with pytest.raises(front.NotInlined, match=r"'same' is named in front/a\.js and in front/page"):
        front.module("page")


def test_a_name_nobody_exports_is_refused(folder):
    folder("page.js", 'import { b } from "./a.js";\n')
    folder("a.js", "export const a = 1;\n")

    with pytest.raises(front.NotInlined, match=r"wants 'b', which front/a\.js does not export"):
        front.module("page")


def test_a_circle_of_imports_is_refused(folder):
    folder("page.js", 'import { a } from "./a.js";\nexport const p = 1;\n')
    folder("a.js", 'import { p } from "./page.js";\nexport const a = 1;\n')

    with pytest.raises(front.NotInlined, match=r"page\.js imports itself by way of page and a"):
        front.module("page")


@pytest.mark.parametrize(
    "line",
    ['import * as a from "./a.js";', 'import a from "./a.js";', 'import { a as b } from "./a.js";'],
)
def test_an_import_we_cannot_inline_is_refused(folder, line):
    folder("page.js", f"{line}\n")
    folder("a.js", "export const a = 1;\n")

    with pytest.raises(front.NotInlined):
        front.module("page")


def test_style_names_its_tokens_before_it_uses_them():
    text = front.style()

    assert text.index("--paper:") < text.index("var(--paper)")


def test_every_token_in_use_has_a_value():
    used = set(re.findall(r"var\((--[\w-]+)", front.style()))
    named = set(re.findall(r"(--[\w-]+):", front.style()))

    assert used <= named


@pytest.mark.parametrize("name", ["page.css", "drafting.css", "clinic.css", "room.css"])
def test_styles_name_no_colour_of_their_own(name):
    css = re.sub(r"/\*.*?\*/", "", read(name), flags=re.DOTALL)

    assert not re.search(
        r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(", css, re.I
    )
    assert not re.search(rf":[^;{{]*\b({CSS_NAMED_COLOURS})\b", css)


@pytest.mark.parametrize("name", ["page.css", "drafting.css", "clinic.css", "room.css"])
def test_styles_name_no_length_of_their_own(name):
    rules = [line for line in read(name).splitlines() if not line.strip().startswith("@container")]

    assert not re.findall(r"[^\w-]\d*\.?\d+(?:px|rem|em|ch|vh|vw)\b", "\n".join(rules))


def test_every_class_of_ours_is_prefixed():
    for name in front.STYLES:
        css = re.sub(r"/\*.*?\*/|\d*\.\d+", "", read(name), flags=re.DOTALL)
        classes = set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", css))

        assert {each for each in classes if each != "it" and not each.startswith("it-")} == set()


@pytest.mark.parametrize(
    ("name", "roots"),
    [
        ("page.css", ["body.it-page", ".it"]),
        ("drafting.css", [".it"]),
        ("clinic.css", [".it"]),
        ("room.css", [".it"]),
    ],
)
def test_every_rule_stays_under_our_root(name, roots):
    outside = re.sub(r"/\*.*?\*/", "", read(name), flags=re.DOTALL)
    tops = re.findall(r"^([^\s}][^{]*?)\s*\{", outside, re.MULTILINE)

    assert tops == roots


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_becomes_markup_or_code_and_nothing_is_fetched(name):
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|https?://|@import|\bfetch\(|url\((?!#)"
    own = "fetch(window.location.pathname,"  # a page asks for itself again after its kernel died

    assert not re.search(banned, read(name).replace(own, ""))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_fits_in_view(name):
    assert len(read(name).splitlines()) <= 130
