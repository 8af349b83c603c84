"""The demo school as a district would send it: a bulk OneRoster 1.1 folder with the district's own files beside."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from attendance.demo import calendar
from attendance.demo.bells import SCHEDULES
from attendance.demo.cast import (
    ACCOUNTS,
    DISTRICT_CODE,
    DISTRICT_NAME,
    SCHOOL_CODE,
    SCHOOL_NAME,
    TEACHER,
    YEAR_ENDS,
    YEAR_STARTS,
    Account,
)
from attendance.demo.modes import MODES
from attendance.demo.people import Pupil, pupils
from attendance.demo.schedule import Lesson, Schedule, Seat, schedule
from attendance.demo.staff import TEACHERS, Teacher

DISTRICT_ID = "mcsd"
SCHOOL_ID = "lhs"
YEAR_ID = "sy-2021"
SCHOOL_YEAR = "2021"
SPRING_STARTS = date(2021, 1, 4)
TERMS = [
    ("fall-2020", "Fall semester", YEAR_STARTS, SPRING_STARTS - timedelta(days=1)),
    ("spring-2021", "Spring semester", SPRING_STARTS, YEAR_ENDS),
]
TERM_IDS = ",".join(term[0] for term in TERMS)
ROSTER_FILES = ["academicSessions", "classes", "courses", "demographics", "enrollments", "orgs", "users"]
FILES_NOT_SENT = ["categories", "classResources", "courseResources", "lineItems", "resources", "results"]
# A bulk file leaves each record's status and time of change blank.
BULK = ["", ""]

Row = Sequence[object]


@dataclass(frozen=True)
class School:
    """Everything that the files are made from."""

    pupils: list[Pupil]
    schedule: Schedule


def school() -> School:
    """The demo school, the same every time."""
    everybody = pupils()
    return School(everybody, schedule(everybody))


def write_folder(folder: Path, school: School) -> None:
    """Write every file of the demo district into a folder that exists."""
    for name, (header, rows) in _files(school).items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header.split())
            writer.writerows(rows)


def _files(school: School) -> dict[str, tuple[str, Iterable[Row]]]:
    return {
        "manifest.csv": ("propertyName value", _manifest()),
        "orgs.csv": ("sourcedId status dateLastModified name type identifier parentSourcedId", _orgs()),
        "academicSessions.csv": (
            "sourcedId status dateLastModified title type startDate endDate parentSourcedId schoolYear",
            _sessions(),
        ),
        "courses.csv": (
            "sourcedId status dateLastModified schoolYearSourcedId title courseCode grades orgSourcedId subjects "
            "subjectCodes",
            map(_course, TEACHERS),
        ),
        "classes.csv": (
            "sourcedId status dateLastModified title grades courseSourcedId classCode classType location "
            "schoolSourcedId termSourcedIds subjects subjectCodes periods",
            map(_class, school.schedule.lessons),
        ),
        "enrollments.csv": (
            "sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role primary beginDate "
            "endDate",
            [*map(_teaching, school.schedule.lessons), *map(_seat, school.schedule.seats)],
        ),
        "users.csv": (
            "sourcedId status dateLastModified enabledUser orgSourcedIds role username userIds givenName familyName "
            "middleName identifier email sms phone agentSourcedIds grades password",
            [*map(_administrator, _administrators()), *map(_teacher, TEACHERS), *map(_student, school.pupils)],
        ),
        "demographics.csv": (
            "sourcedId status dateLastModified birthDate sex americanIndianOrAlaskaNative asian "
            "blackOrAfricanAmerican nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces "
            "hispanicOrLatinoEthnicity countryOfBirthCode stateOfBirthAbbreviation cityOfBirth "
            "publicSchoolResidenceStatus",
            map(_demographics, school.pupils),
        ),
        "school_enrollments.csv": (
            "studentSourcedId schoolSourcedId entryDate entryCode exitDate exitCode primary grade adaIncluded",
            [row for pupil in school.pupils for row in _stays(pupil)],
        ),
        "calendar.csv": (
            "date schoolSourcedId eventType name dayKind rotationDay bellSchedule attendanceFrequency reportingMonth",
            map(_day, calendar.days()),
        ),
        "bells.csv": ("bellSchedule schoolSourcedId period startTime endTime kind", _bells()),
        "modes.csv": ("studentSourcedId startDate endDate mode weekdays rotationDays reason", _modes(school)),
        "staff_roles.csv": ("userSourcedId role schoolSourcedId startDate endDate", _staff_roles()),
    }


def _manifest() -> list[Row]:
    sent = [(f"file.{name}", "bulk") for name in ROSTER_FILES]
    absent = [(f"file.{name}", "absent") for name in FILES_NOT_SENT]
    return [
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.1"),
        *sorted(sent + absent),
        ("source.systemName", "Magnolia student information system"),
        ("source.systemCode", "magnolia-sis"),
    ]


def _orgs() -> list[Row]:
    return [
        (DISTRICT_ID, *BULK, DISTRICT_NAME, "district", DISTRICT_CODE, ""),
        (SCHOOL_ID, *BULK, SCHOOL_NAME, "school", f"{DISTRICT_CODE}-{SCHOOL_CODE}", DISTRICT_ID),
    ]


def _after(last: date) -> date:
    """OneRoster's end dates are exclusive."""
    return last + timedelta(days=1)


