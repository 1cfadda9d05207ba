"""Hostile and careless files, by their rows in our list of faults (PACK and TEXT); and a fuzz.

Whatever a file holds: a checked scenario comes out or a ContentError, soon, in plain sentences; and
what is read is shown as it is written.
"""

import io
import json
import time
import zipfile

import pytest
import yaml
from browserless import Visitor, exemplar_step
from PIL import Image
from test_library import STORY, broken, written

from benchmarks.fuzz import content, mutations, timed
from incident_training import library, widgets
from incident_training.library import ContentError
from incident_training.library.archive import unzipped
from incident_training.library.pack import of_bytes

SECONDS = 1  # in which each is refused here; a tenth, and more inputs, is the benchmark's to show
JARGON = (
    *(
        "pydantic",
        "extra_forbidden",
        "NoneType",
        "Traceback",
        "scalar",
        "mapping",
        "token",
        "anchor",
    ),
    *("set_int_max", "yaml.", "errno", "Errno", "<class", "object at 0x", "codec", "validation"),
)
LAUGHS = "".join(
    f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" if n else "l0: &l0 [ha]\n" for n in range(9)
)
MERGES = "".join(
    f"k{n}: &k{n} {{<<: [{', '.join([f'*k{n - 1}'] * 9)}]}}\n" if n else "k0: &k0 {a: b}\n"
    for n in range(8)
)
TAGS = "".join(f"%TAG !{n}! a\n" for n in range(60_000))  # libyaml compares each with each
EVENT = "  - {id: e%d, at: 14:10, channel: log, text: Again}\n"
MANY_FAULTS = "  - {id: e, at: 14:10, channel: lgo, txet: Again, facts: {seen: yes}}\n"


def change(old, new):
    return broken((old, new))


