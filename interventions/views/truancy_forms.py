"""What the pages of truancy ask for, and the form that says the officer was told."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from attendance.views.school import asked_id
from interventions.selectors.truancy import STATES, AskedNotices
from interventions.selectors.truancy_words import TO_TELL, TOLD

# Suspensions and children not enrolled are told of or not; nothing else becomes of them.
FEWER_STATES = (TO_TELL, TOLD)


class ReportForm(forms.Form):
    """When and how the officer was told."""

    reported_on = forms.DateField()
    reference = forms.CharField(required=False, max_length=200)


def asked_notices(request: HttpRequest) -> AskedNotices:
    """The notices that the parameters ask for. Raises NotInScope for a school that is no id."""
    state, threshold = request.GET.get("state", ""), request.GET.get("threshold", "")
    return AskedNotices(
        state=state if state in STATES else TO_TELL,
        school_id=asked_id(request, "school"),
        threshold=int(threshold) if threshold.isascii() and threshold.isdigit() and len(threshold) < 5 else None,
        page=request.GET.get("page", "1"),
    )


@dataclass(frozen=True)
class AskedOthers:
    """What a list of suspensions or children is narrowed to: one of FEWER_STATES, and a school."""

    state: str
    school_id: int | None
    page: str


def asked_others(request: HttpRequest) -> AskedOthers:
    """The suspensions or children that the parameters ask for. Raises NotInScope for a school that is no id."""
    state = request.GET.get("state", "")
    return AskedOthers(
        state=state if state in FEWER_STATES else TO_TELL,
        school_id=asked_id(request, "school"),
        page=request.GET.get("page", "1"),
    )


def chosen_ids(chosen: list[str]) -> list[int]:
    """The ids that were chosen on a page."""
    return [int(each) for each in chosen if each.isascii() and each.isdigit() and len(each) < 19]
