"""The district's own files beside the rosters: what OneRoster cannot carry. Both ends of a span are inclusive."""

from attendance.demo import calendar
from attendance.demo.cast import AUDIT_ENDS, YEAR_ENDS, YEAR_STARTS
from attendance.demo.district import District, staff
from attendance.demo.guardians import household_of
from attendance.demo.lessons import Lesson
from attendance.demo.modes import MODES
from attendance.demo.people import Pupil
from attendance.demo.roster_files import Files, Row
from attendance.demo.schools import SCHOOLS, DemoSchool
from students.rules.rights import ENDS


def district_files(district: District) -> Files:
    """Every file of the district's own layouts."""
    return {
        "school_enrollments.csv": (
            "studentSourcedId schoolSourcedId entryDate entryCode exitDate exitCode primary grade adaIncluded",
            [row for pupil in district.pupils for row in _stays(pupil)],
        ),
        "calendar.csv": (
            "date schoolSourcedId eventType name dayKind rotationDay bellSchedule attendanceFrequency reportingMonth "
            "dismissalTime",
            [_day(school, day) for school in SCHOOLS.values() for day in calendar.days_of(school)],
        ),
        "bells.csv": (
            "bellSchedule schoolSourcedId period startTime endTime kind deductionStart deductionEnd",
            [row for school in SCHOOLS.values() for row in _bells(school)],
        ),
        "meetings.csv": (
            "classSourcedId period rotationDays startDate endDate",
            [row for lesson in district.schedule.lessons for row in _meetings(lesson)],
        ),
        "modes.csv": ("studentSourcedId startDate endDate mode weekdays rotationDays reason", _modes(district)),
        "guardians.csv": (
            "studentSourcedId guardianSourcedId relationship contactOrder language mayAccess mayContact startDate "
            "endDate",
            [row for pupil in district.pupils for row in _guardians(pupil)],
        ),
        "staff_roles.csv": ("userSourcedId role schoolSourcedId startDate endDate", _staff_roles()),
    }


def _stays(pupil: Pupil) -> list[Row]:
    return [
        (
            pupil.source_id,
            stay.school,
            stay.starts_on,
            stay.entry_code,
            stay.ends_on or "",
            stay.exit_code,
            _flag(stay.primary),
            stay.grade,
            "true",
        )
        for stay in pupil.stays
    ]


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _day(school: DemoSchool, day: calendar.Day) -> Row:
    frequency = "daily" if day.in_session else ""
    dismissal = f"{day.dismissal:%H:%M}" if day.dismissal else ""
    kind = (day.event_type, day.name, day.day_kind, day.rotation_day, day.bell_schedule)
    return (day.date, school.source_id, *kind, frequency, day.reporting_month or "", dismissal)


def _bells(school: DemoSchool) -> list[Row]:
    return [
        (
            name,
            school.source_id,
            bell.period,
            f"{bell.starts_at:%H:%M}",
            f"{bell.ends_at:%H:%M}",
            bell.kind,
            *(f"{each:%H:%M}" for each in bell.meal or ()),
            *([] if bell.meal else ["", ""]),
        )
        for name, bells in school.bells.items()
        for bell in bells
    ]


def _meetings(lesson: Lesson) -> list[Row]:
    return [(lesson.source_id, place.period, place.rotation_day, YEAR_STARTS, YEAR_ENDS) for place in lesson.places]


def _modes(district: District) -> list[Row]:
    known = {pupil.number: pupil.source_id for pupil in district.pupils}
    return [
        (known[mode.pupil], mode.starts_on, mode.ends_on or "", mode.mode, mode.weekdays, "", mode.reason)
        for mode in MODES
        if mode.pupil in known
    ]


def _guardians(pupil: Pupil) -> list[Row]:
    household = household_of(pupil)
    if household is None:
        return []
    return [
        (
            pupil.source_id,
            each.source_id,
            each.relationship,
            order,
            household.language,
            _flag(each.may_access),
            _flag(each.may_access),
            YEAR_STARTS,
            "",
        )
        for order, each in enumerate(household.guardians, 1)
    ]


def _staff_roles() -> list[Row]:
    """Since when everybody holds the role that users.csv names; without a date it would be the day of the import."""
    return [
        (each.source_id, each.role, each.school, YEAR_STARTS, AUDIT_ENDS if each.role in ENDS else "")
        for each in staff()
    ]