FILES = {  # row: (content, words of what is said)
    "P01": ("title: !!python/object/apply:os.system [touch evil]", ":1: title: the tag"),
    "P02 name": ("title: !!python/name:os.system", "every value is read as text"),
    "P02 tag": (change("title: The", "title: !secret The"), "the tag '!secret' is not allowed"),
    "P02 directive": (f"%TAG ! tag:evil:\n---\n{STORY}", ":1: %TAG is not allowed"),
    "P02 directives": (TAGS, ":1: %TAG is not allowed"),
    "P02 directives below": (f"title: a\n...\n{TAGS}", ":3: %TAG is not allowed"),
    "P03": (LAUGHS, "repeats another place"),
    "P05": (MERGES, "takes fields from another place"),
    "P06": ("title: &a {b: *a}", "repeats another place"),
    "P07": ("title: " + "[" * 2_000, "nested too deep"),
    "P08": ("title: " + "[" * 100_000, "nested too deep"),
    "P08 braces": ("title: " + "{a: " * 100_000, "nested too deep"),
    "P08 dashes": ("- " * 100_000, "nested too deep"),
    "P08 keys": ("? " * 100_000, "nested too deep"),
    "P10": (f"format: 1.10\n{STORY}", "format: should be a whole number; got '1.10'"),
    "P11 at": (change("at: 14:05", "at: " + "9" * 10_000), "should be a clock time"),
    "P11 fact": (change("teams: 2", "teams: " + "9" * 10_000), "a whole number or unknown"),
    "P11 minutes": (change("minutes: 4", "minutes: " + "9" * 10_000), "a whole number"),
    "P11 hurt": (change("text: 1.10", f"text: a\n    hurt: {'9' * 4_000}"), "at most 1000000000"),
    "P11 hex": (change("minutes: 4", "minutes: 0x" + "f" * 200_000), "200,002 characters long"),
    "P12 inf": (change("[0.2, 1.10]", "[0.2, .inf]"), "should be a number; got '.inf'"),
    "P12 word": (change("[0.2, 1.10]", "[0.2, inf]"), "a number one can draw; got 'inf'"),
    "P12 nan": (change("[0.2, 1.10]", "[0.2, nan]"), "a number one can draw; got 'nan'"),
    "P12 1e999": (change("[0.2, 1.10]", "[0.2, 1e999]"), "a number one can draw; got '1e999'"),
    "P12 at": (change("at: 14:05", "at: .nan"), "should be a clock time"),
    "P12 minutes": (change("minutes: 4", "minutes: 1e999"), "a whole number; got '1e999'"),
    "P13": (change("at: 14:05", "at: 2026-13-45"), ":11: injects.0.at: should be a clock time"),
    "P15 override": (change("title: The", "title: \u202eThe"), "U+202E turns the direction"),
    "P15 isolate": (change("title: The", "title: \u2066The"), "U+2066 turns the direction"),
    "P15 escaped": (change("title: The counter", 'title: "\\u202ea"'), ":1: the character U+202E"),
    "P15 in a name": ('"a\\u2067": b', "the character U+2067"),
    "P16 bytes": (b"title: \xff\xfe", "not written in UTF-8: byte 8"),
    "P16 UTF-16": (STORY.encode("utf-16"), "not written in UTF-8: byte 1"),
    "P16 Latin-1": ("title: Grün".encode("latin-1"), "not written in UTF-8: byte 10"),
    "P16 after a mark": (b"\xef\xbb\xbfa\n\xff", ":2: the file is not written in UTF-8: byte 6"),
    "P16 surrogate": ('title: "\\ud800"', "no character"),
    "P16 control": (b"title: a\nday: \x1b[31m", ":2: the character U+001B is not text"),
    "P16 escaped control": ('title: a\nday: "\\0"', ":2: the character U+0000 is not text"),
    "P17 a line": ("title: " + "x" * 5_000_000, "at most 1,048,576 bytes are read"),
    "P17 lines": ("a: b\n" * 1_000_000, "at most 1,048,576 bytes are read"),
    "P18 exactly": (STORY + "#" * (1_048_576 - len(STORY)), None),
    "P18 and one": (STORY + "#" * (1_048_577 - len(STORY)), "at most 1,048,576 bytes are read"),
    "P18 full of lines": ("- a\n" * 262_144, "more than 200 things are here"),
    "P18 full of items": ("a: [" + "[],[],{}," * 110_000, "more than 200 things are here"),
    "P18 full of lists": (
        "".join(f"a{n}: [{'x,' * 150}]\n" for n in range(150)),
        "more than 5,000 texts, lists and fields",
    ),
    "P18 one text": (change("The counter", "x " * 12_000), "the text that starts here is 23,999"),
    "P20 two": ("title: a\n---\ntitle: b\n", "a second document starts here"),
    "P20 empty": ("", "the file is empty"),
    "P20 list": ("- a\n- b\n", "the file should be fields"),
    "P20 words": ("just words\n", "the file should be fields"),
    "P21 number": ("1: a", "there is no such field here"),
    "P21 true": ("true: a", "there is no such field here"),
    "P21 list": ("? [1, 2]\n: a", "a field's name should be a word"),
    "P21 twice": ("title: a\ntitle: b", "title is here twice, first on line 1"),
    "P21 long": (f"{'x' * 61}: a", "a field's name should be a word"),
    "P22 class": (f"__class__: a\n{STORY}", "__class__: there is no such field here"),
    "P22 proto": (f"__proto__: {{a: b}}\n{STORY}", "__proto__: there is no such field here"),
    "P22 constructor": (f"constructor: a\n{STORY}", "Fields here are "),
    "P22 inside": (
        change("source:\n", "source:\n  __init__: a\n"),
        "source.__init__: there is no such field here. Fields here are kind, name",
    ),
    "P23": (change("teaches: D", "taeches: D"), "taeches: there is no such field here. Did you"),
    "P25 order": (change("at: 14:20", "at: 14:09"), "14:09 is before 14:10"),
    "P25 negative": (change("at: 14:05", "at: -1:00"), "should be a clock time"),
    "P25 24 hours": (change("at: 14:20", "at: 24:00"), "should be a clock time"),
    "P25 ten days": (change("at: 14:20", "at: 14:20 +10d"), "should be a clock time"),
    "P25 too many": (
        change("evidence:\n", "".join(EVENT % n for n in range(9_000)) + "evidence:\n"),
        "injects: more than 200 things are here",
    ),
    "P26 who": (change("{value: team,", "{value: nobody,"), "got 'nobody'"),
    "P26 inject": (change("noticed: double", "noticed: tripled"), "there is no inject 'tripled'"),
    "P26 none": (STORY[: STORY.index("declaration:")], "played in no way"),
    "P26 no lines": (
        STORY[: STORY.index("  observations:")] + "  observations: []\n",
        "every line is routine",
    ),
    "P26 too many lines": (
        STORY.replace(
            "postmortem:",
            "".join(
                f"    - {{id: n{n}, at: 15:00, channel: log, text: A, because: B}}\n"
                for n in range(500)
            )
            + "postmortem:",
            1,
        ),
        "near_miss.observations: more than 200 things",
    ),
    "P26 equal": (change("  - id: teams", "  - id: double"), "the id double is taken on line 17"),
    "P36 newer": (f"format: 2\n{STORY}", "this file needs format 2, and this version knows 1"),
    "P36 much newer": (f"format: 2\nshots: []\n{STORY}", "Install a newer incident-training."),
    "P36 no number": (f"format: next\n{STORY}", "format: should be a whole number"),
    "P36 before the first": (f"format: 0\n{STORY}", "format: should be at least 1"),
}


