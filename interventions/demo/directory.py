"""The demo's partners (MD-10): units of the district, public agencies, organizations and people of the county."""

from datetime import date, datetime, time
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import DISTRICT_ADMINISTRATOR, HIGH, YEAR_STARTS
from interventions.services.partners import PartnerFacts, add_partner
from students.access import Scope, scope_of
from students.models import School, User

# Kind, name, who answers, what it does.
UNITS = [
    ("mental_health", "Mental Health Services", "Dr. Ilse Brandt", "Counseling, and visits of a school social worker"),
    ("schools_police", "Schools Police", "Sgt. Luther Gaines", "Goes along on a visit, and looks for a student"),
    ("school_operations", "School Operations", "Marla Quinn", "Buses, devices, and what keeps a child from school"),
    ("region", "Region North", "Desmond Hale", "Coordinates cases of more than one school"),
    ("team", "Student Success Team", "Abena Osei", "Weekly meeting about students of tier 2 and 3"),
]
AGENCIES = [
    ("housing", "Magnolia County Housing Authority", "Front desk", "Says whether a family lives at an address"),
    ("municipality", "City of Magnolia, Family Services", "Tonya Breland", "Looks for families that moved in the city"),
    ("dcf", "Department of Children and Families, county office", "Intake, locating", "Helps to locate a student"),
]
OUTSIDERS = [
    ("community", "Boys & Girls Club of Magnolia", "Keisha Landry", "Homework room and rides, from 2 to 6"),
    ("community", "Konbit Haitian Community Center", "Mireille Joseph", "Talks with families in Haitian Creole"),
    ("mentor", "Big Brothers Big Sisters", "Paul Renfroe", "A mentor for a student, one afternoon a week"),
    ("volunteer", "Grandparents of Lincoln", "Ruth Ann Pickens", "Walks younger children to school"),
    ("internship", "Singing River Works", "Trent Odom", "Paid internships for juniors and seniors"),
]
LANGUAGES = {"Konbit Haitian Community Center": ["ht", "en"], "Boys & Girls Club of Magnolia": ["en", "es"]}
ONLY_FOR_THE_HIGH_SCHOOL = {"Grandparents of Lincoln", "Singing River Works"}
AGREED_ON = date(2020, 8, 3)


def write_directory(scope: Scope) -> None:
    """Enter every partner as the district administrator does, before the first case."""
    keeper = User.objects.get(username=DISTRICT_ADMINISTRATOR.username)
    entered = scope_of(keeper, datetime.combine(YEAR_STARTS, time(9, 0), ZoneInfo(scope.zone)))
    high = School.objects.get(source_id=HIGH).pk
    for kind, name, person, offers in [*UNITS, *AGENCIES, *OUTSIDERS]:
        facts = PartnerFacts(
            kind=kind,
            name=name,
            school_ids=[high] if name in ONLY_FOR_THE_HIGH_SCHOOL else [],
            offers=offers,
            contact_person=person,
            phone="601-555-0142",
            languages=LANGUAGES.get(name, ["en"]),
            is_district_unit=(kind, name, person, offers) in UNITS,
            locates_students=(kind, name, person, offers) in AGENCIES,
            agreement_on=AGREED_ON if kind == "community" else None,
        )
        add_partner(entered, facts, submission_id=uuid5(NAMESPACE_URL, f"demo partner {name}"))
