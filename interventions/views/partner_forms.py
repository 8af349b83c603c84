"""The form by which the district enters and changes a partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from interventions.models import Partner, PartnerKind
from interventions.selectors.directory import PartnerPage
from interventions.services.partners import PartnerFacts
from students.models import School
from students.templatetags.languages import language_name

# What families of the two sources' districts speak, the commonest first; what a partner has beside stays offered.
LANGUAGES = ("en", "es", "ht", "fr", "pt", "vi", "zh", "ar")
FACTS = [
    "kind",
    "name",
    "service_area",
    "offers",
    "contact_person",
    "phone",
    "email",
    "languages",
    "is_district_unit",
    "locates_students",
    "agreement_on",
    "answer_days",
]


class PartnerForm(forms.Form):
    """What is known of a partner; what may not be is the service's to say."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("Choose a kind")), *PartnerKind.choices])
    name = forms.CharField(label=_("Name"), max_length=200)
    school_ids = forms.TypedMultipleChoiceField(
        label=_("Schools that it serves"),
        help_text=_("None ticked: the whole district."),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    service_area = forms.CharField(label=_("Area, in words"), required=False, max_length=300)
    offers = forms.CharField(
        label=_("What it offers"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    contact_person = forms.CharField(label=_("Contact person"), required=False, max_length=150)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=100)
    email = forms.EmailField(label=_("E-mail"), required=False)
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)
    is_district_unit = forms.BooleanField(label=_("A unit of the district"), required=False)
    locates_students = forms.BooleanField(
        label=_("Helps to find students, and is asked for disengaged or unlocated ones alone (MD-07)"), required=False
    )
    agreement_on = forms.DateField(
        label=_("Date of the written agreement"),
        help_text=_(
            "On file at the district. Without one a partner outside the district is no school official: it needs "
            "consent or another legal basis (RD-61)."
        ),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    answer_days = forms.IntegerField(label=_("Answers within so many days"), min_value=1, max_value=90)

    def __init__(self, schools: Sequence[School], data: Any = None, page: PartnerPage | None = None) -> None:
        """The form of a new partner, or of one that stands."""
        super().__init__(data, initial=_initial(page), label_suffix="")
        spoken = [*LANGUAGES, *(each for each in (page.partner.languages if page else ()) if each not in LANGUAGES)]
        self.fields["languages"].choices = [(code, language_name(code)) for code in spoken]  # type: ignore[attr-defined]
        self.fields["school_ids"].choices = [(each.pk, each.name) for each in schools]  # type: ignore[attr-defined]

    def again_as_of(self, version: int) -> None:
        """Let the form go over a later version when it is sent once more."""
        sent = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        sent["version"] = str(version)
        self.data = sent

    def facts(self) -> PartnerFacts:
        """What a valid form says."""
        return PartnerFacts(**{name: self.cleaned_data[name] for name in [*FACTS, "school_ids"]})


def _initial(page: PartnerPage | None) -> dict[str, Any]:
    if page is None:
        return {"submission_id": uuid4(), "version": 1, "answer_days": 10}
    partner: Partner = page.partner
    known = {name: getattr(partner, name) for name in FACTS}
    served = [each.pk for each in page.schools]
    return known | {"submission_id": partner.submission_id, "version": partner.version, "school_ids": served}