@pytest.mark.parametrize("row", FILES)
def test_such_a_file_is_refused_soon_and_in_plain_words(tmp_path, monkeypatch, row):
    text, words = FILES[row]
    path = tmp_path / "counter.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.chdir(tmp_path)

    begun = time.perf_counter()
    try:
        library.load(path)
        said = None
    except ContentError as error:
        said, faults = str(error), error.faults
    took = time.perf_counter() - begun

    assert took < SECONDS
    assert list(tmp_path.iterdir()) == [path]  # nothing was carried out
    if words is None:
        assert said is None
        return
    assert words in said
    assert all(fault.line >= 1 and fault.fix.endswith((".", "?", "…")) for fault in faults)
    assert all(len(fault.message) <= 500 for fault in faults)
    assert not [word for word in JARGON if word in said]


def test_a_newer_format_says_only_that(tmp_path):  # P36
    path = written(tmp_path, f"format: 2\nshots: []\n{STORY}")

    with pytest.raises(ContentError) as caught:
        library.load(path)

    [fault] = caught.value.faults
    assert (fault.line, fault.field) == (1, "format")


def test_the_format_may_be_said(tmp_path):  # P36
    assert library.load(written(tmp_path, f"format: 1\n{STORY}")).format == 1


def test_text_stays_text(tmp_path):  # P10
    texts = ("NO", "on", "12:30", "010", "1.10", "~", "null", "2026-01-01", "0x1F", "1_000")
    for text in texts:
        scenario = library.load(written(tmp_path, change("text: no\n", f"text: {text}\n")))
        assert scenario.injects[0].text == text


def test_percent_signs_in_a_text_are_text(tmp_path):  # P02
    text = "text: |\n      %TAG is not a tag here\n      %TAG ! x"

    scenario = library.load(written(tmp_path, change("text: no\n", f"{text}\n")))

    assert scenario.injects[0].text.strip() == "%TAG is not a tag here\n%TAG ! x"


def test_long_words_are_not_compared_with_what_is_allowed(tmp_path):
    """Fifty of them, each no channel, once took longer than all the rest of a file."""
    event = EVENT.replace("channel: log", f"channel: {'alertdash' * 2_100}")
    text = change("evidence:\n", "".join(event % n for n in range(52)) + "evidence:\n")

    begun = time.process_time()
    with pytest.raises(ContentError, match=r"should be alert, .* Write one of these\."):
        library.load(written(tmp_path, text))

    assert time.process_time() - begun < 0.1


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("".join(f"a{n}: &b c\n" for n in range(190)), 110),
        (change("evidence:\n", MANY_FAULTS * 190 + "evidence:\n"), 410),
    ],
    ids=["of writing", "of shape and sense"],
)
def test_of_very_many_faults_the_first_hundreds_are_said(tmp_path, text, most):
    with pytest.raises(ContentError) as caught:
        library.load(written(tmp_path, text))

    assert 100 <= len(caught.value.faults) <= most


def test_a_crowd_that_would_take_long_to_play_is_not_played(tmp_path):
    """Many actions on a long graph once took 19 seconds to load."""
    nodes = "".join(f"    n{n}: Stage {n}\n" for n in range(150))
    edges = "".join(f"    - {{from: n{n}, to: n{n + 1}}}\n" for n in range(149))
    actions = "      strengthens: cap\n      because: It stands.\n    - text: More\n" * 150
    text = broken(
        ("    moved: The", f"{nodes}    moved: The"),
        ("  edges:\n", f"  edges:\n    - {{from: moved, to: n0}}\n{edges}"),
        ("    - text: Cap it\n", f"    - text: Cap it\n{actions}"),
    )

    begun = time.perf_counter()
    with pytest.raises(ContentError) as caught:
        library.load(written(tmp_path, text))

    assert time.perf_counter() - begun < SECONDS
    assert [(fault.field, fault.rule) for fault in caught.value.faults] == [
        ("hazard.nodes", "too-many"),
        ("hazard.edges", "too-many"),
        ("postmortem.actions", "too-many"),
    ]


def test_a_file_edited_later_is_another_edition_and_leaves_the_loaded_one_as_it_was(tmp_path):
    path = written(tmp_path)  # P37
    loaded = library.load(path)
    before = loaded.model_dump_json()

    written(tmp_path, change("It ended.", "It ended well."))

    assert loaded.model_dump_json() == before
    assert library.load(path).edition != loaded.edition


def test_mutated_files_give_a_checked_scenario_or_a_content_error():  # P38
    sound = {name: content(name) for name in library.shipped()}

    outcomes = [timed(name, text)[0] for name, text in mutations(sound, 1_200, seed=11)]

    assert set(outcomes) == {"read", "refused"}


