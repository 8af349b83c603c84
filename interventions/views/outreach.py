"""Outreach: the list, the proposal before it is saved, and one assignment that is handed on or ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interventions.models import Need
from interventions.selectors.outreach import outreach_page
from interventions.selectors.outreach_assignment import AssignmentPage, assignment_page
from interventions.selectors.outreach_proposal import Proposal, propose
from interventions.services.outreach import RESULTS, Assigned, Choice, assign, end_assignment, reassign
from interventions.views.disengaged_asked import asked_of
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope

_FILTERS = ("school", "grade", "mode", "criterion", "language", "need", "worker")


@require_safe
def outreach(request: HttpRequest) -> HttpResponse:
    """Disengaged students and who looks for them, narrowed by `?school=&language=&need=&worker=`."""
    asked = asked_of(request.GET.dict())
    page = outreach_page(request_scope(request), asked)
    return render(request, "interventions/outreach.html", {"page": page, "asked": asked})


@require_POST
def propose_outreach(request: HttpRequest) -> HttpResponse:
    """Who would look for the chosen students (`which=chosen`), or for all of the list (`which=all`)."""
    said = request.POST
    back = _back(said)
    chosen = {int(each) for each in said.getlist("student") if each.isascii() and each.isdigit()}
    worker = said.get("by", "")
    proposal = propose(
        request_scope(request),
        asked_of({name: said.get(name, "") for name in _FILTERS}),
        student_ids=None if said.get("which") == "all" else chosen,
        worker_id=int(worker) if worker.isascii() and worker.isdigit() else None,
    )
    if not proposal.matches and not proposal.left_over:
        messages.error(request, _("Choose at least one student whom nobody looks for yet."))
        return redirect(back)
    context = {"proposal": proposal, "back": back, "told": _told(proposal), "number": len(proposal.matches)}
    return render(request, "interventions/outreach_proposal.html", context)


@require_POST
def assign_outreach(request: HttpRequest) -> HttpResponse:
    """Save a proposal as it was shown."""
    try:
        choices = _choices(request.POST.get("proposal", ""))
        done = assign(request_scope(request), choices, words=request.POST.get("words", ""))
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _said(done))
    return redirect("outreach")


class HandOnForm(forms.Form):
    """Another worker for a student."""

    worker = forms.TypedChoiceField(label=gettext_lazy("Give to"), coerce=int)
    words = forms.CharField(label=gettext_lazy("Words for both"), required=False, max_length=500)

    def __init__(self, page: AssignmentPage, data: Any = None) -> None:
        """The form with those who have room."""
        super().__init__(data, label_suffix="")
        named = [(each.id, f"{each.name} ({each.load}/{each.most_students})") for each in page.others]
        self.fields["worker"].choices = named  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """What became of an assignment."""

    result = forms.ChoiceField(
        label=gettext_lazy("What became of the student"), choices=[(each.value, each.label) for each in RESULTS]
    )
    words = forms.CharField(label=gettext_lazy("In a few words"), required=False, max_length=500)


@require_http_methods(["GET", "HEAD", "POST"])
def outreach_assignment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One assignment; a POST with `worker` hands it on, one with `result` ends it."""
    scope = request_scope(request)
    page = assignment_page(scope, assignment_id)
    hand_on = HandOnForm(page, request.POST if "worker" in request.POST else None)
    end = ResultForm(request.POST if "result" in request.POST else None, label_suffix="")
    try:
        if hand_on.is_bound and hand_on.is_valid():
            given = reassign(scope, assignment_id, hand_on.cleaned_data["worker"], words=hand_on.cleaned_data["words"])
            messages.success(request, _("The student is in other hands now."))
            return redirect("outreach_assignment", given.pk)
        if end.is_bound and end.is_valid():
            end_assignment(scope, assignment_id, **end.cleaned_data)
            messages.success(request, _("The assignment is over, and the access with this day."))
            return redirect("outreach_assignment", assignment_id)
    except Forbidden:
        raise
    except (Refused, Stale) as refused:
        messages.error(request, str(refused))
        return redirect("outreach_assignment", assignment_id)
    status = 422 if hand_on.is_bound or end.is_bound else 200
    context = {"page": page, "hand_on": hand_on, "end": end}
    return render(request, "interventions/outreach_assignment.html", context, status=status)


def _back(said: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    kept.update({name: said.get(name, "") for name in _FILTERS if said.get(name)})
    return f"{reverse('outreach')}?{kept.urlencode()}" if kept else reverse("outreach")


def _told(proposal: Proposal) -> str:
    """A proposal as its form carries it: ids and needs alone."""
    return " ".join(f"{student.student_id}:{worker_id}:{student.need}" for student, worker_id in proposal.matches)


def _choices(told: str) -> list[Choice]:
    try:
        parts = [each.split(":") for each in told.split()]
        return [Choice(int(student), int(worker), str(Need(need))) for student, worker, need in parts]
    except ValueError as wrong:
        raise Refused(_("This proposal cannot be read. Ask for another one.")) from wrong


def _said(done: Assigned) -> str:
    said = ngettext("%(n)s student was assigned.", "%(n)s students were assigned.", done.assigned)
    parts = [said % {"n": done.assigned}]
    if done.had_somebody:
        parts.append(_("%(n)s had somebody already.") % {"n": done.had_somebody})
    if done.not_listed:
        parts.append(_("%(n)s are no longer disengaged.") % {"n": done.not_listed})
    return " ".join(parts)
