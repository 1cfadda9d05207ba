"""Pictures: all is drawn and told, escaped, in the tokens' colours, told apart without colour."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from incident_training.clock import minute
from incident_training.doctrine.policy import policy
from incident_training.hazard import Action, Barrier, build, replay
from incident_training.kinds.declaration import Mark
from incident_training.kinds.run import Window
from incident_training.widgets.pictures import hazard_graph, run, spark

SVG = "{http://www.w3.org/2000/svg}"
STAGES = {
    "moved": ("The export job is moved & nobody is told", minute("09:00")),
    "full": "The <connection> pool is full",
    "some": "Some checkouts fail and are retried",
    "seen": "Support hears of a double charge",
    "every": "Every checkout fails",
}
STEPS = [
    ("moved", "full", Barrier("cap", "Connection cap per job", "engineered", "no"), None),
    ("full", "some", Barrier("retry", "A retry budget", "engineered", "untested"), None),
    ("full", "seen", Barrier("ask", "“Ask before you move a job”", "procedure", "no"), None),
    ("some", "every", None, "The coupon sale ended at 09:25 & people left"),
    ("seen", "every", Barrier("eye", "Somebody adds it up", "catch", "yes"), None),
    ("moved", "seen", None, None),
]


def story():
    return build(STAGES, STEPS, "moved", "every")


def twelve():
    names = [f"n{at}" for at in range(10)]
    nodes = {name: f"Stage {name} of a story with quite a long text" for name in names}
    pairs = ["01", "12", "23", "14", "35", "45", "56", "57", "68", "78", "59", "98"]
    edges = [
        (
            f"n{a}",
            f"n{b}",
            Barrier(a + b, f"Barrier {a + b} that holds back a lot of it", *how),
            None,
        )
        for (a, b), how in zip(
            pairs,
            [("engineered", "no"), ("procedure", "yes"), ("catch", "untested")] * 4,
            strict=True,
        )
    ]
    return build(nodes, edges, "n0", "n8")


def a_run(declared="09:18", end="09:29", expected="09:10", looks=("09:12",)):
    window = Window(minute("09:04"), expected and minute(expected))
    windows = {"learning": window, "customers": window, "coordination": Window(None, None)}
    kin = {
        "Customers hurt": window,
        "Could get worse": Window(minute("09:04"), None),
        "Coordination needed": Window(None, None),
    }
    at = tuple(minute(look) for look in looks)
    return Mark(declared and minute(declared), at, windows, kin, minute("09:04"), minute(end))


def pictures():
    action = Action("Cap it", strengthens="cap")
    yield hazard_graph(story())
    yield hazard_graph(story(), replay(story(), action), action)
    yield hazard_graph(twelve())
    yield run(a_run(), policy("learning"))
    yield run(a_run(declared=None), policy("learning"))
    yield run(a_run(end="08:40 +1d"), policy("customers"))


def read(svg):
    return ElementTree.fromstring(svg)


def texts(svg):
    """All that a drawing shows, its wrapped lines joined."""
    return " ".join(" ".join(node.itertext()) for node in read(svg).iter(f"{SVG}text"))


def said(svg):
    return re.sub(r"\s+", " ", texts(svg))


def boxes(svg):
    """The boxes of the stages: (left, top, right, bottom)."""
    for box in read(svg).iter(f"{SVG}rect"):
        if box.get("rx") == "12":
            x, y, width, height = (float(box.get(name)) for name in ("x", "y", "width", "height"))
            yield x, y, x + width, y + height


@pytest.mark.parametrize("form", ["wide", "tall"])
def test_every_stage_barrier_and_luck_is_drawn_and_told(form):
    picture = hazard_graph(story())
    drawn = said(getattr(picture, form))

    for text in [text if isinstance(text, str) else text[0] for text in STAGES.values()]:
        assert text in drawn
        assert text in picture.words
    for *_, barrier, luck in STEPS:
        if text := barrier.text if barrier else luck:
            assert text in drawn
            assert text in picture.words


@pytest.mark.parametrize("picture", list(pictures()))
def test_text_is_escaped_and_the_drawing_well_formed(picture):
    for drawing in (picture.wide, picture.tall):
        read(drawing)

        assert "<connection>" not in drawing


@pytest.mark.parametrize("picture", list(pictures()))
def test_colours_are_tokens_only(picture):
    for drawing in (picture.wide, picture.tall, spark([1, 2], "two")):
        for node in read(drawing).iter():
            for name in ("fill", "stroke"):
                given = node.get(name, "none")

                assert given == "none" or re.fullmatch(r"var\(--[a-z-]+\)", given)


@pytest.mark.parametrize("picture", list(pictures()))
def test_no_id_is_used_twice(picture):
    both = [read(drawing) for drawing in (picture.wide, picture.tall)]
    ids = [node.get("id") for root in both for node in root.iter() if node.get("id")]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("picture", list(pictures()))
def test_each_part_can_be_reached_and_is_named(picture):
    for drawing in (picture.wide, picture.tall):
        root = read(drawing)
        parts = [node for node in root.iter() if node.get("tabindex") == "0"]

        assert root.get("role") == "group"  # an image would hide its parts
        assert root.get("aria-label") == picture.words.split("\n")[0]
        assert parts
        assert all(part.get("aria-label") for part in parts)


def test_the_order_of_focus_is_the_order_of_the_story():
    root = read(hazard_graph(story()).wide)
    labels = [node.get("aria-label") for node in root.iter() if node.get("tabindex") == "0"]

    assert labels[0].startswith("Trigger: The export job")
    assert labels[1] == "Connection cap per job: did not hold (engineered)."
    assert labels[-1] == "Harm: Every checkout fails."


@pytest.mark.parametrize("kind", ["engineered", "procedure", "catch"])
def test_held_failed_and_untested_differ_in_shape_and_in_words(kind):
    looks, tellings = set(), set()
    for held in ("yes", "no", "untested"):
        edges = [("a", "b", Barrier("x", "The one", kind, held), None)]
        picture = hazard_graph(build({"a": "It starts", "b": "It harms"}, edges, "a", "b"))
        tellings.add(picture.words.split("\n")[-1])
        part = next(
            node for node in read(picture.wide).iter() if "The one" in node.get("aria-label", "")
        )
        shapes = [n for n in part.iter() if n.tag != f"{SVG}text"]
        looks.add(tuple((n.tag, n.get("d"), n.get("r"), n.get("stroke-width")) for n in shapes))

    assert len(looks) == 3
    assert len(tellings) == 3


def test_kinds_of_barrier_differ_in_shape():
    looks = set()
    for kind in ("engineered", "procedure", "catch"):
        edges = [("a", "b", Barrier("x", "The one", kind, "yes"), None)]
        picture = hazard_graph(build({"a": "It starts", "b": "It harms"}, edges, "a", "b"))
        nodes = list(read(picture.wide).iter())
        looks.add(tuple((n.tag, n.get("d"), n.get("stroke-dasharray")) for n in nodes))

    assert len(looks) == 3


@pytest.mark.parametrize("form", ["wide", "tall"])
@pytest.mark.parametrize("graph", [story(), twelve()])
def test_no_stage_covers_another_or_leaves_the_drawing(graph, form):
    drawing = getattr(hazard_graph(graph), form)
    found = list(boxes(drawing))
    _, _, width, height = (float(n) for n in read(drawing).get("viewBox").split())

    assert len(found) == len(graph)
    assert all(x >= 0 and y >= 0 and a <= width and b <= height for x, y, a, b in found)
    for (x, y, a, b), (u, v, c, d) in combinations(found, 2):
        assert a <= u or c <= x or b <= v or d <= y


def test_a_graph_with_a_way_back_is_drawn():
    edges = [("a", "b", None, None), ("b", "c", None, None), ("c", "b", None, "It rained")]
    picture = hazard_graph(build({"a": "One", "b": "Two", "c": "Three"}, edges, "a", "c"))

    assert "It rained" in said(picture.wide)
    assert "back to “Two”" in said(picture.tall)


def test_replay_shows_what_is_closed_and_what_is_not_reached_any_more():
    action = Action("Cap it", strengthens="cap")
    picture = hazard_graph(story(), replay(story(), action), action)

    assert said(picture.wide).count("not reached") == 3  # the pool, some checkouts, every checkout
    assert "now it holds" in said(picture.wide)
    assert "Played again: now it holds." in picture.words
    assert "Not reached: The <connection> pool is full; Some checkouts" in picture.words


def test_replay_marks_the_guarded_edge_even_where_the_story_goes_round_it():
    action = Action("Look twice", adds=("full", "seen"))
    picture = hazard_graph(story(), replay(story(), action), action)

    assert "a new barrier holds · did not hold · procedure" in said(picture.tall)
    assert "Played again: a new barrier holds." in picture.words


def test_words_of_a_run_name_its_times():
    words = run(a_run(), policy("learning")).words

    assert words.startswith("You declared at 09:18. Your rule says yes from 09:10; you were 8 min")
    assert "Worth learning from (yours): yes from 09:10, left open from 09:04." in words
    assert "Customers hurt: most from 09:10, one from 09:04." in words
    assert "Could get worse: one from 09:04, never most." in words
    assert "Coordination needed: none, on these facts." in words
    assert "You looked further at 09:12." in words
    assert "from 09:04 to 09:29" in words


def test_run_marks_the_declaration_and_the_rule_in_force():
    drawn = said(run(a_run(), policy("customers")).tall)

    assert "you, 09:18" in drawn
    assert "Customers hurt (yours)" in drawn
    assert "8 minutes" in drawn


def test_run_without_a_declaration_says_so():
    picture = run(a_run(declared=None), policy("learning"))

    assert "not declared" in said(picture.wide)
    assert picture.words.startswith("You did not declare.")


def test_quiet_hours_are_shortened_and_named():
    picture = run(a_run(end="08:40 +1d"), policy("learning"))

    assert "// 23 h 22 min" in said(picture.wide)
    assert "It shortens the 23 h 22 min between 09:18 and 08:40 +1d" in picture.words


@pytest.mark.parametrize("end", ["09:29", "09:19", "13:00", "08:40 +1d"])
@pytest.mark.parametrize("form", ["wide", "tall"])
def test_times_on_the_axis_do_not_touch(form, end):
    root = read(getattr(run(a_run(end=end), policy("learning")), form))
    rows = {}
    for node in root.iter(f"{SVG}text"):
        if re.fullmatch(r"\d\d:\d\d( \+1d)?", node.text or ""):
            rows.setdefault(node.get("y"), []).append((float(node.get("x")), node.text))

    assert rows
    for times in rows.values():
        times.sort()
        for (x, a), (y, b) in pairwise(times):
            assert y - x > 3.4 * (len(a) + len(b))


def test_spark_says_what_there_is_to_see_and_marks_both_ends():
    root = read(spark([0.2, 0.3, 1.1], "It climbs from 0.2 to 1.1 %"))

    assert (root.get("role"), root.get("aria-label")) == ("img", "It climbs from 0.2 to 1.1 %")
    assert root.get("preserveAspectRatio") == "none"
    assert {node.get("vector-effect") for node in root} == {"non-scaling-stroke"}
    assert len([node for node in root if node.get("d").endswith("h.01")]) == 2


@pytest.mark.parametrize("series", [[], [3], [2, 2, 2], [-1, 1], [99.9, 99.1]])
def test_spark_draws_any_series(series):
    read(spark(series, "a series"))
