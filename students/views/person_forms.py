"""The forms by which roles are given and ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from students.selectors.account import AccountPage


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class GiveForm(forms.Form):
    """A role, its place and its days; what may be given where is the service's to judge."""

    role = forms.ChoiceField(label=_("Role"))
    school_id = forms.TypedChoiceField(label=_("Where"), required=False, coerce=int, empty_value=None)
    starts_on = _day(_("First day"))
    ends_on = _day(
        _("Last day"), required=False, help_text=_("Empty while no end is known. An auditor’s role always has one.")
    )

    def __init__(self, page: AccountPage, data: Any = None) -> None:
        """The choices that the reader of a page has."""
        super().__init__(data, initial={"starts_on": page.today})
        choices: Any = self.fields
        choices["role"].choices = [("", _("Choose a role")), *page.may_give]
        choices["school_id"].choices = [("", _("In the whole district")), *((each.pk, each) for each in page.schools)]


class EndForm(forms.Form):
    """The last day of a role."""

    last_day = _day(_("Last day"))
