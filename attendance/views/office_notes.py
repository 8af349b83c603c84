"""The office reads families' notes and answers them, with words that are ready in three languages."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from attendance.models import LONGEST_NOTE
from attendance.selectors.family_notes import ThreadPage, reply_templates, thread_list, thread_page
from attendance.selectors.family_report_list import from_families
from attendance.services.family_notes import answer_note, change_reply_template, need_no_answer
from attendance.views.school import asked_id
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.views.acting import done
from students.views.scoped import request_scope


class ReplyForm(forms.Form):
    """An answer; `seen` is the newest note that stood on the page."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class TemplateForm(forms.Form):
    """An answer that is given often, in the three languages."""

    template = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name, for the office"), max_length=80)
    in_english = forms.CharField(label="English", max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))
    in_spanish = forms.CharField(label="Español", max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))
    in_haitian_creole = forms.CharField(
        label="Kreyòl ayisyen", max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    retired = forms.BooleanField(label=gettext_lazy("No longer offered"), required=False)


@require_safe
def office_notes(request: HttpRequest) -> HttpResponse:
    """The threads of `?school=&show=&page=`, those that wait for an answer first of all."""
    scope = request_scope(request)
    found = thread_list(
        scope, asked_id(request, "school"), show=request.GET.get("show", ""), page=request.GET.get("page", "1")
    )
    context = {
        "page": found,
        "query": urlencode({"school": found.school.pk}),
        "waiting": from_families(scope, found.school.pk),
    }
    return render(request, "attendance/office_notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_note(request: HttpRequest, thread_id: int) -> HttpResponse:
    """One thread; `?use=` begins with a ready answer. A POST answers, or says that none is needed."""
    scope = request_scope(request)
    if request.method != "POST":
        page = thread_page(scope, thread_id)
        return _shown(request, page, _begun(page, asked_id(request, "use")))
    form = ReplyForm(request.POST.dict())
    if refused := _refused(scope, thread_id, form, request):
        return _shown(request, thread_page(scope, thread_id), form, refused)
    messages.success(request, _("The note is answered.") if form.cleaned_data["words"] else _("No answer is needed."))
    return redirect("office_notes")


@require_http_methods(["GET", "HEAD", "POST"])
def office_reply_templates(request: HttpRequest) -> HttpResponse:
    """The answers that are given often; a POST changes one, or adds one."""
    scope = request_scope(request)
    bound = TemplateForm(request.POST) if request.method == "POST" else None
    if bound and _changed(scope, bound):
        messages.success(request, _("The answer is kept."))
        return redirect("office_reply_templates")
    sent = bound.data.get("template", "") if bound else None
    templates = [
        (each, bound if bound and sent == str(each.pk) else _template_form(each)) for each in reply_templates(scope)
    ]
    context = {"templates": templates, "new": bound if bound and sent == "" else TemplateForm(auto_id="new-%s")}
    return render(request, "attendance/office_reply_templates.html", context, status=422 if bound else 200)


def _begun(page: ThreadPage, template_id: int | None) -> ReplyForm:
    words = next((words for pk, _name, words in page.templates if pk == template_id), "")
    return ReplyForm(initial={"submission_id": uuid4(), "seen": page.seen, "words": words})


def _refused(scope: Scope, thread_id: int, form: ReplyForm, request: HttpRequest) -> HTTPStatus | None:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    given = form.cleaned_data
    try:
        if "no_answer" in request.POST:
            given["words"] = ""
            need_no_answer(scope, thread_id, seen=given["seen"])
        else:
            answer_note(scope, thread_id, given["words"], seen=given["seen"], submission_id=given["submission_id"])
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return HTTPStatus.CONFLICT if isinstance(refused, Stale) else HTTPStatus.UNPROCESSABLE_ENTITY
    return None


def _changed(scope: Scope, form: TemplateForm) -> bool:
    if not form.is_valid():
        return False
    words: dict[str, Any] = dict(form.cleaned_data)
    template, retired = words.pop("template"), words.pop("retired")
    return done(form, lambda: change_reply_template(scope, template, retired=retired, **words))


def _template_form(template: Any) -> TemplateForm:
    fields = ("name", "in_english", "in_spanish", "in_haitian_creole")
    initial = {name: getattr(template, name) for name in fields} | {"template": template.pk}
    return TemplateForm(
        initial=initial | {"retired": template.retired_at is not None}, auto_id=f"template-{template.pk}-%s"
    )


def _shown(request: HttpRequest, page: ThreadPage, form: ReplyForm, status: int = HTTPStatus.OK) -> HttpResponse:
    if form.is_bound:
        # The page shows what stands now, and so it is what the person has read.
        form.data = {**form.data, "seen": page.seen}
    context = {"page": page, "form": form, "address": reverse("office_note", args=[page.id])}
    return render(request, "attendance/office_note.html", context, status=status)
