"""Everything that a school's month is checked and filed by, read from the ledger and the calendar alone."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef

from attendance.models import (
    AbsenceKind,
    AttendancePolicy,
    DailyAttendance,
    Decision,
    DocumentKind,
    Excuse,
    SchoolDays,
)
from reporting.rules.facts import MonthFacts, OpenExcuse, PersonFacts, SchoolFacts, StudentDay
from reporting.rules.figures import Group, Tally, known_as
from reporting.selectors.calendar import calendar_facts
from reporting.selectors.edit_facts import (
    disagreements,
    late_notices,
    roster_taken_in_on,
    seen_no_shows,
    stray_marks,
    suspended_days,
    without_contact,
)
from reporting.selectors.enrollments import enrollments_through
from reporting.selectors.excused_days import excused_days
from reporting.selectors.law import calendar_faults
from reporting.selectors.lms_metadata import lms_days
from reporting.selectors.marking_habits import full_classes, turned_present, unopened_saves
from reporting.selectors.own_time import late_entries, missed_interactions, open_work, unreported_weeks
from reporting.selectors.own_time_plans import unplanned
from reporting.selectors.shorter_days import shorter_days
from reporting.selectors.teacher_schedules import short_planning, teacher_schedules
from reporting.selectors.truancy_notices import truancy_notices
from reporting.selectors.untaken import untaken_marks, untaken_meetings
from students.access import Scope
from students.models import School, SchoolYear, Student


def month_facts(
    scope: Scope, school: School, year: SchoolYear, month: int, starts_on: date, ends_on: date
) -> MonthFacts:
    """The facts of a school's month, both dates inclusive; read it inside a snapshot. The school is from the scope."""
    days = _days(school.pk, starts_on, ends_on)
    enrolled = enrollments_through(scope, school.pk, year.starts_on, ends_on)
    contradicted = disagreements(scope, school.pk, starts_on, ends_on)
    schedules = teacher_schedules(scope, school.pk, ends_on)
    notices = truancy_notices(scope, school.pk, starts_on, ends_on)
    told = {
        *(day.student_id for day in days),
        *(each.student_id for each in enrolled),
        *(each.student_id for each in contradicted),
    }
    return MonthFacts(
        school=SchoolFacts(school.district.code, school.district.name, school.code, school.name),
        month=month,
        first_year=year.starts_on.year,
        starts_on=starts_on,
        ends_on=ends_on,
        opened_through=SchoolDays.objects.filter(school=school).values_list("opened_through", flat=True).first(),
        policies=_policies(starts_on, ends_on),
        calendar=calendar_facts(scope, school.pk, starts_on, ends_on),
        days=days,
        people=_people(told | {each.student_id for each in notices}),
        untaken=untaken_marks(scope, school.pk, starts_on, ends_on),
        open_work=open_work(scope, school.pk, starts_on, ends_on),
        missed_interactions=missed_interactions(scope, school.pk, starts_on, ends_on),
        unreported_weeks=unreported_weeks(scope, school.pk, starts_on, ends_on),
        late_entries=late_entries(scope, school.pk, starts_on, ends_on),
        open_excuses=_open_excuses(school.pk, starts_on, ends_on),
        excused_days=excused_days(scope, _excused(days), starts_on, ends_on),
        enrollments=enrolled,
        shorter_days=shorter_days(scope, {day.student_id for day in days}, starts_on, ends_on),
        calendar_faults=calendar_faults(scope, school.pk, starts_on, ends_on),
        short_planning=short_planning(scope, schedules),
        seen_student_ids=seen_no_shows(scope, school.pk, enrolled, starts_on, ends_on),
        suspended_days=suspended_days(scope, {day.student_id for day in days}, starts_on, ends_on),
        stray_marks=stray_marks(scope, school.pk, starts_on, ends_on),
        without_contact=without_contact(scope, enrolled),
        late_notices=late_notices(scope, school.pk, starts_on, ends_on),
        turned_present=turned_present(scope, school.pk, starts_on, ends_on),
        full_classes=full_classes(scope, school.pk, starts_on, ends_on),
        lms_days=lms_days(scope, school.pk, starts_on, ends_on),
        teacher_schedules=schedules,
        truancy_notices=notices,
        untaken_meetings=untaken_meetings(scope, school.pk, starts_on, ends_on),
        unopened_saves=unopened_saves(scope, school.pk, starts_on, ends_on),
        disagreements=contradicted,
        unplanned=unplanned(scope, school.pk, days),
        roster_taken_in_on=roster_taken_in_on(scope),
        as_of=scope.today,
    )


