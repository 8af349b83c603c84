"""The form by which a student is referred, and the one by which a referral goes on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from interventions.models import ConsentFrom, ReferralStatus, SharedFact
from interventions.selectors.refer_page import Chosen, ReferPage
from interventions.selectors.referral_page import ReferralPage
from interventions.services.referrals import ReferralFacts


class ReferForm(forms.Form):
    """What a chosen partner is asked on a chosen basis, and which facts it is told for it."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    consented_on = forms.DateField(
        label=_("Consent given on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    consent_from = forms.ChoiceField(
        label=_("Given by"), required=False, choices=[("", _("Choose who")), *ConsentFrom.choices]
    )
    consent_name = forms.CharField(label=_("Name of who gave it"), required=False, max_length=200)
    request = forms.CharField(
        label=_("What the partner is asked to do"),
        help_text=_("It stands on the sheet that the partner gets: nothing of health, and no reason of an absence."),
        max_length=300,
    )
    shared = forms.MultipleChoiceField(
        label=_("What the partner is told beside the name"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Why you refer the student"),
        help_text=_("For the care team; never on the sheet. Parents can ask for it."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    step_id = forms.TypedChoiceField(label=_("Step of the plan"), required=False, coerce=int, empty_value=None)

    def __init__(self, page: ReferPage, chosen: Chosen, data: Any = None, *, step_id: int | None = None) -> None:
        """The form for what was chosen; the least that the partner needs is ticked."""
        initial = {"submission_id": uuid4(), "shared": list(chosen.least), "step_id": step_id}
        super().__init__(data, initial=initial, label_suffix="")
        choices: Any = self.fields
        choices["shared"].choices = [(each, SharedFact(each).label) for each in chosen.most if each != SharedFact.NAME]
        choices["step_id"].choices = [("", _("None")), *((each.pk, each.words) for each in page.steps)]
        if not chosen.needs_consent:
            for name in ("consented_on", "consent_from", "consent_name"):
                del self.fields[name]

    def facts(self, chosen: Chosen) -> ReferralFacts:
        """What a valid form says; the name is always told."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "submission_id"}
        said["shared"] = [SharedFact.NAME, *said["shared"]]
        return ReferralFacts(partner_id=chosen.partner.pk, basis=chosen.basis, **said)


class MoveForm(forms.Form):
    """A referral's next status, and words of why or of what came of it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Next"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What the partner said, or what came of it"),
        help_text=_("Asked where it declined, is completed, or is withdrawn."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, page: ReferralPage, data: Any = None) -> None:
        """The form of what may follow."""
        super().__init__(data, initial={"version": page.referral.version}, label_suffix="")
        choices: Any = self.fields
        choices["to"].choices = [(each, ReferralStatus(each).label) for each in page.next]


class SheetForm(forms.Form):
    """One giving out of the sheet: sent twice it is logged once."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls) -> SheetForm:
        """A form of its own."""
        return cls(initial={"submission_id": uuid4()})
