"""What is filled in on a case's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.views.looking import date_field
from interventions.models import ActionKind, Outcome
from interventions.selectors.care_team import Member

NOTE_HELP = _(
    "Parents can ask to see notes. Write no report of suspected abuse here; call the child-abuse hotline and follow "
    "your district’s procedure."
)


def person_field(label: Any, nobody: Any, team: Sequence[Member], **options: Any) -> forms.TypedChoiceField:
    """One of the care team, or nobody."""
    choices = [("", nobody), *((person.user_id, person.name) for person in team)]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False, **options)


class EndStepForm(forms.Form):
    """What came of a step; the button says whether it is done or not needed."""

    state = forms.CharField(widget=forms.HiddenInput)
    outcome = forms.CharField(label=_("What came of it, or why it is not needed"), max_length=300)


class PlanStepForm(forms.Form):
    """By when a step is to be done, and by whom."""

    due_on = date_field(_("Due"), required=False)

    def __init__(self, team: Sequence[Member], *args: Any, **options: Any) -> None:
        """The people are those of the case's school."""
        super().__init__(*args, **options)
        self.fields["owner_id"] = person_field(_("Who does it"), _("Whoever has the case"), team)


class AddStepForm(PlanStepForm):
    """A step of one's own."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices)
    words = forms.CharField(label=_("What is to be done"), max_length=200)


class NoteForm(forms.Form):
    """A note of the care team."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label=_("Note of the care team"),
        help_text=NOTE_HELP,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    """Why a note is withdrawn."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=300)


class CloseForm(forms.Form):
    """What became of the case."""

    outcome = forms.ChoiceField(label=_("What became of it"), choices=[("", _("Choose")), *Outcome.choices])
    words = forms.CharField(label=_("In words"), required=False, max_length=500)


class ReopenForm(forms.Form):
    """Why a case is opened again."""

    words = forms.CharField(label=_("Why it is opened again"), max_length=500)


class WhereaboutsForm(forms.Form):
    """Whether anybody knows where the student is, and how that is known."""

    is_unlocated = forms.TypedChoiceField(
        widget=forms.HiddenInput, choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes"
    )
    words = forms.CharField(label=_("How this is known"), required=False, max_length=500)
