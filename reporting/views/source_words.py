"""What the columns of the state's files mean, in words."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.rules.layouts import Column, Form, RecordSet
from reporting.rules.record_sources import ATTENDANCE, LMS_METADATA, TEACHER_SCHEDULES

SOURCE_WORDS: dict[str, Promise] = {
    "organization": _("The state’s codes of the district and the school"),
    "month": _("The reporting month by its name at the state: 2020-09 is month 1"),
    "state_id": _("The state’s id of the student"),
    "grade": _("The grade"),
    "date": _("The day"),
    "session_days": _("Days on which the grade, or the school, had school"),
    "name": _("What the calendar calls the day"),
    "event_type": _("What kind of day it is"),
    "day_kind": _("How the day was held: traditional, hybrid or virtual (MS-38)"),
    "attendance_frequency": _("How often attendance was taken (MS-25)"),
    "standing": _("How the student stands in the school at the end of the month"),
    "entered_on": _("The first day of the enrollment"),
    "entry_code": _("How the student came"),
    "left_on": _("The last day in session of the enrollment; empty while it lasts"),
    "exit_code": _("How the student left"),
    "primary": _("Whether this is the student’s primary school"),
    "counted": _("Whether the days count in ADA and ADM"),
    "status": _("Present, or absent with or without an excuse; a suspension is unexcused"),
    "enrolled": _("Days of membership of all students together"),
    "present": _("Days present of all students together"),
    "excused": _("Days absent with an excuse"),
    "unexcused": _("Days absent without one, suspensions among them"),
    "absent": _("Days absent, excused or not"),
    "level": _("Of whom the line speaks: the school, a grade, a mode, or a grade in a mode"),
    "mode": _("The mode of instruction; none for days without one"),
    "ada": _("Average daily attendance: days present over school days, halves up"),
    "adm": _("Average daily membership: days enrolled over school days, halves up"),
    "section": _("The roster’s id of the class"),
    "recorded_by": _("Who recorded it: the LMS by a file or by its program, or the teacher"),
    "logins": _("Log-ins of the day"),
    "activities": _("Activities in the LMS"),
    "contacts": _("Contacts between teacher and student"),
    "assignments": _("Assignments of the day that were completed"),
    "minutes": _("Minutes that were recorded with them"),
    "first_at": _("When the first of them happened, on the district’s clock"),
    "last_at": _("When the last of them happened, on the district’s clock"),
    "staff_id": _("The roster’s id of the teacher"),
    "given_name": _("The teacher’s given name"),
    "family_name": _("The teacher’s family name"),
    "class_title": _("What the class is called"),
    "period": _("The period in which it meets"),
    "rotation_days": _("The days of the rotation on which it meets; empty for every school day"),
    "planning_minutes": _("The teacher’s planning minutes in a week, lunch left out (MS-40)"),
    "planning_due": _("The planning minutes that are due in a week (MS-40)"),
    "threshold": _("How many unlawful absences the notice is about (ST-02)"),
    "final": _("Whether it is the last notice before a petition"),
    "crossed_on": _("The absence that reached the threshold"),
    "due_on": _("The last day on which the officer was to be told"),
    "reported_on": _("The day on which the officer was told; empty while nobody was"),
    "withdrawn_on": _("The day on which the notice fell away again; empty while it stands"),
}
_IN: dict[tuple[str, str], Promise] = {
    (ATTENDANCE, "event_type"): _("That the row speaks of a whole day"),
    (LMS_METADATA, "section"): _("The roster’s id of the class; empty where the record names none"),
    (TEACHER_SCHEDULES, "level"): _("Whose planning time is due: elementary or secondary"),
}
_FORMS: dict[Form, Promise] = {
    Form.TEXT: _("text"),
    Form.DATE: _("date"),
    Form.COUNT: _("whole number"),
    Form.TWO_DECIMALS: _("number with two decimals"),
    Form.ORGANIZATION: _("dddd-sss"),
    Form.STATE_ID: _("nine digits"),
    Form.MONTH: _("year and month"),
    Form.INSTANT: _("date and time"),
}


class ColumnInWords(NamedTuple):
    """A column with what it means and how it is written."""

    column: Column
    meaning: str | Promise
    form: str | Promise
    is_number: bool


def columns_in_words(record_set: RecordSet) -> list[ColumnInWords]:
    """The columns of a file, in order."""
    return [
        ColumnInWords(
            column,
            _IN.get((record_set.name, column.source), SOURCE_WORDS[column.source]),
            _("code") if column.codes else _FORMS[column.form],
            not column.codes and column.form in (Form.COUNT, Form.TWO_DECIMALS),
        )
        for column in record_set.columns
    ]
