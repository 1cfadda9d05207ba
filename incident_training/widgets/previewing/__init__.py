"""A scenario as its author sees it while writing: what is wrong, then all of it on one page."""

from incident_training.widgets.previewing.page import Preview

__all__ = ["Preview"]
