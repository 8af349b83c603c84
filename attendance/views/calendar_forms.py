"""The forms by which the district changes days of its calendars, and its reporting months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import DayKind, EventType
from attendance.selectors.calendar_day import FIELDS, CalendarDayPage
from attendance.services.calendar_rows import DaysEdit

FREQUENCIES = [("daily", gettext_lazy("Daily")), ("weekly", gettext_lazy("Weekly"))]


def _date(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, show_hidden_initial=True)


class DayForm(forms.Form):
    """What days shall be. Only a field that somebody changed is changed, on each of the days: the form sends along
    what it showed, so that a run of days may keep what is different on each of them.
    """

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)
    leave_out_taken = forms.BooleanField(required=False, widget=forms.HiddenInput)
    schools = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Schools"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    first_day = _date(gettext_lazy("First day"))
    last_day = _date(gettext_lazy("Last day"))
    event_type = _choice(gettext_lazy("What the day is"))
    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=30,
        show_hidden_initial=True,
        help_text=gettext_lazy("As the state reads it, 30 letters at most: Labor Day, Ice storm."),
    )
    day_kind = _choice(gettext_lazy("Kind of day (MS-38)"))
    bell_schedule = _choice(gettext_lazy("Bell schedule"))
    rotation_day = forms.CharField(
        label=gettext_lazy("Rotation day"), required=False, max_length=20, show_hidden_initial=True
    )
    dismissal_time = forms.TimeField(
        label=gettext_lazy("Early dismissal at"),
        required=False,
        show_hidden_initial=True,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=gettext_lazy("Classes end at this time, and those after it are not held."),
    )
    attendance_frequency = _choice(gettext_lazy("Attendance is taken (MS-25)"))
    reason = forms.CharField(
        label=gettext_lazy("Why the calendar is changed"),
        # A look at what it does needs no reason; the service asks for one before it writes.
        required=False,
        max_length=300,
        help_text=gettext_lazy("It is kept with the day for as long as its attendance is."),
    )

    def __init__(self, page: CalendarDayPage, data: QueryDict | None = None) -> None:
        """The form of a page's day; what its schools say differently stands empty, and stays as it is."""
        common = {name: page.common.get(name, "") for name in FIELDS}
        shown = [each.pk for each in page.calendars.shown]
        initial = {
            "submission_id": uuid4(),
            "schools": shown,
            "first_day": page.date,
            "last_day": page.date,
            **common,
        }
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["schools"].choices = [(each.pk, each.name) for each in page.calendars.schools]  # type: ignore[attr-defined]
        for name, choices in _choices(page).items():
            none = _("Each school’s own") if name in page.mixed else _("None")
            self.fields[name].choices = [("", none), *choices]  # type: ignore[attr-defined]
        self.mixed = page.mixed

    def edit(self) -> DaysEdit:
        """What the sent form asks for."""
        given = self.cleaned_data
        changes = {name: _value(name, given[name]) for name in FIELDS if name in self.changed_data}
        return DaysEdit(tuple(given["schools"]), given["first_day"], given["last_day"], changes)


def _choices(page: CalendarDayPage) -> Mapping[str, list[tuple[str, Any]]]:
    return {
        "event_type": list(EventType.choices),
        "day_kind": list(DayKind.choices),
        "bell_schedule": [(name, name) for name in page.bells],
        "attendance_frequency": FREQUENCIES,
    }


def _value(name: str, given: Any) -> Any:
    return given or (None if name == "dismissal_time" else "")


class MonthsForm(forms.Form):
    """The day on which each reporting month begins; months that the calendar does not reach stay empty."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why the months are changed"), max_length=300)

    def __init__(self, starts: Mapping[int, date], seen: str, data: QueryDict | None = None) -> None:
        """The form of a year's months as they begin now."""
        super().__init__(data, initial={"submission_id": uuid4(), "seen": seen})
        for month in range(1, 10):
            label = _("Month %(month)s starts on") % {"month": month}
            self.fields[f"month_{month}"] = _date(label, required=False, initial=starts.get(month))

    @property
    def months(self) -> list[forms.BoundField]:
        """The fields of the months."""
        return [self[f"month_{month}"] for month in range(1, 10)]

    def starts(self) -> dict[int, date]:
        """What the sent form asks for."""
        given = {month: self.cleaned_data[f"month_{month}"] for month in range(1, 10)}
        return {month: day for month, day in given.items() if day}
