"""What is filled in on a case's page."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.views.looking import date_field
from interventions.models import ActionKind, ContactKind, ContactResult, Outcome
from interventions.rules.attempts import RESULTS
from interventions.selectors.case_page import CasePage

NOTE_HELP = _(
    "Parents can ask to see notes. Write no report of suspected abuse here; call the child-abuse hotline and follow "
    "your district’s procedure."
)

NOBODY = 0
_TIME = "%Y-%m-%dT%H:%M"
_ATTEMPTS = [
    (ContactKind(kind).label, [(f"{kind} {result}", ContactResult(result).label) for result in results])
    for kind, results in RESULTS.items()
]


class CaseForm(forms.Form):
    """A form of a case's page, which has many of them: `ids` begins the ids of its fields."""

    def __init__(self, page: CasePage, ids: str, data: Any = None, **options: Any) -> None:
        """What it offers to choose is the case's own."""
        super().__init__(data, auto_id=f"{ids}-%s", label_suffix="", **options)


class EndStepForm(CaseForm):
    """What came of a step; the button says whether it is done or not needed."""

    state = forms.CharField(widget=forms.HiddenInput)
    outcome = forms.CharField(label=_("What came of it, or why it is not needed"), max_length=300)


class PlanStepForm(CaseForm):
    """By when a step is to be done, and by whom."""

    due_on = date_field(_("Due"), required=False)

    owner_id = forms.TypedChoiceField(label=_("Who does it"), coerce=int, empty_value=None, required=False)

    def __init__(self, page: CasePage, ids: str, data: Any = None, **options: Any) -> None:
        """The people are those of the case's school."""
        super().__init__(page, ids, data, **options)
        team = [(person.user_id, person.name) for person in page.team]
        self.fields["owner_id"].choices = [("", _("Whoever has the case")), *team]  # type: ignore[attr-defined]


class AddStepForm(PlanStepForm):
    """A step of one's own."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices)
    words = forms.CharField(label=_("What is to be done"), max_length=200)


class NoteForm(CaseForm):
    """A note of the care team."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label=_("Note of the care team"),
        help_text=NOTE_HELP,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ContactForm(CaseForm):
    """One attempt to reach the family: how and what came of it, whom, when, and for which step."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    attempt = forms.ChoiceField(label=_("How, and what came of it"))
    guardian_id = forms.TypedChoiceField(label=_("Whom"), coerce=int, empty_value=None, required=False)
    step_id = forms.TypedChoiceField(label=_("For which step"), coerce=int, empty_value=None, required=False)
    happened_at = forms.DateTimeField(
        label=_("When, if not just now"),
        required=False,
        input_formats=[_TIME],
        widget=forms.DateTimeInput(format=_TIME, attrs={"type": "datetime-local"}),
    )
    words = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=1000,
        help_text=NOTE_HELP,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, page: CasePage, ids: str, data: Any = None, **options: Any) -> None:
        """People who may be called, and steps that are open."""
        super().__init__(page, ids, data, **options)
        people = [(link.guardian_id, str(link.guardian)) for link in page.guardians]
        steps = [(line.step.pk, line.step.words) for line in page.open_steps]
        self.fields["attempt"].choices = [("", _("Choose")), *_ATTEMPTS]  # type: ignore[attr-defined]
        self.fields["guardian_id"].choices = [("", _("Somebody else, or nobody")), *people]  # type: ignore[attr-defined]
        self.fields["step_id"].choices = [("", _("The open one of its kind")), *steps]  # type: ignore[attr-defined]


class HandOverForm(CaseForm):
    """Who has the case from now on; `seen` is who had it when the page was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    owner_id = forms.TypedChoiceField(label=_("To whom"), coerce=int)
    words = forms.CharField(label=_("A word about it"), required=False, max_length=500)

    def __init__(self, page: CasePage, ids: str, data: Any = None, **options: Any) -> None:
        """The people are those of the case's school."""
        super().__init__(page, ids, data, initial={"seen": page.case.owner_id}, **options)
        team = [(person.user_id, person.name) for person in page.team]
        self.fields["owner_id"].choices = [("", _("Choose somebody")), *team, (NOBODY, _("Nobody for now"))]  # type: ignore[attr-defined]


class ReasonForm(CaseForm):
    """Why a note or a contact is withdrawn."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=300)


class CloseForm(CaseForm):
    """What became of the case."""

    outcome = forms.ChoiceField(label=_("What became of it"), choices=[("", _("Choose")), *Outcome.choices])
    words = forms.CharField(label=_("In words"), required=False, max_length=500)


class ReopenForm(CaseForm):
    """Why a case is opened again."""

    words = forms.CharField(label=_("Why it is opened again"), max_length=500)


class WhereaboutsForm(CaseForm):
    """Whether anybody knows where the student is, and how that is known."""

    is_unlocated = forms.TypedChoiceField(
        widget=forms.HiddenInput, choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes"
    )
    words = forms.CharField(label=_("How this is known"), required=False, max_length=500)
