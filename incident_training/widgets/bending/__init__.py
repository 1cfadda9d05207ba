"""The lessons on what bends a judgement: one reads one of two versions, then both; or a room does.

activity   the page: what one does, and what is kept of it
where      where somebody stands: the fold of what was kept
alone      the list, the question, and what is told after it
room       a room in two halves, by show of hands; what was answered here before
"""

from incident_training.widgets.bending.activity import Lessons

__all__ = ["Lessons"]
