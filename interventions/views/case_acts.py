"""What is done on a case's page: each act has an address, and leads back to the page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interventions.selectors.case_page import case_page
from interventions.services.closing import close_case, reopen_case
from interventions.services.contacts import log_contact, withdraw_contact
from interventions.services.handing_over import hand_over
from interventions.services.notes import withdraw_note, write_note
from interventions.services.steps import add_step, end_step, plan_step, reopen_step
from interventions.services.whereabouts import set_unlocated
from interventions.views.case import shown
from interventions.views.case_forms import (
    AddStepForm,
    CaseForm,
    CloseForm,
    ContactForm,
    EndStepForm,
    HandOverForm,
    NoteForm,
    PlanStepForm,
    ReasonForm,
    ReopenForm,
    WhereaboutsForm,
)
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
def add_case_step(request: HttpRequest, case_id: int) -> HttpResponse:
    """Add a step of one's own."""
    said = _("The step is added.")
    return _acted(request, case_id, "add", AddStepForm, add_step, said)


@_form_page
def end_case_step(request: HttpRequest, case_id: int, step_id: int) -> HttpResponse:
    """End a step with what came of it."""

    def act(scope: Scope, pk: int, **given: Any) -> None:
        end_step(scope, pk, step_id, **given)

    return _acted(request, case_id, f"end-{step_id}", EndStepForm, act, _("The step is ended."))


@_form_page
def plan_case_step(request: HttpRequest, case_id: int, step_id: int) -> HttpResponse:
    """Say by when a step is to be done, and by whom."""

    def act(scope: Scope, pk: int, **given: Any) -> None:
        plan_step(scope, pk, step_id, **given)

    said = _("The step is planned.")
    return _acted(request, case_id, f"plan-{step_id}", PlanStepForm, act, said)


@_form_page
def reopen_case_step(request: HttpRequest, case_id: int, step_id: int) -> HttpResponse:
    """Open a step again."""

    def act(scope: Scope, pk: int) -> None:
        reopen_step(scope, pk, step_id)

    return _acted(request, case_id, "reopen-step", CaseForm, act, _("The step is open again."))


@_form_page
def write_case_note(request: HttpRequest, case_id: int) -> HttpResponse:
    """Write a note."""
    return _acted(request, case_id, "note", NoteForm, write_note, _("The note is written."))


@_form_page
def withdraw_case_note(request: HttpRequest, case_id: int, note_id: int) -> HttpResponse:
    """Withdraw a note."""

    def act(scope: Scope, pk: int, **given: Any) -> None:
        withdraw_note(scope, pk, note_id, **given)

    return _acted(request, case_id, f"withdraw-note-{note_id}", ReasonForm, act, _("The note is withdrawn."))


@_form_page
def log_case_contact(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep an attempt to reach the family."""

    def act(scope: Scope, pk: int, *, attempt: str, happened_at: datetime | None, **given: Any) -> None:
        kind, result = attempt.split()
        at = happened_at.replace(tzinfo=ZoneInfo(scope.zone)) if happened_at else scope.now
        log_contact(scope, pk, kind=kind, result=result, happened_at=at, **given)

    return _acted(request, case_id, "contact", ContactForm, act, _("The contact is kept."))


@_form_page
def withdraw_case_contact(request: HttpRequest, case_id: int, contact_id: int) -> HttpResponse:
    """Withdraw an attempt."""

    def act(scope: Scope, pk: int, **given: Any) -> None:
        withdraw_contact(scope, contact_id, **given)

    return _acted(request, case_id, f"withdraw-contact-{contact_id}", ReasonForm, act, _("The contact is withdrawn."))


@_form_page
def hand_over_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give the case to somebody of the care team, or to nobody."""

    def act(scope: Scope, pk: int, *, seen: int | None, owner_id: int, words: str) -> None:
        done = hand_over(scope, {pk: seen}, owner_id or None, words=words)
        if done.closed:
            raise Refused(_("The case is closed. Open it again to hand it over."))
        for name in done.meanwhile.values():
            raise Stale(_("%(who)s has the case meanwhile.") % {"who": name or _("Nobody")})

    return _acted(request, case_id, "owner", HandOverForm, act, _("The case is handed over."))


@_form_page
def close_case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Close the case."""
    return _acted(request, case_id, "close", CloseForm, close_case, _("The case is closed."))


@_form_page
def reopen_case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Open the case again."""
    return _acted(request, case_id, "reopen", ReopenForm, reopen_case, _("The case is open again."))


@_form_page
def case_whereabouts(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say whether anybody knows where the student is."""
    said = _("It is noted. The plan asks agencies to help to locate the student as long as nobody knows.")
    return _acted(request, case_id, "whereabouts", WhereaboutsForm, set_unlocated, said)


def _acted(
    request: HttpRequest,
    case_id: int,
    place: str,
    kind: type[CaseForm],
    act: Callable[..., object],
    said: str,
) -> HttpResponse:
    """Do the act and lead back to the page; or show the page with the refused form in its place."""
    if request.method != "POST":
        return redirect("case", case_id)
    scope = request_scope(request)
    page = case_page(scope, case_id)
    form = kind(page, _ids(place), request.POST)
    status = _done(form, lambda given: act(scope, case_id, **given))
    if status:
        return shown(request, case_page(scope, case_id), {place: form}, status)
    messages.success(request, said)
    return redirect("case", case_id)


def _ids(place: str) -> str:
    """Both forms of a step bear its name; their fields are different ones."""
    act, _sep, number = place.partition("-")
    return f"step-{number}" if act in {"end", "plan"} else place


def _done(form: Form, act: Callable[[dict[str, Any]], object]) -> int | None:
    """None where the act went through; the status where it was refused, with the reason in the form."""
    if not form.is_valid():
        return 422
    try:
        act(form.cleaned_data)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return 409 if isinstance(refused, Stale) else 422
    return None
