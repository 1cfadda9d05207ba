"""A hazard graph drawn from left to right and, like text, on in a new band where one is full."""

from incident_training.widgets.pictures import grid as columns
from incident_training.widgets.pictures import ink, marks
from incident_training.widgets.pictures.plan import Plan, Spot, plan
from incident_training.widgets.pictures.story import Stage, Step, Story


def draw(story: Story, name: str) -> str:
    """Return the story as SVG, 960 wide: edges below, then stage by stage with what follows it."""
    places = plan(story)
    drawing = ink.sheet(columns.WIDTH, places.height, name)
    ways = ink.put(drawing, "g", aria_hidden="true")
    for step in story.steps:
        _way(ways, places, step)
    for stage in story.stages:
        _stage(drawing, places, stage)
        for step in story.steps:
            if step.start == stage.id:
                _step(drawing, places.spots[step], step)
    return ink.markup(drawing)


def _way(ways: ink.Element, places: Plan, step: Step) -> None:
    way, colour = places.ways[step], marks.line_colour(step)
    marks.line(ways, way.before, colour, marks.comes(step))
    marks.line(ways, way.after, colour, marks.passes(step))
    marks.arrow(ways, *way.tip, colour, turned=180 if way.back else 0)


def _stage(drawing: ink.Element, places: Plan, stage: Stage) -> None:
    group = ink.put(drawing, "g", role="img", tabindex=0, aria_label=stage.label)
    x, y, wide, high = places.boxes[stage.id]
    marks.card(group, stage, (x, y, wide, high))
    lines, notes = columns.lines(stage, places.grid), columns.notes(stage)
    text = len(lines) * columns.LEADING + len(notes) * columns.SMALL_LEADING
    top = y + (high - text) / 2 + 13.5
    style = marks.stage_text(stage) | {"text_anchor": "middle"}
    ink.lines_of(group, lines, x + wide / 2, top, leading=columns.LEADING, **style)
    below = top + len(lines) * columns.LEADING
    small = {"text_anchor": "middle", "font_size": columns.SMALL, "fill": "var(--soft)"}
    ink.lines_of(group, notes, x + wide / 2, below, leading=columns.SMALL_LEADING, **small)


def _step(drawing: ink.Element, spot: Spot, step: Step) -> None:
    """The mark on the edge, its text above; below, how it went and its kind."""
    group = ink.put(drawing, "g", role="img", tabindex=0, aria_label=step.label)
    marks.mark(group, step, spot.x, spot.y, down=False)
    lines = marks.lines(step, spot.room)
    top = spot.y - marks.above(step) - (len(lines) - 1) * marks.LEADING
    style = marks.step_text(step) | {"text_anchor": "middle"}
    ink.lines_of(group, lines, spot.x, top, leading=marks.LEADING, **style)
    marks.went(group, step, spot.x, spot.y + 31, centred=True)
