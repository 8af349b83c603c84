"""A student's day: its working for all who see the student, its excuses for those who keep them."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import push_url

from attendance.selectors.explanation import Explanation, explain_day
from attendance.selectors.school_days import school_days_beside
from attendance.selectors.standing_words import standing_words
from attendance.services.excuses import KEEPERS_ALONE, enter_excuse, withdraw_excuse
from attendance.views.document_fields import add_stop, takes_documents
from attendance.views.excuse_forms import ExcuseForm, WithdrawForm
from students.access import Scope
from students.refusals import Forbidden, NotInScope
from students.views.acting import done
from students.views.scoped import request_scope


@dataclass
class Forms:
    """What is being filled in; `withdrawing` is the id of the excuse whose form was refused."""

    entering: ExcuseForm
    withdraw: WithdrawForm = field(default_factory=WithdrawForm)
    withdrawing: int | None = None


@takes_documents
@require_http_methods(["GET", "HEAD", "POST"])
def student_day(request: HttpRequest, student_id: int, day: date) -> HttpResponse:
    """The working of a day, beside the year where its calendar asks for it; a POST enters an excuse."""
    scope = request_scope(request)
    explanation = explain_day(scope, student_id, day)
    if request.method != "POST":
        beside = getattr(request, "htmx", False)
        return _beside(request, explanation) if beside else _shown(request, explanation, Forms(ExcuseForm.of_day(day)))
    form = ExcuseForm(request.POST, request.FILES)
    add_stop(form, request)
    _check_keeps(explanation)
    if not form.is_valid() or not _entered(scope, student_id, form):
        return _shown(request, explanation, Forms(form), status=422)
    messages.success(request, _("The excuse is entered, and every day it covers was judged anew."))
    covers = form.cleaned_data["starts_on"] <= day <= form.cleaned_data["ends_on"]
    return redirect("student_day", student_id, day if covers else form.cleaned_data["starts_on"])


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, student_id: int, day: date, excuse_id: int) -> HttpResponse:
    """Withdraw an excuse from the page of a day that it covers."""
    scope = request_scope(request)
    explanation = explain_day(scope, student_id, day)
    if request.method != "POST":
        return redirect("student_day", student_id, day)
    _check_keeps(explanation)
    if excuse_id not in {excuse.id for excuse in explanation.excuses}:
        raise NotInScope
    form = WithdrawForm(request.POST)
    if not form.is_valid() or not _withdrawn(scope, excuse_id, form):
        return _shown(request, explanation, Forms(ExcuseForm.of_day(day), form, excuse_id), status=422)
    messages.success(request, _("The excuse is withdrawn, and every day it covered was judged anew."))
    return redirect("student_day", student_id, day)


def _beside(request: HttpRequest, explanation: Explanation) -> HttpResponse:
    """The working alone. The page that asks stays where it is: going back leads to where one came from."""
    return push_url(render(request, "attendance/student_day_beside.html", {"explanation": explanation}), False)


def _check_keeps(explanation: Explanation) -> None:
    if not explanation.keeps_excuses:
        raise Forbidden(KEEPERS_ALONE)


def _entered(scope: Scope, student_id: int, form: ExcuseForm) -> bool:
    facts = dict(form.cleaned_data)
    return done(form, lambda: enter_excuse(scope, student_id, uploads=facts.pop("documents"), **facts))


def _withdrawn(scope: Scope, excuse_id: int, form: WithdrawForm) -> bool:
    return done(form, lambda: withdraw_excuse(scope, excuse_id, reason=form.cleaned_data["reason"]))


def _shown(request: HttpRequest, explanation: Explanation, forms: Forms, status: int = 200) -> HttpResponse:
    scope, place = request_scope(request), explanation.place
    context = {
        "explanation": explanation,
        "excuses": [
            (each, standing_words(each, knows_reasons=explanation.knows_reasons)) for each in explanation.excuses
        ],
        "beside": school_days_beside(scope, [place.school_id], explanation.day) if place else None,
        "forms": forms,
    }
    return render(request, "attendance/student_day.html", context, status=status)
