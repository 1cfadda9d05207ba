"""The definitions page: who would call it an incident, and a definition of one's own.

explorer   the page: what one looks at, and what is kept of it
told       what stands on it when one looks at a situation, a shift or all definitions
own        one's own definition: what it lets in, what it misses, whether it is easy to act on
"""

from incident_training.widgets.defining.explorer import Explorer

__all__ = ["Explorer"]
