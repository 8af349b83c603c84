"""What the demo's calendars are held against: the adopted ones, two waived days of autumn, and the teachers' hours.

The middle school has not yet named the document of one waived day, and its calendar is not lawful until it does. One of
its teachers helps in another's class in her only free period, and has too little time to plan (MS-40).
"""

from datetime import date, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import DISTRICT_ADMINISTRATOR, ELEMENTARY, HIGH, MIDDLE, YEAR_STARTS
from attendance.models import WaiverReason
from attendance.services.calendar_law import Adoption, WaiverRequest, adopt_calendar, waive_days
from attendance.services.staff_hours import set_staff_hours
from students.access import Scope, scope_of
from students.models import School, User

HURRICANE, PREPARED, QUARANTINED = date(2020, 9, 16), date(2020, 10, 12), date(2020, 11, 23)
HOURS = {
    ELEMENTARY: (time(7, 15), time(14, 45)),
    MIDDLE: (time(8, 0), time(15, 0)),
    HIGH: (time(7, 45), time(15, 15)),
}
_WAIVERS = [
    (
        date(2020, 10, 5),
        PREPARED,
        WaiverReason.PREPARATION,
        [ELEMENTARY, MIDDLE, HIGH],
        ("Superintendent’s memorandum 20-14, October 2", "District office, calendar binder"),
    ),
    (
        date(2020, 10, 20),
        QUARANTINED,
        WaiverReason.STAFF,
        [ELEMENTARY, HIGH],
        ("Minutes of the board, October 19, item 6", "District office, calendar binder"),
    ),
    (date(2020, 10, 20), QUARANTINED, WaiverReason.STAFF, [MIDDLE], ("", "")),
]


def hold_calendars_to_the_law(scope: Scope) -> None:
    """Adopt the calendars, waive the days, and set the working days, as the district's administrator did in time."""
    schools = dict(School.objects.values_list("source_id", "pk"))
    adoption = Adoption(
        tuple(schools.values()),
        YEAR_STARTS.year,
        date(2020, 7, 13),
        "Minutes of the board, July 13, 2020, item 7",
        lost=frozenset({HURRICANE, PREPARED, QUARANTINED}),
    )
    at_first = _reyes(scope, YEAR_STARTS)
    adopt_calendar(at_first, adoption, submission_id=_form("adoption"))
    for school, (starts_at, ends_at) in HOURS.items():
        set_staff_hours(at_first, schools[school], starts_on=YEAR_STARTS, starts_at=starts_at, ends_at=ends_at)
    for number, (entered_on, day, reason, of, documented) in enumerate(_WAIVERS):
        asked = WaiverRequest(tuple(schools[each] for each in of), (day,), reason, *documented)
        waive_days(_reyes(scope, entered_on), asked, submission_id=_form(f"waiver {number}"))


def _reyes(scope: Scope, day: date) -> Scope:
    """The district's administrator on the morning of a day."""
    person = User.objects.get(username=DISTRICT_ADMINISTRATOR.username)
    return scope_of(person, datetime.combine(day, time(9), ZoneInfo(scope.zone)))


def _form(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo {name}")