def month_tallies(scope: Scope, school: School, starts_on: date, ends_on: date) -> dict[Group, Tally]:
    """The ledger's student-days so far, counted; one statement. The school is from the scope."""
    counted = (
        DailyAttendance.objects.filter(school=school, date__range=(starts_on, ends_on))
        .order_by()
        .values_list("ada_included", "grade", "mode", "status", "absence_kind")
        .annotate(Count("id"))
    )
    tallies: dict[Group, Tally] = {}
    for included, grade, mode, status, kind, number in counted:
        group = Group(included, grade, mode)
        tallies[group] = tallies.get(group, Tally()) + Tally(**{known_as(status, kind): number})
    return tallies


def _days(school_id: int, starts_on: date, ends_on: date) -> list[StudentDay]:
    rows = DailyAttendance.objects.filter(school=school_id, date__range=(starts_on, ends_on)).order_by(
        "student_id", "date"
    )
    columns = (
        "student_id",
        "date",
        "status",
        "absence_kind",
        "grade",
        "mode",
        "ada_included",
        "minutes_required",
    )
    return [
        StudentDay(student, day, known_as(status, kind), *rest)
        for student, day, status, kind, *rest in rows.values_list(*columns).iterator(chunk_size=10_000)
    ]


def _people(student_ids: set[int]) -> dict[int, PersonFacts]:
    return {
        student.pk: PersonFacts(student.listed_name, student.state_id)
        for student in Student.objects.filter(pk__in=student_ids)
    }


def _excused(days: list[StudentDay]) -> list[tuple[int, date]]:
    return [(day.student_id, day.date) for day in days if day.status == AbsenceKind.EXCUSED]


def _open_excuses(school_id: int, starts_on: date, ends_on: date) -> list[OpenExcuse]:
    unexcused = DailyAttendance.objects.filter(
        student=OuterRef("student"),
        school=school_id,
        date__range=(starts_on, ends_on),
        date__gte=OuterRef("starts_on"),
        date__lte=OuterRef("ends_on"),
        absence_kind=AbsenceKind.UNEXCUSED,
    )
    excuses = Excuse.objects.filter(Exists(unexcused), document_kind=DocumentKind.NONE, withdrawn_at__isnull=True)
    # Who was refused waits for no document.
    excuses = excuses.exclude(decision=Decision.REFUSED).order_by("starts_on", "id")
    return [OpenExcuse(*row) for row in excuses.values_list("student_id", "starts_on", "ends_on")]


def _policies(starts_on: date, ends_on: date) -> list[dict[str, Any]]:
    begun = list(AttendancePolicy.objects.filter(starts_on__lte=ends_on).order_by("starts_on"))
    in_force = [policy for policy in begun if policy.starts_on > starts_on]
    earlier = [policy for policy in begun if policy.starts_on <= starts_on]
    return [_printed_policy(policy) for policy in earlier[-1:] + in_force]


def _printed_policy(policy: AttendancePolicy) -> dict[str, Any]:
    return {
        "name": policy.name,
        "in_force_from": policy.starts_on.isoformat(),
        "presence_percent": policy.presence_percent,
        "rounding": "to the nearest whole minute, halves up",
        "minimum_minutes": policy.minimum_minutes,
        "encouraged_minutes": policy.encouraged_minutes,
        "instructional_days": policy.instructional_days,
        "waivable_days": policy.waivable_days,
        "entry_window_days": policy.entry_window_days,
        "excuse_due_days": policy.excuse_due_days,
        "accepted_documents": policy.accepted_documents,
        "undocumented_notes_per_term": policy.undocumented_notes_per_term,
    }
