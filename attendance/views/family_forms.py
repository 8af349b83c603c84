"""The forms by which families tell the school something. What they may say is the services' to judge."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.selectors.family_words import DOCUMENTS, REASONS
from attendance.services.absence_reports import Absence
from attendance.services.correction_requests import Doubt
from attendance.views.document_fields import DocumentsField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_KINDS = [("", _("Choose what it is")), *DOCUMENTS.items()]


def _date_field(label: StrOrPromise) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"])


def _time_field(label: StrOrPromise) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, required=False)


class AbsenceForm(forms.Form):
    """An absence of today or planned, of whole days or a part of one, with or without a paper."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    starts_on = _date_field(_("First day"))
    ends_on = _date_field(_("Last day"))
    starts_at = _time_field(_("From"))
    ends_at = _time_field(_("Until"))
    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect, choices=list(REASONS.items()))
    words = forms.CharField(
        label=_("Anything the office should know"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the office reads this. Teachers see that your child is absent, and not why."),
    )
    document_kind = forms.ChoiceField(label=_("What are you sending?"), required=False, choices=_KINDS)
    # The last: what stands after a file that is too large is not read.
    documents = DocumentsField(label=_("Photo or file"), camera=True)

    @classmethod
    def of_day(cls, day: date) -> AbsenceForm:
        """An empty form for a day; sent twice it is told once."""
        return cls(initial={"submission_id": uuid4(), "starts_on": day, "ends_on": day})

    @property
    def absence(self) -> Absence:
        """What is told; without a file there is no kind of one."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("submission_id", "documents")}
        return Absence(**given | {"document_kind": given["document_kind"] or "none"})


class FamilyDocumentForm(forms.Form):
    """A document for a report that was sent."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    document_kind = forms.ChoiceField(label=_("What are you sending?"), choices=_KINDS)
    documents = DocumentsField(label=_("Photo or file"), camera=True)

    @classmethod
    def empty(cls, report_id: int) -> FamilyDocumentForm:
        """An empty form, on a page with others like it; sent twice it counts once."""
        return cls(initial={"submission_id": uuid4()}, auto_id=f"report-{report_id}-%s")


class CorrectionForm(forms.Form):
    """What a family doubts: a class and its day, or a day alone; and why."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.CharField(max_length=40, error_messages={"required": _("Please choose a class or a day.")})
    words = forms.CharField(
        label=_("What should the school know?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The teacher reads this. Please write nothing about health here."),
    )

    @classmethod
    def empty(cls) -> CorrectionForm:
        """An empty form; sent twice it is asked once."""
        return cls(initial={"submission_id": uuid4()})

    def clean_about(self) -> tuple[int | None, date]:
        """The class, None for the whole day, and the day."""
        meeting, _slash, day = self.cleaned_data["about"].partition("/")
        try:
            return (int(meeting) if meeting else None), date.fromisoformat(day)
        except ValueError as error:
            raise forms.ValidationError(_("Please choose a class or a day.")) from error

    @property
    def doubt(self) -> Doubt:
        """What is doubted."""
        meeting_id, day = self.cleaned_data["about"]
        return Doubt(day, meeting_id, self.cleaned_data["words"])
