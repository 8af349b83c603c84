"""A case's page, and the way from a student to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from interventions.selectors.case_page import CasePage, StepLine, case_of_student, case_page
from interventions.selectors.case_timeline import TimelineLine
from interventions.views.case_forms import (
    AddStepForm,
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
from students.views.scoped import request_scope


@dataclass(frozen=True)
class StepRow:
    """A step with the forms that belong to it."""

    line: StepLine
    ending: Form
    planning: Form


@dataclass(frozen=True)
class TimelineRow:
    """A line of the timeline; a note or a contact with the form by which it is withdrawn."""

    line: TimelineLine
    withdrawing: Form | None


@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The page of a case."""
    return shown(request, case_page(request_scope(request), case_id))


@require_safe
def student_case(request: HttpRequest, student_id: int) -> HttpResponse:
    """To the student's open case, else to the last one."""
    found = case_of_student(request_scope(request), student_id)
    if found is None:
        return render(request, "interventions/no_case.html", {"student_id": student_id})
    return redirect("case", found)


def shown(
    request: HttpRequest, page: CasePage, bound: Mapping[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """The page; `bound` are forms that were refused, by the name of their place."""
    context = {"page": page, "refused": list((bound or {}).values()), **_forms(page, bound or {})}
    return render(request, "interventions/case.html", context, status=status)


def _forms(page: CasePage, bound: Mapping[str, Form]) -> dict[str, Any]:
    return {
        "open_rows": _step_rows(page, page.open_steps, bound),
        "ended_rows": _step_rows(page, page.ended_steps, bound),
        "timeline": [_timeline_row(page, line, bound) for line in page.timeline],
        "adding": bound.get("add") or AddStepForm(page, "add"),
        "contacting": bound.get("contact") or ContactForm(page, "contact"),
        "handing": bound.get("owner") or HandOverForm(page, "owner"),
        "noting": bound.get("note") or NoteForm(page, "note"),
        "closing": bound.get("close") or CloseForm(page, "close"),
        "reopening": bound.get("reopen") or ReopenForm(page, "reopen"),
        "finding": bound.get("whereabouts") or WhereaboutsForm(page, "whereabouts"),
    }


def _step_rows(page: CasePage, lines: Sequence[StepLine], bound: Mapping[str, Form]) -> list[StepRow]:
    return [_step_row(page, line, bound) for line in lines]


def _step_row(page: CasePage, line: StepLine, bound: Mapping[str, Form]) -> StepRow:
    step = line.step
    planned = {"due_on": step.due_on, "owner_id": step.owner_id}
    ids = f"step-{step.pk}"
    return StepRow(
        line=line,
        ending=bound.get(f"end-{step.pk}") or EndStepForm(page, ids),
        planning=bound.get(f"plan-{step.pk}") or PlanStepForm(page, ids, initial=planned),
    )


def _timeline_row(page: CasePage, line: TimelineLine, bound: Mapping[str, Form]) -> TimelineRow:
    if line.to_withdraw is None:
        return TimelineRow(line, None)
    place = f"withdraw-{line.kind}-{line.to_withdraw}"
    return TimelineRow(line, bound.get(place) or ReasonForm(page, place))