def test_mutated_zips_and_images_give_a_content_error_or_what_they_held():  # P38
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    text = change("    text: no\n", "    text: no\n    image: q.png\n    alt: A queue\n")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("counter.yaml", text)
        archive.writestr("q.png", made.getvalue())
    sound = {"zip": packed.getvalue(), "image": made.getvalue()}

    outcomes = set()
    for name, mutated in mutations(sound, 800, seed=12):
        try:
            held = {"counter.yaml": text.encode(), "q.png": mutated}
            pack = of_bytes(unzipped("a.zip", mutated) if name == "zip" else held, "a.zip")
            for file in pack.scenarios:
                library.load(file)
            outcomes.add((name, "read"))
        except ContentError:
            outcomes.add((name, "refused"))

    assert {("zip", "refused"), ("image", "read"), ("image", "refused")} <= outcomes


TEXTS = {
    "T02": "<img src=x onerror=alert(1)>",
    "T03": "<svg/onload=alert(1)><math><mtext></table><mglyph><style><img src onerror=alert(1)>",
    "T04": "<iframe srcdoc=x></iframe><base href=//evil><form action=/x><meta http-equiv=refresh>",
    "T05": "<style>@import 'x'</style><b style=position:fixed id=it class=jp-Cell>",
    "T07": "[x](javascript:alert(1)) <javascript:alert(1)> [x](jAvA\tscript:alert(1))",
    "T08": "[x](//evil.example) ![x](https://evil.example/seen.png)",
    "T09": "$\\href{javascript:alert(1)}{x}$",
    "T22": "https://r\u0430ypal.com",
    "P30 brackets": "[" * 300,
    "P30 stars": "a**" * 100,
    "P31 braces": "{{7*7}} {% for x in y %} {0.__class__} {clock} %s %(x)s",
    "P31 dollars": "${7*7} $x #{7*7} <%= 7*7 %>",
}
TOLD = {"title", "briefing", "teaches", "text", "label", "alt", "ending", "luck"}


@pytest.fixture(params=TEXTS)
def payload(request):
    return TEXTS[request.param]


@pytest.fixture
def screens(tmp_path, monkeypatch, payload):
    """All screens of the story, played to its end, each text of which ends in the payload."""
    story = _ending_in(yaml.load(STORY, yaml.BaseLoader), payload)
    written(tmp_path, json.dumps(story, ensure_ascii=False))
    monkeypatch.setenv("INCIDENT_TRAINING_EXERCISES", str(tmp_path))
    return [*_played(Visitor(widgets.whole_shift()))]


def test_what_an_author_writes_reaches_the_screen_as_it_is_written(screens, payload):
    leaves = [leaf for screen in screens for leaf in _leaves(screen)]

    for text in (
        *("The counter", "You are on call for the counter.", "010", "Errors climb", "It ended."),
        *("Two signals", "Login expired.", "nothing built stopped it", "2 customers paid twice"),
    ):
        assert any(f"{text} {payload}" in leaf for leaf in leaves), text


def test_nothing_an_author_writes_becomes_markup_or_is_worked_out(screens, payload):
    drawn = [leaf for screen in screens for leaf in _leaves(screen) if leaf.startswith("<svg")]

    assert drawn
    assert not [one for one in drawn if payload in one and "<" in payload]
    said = [leaf for screen in screens for leaf in _leaves(screen) if not leaf.startswith("<svg")]
    assert not [leaf for leaf in said if " 49" in leaf]
    assert not {"html", "markdown", "template"} & {key for one in screens for key in _keys(one)}


def _ending_in(given, payload, path=()):
    """The same story; each text that a trainee may read ends in the payload."""
    if isinstance(given, dict):
        return {key: _ending_in(one, payload, (*path, key)) for key, one in given.items()}
    if isinstance(given, list):
        return [_ending_in(one, payload, path) for one in given]
    read = (
        path[-1] in TOLD
        or not {"because", "factors", "nodes"}.isdisjoint(path)
        or path == ("postmortem", "exemplar", "impact")
        or (path[-1] == "from" and path[0] != "hazard")
    )
    return f"{given} {payload}" if read and path[-1] != "at" else given


def _played(visitor):
    yield visitor.screen
    visitor.send({"do": "choose", "name": "counter"})
    while True:
        yield visitor.screen
        if visitor.screen["stage"] == "play":
            exemplar_step(visitor, visitor.page._activity.session)
            continue
        ways = [way for block in visitor.blocks("links") for way in block["items"]]
        if not any(way.get("do") == {"do": "next"} for way in ways):
            return
        visitor.send({"do": "next"})


def _leaves(given):
    if isinstance(given, dict | list):
        for one in given.values() if isinstance(given, dict) else given:
            yield from _leaves(one)
    elif isinstance(given, str):
        yield given


def _keys(given):
    if isinstance(given, dict | list):
        yield from given if isinstance(given, dict) else ()
        for one in given.values() if isinstance(given, dict) else given:
            yield from _keys(one)
