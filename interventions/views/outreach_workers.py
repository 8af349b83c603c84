"""Who of the staff does outreach, and what they take on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from interventions.models import Need, OutreachWorker
from interventions.selectors.outreach_workers import WorkersPage, worker_of, workers_page
from interventions.services.outreach_workers import TakesOn, add_worker, change_worker, end_worker
from students.refusals import Forbidden, Refused
from students.templatetags.languages import language_name
from students.views.scoped import request_scope

_boxes = forms.CheckboxSelectMultiple


class WorkerForm(forms.Form):
    """What a worker takes on, and for a new one who it is."""

    user = forms.TypedChoiceField(label=gettext_lazy("Person"), coerce=int)
    most_students = forms.IntegerField(
        label=gettext_lazy("Most students at one time"), min_value=1, max_value=500, initial=30
    )
    languages = forms.MultipleChoiceField(label=gettext_lazy("Languages beside English"), required=False, widget=_boxes)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Serves best who needs"), required=False, choices=Need.choices, widget=_boxes
    )
    schools = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Schools"),
        required=False,
        coerce=int,
        widget=_boxes,
        help_text=gettext_lazy("None chosen: every school."),
    )

    def __init__(self, page: WorkersPage, data: Any = None, *, of: OutreachWorker | None = None) -> None:
        """The form of a new worker, or that `of` one."""
        names = ("most_students", "languages", "needs")
        now = {name: getattr(of, name) for name in names} | {"schools": of.school_ids} if of else {}
        super().__init__(data, initial=now, label_suffix="")
        if of:
            del self.fields["user"]
        else:
            people = [(each.pk, each.full_name) for each in page.possible]
            self.fields["user"].choices = people  # type: ignore[attr-defined]
        spoken = [(each, language_name(each)) for each in page.languages]
        self.fields["languages"].choices = spoken  # type: ignore[attr-defined]
        self.fields["schools"].choices = [(each.pk, each.name) for each in page.schools]  # type: ignore[attr-defined]

    def takes_on(self) -> TakesOn:
        """What the sent form says."""
        given = self.cleaned_data
        return TakesOn(given["most_students"], given["languages"], given["schools"], given["needs"])


@require_http_methods(["GET", "HEAD", "POST"])
def outreach_workers(request: HttpRequest) -> HttpResponse:
    """The workers; a POST adds one."""
    scope = request_scope(request)
    page = workers_page(scope)
    form = WorkerForm(page, request.POST or None)
    if form.is_valid():
        try:
            add_worker(scope, form.cleaned_data["user"], form.takes_on())
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("outreach_workers")
    status = 422 if form.is_bound else 200
    return render(request, "interventions/outreach_workers.html", {"page": page, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def outreach_worker(request: HttpRequest, worker_id: int) -> HttpResponse:
    """One worker; a POST changes what they take on, or with `stop` lets them stop."""
    scope = request_scope(request)
    worker = worker_of(scope, worker_id)
    form = WorkerForm(workers_page(scope), request.POST if request.method == "POST" else None, of=worker)
    try:
        if request.method == "POST" and "stop" in request.POST:
            end_worker(scope, worker_id)
            messages.success(request, _("They take on nobody any more."))
            return redirect("outreach_workers")
        if form.is_valid():
            change_worker(scope, worker_id, form.takes_on())
            messages.success(request, _("Saved."))
            return redirect("outreach_workers")
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("outreach_worker", worker_id)
    status = 422 if form.is_bound else 200
    return render(request, "interventions/outreach_worker.html", {"worker": worker, "form": form}, status=status)
