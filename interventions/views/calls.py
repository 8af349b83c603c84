"""A call logged in two clicks: the results are buttons, and the row of the queue stands anew in its place.

Without JavaScript the same form is a small page of its own.
"""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from interventions.models import Contact, ContactKind, StepState
from interventions.rules.attempts import RESULTS
from interventions.selectors.call_panel import call_panel
from interventions.selectors.queue_lines import case_line
from interventions.services.contacts import log_contact
from interventions.services.steps import end_step
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope

_TIME = "%Y-%m-%dT%H:%M"


class CallForm(forms.Form):
    """What came of a call; whom one called, when if not now, and words."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    result = forms.ChoiceField(choices=[(each, each) for each in RESULTS["call"]])
    guardian = forms.IntegerField(min_value=1, required=False)
    happened_at = forms.DateTimeField(
        label=gettext_lazy("When, if not just now"),
        required=False,
        input_formats=[_TIME],
        widget=forms.DateTimeInput(format=_TIME, attrs={"type": "datetime-local"}),
    )
    words = forms.CharField(
        label=gettext_lazy("In words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def log_call(request: HttpRequest, case_id: int) -> HttpResponse:
    """The results of a call to choose from; a POST keeps one. The queue's own parameters lead back to it."""
    scope = request_scope(request)
    if request.method != "POST":
        return _panel(request, scope, case_id, CallForm())
    form = CallForm(request.POST)
    if not form.is_valid():
        return _panel(request, scope, case_id, form, refusal=_("Say what came of the call."), status=422)
    try:
        contact = _kept(scope, case_id, form)
    except Forbidden:
        raise
    except Refused as refused:
        return _panel(request, scope, case_id, form, refusal=str(refused), status=422)
    return _answer(request, scope, case_id, _("Kept: %(result)s.") % {"result": contact.get_result_display().lower()})


@require_POST
def finish_step(request: HttpRequest, case_id: int, step_id: int) -> HttpResponse:
    """A step is done by the contact that reached somebody."""
    scope = request_scope(request)
    outcome = _("Reached, as the last contact says.")
    try:
        step = end_step(scope, case_id, step_id, state=StepState.DONE, outcome=outcome)
    except Forbidden:
        raise
    except Refused as refused:
        return _answer(request, scope, case_id, str(refused), level=messages.ERROR)
    return _answer(request, scope, case_id, _("Done: %(step)s.") % {"step": step.words})


def _kept(scope: Scope, case_id: int, form: CallForm) -> Contact:
    given = form.cleaned_data
    return log_contact(
        scope,
        case_id,
        submission_id=given["submission_id"],
        kind=ContactKind.CALL,
        result=given["result"],
        happened_at=_instant(scope, given["happened_at"]),
        guardian_id=given["guardian"],
        words=given["words"],
    )


def _instant(scope: Scope, typed: datetime | None) -> datetime:
    """What was typed is the school's clock."""
    return scope.now if typed is None else typed.replace(tzinfo=ZoneInfo(scope.zone))


def _panel(
    request: HttpRequest, scope: Scope, case_id: int, form: CallForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "panel": call_panel(scope, case_id),
        "form": form,
        "submission_id": _submission(form),
        "refusal": refusal,
        "query": request.GET.urlencode(),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "interventions/call.html", context, status=status)
    response = render(request, "interventions/call_panel.html", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = f"#call-{case_id}", "innerHTML"
    return response


def _submission(form: CallForm) -> UUID | str:
    """The same form again is the same call."""
    return form.data.get("submission_id") or uuid4()


def _answer(
    request: HttpRequest, scope: Scope, case_id: int, said: str, *, level: int = messages.SUCCESS
) -> HttpResponse:
    """The row as it now stands, or the queue that the page came from."""
    query = request.GET.urlencode()
    if request.headers.get("HX-Request"):
        context = {"line": case_line(scope, case_id), "query": query, "said": said, "failed": level == messages.ERROR}
        return render(request, "interventions/queue_row_anew.html", context)
    messages.add_message(request, level, said)
    return redirect(reverse("queue") + (f"?{query}" if query else ""))
