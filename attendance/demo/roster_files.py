"""The demo district's rosters as it would send them: a bulk OneRoster 1.1 set."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attendance.demo.cast import DISTRICT_CODE, DISTRICT_NAME, YEAR_ENDS, YEAR_STARTS
from attendance.demo.district import DISTRICT_ID, District, StaffMember, staff, substitutes_of
from attendance.demo.guardians import Household, guardians_of, household_of, households
from attendance.demo.lessons import Lesson, Seat
from attendance.demo.people import Pupil
from attendance.demo.schools import SCHOOLS
from attendance.demo.staff import HELPERS, Substitute

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
# One student in so many has not met the immunization requirements, or has not said.
NOT_COMPLIANT, UNKNOWN_TO_NURSE = 47, 83
# OneRoster 1.1 knows teachers and administrators alone; other roles stand in a vendor's words.
ROSTER_ROLES = {
    "school_administrator": "administrator",
    "district_administrator": "administrator",
    "teacher": "teacher",
}

Row = Sequence[object]
# By the file's name: the columns of its header, and its rows.
Files = dict[str, tuple[str, Iterable[Row]]]


def roster_files(district: District) -> Files:
    """Every file of OneRoster."""
    lessons, seats = district.schedule.lessons, district.schedule.seats
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
            {lesson.course_id: _course(lesson) for lesson in lessons}.values(),
        ),
        "classes.csv": (
            "sourcedId status dateLastModified title grades courseSourcedId classCode classType location "
            "schoolSourcedId termSourcedIds subjects subjectCodes periods",
            map(_class, lessons),
        ),
        "enrollments.csv": (
            "sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role primary beginDate "
            "endDate",
            [*map(_teaching, lessons), *_helping(lessons), *_substitutions(lessons), *map(_seat, seats)],
        ),
        "users.csv": (
            "sourcedId status dateLastModified enabledUser orgSourcedIds role username userIds givenName familyName "
            "middleName identifier email sms phone agentSourcedIds grades password",
            [*map(_member, staff()), *map(_student, district.pupils), *_guardians(district.pupils)],
        ),
        "demographics.csv": (
            "sourcedId status dateLastModified birthDate sex americanIndianOrAlaskaNative asian "
            "blackOrAfricanAmerican nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces "
            "hispanicOrLatinoEthnicity countryOfBirthCode stateOfBirthAbbreviation cityOfBirth "
            "publicSchoolResidenceStatus metadata.immunizationCompliant",
            map(_demographics, district.pupils),
        ),
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
    schools = [
        (school.source_id, *BULK, school.name, "school", school.identifier, DISTRICT_ID) for school in SCHOOLS.values()
    ]
    return [(DISTRICT_ID, *BULK, DISTRICT_NAME, "district", DISTRICT_CODE, ""), *schools]


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


def _course(lesson: Lesson) -> Row:
    title = lesson.teacher.course if lesson.kind == "scheduled" else lesson.title.partition(",")[0]
    return (lesson.course_id, *BULK, YEAR_ID, title, lesson.course_id[2:], "", lesson.school, "", "")


def _class(lesson: Lesson) -> Row:
    return (
        lesson.source_id,
        *BULK,
        lesson.title,
        ",".join(lesson.grades),
        lesson.course_id,
        lesson.source_id[2:],
        lesson.kind,
        lesson.teacher.room,
        lesson.school,
        TERM_IDS,
        "",
        "",
        ",".join(dict.fromkeys(place.period for place in lesson.places)),
    )


def _teaching(lesson: Lesson) -> Row:
    source_id = f"e-{lesson.teacher.source_id}-{lesson.source_id}"
    span = (YEAR_STARTS, _after(YEAR_ENDS))
    return (source_id, *BULK, lesson.source_id, lesson.school, lesson.teacher.source_id, "teacher", "true", *span)


def _helping(lessons: Iterable[Lesson]) -> list[Row]:
    span = (YEAR_STARTS, _after(YEAR_ENDS))
    helped = [(lesson, HELPERS[lesson.source_id]) for lesson in lessons if lesson.source_id in HELPERS]
    return [
        (f"e-{who.source_id}-{of.source_id}", *BULK, of.source_id, of.school, who.source_id, "teacher", "false", *span)
        for of, who in helped
    ]


def _substitutions(lessons: Iterable[Lesson]) -> list[Row]:
    return [_substitution(lesson, each) for lesson in lessons for each in substitutes_of(lesson)]


def _substitution(lesson: Lesson, substitute: Substitute) -> Row:
    source_id = f"e-{substitute.person.source_id}-{lesson.source_id}"
    span = (substitute.first, _after(substitute.last))
    return (source_id, *BULK, lesson.source_id, lesson.school, substitute.person.source_id, "teacher", "false", *span)


def _seat(seat: Seat) -> Row:
    # A student who left and came back has two lines on one roster.
    source_id = f"e-{seat.pupil.state_id}-{seat.lesson.source_id}-{seat.starts_on:%m%d}"
    span = (seat.starts_on, _after(seat.ends_on))
    return (source_id, *BULK, seat.lesson.source_id, seat.lesson.school, seat.pupil.source_id, "student", "", *span)


def _member(member: StaffMember) -> Row:
    role = ROSTER_ROLES.get(member.role, f"ext:{member.role}")
    person = (member.username, "", member.given_name, member.family_name, "", "", member.email)
    return (member.source_id, *BULK, "true", member.school or DISTRICT_ID, role, *person, "", "", "", "", "")


def _student(pupil: Pupil) -> Row:
    household = household_of(pupil)
    listed = guardians_of(pupil) if household and household.listed_on_children else ()
    agents = ",".join(each.source_id for each in listed)
    schools = ",".join(dict.fromkeys([pupil.home.school, *(stay.school for stay in pupil.stays)]))
    person = (pupil.state_id, "", pupil.given_name, pupil.family_name, "", pupil.state_id, "")
    return (pupil.source_id, *BULK, "true", schools, "student", *person, "", "", agents, pupil.home.grade, "")


def _guardians(pupils: Iterable[Pupil]) -> list[Row]:
    known = {pupil.source_id: pupil for pupil in pupils}
    families = [
        (family, [known[each.source_id] for each in family.children if each.source_id in known])
        for family in households()
    ]
    return [row for family, children in families if children for row in _family(family, children)]


def _family(family: Household, children: Sequence[Pupil]) -> list[Row]:
    schools = ",".join(dict.fromkeys(child.home.school for child in children))
    agents = ",".join(child.source_id for child in children) if family.listed_on_guardians else ""
    return [
        (each.source_id, *BULK, "true", schools, each.role, each.email, "", each.given_name, each.family_name, "", "",
         each.email, each.phone, each.phone, agents, "", "")
        for each in family.guardians
    ]  # fmt: skip


def _demographics(pupil: Pupil) -> Row:
    races = ["americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican", "pacific", "white", "two"]
    flags = [_flag(pupil.race == race) for race in races]
    birth_place = ("US", "MS", "")
    person = (pupil.source_id, *BULK, pupil.birth_date, pupil.sex, *flags, _flag(pupil.hispanic), *birth_place, "")
    return (*person, _immunized(pupil))


def _immunized(pupil: Pupil) -> str:
    """MS-36: of some nothing is known yet."""
    if pupil.number % UNKNOWN_TO_NURSE == 5:
        return ""
    return _flag(pupil.number % NOT_COMPLIANT != 9)


def _flag(value: bool) -> str:
    return "true" if value else "false"
