"""The forms by which records are held, let go, and kept for longer."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from students.selectors.retention import Policy
from students.selectors.retention_page import HoldsPage

_REASON: dict[str, Any] = {"max_length": 300}


class ConfirmForm(forms.Form):
    """The year's name, typed to say that one means it."""

    typed_name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, year_name: str, data: Any = None) -> None:
        """The field's label says what to type."""
        super().__init__(data, initial={"submission_id": uuid4()})
        self.fields["typed_name"].label = _("Type %(name)s to say that you mean it") % {"name": year_name}


class ProposeForm(ConfirmForm):
    """Why the records may go."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why may they go?"), help_text=_("The rule or the district’s decision, with its date."), **_REASON
    )
    field_order = ("reason", "typed_name")


class HoldForm(forms.Form):
    """What is held, and why."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    year_id = forms.TypedChoiceField(label=_("School year"), required=False, coerce=int, empty_value=None)
    school_id = forms.TypedChoiceField(label=_("School"), required=False, coerce=int, empty_value=None)
    state_id = forms.CharField(
        label=_("Student"),
        required=False,
        max_length=20,
        help_text=_("By state id, as it stands on the student’s page."),
    )
    reason = forms.CharField(label=_("Why?"), help_text=_("The case, the letter or the order."), **_REASON)

    def __init__(self, page: HoldsPage, data: Any = None) -> None:
        """The years and schools of a page."""
        super().__init__(data, initial={"submission_id": uuid4()})
        choices: Any = self.fields
        choices["year_id"].choices = [("", _("Every year")), *((each.pk, each.name) for each in page.years)]
        choices["school_id"].choices = [("", _("Every school")), *((each.pk, each.name) for each in page.schools)]


class LiftForm(forms.Form):
    """Why a hold is lifted."""

    reason = forms.CharField(label=_("Why is it lifted?"), **_REASON)


class PolicyForm(forms.Form):
    """For how many years records are kept, from a day on."""

    documentation_years = forms.IntegerField(
        label=_("Attendance documentation, in years"), min_value=5, max_value=100, help_text=_("Five at least (MS-31).")
    )
    support_years = forms.IntegerField(label=_("Case notes and messages, in years"), min_value=1, max_value=100)
    starts_on = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        help_text=_("Today or later."),
    )
    reason = forms.CharField(label=_("By which decision?"), **_REASON)

    def __init__(self, policy: Policy, today: Any, data: Any = None) -> None:
        """The figures that hold today."""
        figures = {"documentation_years": policy.documentation_years, "support_years": policy.support_years}
        super().__init__(data, initial={**figures, "starts_on": today})
