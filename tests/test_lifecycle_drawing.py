"""The map of the lifecycle: whole, legible, escaped, named, and in the colours of the tokens."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

import incident_training.front
from incident_training.front.svg import Picture, measure
from incident_training.lifecycle import build, draw, process
from incident_training.lifecycle.layout import TALL, WIDE, Layout

SVG = "{http://www.w3.org/2000/svg}"
TOKENS = (Path(incident_training.front.__file__).parent / "tokens.css").read_text("utf-8")
both_layouts = pytest.mark.parametrize("layout", [WIDE, TALL], ids=["wide", "tall"])


def drawings(picture: Picture) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(picture.wide), ElementTree.fromstring(picture.tall)]


def links(drawing: ElementTree.Element) -> dict[str, str]:
    return {link.get("aria-label"): link.get("href") for link in drawing.iter(f"{SVG}a")}


def said(drawing: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in drawing.iter(f"{SVG}text"))


@both_layouts
def test_every_state_and_move_of_the_overlay_has_its_place(layout: Layout):
    overlay = process("overlay").graph

    assert set(layout.boxes) == set(overlay)
    assert set(layout.routes) == set(overlay.edges)


@both_layouts
def test_no_two_states_overlap(layout: Layout):
    for one, other in combinations(layout.boxes.values(), 2):
        beside = abs(one.x - other.x) >= (one.width + other.width) / 2
        above = abs(one.y - other.y) >= (one.height + other.height) / 2

        assert beside or above, (one.lines, other.lines)


@both_layouts
def test_every_name_fits_its_box(layout: Layout):
    for box in layout.boxes.values():
        size = layout.name if box.large else layout.text

        assert max(measure(line, size) for line in box.lines) <= box.width, box.lines


@both_layouts
def test_a_route_starts_and_ends_at_its_states(layout: Layout):
    for move, way in layout.routes.items():
        for state, (x, y) in zip(move, (way[0], way[-1]), strict=True):
            box = layout.boxes[state]

            assert abs(x - box.x) <= box.width / 2 + 3, move
            assert abs(y - box.y) <= box.height / 2 + 3, move


def test_on_a_phone_of_390_pixels_no_text_is_smaller_than_13():
    room = 390 - 2 * 28  # the screen's padding and the card's

    assert min(TALL.name, TALL.text, TALL.small) * room / TALL.width >= 13


def test_what_one_practises_is_a_link_that_says_what_and_how_long():
    for drawing in drawings(draw.course_map(process("overlay"), ["Detected"], "Declared")):
        assert links(drawing) == {
            "Detected: when to declare, 11 minutes, practised": "declare.ipynb",
            "Declared: when to declare, 11 minutes, start here": "declare.ipynb",
            "Triage: when to declare, 11 minutes": "declare.ipynb",
            "Mitigation in place: is it over?, 11 minutes": "declare.ipynb",
            "Resolved: is it over?, 11 minutes": "declare.ipynb",
            "Near miss noticed: spot the near miss, 8 minutes": "near_miss.ipynb",
            "Postmortem: draft the postmortem, 9 minutes": "postmortem.ipynb",
            "Corrective/Preventive actions: replay an action, 5 minutes": "postmortem.ipynb",
        }
        assert drawing.get("role") == "group"
        assert said(drawing).count("✓ practised") == 1


def test_the_words_tell_where_one_has_been_and_every_move():
    first, *rest = draw.course_map(process("overlay"), ["Detected"], "Declared").words.splitlines()

    assert first == "The lifecycle of an incident. You have practised Detected. Next: Declared."
    assert len(rest) == 15 + 1
    assert rest[0] == (
        "Detected (when to declare, 11 minutes, practised) leads to Declared (declare), Triage (an "
        "owner, a deadline, what would make me declare), Not an incident (not an incident), Joined "
        "(already declared: join it)."
    )
    assert "Not an incident is an end, and may still lead to Declared (new facts)." in rest
    assert rest[-1] == "Learnings are Postmortem, Corrective/Preventive actions."


def test_a_walk_shows_its_times_and_its_order_even_where_it_came_twice():
    steps = ["Detected", "Declared", "Mitigation in place", "Declared"]

    picture = draw.walked(process("overlay"), steps, ["09:04", "09:10", "09:22", "00:10 +1d"])

    assert picture.words == (
        "Your walk: Detected at 09:04, Declared at 09:10, Mitigation in place at 09:22, "
        "Declared at 00:10 +1d."
    )
    for drawing in drawings(picture):
        assert "2·4" in said(drawing)
        assert all(time in said(drawing) for time in ("09:04", "09:10", "09:22", "00:10 +1d"))
        assert drawing.get("role") == "img"
        walked = [way for way in drawing.iter(f"{SVG}path") if way.get("stroke") == "var(--call)"]
        assert len(walked) == 3


def test_texts_are_escaped():
    picture = draw.walked(process("seed"), ["Detected"], ["<script>&\x00"])

    for drawing in drawings(picture):
        assert "<script>&" in said(drawing)
        assert not list(drawing.iter(f"{SVG}script"))


def test_every_colour_is_a_token():
    picture = draw.course_map(process("overlay"), ["Detected"], "Declared")

    for drawing in drawings(picture):
        for part in drawing.iter():
            for paint in filter(None, (part.get("fill"), part.get("stroke"))):
                token = re.fullmatch(r"var\((--[\w-]+)\)", paint)
                assert paint == "none" or (token and f"  {token[1]}:" in TOKENS), paint


def test_ids_differ_between_pictures_and_stay_the_same_for_the_same_one():
    seed = process("seed")
    one, again = draw.course_map(seed), draw.course_map(seed)
    other = draw.course_map(seed, ["Detected"])

    ids = re.findall(r' id="([^"]+)"', one.wide + one.tall + other.wide)

    assert one == again
    assert len(set(ids)) == len(ids) > 0


def test_the_seed_is_drawn_without_what_the_overlay_adds():
    for drawing in drawings(draw.course_map(process("seed"))):
        assert "Triage" not in said(drawing)
        assert len([way for way in drawing.iter(f"{SVG}path") if way.get("marker-end")]) == 6


def test_a_state_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match="'Declred' is not a state of seed; choose from: Detected"):
        draw.course_map(process("seed"), next="Declred")


def test_a_state_without_a_place_on_the_map_is_told():
    ours = build("ours", ["Paused"], [], starts=["Paused"], ends=["Paused"])

    with pytest.raises(ValueError, match="The map has no place for “Paused” yet"):
        draw.course_map(ours)
