"""The forms by which the office enters, documents, decides and withdraws an excuse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.models import Decision, DocumentKind, ExcuseReason
from attendance.views.document_fields import DocumentsField

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
    document_kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices)
    document_seen_on = _date_field(_("Seen on"), required=False)
    # The last: what stands after a file that is too large is not read.
    documents = DocumentsField(label=_("The document itself"))

    @classmethod
    def of_day(cls, day: date) -> ExcuseForm:
        """An empty form for a day; sent twice it is entered once."""
        return cls(initial={"submission_id": uuid4(), "starts_on": day, "ends_on": day})


_KINDS = [each for each in DocumentKind.choices if each[0] != DocumentKind.NONE]


class DocumentForm(forms.Form):
    """A document for an excuse that is entered: its files, or the day on which it was seen on paper."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Document"), choices=[("", _("Choose what it is")), *_KINDS])
    seen_on = _date_field(_("Seen on"), required=False)
    documents = DocumentsField(label=_("The document itself"))

    @classmethod
    def empty(cls, excuse_id: int) -> DocumentForm:
        """An empty form, on a page with others like it; sent twice it counts once."""
        return cls(initial={"submission_id": uuid4()}, auto_id=f"document-{excuse_id}-%s")


class DecisionForm(forms.Form):
    """What the office decides, and why; `seen` is what stood when the page was read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(label=_("Decision"), choices=[("", _("Choose a decision")), *Decision.choices])
    reason = forms.CharField(label=_("Why"), max_length=300)

    @classmethod
    def empty(cls, excuse_id: int, seen: str) -> DecisionForm:
        """An empty form, on a page with others like it."""
        return cls(initial={"seen": seen}, auto_id=f"decision-{excuse_id}-%s")


class WithdrawForm(forms.Form):
    """Why an excuse is withdrawn."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=300)
