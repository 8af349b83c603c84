"""The page on which a finding is mended, where its reader may open it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attendance.rules.entry_window import week_of
from attendance.selectors.excuse_list import ON_PAPER
from attendance.selectors.reconciliation import MOST_DAYS
from interventions.access import tells_officer
from reporting.models import Finding
from reporting.rules.kind import MendAt
from reporting.rules.kinds import KINDS
from students.access import Scope

ACTIONS: Mapping[MendAt, Promise] = {
    MendAt.CLASS: _("Open the class"),
    MendAt.STUDENT_DAY: _("Open the student’s day"),
    MendAt.STUDENT: _("Open the student"),
    MendAt.SECTION: _("Open the class"),
    MendAt.WEEK: _("Open the week"),
    MendAt.INTERACTIONS: _("Open the week’s talks"),
    MendAt.WEEKLY_LISTS: _("Open the weekly lists"),
    MendAt.ENTRY_WINDOW: _("Open what was entered late"),
    MendAt.BOARD: _("Open the school’s day"),
    MendAt.CALENDAR_DAY: _("Open the calendar day"),
    MendAt.CALENDAR: _("Open the calendar"),
    MendAt.WAIVERS: _("Open the waived days"),
    MendAt.PLANNING: _("Open the planning times"),
    MendAt.PLAN: _("Open the learning plan"),
    MendAt.PAPER_EXCUSES: _("Open the excuses"),
    MendAt.DISAGREEMENTS: _("Open the disagreements"),
    MendAt.TRUANCY: _("Open the notices"),
    MendAt.IMPORTS: _("Open the imports"),
}


@dataclass(frozen=True)
class MendLink:
    """Where a finding is mended, and how the link to it reads."""

    url: str
    action: Promise


def mend_link(scope: Scope, found: Finding) -> MendLink | None:
    """The first page of a finding's kind that the reader may open and that its facts name; None without one."""
    kind = KINDS.get(found.code)
    for page in kind.at if kind else ():
        if url := PAGES[page](scope, found):
            return MendLink(url, ACTIONS[page])
    return None


def _class(scope: Scope, found: Finding) -> str:
    # A class of another school turns a student's day, too (RD-09).
    if found.meeting is None or not scope.reads(found.meeting.school_id):
        return ""
    return reverse("meeting", args=[found.meeting_id])


def _student_day(scope: Scope, found: Finding) -> str:
    return reverse("student_day", args=[found.student_id, found.date]) if found.student_id and found.date else ""


def _student(scope: Scope, found: Finding) -> str:
    return reverse("student", args=[found.student_id]) if found.student_id else ""


def _section(scope: Scope, found: Finding) -> str:
    return reverse("section", args=[found.section_id]) if _reads_section(scope, found) else ""


def _week(scope: Scope, found: Finding) -> str:
    if found.date is None or not _reads_section(scope, found):
        return ""
    return reverse("section_week", args=[found.section_id, week_of(found.date)])


def _interactions(scope: Scope, found: Finding) -> str:
    if found.date is None or not _reads_section(scope, found):
        return ""
    return reverse("section_interactions", args=[found.section_id, week_of(found.date)])


def _reads_section(scope: Scope, found: Finding) -> bool:
    return found.section is not None and scope.reads(found.section.school_id)


def _calendar_day(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("calendar_day", args=[found.date]), found) if found.date else ""


def _board(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("school"), found, on=found.date) if found.date else ""


def _calendar(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("calendars"), found)


def _waivers(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("waivers"), found)


def _planning(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("planning"), found, on=found.run.ends_on, short="yes")


def _plan(scope: Scope, found: Finding) -> str:
    return reverse("plan") if scope.reads_schools else ""


def _weekly_lists(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("school_weekly"), found, on=found.run.ends_on)


def _entry_window(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("school_entry"), found)


def _paper_excuses(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("excuses"), found, state=ON_PAPER) if scope.reads_reasons else ""


def _disagreements(scope: Scope, found: Finding) -> str:
    if found.date is None or not scope.keeps_office(found.run.school_id):
        return ""
    last = min(found.run.ends_on, found.date + timedelta(days=MOST_DAYS - 1))
    return _of_school(reverse("office_disagreements"), found, **{"from": found.date, "to": last})


def _truancy(scope: Scope, found: Finding) -> str:
    return _of_school(reverse("truancy"), found, state="every") if tells_officer(scope) else ""


def _imports(scope: Scope, found: Finding) -> str:
    return reverse("imports") if scope.district_wide else ""


def _of_school(url: str, found: Finding, **more: object) -> str:
    asked = {"school": found.run.school_id, **more}
    return f"{url}?{urlencode(asked)}"


PAGES: Mapping[MendAt, Callable[[Scope, Finding], str]] = {
    MendAt.CLASS: _class,
    MendAt.STUDENT_DAY: _student_day,
    MendAt.STUDENT: _student,
    MendAt.SECTION: _section,
    MendAt.WEEK: _week,
    MendAt.INTERACTIONS: _interactions,
    MendAt.WEEKLY_LISTS: _weekly_lists,
    MendAt.ENTRY_WINDOW: _entry_window,
    MendAt.BOARD: _board,
    MendAt.CALENDAR_DAY: _calendar_day,
    MendAt.CALENDAR: _calendar,
    MendAt.WAIVERS: _waivers,
    MendAt.PLANNING: _planning,
    MendAt.PLAN: _plan,
    MendAt.PAPER_EXCUSES: _paper_excuses,
    MendAt.DISAGREEMENTS: _disagreements,
    MendAt.TRUANCY: _truancy,
    MendAt.IMPORTS: _imports,
}
