"""The forms by which the office enters and withdraws an excuse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.models import DocumentKind, ExcuseReason

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _date_field(label: StrOrPromise, **options: object) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)  # type: ignore[arg-type]


def _time_field(label: StrOrPromise) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, required=False)


class ExcuseForm(forms.Form):
    """An excuse for days, or for a time span of one day; what it may say is the service's to judge."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose a reason")), *ExcuseReason.choices])
    starts_on = _date_field(_("First day"))
    ends_on = _date_field(_("Last day"))
    starts_at = _time_field(_("From"))
    ends_at = _time_field(_("Until"))
    document_kind = forms.ChoiceField(label=_("Document seen on paper"), choices=DocumentKind.choices)
    document_seen_on = _date_field(_("Seen on"), required=False)

    @classmethod
    def of_day(cls, day: date) -> ExcuseForm:
        """An empty form for a day; sent twice it is entered once."""
        return cls(initial={"submission_id": uuid4(), "starts_on": day, "ends_on": day})


class WithdrawForm(forms.Form):
    """Why an excuse is withdrawn."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=300)
