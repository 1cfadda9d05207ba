"""The columns of a wide hazard graph, and how many fit into a band before a new one begins."""

from dataclasses import dataclass

from incident_training.widgets.pictures import ink, marks
from incident_training.widgets.pictures.layers import Key, Layers
from incident_training.widgets.pictures.story import Stage, Step, Story

WIDTH = 960.0
TEXT, LEADING = 14.0, 18.0  # of a stage
SMALL, SMALL_LEADING = 12.5, 17.0  # of what stands under it
_CARDS = {1: 220.0, 2: 220.0, 3: 158.0, 4: 142.0, 5: 130.0}
_CHANNEL = 18.0  # between ways that turn to a new band
_WIDEST_GAP = 270.0
_MOST_LINES = 5
_INSIDE = 24.0  # left and right of a stage's text, together


@dataclass(frozen=True)
class Grid:
    """Columns per band, and how wide things are."""

    per_band: int
    left: float
    card: float
    gap: float
    margin: float  # of a gap, on either side, where ways bend

    @property
    def right(self) -> float:
        return self.left + self.per_band * self.card + (self.per_band - 1) * self.gap

    def x(self, layer: int) -> float:
        """The left end of the column, or of the gap, that is this layer."""
        column = self.left + layer // 2 % self.per_band * (self.card + self.gap)
        return column + (self.card if layer % 2 else 0)

    def turns(self, layer: int) -> bool:
        """Whether the layer lies between two bands."""
        return layer % 2 == 1 and (layer + 1) // 2 % self.per_band == 0

    def room(self, layer: int) -> float:
        """How wide a step's words may be."""
        return (self.right - self.left) * 0.6 if self.turns(layer) else self.gap - 2 * self.margin

    def middle(self, layer: int) -> float:
        """Where a step's mark stands."""
        if self.turns(layer):
            return (self.left + self.right) / 2
        return self.x(layer) + self.gap / 2

    def channel(self, place: int, of: int) -> tuple[float, float]:
        """Where the way that leaves a band at this place turns down: right, then left."""
        return (
            self.right + 14 + (of - 1 - place) * _CHANNEL,
            self.left - 22 - place * _CHANNEL,
        )


def grid_for(story: Story, laid: Layers) -> Grid:
    """Return the grid with the most columns in which every text can be read."""
    most = min(laid.columns, max(_CARDS))
    grids = [_grid(laid, per_band) for per_band in range(most, min(most, 2) - 1, -1)]
    return next((grid for grid in grids if _legible(story, laid, grid)), grids[-1])


def told_at(laid: Layers, grid: Grid, step: Step) -> Key:
    """Where a step's words stand: between bands if it goes there, else halfway."""
    odd = [key for key in laid.ways[step] if key[1] % 2]
    turns = [key for key in odd if grid.turns(key[1])]
    return turns[0] if turns else odd[(len(odd) - 1) // 2]


def lines(stage: Stage, grid: Grid) -> list[str]:
    """Return a stage's text as it stands in its card."""
    return ink.wrap(stage.text, grid.card - _INSIDE, TEXT, bold=True)


def notes(stage: Stage) -> list[str]:
    """Return what stands in small under a stage's text."""
    time = [stage.time] if stage.time else []
    return time + (["not reached"] if stage.reached is False else [])


def card_height(stage: Stage, grid: Grid) -> float:
    """Return how high a stage's card is."""
    return 26 + len(lines(stage, grid)) * LEADING + len(notes(stage)) * SMALL_LEADING


def _grid(laid: Layers, per_band: int) -> Grid:
    bands = -(-laid.columns // per_band)
    per_band = -(-laid.columns // bands)  # bands of one length
    card = _CARDS[per_band]
    ends = range(2 * per_band - 1, len(laid.rows), 2 * per_band)
    turning = max((len(laid.rows[layer]) for layer in ends), default=0)
    channel = 24 + turning * _CHANNEL if turning else 2
    gap = min(_WIDEST_GAP, (WIDTH - 2 * channel - per_band * card) / max(1, per_band - 1))
    left = (WIDTH - per_band * card - (per_band - 1) * gap) / 2
    branches = any(len(row) > 1 for row in laid.rows)
    return Grid(per_band, left, card, gap, 24.0 if branches else 16.0)


def _legible(story: Story, laid: Layers, grid: Grid) -> bool:
    texts = [(stage.text, grid.card - _INSIDE, TEXT, True) for stage in story.stages]
    for step in story.steps:
        room = grid.room(told_at(laid, grid, step)[1])
        texts += [(step.text, room, marks.SIZE, False)]
        if marks.width(step) > room + grid.margin:
            return False
    return all(
        len(ink.wrap(text, room, size, bold)) <= _MOST_LINES
        and all(ink.width(word, size, bold) <= room for word in text.split())
        for text, room, size, bold in texts
    )
