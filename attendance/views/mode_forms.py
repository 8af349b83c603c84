"""The forms by which the office says how a student is taught, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import Measure, ModeReason, OwnScheduleKind
from attendance.rules.modes import IN_PERSON, ModeFact
from attendance.selectors.modes_page import ModesPage
from attendance.services.own_days import Accommodated, OwnDays
from attendance.views.looking import LookForm, date_field

_boxes = forms.CheckboxSelectMultiple
HYBRID = gettext_lazy("For a hybrid plan alone. None named: all days.")


class ModeForm(LookForm):
    """A mode from a day on, on all days or on some, in all classes or in one."""

    mode = forms.ChoiceField(label=gettext_lazy("Mode of instruction"))
    starts_on = date_field(gettext_lazy("First day"))
    ends_on = date_field(
        gettext_lazy("Last day"), required=False, help_text=gettext_lazy("None: until further notice.")
    )
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    section = forms.TypedChoiceField(label=gettext_lazy("In"), required=False, coerce=int, empty_value=None)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"), required=False, coerce=int, widget=_boxes, help_text=HYBRID
    )
    rotation_days = forms.MultipleChoiceField(
        label=gettext_lazy("Rotation days"), required=False, widget=_boxes, help_text=HYBRID
    )

    def __init__(self, page: ModesPage, data: Any = None, **initial: Any) -> None:
        """The form of a student's page: what the plan offers, and who enters it."""
        super().__init__(data, initial=initial)
        offer(self, "mode", page.offered)
        offer(self, "reason", [("", _("None given")), *ModeReason.choices])
        offer(self, "section", [("", _("All classes")), *page.sections])
        offer(self, "weekdays", [(day, WEEKDAYS[day]) for day in range(5)])
        offer(self, "rotation_days", [(each, each) for each in page.rotation_days])

    def fact(self) -> ModeFact:
        """What the sent form asks for."""
        given = self.cleaned_data
        days = (tuple(given.get("weekdays", ())), tuple(given.get("rotation_days", ())))
        section = given.get("section")
        return ModeFact(given["mode"], given["starts_on"], given["ends_on"], *days, given.get("reason", ""), section)


class QuarantineForm(LookForm):
    """A switch to another mode for as long as a quarantine lasts (MS-33)."""

    mode = forms.ChoiceField(label=gettext_lazy("Taught meanwhile"))
    starts_on = date_field(gettext_lazy("First day"))
    ends_on = date_field(gettext_lazy("Last day"))

    def __init__(self, page: ModesPage, data: Any = None, **initial: Any) -> None:
        """The form of a student's page: the modes that need nobody in the building."""
        super().__init__(data, initial=initial)
        offer(self, "mode", [each for each in page.offered if each[0] != IN_PERSON])

    def fact(self) -> ModeFact:
        """What the sent form asks for."""
        given = self.cleaned_data
        return ModeFact(given["mode"], given["starts_on"], given["ends_on"], reason=ModeReason.QUARANTINE)


class ScheduleForm(LookForm):
    """An own schedule: why a student's day may be shorter (RD-01)."""

    kind = forms.ChoiceField(label=gettext_lazy("Schedule"), choices=OwnScheduleKind.choices)
    starts_on = date_field(gettext_lazy("First day"))
    ends_on = date_field(
        gettext_lazy("Last day"), required=False, help_text=gettext_lazy("None: until further notice.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Read by the office, the nurse and an auditor alone."),
    )

    def own(self) -> OwnDays:
        """What the sent form asks for."""
        given = self.cleaned_data
        return OwnDays(given["kind"], given["starts_on"], given["ends_on"], given["reason"])


class AccommodationForm(LookForm):
    """Measures that count for one student beside those of the plan (MS-39)."""

    measures = forms.MultipleChoiceField(
        label=gettext_lazy("Counts for this student too"), choices=Measure.choices, widget=_boxes
    )
    starts_on = date_field(gettext_lazy("First day"))
    ends_on = date_field(
        gettext_lazy("Last day"), required=False, help_text=gettext_lazy("None: until further notice.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Read by the office, the nurse and an auditor alone."),
    )

    def own(self) -> Accommodated:
        """What the sent form asks for."""
        given = self.cleaned_data
        return Accommodated(tuple(given["measures"]), given["starts_on"], given["ends_on"], given["reason"])


class EndingForm(LookForm):
    """The last day of a fact, or that it never held; and why."""

    last_day = date_field(gettext_lazy("Last day"), required=False)
    take_back = forms.BooleanField(label=gettext_lazy("It was entered by mistake: take all of it back"), required=False)
    late_reason = forms.CharField(label=gettext_lazy("Why it ends"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """A last day, or all of it."""
        given = super().clean() or {}
        if not given.get("last_day") and not given.get("take_back"):
            raise forms.ValidationError(_("Give its last day, or take all of it back."))
        return given


def offer(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Let a field choose among these; without any it is no field of the form."""
    if choices:
        form.fields[name].choices = choices  # type: ignore[attr-defined]
    else:
        del form.fields[name]
