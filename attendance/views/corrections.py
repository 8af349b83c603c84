"""Families' requests to look again: a teacher's own, and those of an office's school."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from attendance.models import CorrectionAnswer
from attendance.selectors.correction_requests import request_list, request_page
from attendance.services.correction_requests import answer_correction
from attendance.views.school import asked_id
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


class AnswerForm(forms.Form):
    """The school's answer, with a sentence for the family."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"), choices=CorrectionAnswer.choices)
    words = forms.CharField(
        label=gettext_lazy("To the family"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """The requests of `?state=&school=&page=`, the open ones first of all."""
    found = request_list(
        request_scope(request),
        state=request.GET.get("state", ""),
        school_id=asked_id(request, "school"),
        page=request.GET.get("page", "1"),
    )
    return render(request, "attendance/corrections.html", {"found": found, "asked_school": asked_id(request, "school")})


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request beside the day's working; a POST answers it."""
    if request.method != "POST":
        return _shown(request, request_id, AnswerForm())
    form = AnswerForm(request.POST)
    if refused := _refused(request, request_id, form):
        return _shown(request, request_id, form, refused)
    messages.success(request, _("The request is answered. The family reads it on its page."))
    return redirect("corrections")


def _refused(request: HttpRequest, request_id: int, form: AnswerForm) -> HTTPStatus | None:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        answer_correction(request_scope(request), request_id, **form.cleaned_data)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return HTTPStatus.CONFLICT if isinstance(refused, Stale) else HTTPStatus.UNPROCESSABLE_ENTITY
    return None


def _shown(request: HttpRequest, request_id: int, form: AnswerForm, status: int = HTTPStatus.OK) -> HttpResponse:
    page = request_page(request_scope(request), request_id)
    context: dict[str, Any] = {"page": page, "line": page.line, "explanation": page.explanation, "form": form}
    return render(request, "attendance/correction.html", context, status=status)
