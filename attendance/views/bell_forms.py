"""The forms by which bells are copied, changed, and put on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.models import PeriodKind
from attendance.rules.bells import BellRow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Empty lines below the periods, for new ones; more come after the next look.
EMPTY_LINES = 3
MOST_LINES = 60
LONGEST_GRADE = 20


def _time_field(label: StrOrPromise, *, required: bool) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, required=required, input_formats=["%H:%M"])


def _date_field(label: StrOrPromise, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class PeriodForm(forms.Form):
    """One row of a schedule; a row wholly empty is none."""

    name = forms.CharField(label=_("Period"), max_length=40)
    # Chosen beforehand, or a line left empty would count as begun.
    kind = forms.ChoiceField(label=_("Kind"), choices=PeriodKind.choices, initial=PeriodKind.CLASS)
    starts_at = _time_field(_("From"), required=True)
    ends_at = _time_field(_("To"), required=True)
    deduction_starts_at = _time_field(_("Meal from"), required=False)
    deduction_ends_at = _time_field(_("Meal to"), required=False)
    grades = forms.CharField(label=_("Only grades"), required=False, max_length=200)

    def clean_grades(self) -> tuple[str, ...]:
        """The grades, parted by commas or spaces, in order."""
        grades = sorted(set(self.cleaned_data["grades"].replace(",", " ").split()))
        if any(len(grade) > LONGEST_GRADE for grade in grades):
            raise forms.ValidationError(_("A grade has 20 characters at most."))
        return tuple(grades)


PeriodFormSet = forms.formset_factory(
    PeriodForm, extra=EMPTY_LINES, can_delete=True, max_num=MOST_LINES, absolute_max=MOST_LINES
)


def lines_of(rows: Sequence[BellRow]) -> list[dict[str, Any]]:
    """Rows as the lines of the form begin."""
    return [
        {
            "name": row.name,
            "kind": row.kind,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
            "deduction_starts_at": row.deduction_starts_at,
            "deduction_ends_at": row.deduction_ends_at,
            "grades": ", ".join(row.grades),
        }
        for row in rows
    ]


def rows_of(lines: Any) -> tuple[BellRow, ...]:
    """The rows of lines that were found sound, those left out not among them, by time."""
    given = (line for line in lines.cleaned_data if line and not line.get("DELETE"))
    rows = (BellRow(**{name: value for name, value in line.items() if name != "DELETE"}) for line in given)
    return tuple(sorted(rows, key=lambda row: (row.starts_at, row.name, row.grades)))


class ChangeForm(forms.Form):
    """From which day on bells ring otherwise, and why; `agreed` is what the preview that was seen stands for."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    agreed = forms.CharField(widget=forms.HiddenInput, required=False)
    holds_from = _date_field(_("From which day on?"), help_text=_("Days before it keep the bells that rang on them."))
    corrects = forms.BooleanField(label=_("This corrects days that are over"), required=False)
    reason = forms.CharField(label=_("Why?"), max_length=300)

    @classmethod
    def from_day(cls, day: date) -> ChangeForm:
        """An empty form; sent twice it is one change."""
        return cls(initial={"submission_id": uuid4(), "holds_from": day})


class CopyForm(forms.Form):
    """What the copy shall be called."""

    name = forms.CharField(label=_("Name of the new bells"), max_length=100)


class DayForm(forms.Form):
    """On which day bells shall ring, and why; `agreed` is what the preview that was seen stands for."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    agreed = forms.CharField(widget=forms.HiddenInput, required=False)
    day = _date_field(_("Day"))
    reason = forms.CharField(label=_("Why?"), max_length=300)

    @classmethod
    def empty(cls, day: date | None) -> DayForm:
        """An empty form; sent twice it is one change."""
        return cls(initial={"submission_id": uuid4(), "day": day})
