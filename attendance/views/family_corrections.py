"""A family asks the school to look at a class, or a day, again."""

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.selectors.correction_requests import corrections_page
from attendance.selectors.family_words import stood_words
from attendance.services.correction_requests import ask_correction
from attendance.views.family_forms import CorrectionForm
from students.access import Scope
from students.views.acting import done
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def family_corrections(request: HttpRequest, student_id: int) -> HttpResponse:
    """What a family asked, and the form; `?on=` narrows the choice to a day."""
    scope = request_scope(request)
    if request.method != "POST":
        return _shown(request, scope, student_id, CorrectionForm.empty())
    form = CorrectionForm(request.POST)
    if not form.is_valid() or not _asked(scope, student_id, form):
        return _shown(request, scope, student_id, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Thank you. The school will look at it, and you will see the answer here."))
    return redirect("family_corrections", student_id)


def _asked(scope: Scope, student_id: int, form: CorrectionForm) -> bool:
    submission_id = form.cleaned_data["submission_id"]
    return done(form, lambda: ask_correction(scope, student_id, form.doubt, submission_id=submission_id))


def _shown(
    request: HttpRequest, scope: Scope, student_id: int, form: CorrectionForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    page = corrections_page(scope, student_id, _day(request))
    context = {
        "child": page.child,
        "form": form,
        "choices": [(each, stood_words(each.stood.status)) for each in page.askable if not each.is_asked],
        "lines": [(each, stood_words(each.stood.status)) for each in page.lines],
    }
    return render(request, "family/corrections.html", context, status=status)


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
