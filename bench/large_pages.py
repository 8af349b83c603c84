"""The pages that people open in a large district: by whom, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.urls import NoReverseMatch, reverse

from bench.large_classes import largest_school

# Of the largest high school: a class with its teacher and its meeting of today, the student with most absences, a case;
# and the policy that was tried.
_FOUND = """
    SELECT section.id, meeting.id, person.username, absent.student_id,
            (SELECT max(id) FROM interventions_policytrial), (
            SELECT held.id FROM interventions_case held JOIN students_enrollment enrolled USING (student_id)
            WHERE enrolled.school_id = %(school)s ORDER BY held.id LIMIT 1)
    FROM students_section section
    JOIN students_sectionteacher teacher ON teacher.section_id = section.id
    JOIN students_user person ON person.id = teacher.user_id
    JOIN attendance_classmeeting meeting ON meeting.section_id = section.id AND meeting.date = %(today)s
    CROSS JOIN LATERAL (SELECT student_id FROM attendance_dailyattendance
        WHERE school_id = %(school)s AND status = 'absent' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) absent
    WHERE section.school_id = %(school)s ORDER BY section.id LIMIT 1
"""


@dataclass(frozen=True)
class Visit:
    """A page as somebody (a username) opens it."""

    what: str
    who: str
    path: str


@dataclass(frozen=True)
class Found:
    """What the addresses name."""

    school: int
    section: int
    meeting: int
    teacher: str
    student: int
    case: int
    trial: int
    today: date
    yesterday: date

    @property
    def monday(self) -> date:
        """Of the week of yesterday."""
        return self.yesterday - timedelta(days=self.yesterday.weekday())


# Who, the address's name, its arguments (a name of Found, or as it stands), and what is asked for.
_Page = tuple[str, str, tuple[str, ...], str]

_DISTRICT, _PRINCIPAL, _CLERK, _COUNSELOR = "district_administrator", "school_administrator", "clerk", "counselor"
_TEACHER, _NURSE, _AUDITOR, _OUTREACH, _SYSTEM = "teacher", "nurse", "auditor", "outreach", "system_administrator"
_ROLES = [_DISTRICT, _PRINCIPAL, _CLERK, _COUNSELOR, _TEACHER, _NURSE, _AUDITOR, _OUTREACH, _SYSTEM]

_PAGES: list[_Page] = [
    *((who, "home", (), "") for who in _ROLES),
    (_DISTRICT, "figures", (), ""),
    (_DISTRICT, "figures", (), "grade=09"),
    (_DISTRICT, "figures", (), "grade=09&mode=sync_online&month=2"),
    (_DISTRICT, "figures", (), "small=left-out"),
    (_DISTRICT, "figures", (), "small=left-out&grade=09"),
    (_DISTRICT, "figures", (), "format=csv"),
    (_DISTRICT, "days_of_schools", (), "from=2020-08-03&to=2020-12-04&weekday=5"),
    (_PRINCIPAL, "figures_of_school", ("school",), ""),
    (_PRINCIPAL, "figures_of_school", ("school",), "grade=12&month=2"),
    (_PRINCIPAL, "figures_of_school", ("school",), "small=left-out"),
    (_PRINCIPAL, "days_of_figure", ("school",), ""),
    (_PRINCIPAL, "days_of_figure", ("school",), "from=2020-08-03&to=2020-12-04&weekday=5&status=absent"),
    (_PRINCIPAL, "chronic_of_school", ("school",), ""),
    *(
        (who, name, args, "")
        for topic in ("periods", "tiers", "entries")
        for who, name, args in (
            (_DISTRICT, f"figure_{topic}", ()),
            (_PRINCIPAL, f"figure_{topic}_of_school", ("school",)),
        )
    ),
    (_DISTRICT, "figure_periods", (), "small=left-out"),
    (_PRINCIPAL, "marks_of_figure", ("school",), "from=2020-08-03&to=2020-12-04&page=2000"),
    (_PRINCIPAL, "marks_of_figure", ("school",), "from=2020-08-03&to=2020-12-04&period=6&weekday=5&status=absent"),
    (_TEACHER, "figures_of_class", ("section",), ""),
    (_DISTRICT, "students", (), ""),
    (_DISTRICT, "students", (), "q=Family+12"),
    (_CLERK, "students", (), ""),
    (_DISTRICT, "student", ("student",), ""),
    (_COUNSELOR, "student", ("student",), ""),
    (_CLERK, "student_day", ("student", "yesterday"), ""),
    (_DISTRICT, "warnings", (), ""),
    (_COUNSELOR, "warnings", (), ""),
    (_DISTRICT, "queue", (), ""),
    (_DISTRICT, "queue", (), "page=400"),
    (_DISTRICT, "queue", (), "mode=in_person&show=overdue"),
    (_COUNSELOR, "queue", (), ""),
    (_COUNSELOR, "case", ("case",), ""),
    (_COUNSELOR, "tardy", (), ""),
    (_DISTRICT, "what_if", (), ""),
    (_DISTRICT, "what_if_trial", ("trial",), ""),
    (_DISTRICT, "what_if_moved", ("trial",), ""),
    (_DISTRICT, "what_if_moved", ("trial",), "way=tier-0-1&page=20"),
    (_DISTRICT, "truancy", (), ""),
    (_PRINCIPAL, "truancy", (), ""),
    (_DISTRICT, "truancy_suspensions", (), ""),
    (_DISTRICT, "disengaged", (), ""),
    (_DISTRICT, "letters", (), ""),
    (_DISTRICT, "letters", (), "language=es"),
    (_DISTRICT, "letters", (), "kind=tier_2&page=40"),
    (_DISTRICT, "letter_list", (), ""),
    (_DISTRICT, "campaigns", (), ""),
    (_DISTRICT, "mail", (), ""),
    (_DISTRICT, "months", (), ""),
    (_PRINCIPAL, "months", (), ""),
    (_PRINCIPAL, "month", ("school", "2"), ""),
    (_DISTRICT, "district_board", (), ""),
    (_DISTRICT, "district_board_live", (), ""),
    (_DISTRICT, "district_entry", (), ""),
    (_PRINCIPAL, "school", (), ""),
    (_PRINCIPAL, "school_live", (), ""),
    (_PRINCIPAL, "school_entry", (), ""),
    (_PRINCIPAL, "school_week", ("monday",), ""),
    (_NURSE, "visits", (), ""),
    (_CLERK, "office_enter", (), ""),
    (_CLERK, "office", (), ""),
    (_CLERK, "office_calls", (), ""),
    (_CLERK, "office_disagreements", (), ""),
    (_CLERK, "excuses", (), ""),
    (_CLERK, "sections", (), ""),
    (_DISTRICT, "sections", (), ""),
    (_TEACHER, "section", ("section",), ""),
    (_TEACHER, "today", (), ""),
    (_TEACHER, "meeting", ("meeting",), ""),
    (_TEACHER, "weekly", (), ""),
    (_PRINCIPAL, "school_weekly", (), ""),
    (_DISTRICT, "calendars", (), ""),
    (_DISTRICT, "calendar_month", ("yesterday",), ""),
    (_DISTRICT, "calendar_day", ("yesterday",), ""),
    (_DISTRICT, "adopt_calendar", (), ""),
    (_DISTRICT, "waivers", (), ""),
    (_DISTRICT, "reporting_months", (), ""),
    (_DISTRICT, "planning", (), ""),
    (_DISTRICT, "bulk_modes", (), ""),
    (_DISTRICT, "lms_unused", (), ""),
    (_DISTRICT, "outreach", (), ""),
    (_DISTRICT, "invitations", (), ""),
    (_DISTRICT, "truancy_unenrolled", (), ""),
    (_AUDITOR, "audit", (), ""),
    (_SYSTEM, "people", (), ""),
]


def visits(today: date, yesterday: date) -> Sequence[Visit]:
    """Every page of the list that there is: an address that the site has not is left out."""
    found = _find(today, yesterday)
    made = []
    for who, name, args, asked in _PAGES:
        if path := _path(name, [getattr(found, each, each) for each in args]):
            what = f"{name}, {who}" + (f" ?{asked}" if asked else "")
            made.append(Visit(what, found.teacher if who == _TEACHER else who, f"{path}?{asked}" if asked else path))
    return made


def _path(name: str, args: list[object]) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _find(today: date, yesterday: date) -> Found:
    with connection.cursor() as cursor:
        school = largest_school(cursor)
        cursor.execute(_FOUND, {"school": school, "today": today})
        section, meeting, teacher, student, trial, case = cursor.fetchone()
    return Found(school, section, meeting, teacher, student, case, trial, today, yesterday)
