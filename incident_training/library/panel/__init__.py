"""A team's own panel: the votes of its people in place of the author's opinion.

asking   a deck or a scenario -> what a blind answer sheet shows, and no more
answers  the files that sheets save -> answers, or one sentence why not; one person counts once
votes    answers counted by card and inject, and a scenario that is judged by them
keeping  panel.json in the data folder

Nothing ships with votes. Whys are read aloud and never kept; nicknames neither.
"""

from incident_training.library.panel.keeping import CannotRead, forget, keep, kept, voted
from incident_training.library.panel.votes import Panel, Tally, Votes, with_votes

__all__ = [
    "CannotRead",
    "Panel",
    "Tally",
    "Votes",
    "forget",
    "keep",
    "kept",
    "voted",
    "with_votes",
]
