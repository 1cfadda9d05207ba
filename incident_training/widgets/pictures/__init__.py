"""What happened, drawn and told: a sparkline, a declaration run, a hazard graph.

SVG is built with xml.etree, so every text is escaped; each colour is a token of front/tokens.css.
"""

from incident_training.front.svg import Picture
from incident_training.widgets.pictures.hazard import hazard_graph
from incident_training.widgets.pictures.run import run
from incident_training.widgets.pictures.spark import spark

__all__ = ["Picture", "hazard_graph", "run", "spark"]
