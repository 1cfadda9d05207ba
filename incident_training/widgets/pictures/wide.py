"""A hazard graph drawn from left to right and, like text, on in a new band where one is full."""

from xml.etree.ElementTree import Element

from incident_training.front import svg
from incident_training.widgets.pictures import barriers, ink, marks
from incident_training.widgets.pictures import grid as columns
from incident_training.widgets.pictures.plan import Plan, Spot, plan
from incident_training.widgets.pictures.story import Stage, Step, Story


def draw(story: Story, name: str) -> str:
    """Return the story as SVG, 960 wide: edges below, then stage by stage with what follows it."""
    places = plan(story)
    drawing = svg.canvas(columns.WIDTH, places.height, name, linked=True)
    ways = svg.draw(drawing, "g", aria_hidden="true")
    for step in marks.painted(story.steps):
        _way(ways, places, step)
    for stage in story.stages:
        _stage(drawing, places, stage)
        for step in story.steps:
            if step.start == stage.id:
                _step(drawing, places.spots[step], step)
    return svg.serialise(drawing)


def _way(ways: Element, places: Plan, step: Step) -> None:
    way = places.ways[step]
    marks.line(ways, step, way.before, marks.comes(step))
    marks.line(ways, step, way.after, marks.passes(step))
    marks.arrow(ways, step, way.tip, 180 if way.back else 0)


def _stage(drawing: Element, places: Plan, stage: Stage) -> None:
    group = ink.part(drawing, stage.label)
    x, y, wide, high = places.boxes[stage.id]
    marks.card(group, stage, (x, y, wide, high))
    lines, notes = columns.lines(stage, places.grid), columns.notes(stage)
    text = len(lines) * columns.LEADING + len(notes) * columns.SMALL_LEADING
    top = y + (high - text) / 2 + 13.5
    middle, faded = x + wide / 2, stage.reached is False
    ink.say(
        group,
        (middle, top),
        lines,
        size=columns.TEXT,
        leading=columns.LEADING,
        colour="soft" if faded else "ink",
        bold=not faded,
        anchor="middle",
    )
    for row, note in enumerate(notes):
        below = top + len(lines) * columns.LEADING + row * columns.SMALL_LEADING
        ink.say(group, (middle, below), note, size=columns.SMALL, colour="soft", anchor="middle")


def _step(drawing: Element, spot: Spot, step: Step) -> None:
    """The mark on the edge, its text above; below, how it went and its kind."""
    group = ink.part(drawing, step.label)
    turned = 180 if spot.leftward and step.added else 0  # else an eye would stand on its head
    barriers.mark(group, step, spot.x, spot.y, turned)
    lines = marks.lines(step, spot.room)
    top = spot.y - marks.above(step) - (len(lines) - 1) * marks.LEADING
    marks.text(group, step, lines, (spot.x, top), anchor="middle")
    marks.went(group, step, spot.x, spot.y + 31, centred=True)
