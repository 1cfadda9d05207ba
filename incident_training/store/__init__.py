"""What people did, kept in SQLite the moment they submit it: an append-only log of events.

Acknowledged means committed: when `append` returns, the event outlives this process and the power.
The log is the truth; attempts and resumes are read from it.

event        what is kept of one thing one person did or has begun, and what cannot be kept
pseudonyms   a name for a secret token
log          `Store`: append an event, read events and attempts; keep a draft
database     the one SQLite file: made, opened, waited for, and its refusals in sentences
"""

from incident_training.store.database import StoreError, prepare
from incident_training.store.event import IN_PLACE, Draft, Event, EventName
from incident_training.store.log import Behind, Store
from incident_training.store.pseudonyms import pseudonym

__all__ = [
    "IN_PLACE",
    "Behind",
    "Draft",
    "Event",
    "EventName",
    "Store",
    "StoreError",
    "prepare",
    "pseudonym",
]
