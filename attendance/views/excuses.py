"""Excuses as the office works through them: what waits for a paper or a decision, and one excuse with its documents."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from attendance.selectors.excuse_list import (
    ACCEPTED,
    BY_NOTE,
    EVERY,
    ON_PAPER,
    REFUSED,
    STATES,
    WAITING,
    WITHDRAWN,
    Asked,
    ListedExcuse,
    excuse_list,
    excuse_page,
)
from attendance.selectors.standing_words import standing_words
from attendance.services.excuse_decisions import decide_excuse
from attendance.services.excuse_documents import add_documents
from attendance.views.document_fields import add_stop, takes_documents
from attendance.views.excuse_forms import DecisionForm, DocumentForm
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope

SHOWN = {
    WAITING: gettext_lazy("Waiting"),
    ACCEPTED: gettext_lazy("Accepted"),
    ON_PAPER: gettext_lazy("Seen on paper, not on file"),
    BY_NOTE: gettext_lazy("Accepted by a parent’s note"),
    REFUSED: gettext_lazy("Refused"),
    WITHDRAWN: gettext_lazy("Withdrawn"),
    EVERY: gettext_lazy("All of this year"),
}


@require_safe
def excuses(request: HttpRequest) -> HttpResponse:
    """The excuses of `?state=&school=&overdue=&page=`, each with the forms to document and decide it."""
    asked = _asked(request)
    found = excuse_list(request_scope(request), asked)
    context = {
        "found": found,
        "asked": asked,
        "states": SHOWN.items(),
        "lines": [_with_forms(each) for each in found.lines],
        "back": request.get_full_path(),
    }
    return render(request, "attendance/excuses.html", context)


@require_safe
def excuse(request: HttpRequest, excuse_id: int) -> HttpResponse:
    """One excuse: its documents, who opened them, and what was decided."""
    return _shown(request, request_scope(request), excuse_id)


@takes_documents
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: HttpRequest, excuse_id: int) -> HttpResponse:
    """Add documents to an excuse, or say that one was seen on paper."""
    if request.method != "POST":
        return redirect("one_excuse", excuse_id)
    scope = request_scope(request)
    form = DocumentForm(request.POST, request.FILES, auto_id=f"document-{excuse_id}-%s")
    add_stop(form, request)
    if refused := _refused(form, lambda facts: _add(scope, excuse_id, facts)):
        return _shown(request, scope, excuse_id, documenting=form, status=refused)
    messages.success(request, _("The document is entered, and every day that the excuse covers was judged anew."))
    return _back(request, excuse_id)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, excuse_id: int) -> HttpResponse:
    """Accept or refuse an excuse, or hold it."""
    if request.method != "POST":
        return redirect("one_excuse", excuse_id)
    scope = request_scope(request)
    form = DecisionForm(request.POST.dict(), auto_id=f"decision-{excuse_id}-%s")
    if refused := _refused(form, lambda facts: decide_excuse(scope, excuse_id, **facts)):
        return _shown(request, scope, excuse_id, deciding=form, status=refused)
    messages.success(request, _("The decision is entered, and every day that the excuse covers was judged anew."))
    return _back(request, excuse_id)


def _asked(request: HttpRequest) -> Asked:
    state, school = request.GET.get("state", ""), request.GET.get("school", "")
    return Asked(
        state=state if state in STATES else WAITING,
        school_id=int(school) if school.isascii() and school.isdigit() and len(school) < 19 else None,
        overdue=state == WAITING and request.GET.get("overdue") == "yes",
        page=request.GET.get("page", "1"),
    )


def _with_forms(
    listed: ListedExcuse, documenting: DocumentForm | None = None, deciding: DecisionForm | None = None
) -> dict[str, Any]:
    return {
        "listed": listed,
        "standing": standing_words(listed.line, knows_reasons=True),
        "documenting": documenting or DocumentForm.empty(listed.line.id),
        "deciding": deciding or DecisionForm.empty(listed.line.id, listed.decision),
    }


def _add(scope: Scope, excuse_id: int, facts: dict[str, Any]) -> None:
    add_documents(scope, excuse_id, uploads=facts.pop("documents"), **facts)


def _refused(form: Form, act: Callable[[dict[str, Any]], object]) -> HTTPStatus | None:
    """Do what a form asks; where it is refused the form says why, and what is forbidden stays so."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        act(dict(form.cleaned_data))
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return HTTPStatus.CONFLICT if isinstance(refused, Stale) else HTTPStatus.UNPROCESSABLE_ENTITY
    return None


def _shown(request: HttpRequest, scope: Scope, excuse_id: int, status: int = 200, **forms: Any) -> HttpResponse:
    found = excuse_page(scope, excuse_id)
    if deciding := forms.get("deciding"):
        # The page shows what stands now, and so it is what the person has seen.
        deciding.data = deciding.data | {"seen": found.listed.decision}
    context = {
        "each": _with_forms(found.listed, **forms),
        "papers": found.papers,
        "sealed": found.sealed,
        "may_seal": found.may_seal,
        "openings": found.openings,
        "back": _asked_back(request),
    }
    return render(request, "attendance/excuse.html", context, status=status)


def _back(request: HttpRequest, excuse_id: int) -> HttpResponse:
    back = _asked_back(request)
    return redirect(back) if back else redirect("one_excuse", excuse_id)


def _asked_back(request: HttpRequest) -> str:
    """The page of this site that the form was sent from; empty where it is another's."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, None) else ""
