"""Who stands in for a teacher, and until when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from students.models import User


class AppointForm(forms.Form):
    """A person and the days, both inclusive."""

    user_id = forms.TypedChoiceField(label=_("Who"), coerce=int)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *given: Any, staff: Sequence[User], **named: Any) -> None:
        """Offer the staff by family name."""
        super().__init__(*given, **named)
        people = [(each.pk, f"{each.family_name}, {each.given_name}") for each in staff]
        self.fields["user_id"].choices = [("", _("Choose somebody")), *people]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day, inclusive."""

    last_day = forms.DateField()
