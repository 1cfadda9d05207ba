"""The lucky harvest: an old postmortem read for luck and near misses, and kept nowhere.

pasting    the page: what one pastes is in this program's memory, and in the open page, and no more
parts      the text in order: stretches without a mark, and passages with theirs
"""

from incident_training.widgets.harvesting.pasting import Harvest

__all__ = ["Harvest"]
