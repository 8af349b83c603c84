"""A form whose effect is looked at before it is saved: the answer to each way of sending it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from attendance.selectors.day_words import mode_words
from attendance.services.day_changes import DayChange, Touched
from students.refusals import Forbidden, Refused, Stale

VERDICTS = {
    "present": gettext_lazy("present"),
    "absent excused": gettext_lazy("absent, excused"),
    "absent unexcused": gettext_lazy("absent, unexcused"),
    "absent suspended": gettext_lazy("absent, suspended"),
    "undetermined": gettext_lazy("undetermined"),
    "no_day": gettext_lazy("no school day"),
}
MOST_LISTED = 40


class LookForm(forms.Form):
    """What every such form has: it is sent twice as one, agrees to what was shown, and says why past days change."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)
    late_reason = forms.CharField(
        label=gettext_lazy("Why it is entered only now"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Asked where days that are over change."),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        """A form that is its own; `initial` as Django has it."""
        initial = {"submission_id": uuid4(), **options.pop("initial", {})}
        super().__init__(data, initial=initial, label_suffix="", **options)


def date_field(label: Any, **options: Any) -> forms.DateField:
    """A day, by the browser's own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


@dataclass(frozen=True)
class ChangedDays:
    """Days of one student that are judged otherwise, in words."""

    student: str
    days: Sequence[tuple[date, str, str]]


@dataclass(frozen=True)
class Look:
    """What a change does, as the page says it before it is saved; `notes` say what else there is to know."""

    touched: Touched
    names: Mapping[int, str]
    notes: Sequence[str] = ()
    # Whether the days are listed, or only how many turn into what.
    by_student: bool = True

    @property
    def counted(self) -> Sequence[tuple[str, str, int]]:
        """What turns into what, and how many days, the most first."""
        found = Counter(_change(each) for each in self.touched.changes)
        return [(was, becomes, n) for (was, becomes), n in found.most_common()]

    @property
    def listed(self) -> Sequence[ChangedDays]:
        """The days that change, by student, as many as a page bears."""
        some = self.touched.changes[:MOST_LISTED]
        return [
            ChangedDays(self.names.get(student, ""), [(each.date, *_change(each)) for each in days])
            for student, days in groupby(some, key=lambda each: each.student_id)
        ]

    @property
    def not_listed(self) -> int:
        """Days beyond those that are listed."""
        return max(0, len(self.touched.changes) - MOST_LISTED)

    @property
    def turned(self) -> int:
        """Days whose verdict is another."""
        return len(self.touched.turned)


def _change(change: DayChange) -> tuple[str, str]:
    if change.mode_before == change.mode_after or not (change.mode_before and change.mode_after):
        return _verdict(change.before), _verdict(change.after)
    return (
        f"{_verdict(change.before)}, {mode_words(change.mode_before)}",
        f"{_verdict(change.after)}, {mode_words(change.mode_after)}",
    )


def _verdict(said: str) -> str:
    return str(VERDICTS.get(said, said))


@dataclass(frozen=True)
class Act:
    """A change that a form asks for: how it is looked at and saved, how the page shows it, and where it leads."""

    look: Callable[[], Look]
    save: Callable[[], Any]
    shown: Callable[[Look | None, int], HttpResponse]
    done: str
    leads_to: str


def answer(request: HttpRequest, form: forms.Form, act: Act) -> HttpResponse:
    """The form, what it would do, or the page after it was saved."""
    if request.method != "POST":
        return act.shown(None, 200)
    if not form.is_valid():
        return act.shown(None, 422)
    if "save" not in request.POST:
        look = _looked(form, act)
        return act.shown(look, 200 if look else 422)
    try:
        act.save()
    except Forbidden:
        raise
    except Refused as refused:
        look = _looked(form, act)
        if not form.non_field_errors():
            form.add_error(None, str(refused))
        return act.shown(look, 409 if isinstance(refused, Stale) else 422)
    messages.success(request, act.done)
    return redirect(act.leads_to)


def _looked(form: forms.Form, act: Act) -> Look | None:
    try:
        return act.look()
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
