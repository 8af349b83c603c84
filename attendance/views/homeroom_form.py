"""A homeroom's form: what was posted, as entries for the service; nothing typed is lost on the way back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from attendance.rules.day_mark import DayEntered
from attendance.rules.mark import LEFT_EARLY, PRESENT, STATUSES, TARDY
from attendance.rules.minutes import Span, clock_time
from attendance.rules.time_words import class_time
from attendance.selectors.homeroom_page import Child, HomeroomPage
from attendance.services.homerooms import AS_MARKED, DayEntry
from attendance.views.mark_form import Unreadable, moment_in, on_paper_in, reason_in, submission_id_in


@dataclass(frozen=True, slots=True)
class DayChoice:
    """One child's line as it was chosen; the times as typed."""

    status: str = ""
    arrived: str = ""
    left: str = ""


@dataclass(frozen=True)
class HomeroomForm:
    """A homeroom's form, as posted or as the stored marks fill it; `versions` by meeting."""

    versions: Mapping[int, int]
    submission_id: UUID
    choices: Mapping[int, DayChoice]
    reason: str = ""
    on_paper_by: str = ""
    problems: Mapping[int, str] = field(default_factory=dict)
    # What the roster's page carried; a form that never saw it has none.
    opening: str = ""

    def with_remaining_present(self, page: HomeroomPage) -> "HomeroomForm":
        """Unmarked children present, or as the office suggests.

        Not those of whom some class says otherwise: their day is for somebody to say.
        """
        filled = dict(self.choices)
        for child in page.pupils:
            choice = filled.get(child.student_id, DayChoice())
            if not choice.status and not child.is_partly_absent:
                filled[child.student_id] = suggested_choice(child) or replace(choice, status=PRESENT)
        return replace(self, choices=filled)

    @property
    def version_words(self) -> str:
        """The versions as the form sends them back: "12:1 13:0"."""
        return " ".join(f"{meeting}:{version}" for meeting, version in self.versions.items())


def stored_form(page: HomeroomPage) -> HomeroomForm:
    """The form as a page opens: what is saved; of others what the office suggests, or nothing."""
    choices = {each.student_id: _stored(each) for each in page.pupils if each.is_complete}
    known = {each.student_id: suggested_choice(each) for each in page.pupils if not each.is_complete}
    return HomeroomForm(page.versions, uuid4(), choices | {child: each for child, each in known.items() if each})


def suggested_choice(child: Child) -> DayChoice | None:
    """What the office knows of a child's day, as a line of the form; the teacher still saves it (RD-06)."""
    its = child.suggested
    return DayChoice(its.status, _typed(its.arrived), _typed(its.left)) if its else None


def _stored(child: Child) -> DayChoice:
    return DayChoice(AS_MARKED) if child.day is None else choice_of(child.day)


def choice_of(day: DayEntered) -> DayChoice:
    """A day as a line of the form."""
    return DayChoice(day.status, _typed(day.arrived), _typed(day.left))


def _typed(minute: int | None) -> str:
    return "" if minute is None else class_time(clock_time(minute))


def posted_form(posted: QueryDict) -> HomeroomForm:
    """The form as it was sent. Broken versions or a broken submission id read as ones that no save has made."""
    choices = {
        int(name.removeprefix("mark-")): _posted(posted, name.removeprefix("mark-"), status)
        for name, status in posted.items()
        if re.fullmatch(r"mark-\d{1,18}", name) and status in (*STATUSES, AS_MARKED)
    }
    return HomeroomForm(
        versions=_versions(posted.get("versions", "")),
        submission_id=submission_id_in(posted),
        choices=choices,
        reason=reason_in(posted),
        on_paper_by=on_paper_in(posted),
        opening=posted.get("opening", ""),
    )


def _posted(posted: QueryDict, student: str, status: str) -> DayChoice:
    return DayChoice(status, posted.get(f"arrived-{student}", "").strip(), posted.get(f"left-{student}", "").strip())


def _versions(text: str) -> dict[int, int]:
    if not re.fullmatch(r"(\d{1,18}:\d{1,9} ?)*", text):
        return {}
    pairs = [each.split(":") for each in text.split()]
    return {int(meeting): int(version) for meeting, version in pairs}


def entries_of(form: HomeroomForm, span: Span) -> tuple[list[DayEntry], dict[int, str]]:
    """The entries for the service, and by student id what cannot be read."""
    entries, problems = [], {}
    for student_id, choice in form.choices.items():
        try:
            entries.append(entry_of(student_id, choice, span))
        except Unreadable as unreadable:
            problems[student_id] = str(unreadable)
    return entries, problems


def entry_of(student_id: int, choice: DayChoice, span: Span) -> DayEntry:
    """One line as an entry; its times are read only where the mark has a use for them. Raises Unreadable."""
    if choice.status not in (TARDY, LEFT_EARLY):
        return DayEntry(student_id, choice.status)
    arrived, left = _read(choice.arrived, span), _read(choice.left, span)
    return DayEntry(
        student_id,
        choice.status,
        None if arrived is None else clock_time(arrived),
        None if left is None else clock_time(left),
    )


def _read(text: str, span: Span) -> int | None:
    if not text:
        return None
    if (moment := moment_in(text, span)) is not None:
        return moment
    first, last = class_time(clock_time(span.starts)), class_time(clock_time(span.ends))
    raise Unreadable(
        _("“%(text)s” is no time from %(first)s to %(last)s") % {"text": text, "first": first, "last": last}
    )
