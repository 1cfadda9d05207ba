"""The language review: a draft of one's own, asked about in place, and kept nowhere.

pasting    the page: what one pastes is in this program's memory, and in the open page, and no more
parts      the text in order: stretches without a question, and passages with theirs
"""

from incident_training.widgets.reviewing.pasting import Review

__all__ = ["Review"]