def _sessions() -> list[Row]:
    year = (YEAR_ID, *BULK, "2020-21", "schoolYear", YEAR_STARTS, _after(YEAR_ENDS), "", SCHOOL_YEAR)
    terms = [
        (source_id, *BULK, title, "semester", first, _after(last), YEAR_ID, SCHOOL_YEAR)
        for source_id, title, first, last in TERMS
    ]
    return [year, *terms]


def _course(teacher: Teacher) -> Row:
    return (teacher.course_id, *BULK, YEAR_ID, teacher.course, teacher.course_id[2:], "", SCHOOL_ID, "", "")


def _class(lesson: Lesson) -> Row:
    return (
        lesson.source_id,
        *BULK,
        lesson.teacher.course,
        ",".join(lesson.grades),
        lesson.teacher.course_id,
        lesson.source_id[2:],
        "scheduled",
        lesson.teacher.room,
        SCHOOL_ID,
        TERM_IDS,
        "",
        "",
        lesson.period,
    )


def _teaching(lesson: Lesson) -> Row:
    source_id = f"e-{lesson.teacher.source_id}-{lesson.source_id}"
    span = (YEAR_STARTS, _after(YEAR_ENDS))
    return (source_id, *BULK, lesson.source_id, SCHOOL_ID, lesson.teacher.source_id, "teacher", "true", *span)


def _seat(seat: Seat) -> Row:
    # A student who left and came back has two lines on one roster.
    source_id = f"e-{seat.pupil.state_id}-{seat.lesson.source_id}-{seat.starts_on:%m%d}"
    span = (seat.starts_on, _after(seat.ends_on))
    return (source_id, *BULK, seat.lesson.source_id, SCHOOL_ID, seat.pupil.source_id, "student", "", *span)


def _administrators() -> list[Account]:
    return [account for account in ACCOUNTS if account is not TEACHER]


def _administrator(account: Account) -> Row:
    org = DISTRICT_ID if account.role == "district_administrator" else SCHOOL_ID
    person = (account.username, "", account.given_name, account.family_name, "", "", account.email)
    return (f"a-{account.username}", *BULK, "true", org, "administrator", *person, "", "", "", "", "")


def _teacher(teacher: Teacher) -> Row:
    email = f"{teacher.username}@magnolia.example"
    person = (teacher.username, "", teacher.given_name, teacher.family_name, "", "", email)
    return (teacher.source_id, *BULK, "true", SCHOOL_ID, "teacher", *person, "", "", "", "", "")


def _student(pupil: Pupil) -> Row:
    person = (pupil.state_id, "", pupil.given_name, pupil.family_name, "", pupil.state_id, "")
    return (pupil.source_id, *BULK, "true", SCHOOL_ID, "student", *person, "", "", "", pupil.grade, "")


def _demographics(pupil: Pupil) -> Row:
    races = ["americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican", "pacific", "white", "two"]
    flags = [_flag(pupil.race == race) for race in races]
    birth_place = ("US", "MS", "")
    return (pupil.source_id, *BULK, pupil.birth_date, pupil.sex, *flags, _flag(pupil.hispanic), *birth_place, "")


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _stays(pupil: Pupil) -> list[Row]:
    return [
        (
            pupil.source_id,
            SCHOOL_ID,
            stay.starts_on,
            stay.entry_code,
            stay.ends_on or "",
            stay.exit_code,
            "true",
            pupil.grade,
            "true",
        )
        for stay in pupil.stays
    ]


def _day(day: calendar.Day) -> Row:
    frequency = "daily" if day.in_session else ""
    month = day.reporting_month or ""
    return (day.date, "", day.event_type, day.name, day.day_kind, "", day.bell_schedule, frequency, month)


def _bells() -> list[Row]:
    return [
        (name, SCHOOL_ID, bell.period, f"{bell.starts_at:%H:%M}", f"{bell.ends_at:%H:%M}", bell.kind)
        for name, bells in SCHEDULES.items()
        for bell in bells
    ]


def _modes(school: School) -> list[Row]:
    return [
        (school.pupils[mode.pupil].source_id, mode.starts_on, mode.ends_on or "", mode.mode, mode.weekdays, "", "plan")
        for mode in MODES
    ]


def _staff_roles() -> list[Row]:
    """Since when everybody holds the role that users.csv names; without a date it would be the day of the import."""
    teachers: list[Row] = [(teacher.source_id, "teacher", SCHOOL_ID, YEAR_STARTS, "") for teacher in TEACHERS]
    return teachers + [
        (f"a-{each.username}", each.role, "" if each.role == "district_administrator" else SCHOOL_ID, YEAR_STARTS, "")
        for each in _administrators()
    ]
