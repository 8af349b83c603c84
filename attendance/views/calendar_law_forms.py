"""The forms by which the district adopts calendars, waives days, and names the documents of waivers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.dateformat import format as date_as
from django.utils.translation import gettext_lazy

from attendance.models import WaiverReason
from attendance.selectors.calendar_law_page import ChosenDay, LawPage
from attendance.services.calendar_law import Adoption, WaiverRequest
from attendance.views.document_fields import DocumentsField


def _document(required: bool) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Document"),
        required=required,
        max_length=200,
        help_text=gettext_lazy("Which one: the health order and its number, the minutes of a meeting."),
    )


def _kept_at(required: bool) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Where it is kept"),
        required=required,
        max_length=200,
        help_text=gettext_lazy("So that an auditor finds it: the district office, binder 3."),
    )


class _SchoolsForm(forms.Form):
    """A form about some of the schools that are shown."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    schools = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Schools"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, page: LawPage, data: QueryDict | None, initial: dict[str, Any], files: Any = None) -> None:
        shown = page.calendars.shown
        super().__init__(
            data,
            files,
            initial={"submission_id": uuid4(), "schools": [each.pk for each in shown], **initial},
            label_suffix="",
        )
        self.fields["schools"].choices = [(each.pk, each.name) for each in shown]  # type: ignore[attr-defined]

    def _offer(self, name: str, days: Sequence[ChosenDay]) -> None:
        choices = [(each.date.isoformat(), f"{date_as(each.date, 'D, M j')}: {each.words}") for each in days]
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _days(label: Any, *, required: bool) -> forms.TypedMultipleChoiceField:
    box = forms.CheckboxSelectMultiple
    return forms.TypedMultipleChoiceField(label=label, required=required, coerce=date.fromisoformat, widget=box)


class WaiverForm(_SchoolsForm):
    """Which of the days that were lost are waived, why, and by which document."""

    dates = _days(gettext_lazy("Days of the adopted calendar on which school is not held"), required=True)
    reason = forms.ChoiceField(label=gettext_lazy("Reason, to do with COVID-19"), choices=WaiverReason.choices)
    document = _document(required=False)
    kept_at = _kept_at(required=False)
    documents = DocumentsField(label=gettext_lazy("The document itself"))

    def __init__(self, page: LawPage, data: QueryDict | None = None, files: Any = None) -> None:
        """The form of the days that a page shows as lost."""
        super().__init__(page, data, {}, files)
        self._offer("dates", page.lost)

    def asked(self) -> WaiverRequest:
        """What the sent form asks for."""
        given = self.cleaned_data
        documented = (given["document"], given["kept_at"])
        return WaiverRequest(tuple(given["schools"]), tuple(given["dates"]), given["reason"], *documented)


class AdoptionForm(_SchoolsForm):
    """When and by which decision the calendars were adopted, and in what they differ from those of now."""

    adopted_on = forms.DateField(
        label=gettext_lazy("Adopted on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    document = forms.CharField(
        label=gettext_lazy("By which decision"),
        max_length=200,
        help_text=gettext_lazy("The minutes of the board, and where they are kept."),
    )
    lost = _days(gettext_lazy("Were adopted as school days, and are out of session now"), required=False)
    added = _days(gettext_lazy("Were not adopted, and came in session since"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it takes the place of the one that is kept"), required=False, max_length=300
    )

    def __init__(self, page: LawPage, data: QueryDict | None = None) -> None:
        """The form of the calendars of a page."""
        likely = [each.date.isoformat() for each in page.closed if each.is_likely]
        super().__init__(page, data, {"lost": likely})
        self._offer("lost", page.closed)
        self._offer("added", page.edited)

    def adoption(self, first_year: int) -> Adoption:
        """What the sent form asks for."""
        given = self.cleaned_data
        return Adoption(
            tuple(given["schools"]),
            first_year,
            given["adopted_on"],
            given["document"],
            frozenset(given["lost"]),
            frozenset(given["added"]),
            given["reason"],
        )


class DocumentForm(forms.Form):
    """The document of a waived day."""

    document = _document(required=False)
    kept_at = _kept_at(required=False)
    documents = DocumentsField(label=gettext_lazy("The document itself"))


class WithdrawalForm(forms.Form):
    """Why a waiver is withdrawn."""

    reason = forms.CharField(label=gettext_lazy("Why it is withdrawn"), max_length=300)
