"""FORMS: the table of kinds on screen, one line for each."""

from incident_training.kinds.base import KindName
from incident_training.widgets import declaration, near_miss, postmortem
from incident_training.widgets.form import Form

FORMS: dict[KindName, Form] = {
    "declaration": declaration.FORM,
    "near_miss": near_miss.FORM,
    "postmortem": postmortem.FORM,
}
