"""FORMS: the table of kinds on screen, one line for each. SHIFT: those a whole shift plays."""

from incident_training.kinds.base import KindName
from incident_training.widgets import clinic, declaration, near_miss, postmortem
from incident_training.widgets.form import Form

FORMS: dict[KindName, Form] = {
    "declaration": declaration.FORM,
    "near_miss": near_miss.FORM,
    "postmortem": postmortem.FORM,
    "clinic": clinic.FORM,
}
SHIFT: tuple[KindName, ...] = tuple(kind for kind, form in FORMS.items() if form.in_shift)
