"""The forms of the front office. What an entry may say is the service's to judge."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.models import AT_THE_DOOR, OfficeKind
from attendance.selectors.office_lists import Choices

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _date_field(label: StrOrPromise) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"])


def time_field(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.TimeField:
    """A time of day, which may be left out."""
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, required=False, help_text=help_text)


class DoorForm(forms.Form):
    """Somebody signs in or out at the desk; the button says who and which."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    at = time_field(_("Time"))
    sign_in = forms.IntegerField(required=False, min_value=1)
    sign_out = forms.IntegerField(required=False, min_value=1)

    @property
    def kind(self) -> str:
        """Which of the two was pressed."""
        return OfficeKind.SIGN_IN if self.cleaned_data["sign_in"] else OfficeKind.SIGN_OUT

    @property
    def student_id(self) -> int:
        """Of whom; nobody has the id 0."""
        return self.cleaned_data["sign_in"] or self.cleaned_data["sign_out"] or 0


class EntryForm(forms.Form):
    """One entry for one student or for many."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What"), choices=OfficeKind.choices)
    starts_on = _date_field(_("First day"))
    ends_on = _date_field(_("Last day"))
    starts_at = time_field(_("Time, or from"), _("When they came in or left; for a part of a day, its beginning."))
    ends_at = time_field(_("Until"), _("For a part of a day. Whole days need no times."))
    shown_as = forms.CharField(
        label=_("Teachers see"),
        required=False,
        max_length=60,
        help_text=_("As “Band trip”. It stands beside the name for every teacher: no word of health."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("For the office alone: who called, which bus.")
    )

    @classmethod
    def of_day(cls, day: date, kind: str = "", at: time | None = None) -> EntryForm:
        """An empty form for a day; sent twice it is entered once."""
        known = kind if kind in OfficeKind.values else OfficeKind.REPORTED_ABSENCE
        starts_at = at if known in AT_THE_DOOR else None
        return cls(
            initial={
                "submission_id": uuid4(),
                "kind": known,
                "starts_on": day,
                "ends_on": day,
                "starts_at": starts_at,
            }
        )

    @property
    def said(self) -> dict[str, Any]:
        """The entry as the service takes it; a sign-in or sign-out has the time it starts with and no other."""
        given = dict(self.cleaned_data)
        if given["kind"] in AT_THE_DOOR:
            given["ends_at"] = None
        return given


class ChoosingForm(forms.Form):
    """Of whom: any of these together."""

    pasted = forms.CharField(
        label=_("State ids, one a line"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Paste them from a list; what stands after the id on a line is not read."),
    )
    grade = forms.ChoiceField(label=_("A grade"), required=False)
    section = forms.TypedChoiceField(label=_("A class"), required=False, coerce=int, empty_value=None)
    everybody = forms.BooleanField(label=_("The whole school"), required=False)

    def __init__(self, choices: Choices, *given: Any, **more: Any) -> None:
        """`choices` are those of the school."""
        super().__init__(*given, **more)
        self.fields["grade"].choices = [("", "–"), *((each, each) for each in choices.grades)]  # type: ignore[attr-defined]
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((each.pk, each.title) for each in choices.sections),
        ]


class WithdrawEntryForm(forms.Form):
    """Why an entry is withdrawn, for all of its students or for one."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=300)
    student = forms.IntegerField(required=False, min_value=1)
