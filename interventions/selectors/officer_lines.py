"""The list for the School Attendance Officer: who, why, by which dates, and whom to ask. Nothing else is on it (RD-61).

A directory block does not bind what the law has the district report; whom the school may not contact is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from interventions.access import tells_officer
from interventions.rules.truancy import NoticeState
from interventions.selectors.suspensions import found_suspensions
from interventions.selectors.truancy import AskedNotices, found_notices, notice_line
from interventions.selectors.truancy_words import TELLERS_ALONE
from interventions.selectors.unenrolled import found_children
from students.access import Scope, visible_to
from students.models import Student
from students.refusals import Forbidden
from students.rules.state_codes import NO_SHOW
from students.selectors.guardians import Contact, contacts_of

_CHUNK = 500
CONTACTS = 2


@dataclass(frozen=True)
class Telling:
    """Why the officer is told of a student; the dates are the unlawful absences, or the days of a suspension."""

    student_id: int
    why: str
    school: str
    grade: str
    dates: Sequence[date] = ()
    due_on: date | None = None


@dataclass(frozen=True)
class OfficerLine:
    """A line of the list."""

    telling: Telling
    name: str
    state_id: str
    birth_date: date | None
    contacts: Sequence[Contact]


def notice_tellings(scope: Scope, asked: AskedNotices) -> list[Telling]:
    """Of the notices that are asked for, all pages of them. Raises Forbidden."""
    _check(scope)
    lines = (notice_line(scope, each) for each in found_notices(scope, asked))
    return [
        Telling(
            student_id=each.notice.student_id,
            why=_why(each.notice.threshold, each.notice.is_final, each.standing.state),
            school=each.notice.school.name,
            grade=each.grade,
            dates=each.notice.unlawful_on,
            due_on=each.notice.due_on,
        )
        for each in lines
    ]


def suspension_tellings(scope: Scope, school_id: int | None, state: str) -> list[Telling]:
    """Of the suspensions that are asked for. Raises Forbidden."""
    _check(scope)
    return [
        Telling(
            student_id=each.student_id,
            why=_("Suspended out of school") if each.withdrawn_at is None else _("Suspension withdrawn"),
            school=each.entry.school.name,
            grade=each.grade or "",
            dates=_days(each.starts_on, each.ends_on),
            due_on=each.starts_on,
        )
        for each in found_suspensions(scope, school_id, state)
    ]


def unenrolled_tellings(scope: Scope, school_id: int | None, state: str) -> list[Telling]:
    """Of the children who are asked for. Raises Forbidden."""
    _check(scope)
    return [
        Telling(
            student_id=each.pk,
            why=_unenrolled(each.came_on, each.last_exit),
            school=each.last_school_name,
            grade=each.last_grade,
        )
        for each in found_children(scope, school_id, state)
    ]


def officer_lines(scope: Scope, tellings: Sequence[Telling]) -> Iterator[OfficerLine]:
    """The lines, two statements for each five hundred; without students who are no longer in the scope."""
    for start in range(0, len(tellings), _CHUNK):
        some = tellings[start : start + _CHUNK]
        ids = {each.student_id for each in some}
        students = visible_to(scope, Student).in_bulk(ids)
        contacts = contacts_of(scope, sorted(ids))
        for each in some:
            if student := students.get(each.student_id):
                yield OfficerLine(
                    telling=each,
                    name=f"{student.family_name}, {student.given_name} {student.middle_name}".strip(),
                    state_id=student.state_id,
                    birth_date=student.birth_date,
                    contacts=contacts.get(each.student_id, [])[:CONTACTS],
                )


def _check(scope: Scope) -> None:
    if not tells_officer(scope):
        raise Forbidden(TELLERS_ALONE)


def _why(threshold: int, is_final: bool, state: NoticeState) -> str:
    if state in (NoticeState.WITHDRAWN, NoticeState.TO_TAKE_BACK, NoticeState.TAKEN_BACK):
        return _("Withdrawn: notice of %(n)s unexcused absences") % {"n": threshold}
    if is_final:
        return _("Final notice: %(n)s unexcused absences") % {"n": threshold}
    return _("%(n)s unexcused absences") % {"n": threshold}


def _unenrolled(came_on: date | None, exit_code: str) -> str:
    if came_on:
        return _("Enrolled since")
    return _("Not enrolled: expected, and never came") if exit_code == NO_SHOW else _("Not enrolled")


def _days(first: date, last: date) -> list[date]:
    return [first] if first == last else [first, last]
