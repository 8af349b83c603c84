"""Headings of findings and names of steps, as pages show them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FINDING_TITLES: dict[str, Promise] = {
    "meeting_untaken": _("Classes not taken"),
    "meeting_unmarked": _("Classes with students unmarked"),
    "nothing_scheduled": _("Students without classes"),
    "no_state_id": _("Students without a state id"),
    "grade_missing": _("Enrollments without a grade"),
    "entry_code_missing": _("Enrollments without an entry code"),
    "exit_code_missing": _("Enrollments that ended without an exit code"),
    "exit_code_without_value": _("Exit codes without a public state value"),
    "no_state_code": _("School without a state code"),
    "notice_without_enrollment": _("Notices of truancy about students without an enrollment"),
    "teacher_without_id": _("Teachers without an id of the roster"),
    "excuse_without_document": _("Excuses without a document"),
    "excused_without_document": _("Absences excused by no document"),
    "excused_on_paper": _("Absences excused by documents that are not on file"),
    "ledger_differs": _("Days on which the ledger differs from the marks"),
    "days_not_opened": _("Days not opened yet"),
    "layout": _("Values that the state’s file cannot carry"),
    "short_day": _("School days that were too short"),
    "short_student_day": _("Students’ own days that were too short"),
}

STEPS: dict[str, Promise] = {
    "compare": _("Comparing the ledger with the marks, day by day"),
    "pack": _("Checking, and writing the files"),
}
