"""A hazard graph as a picture: what stood between trigger and harm, and how it went."""

import networkx as nx

from incident_training.front.svg import Picture
from incident_training.hazard import Action
from incident_training.widgets.pictures import tall, wide
from incident_training.widgets.pictures.again import Again
from incident_training.widgets.pictures.story import read, told


def hazard_graph(
    graph: nx.DiGraph, again: Again | None = None, action: Action | None = None
) -> Picture:
    """Return the hazard graph as a picture; with a replay or a retelling, the story played again.

    `action` is the one that a replay played: with it the edge it guards is marked even where the
    story goes round it; without it only where the story stops there.
    """
    story = read(graph, again, action)
    words = "\n".join(told(story, again))
    name = words.split("\n")[0]
    return Picture(wide=wide.draw(story, name), tall=tall.draw(story, name), words=words)
