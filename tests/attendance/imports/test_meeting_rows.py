"""meetings.csv: rows of one class and period may follow one another, and may not share a day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from attendance.models import SectionMeetingTime
from students import clock
from students.access import installation_scope
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
AUGUST, MAY = date(2020, 8, 10), date(2021, 5, 21)
SAYS = "already gives some of these days to the same class and period"


@pytest.fixture
def faults(tmp_path):
    def run(files: RosterFiles) -> list[str]:
        report = run_import(installation_scope(clock.now()), files.folder(tmp_path / "set"))
        return [str(fault) for fault in report.faults]

    return run


def rows(*spans: dict[str, str]) -> RosterFiles:
    """A set in which algebra meets in the first period in these spans."""
    files = RosterFiles().with_days()
    for span in spans:
        files.add("meetings", classSourcedId="algebra", period="1", **span)
    return files


def held() -> list[tuple[date, date | None]]:
    return list(SectionMeetingTime.objects.order_by("starts_on").values_list("starts_on", "ends_on"))


@pytest.mark.parametrize(
    ("spans", "begins"),
    [
        ([{}, {"startDate": "2020-08-10"}], AUGUST),
        ([{"startDate": "2020-08-10"}, {}], AUGUST),
        ([{}, {"startDate": "2020-09-01"}], date(2020, 9, 1)),
        ([{"startDate": "2020-08-10"}, {"startDate": "2020-09-01", "rotationDays": "A"}], date(2020, 9, 1)),
        (
            [{"startDate": "2020-08-10", "endDate": "2020-09-01"}, {"startDate": "2020-09-01"}],
            date(2020, 9, 1),
        ),
    ],
    ids=["undated first", "undated last", "undated and later", "both open", "one shared day"],
)
def test_rows_that_share_a_day_are_refused_by_both_lines(faults, spans, begins):
    (fault,) = faults(rows(*spans))
    assert fault == f"meetings.csv, line 3, column startDate: Line 2 of meetings.csv {SAYS}. (it says “{begins}”)"
    assert held() == []


def test_a_row_may_begin_the_day_after_another_ends(faults):
    spans = [{"startDate": "2020-08-10", "endDate": "2020-08-31"}, {"startDate": "2020-09-01"}]
    assert faults(rows(*spans)) == []
    assert held() == [(AUGUST, date(2020, 8, 31)), (date(2020, 9, 1), MAY)]


def test_rows_of_two_periods_may_share_their_days(faults):
    files = rows({})
    files.add("meetings", classSourcedId="algebra", period="2")
    assert faults(files) == []
    assert held() == [(AUGUST, MAY), (AUGUST, MAY)]


@pytest.mark.parametrize("second", ["2020-08-10", "2020-10-27"])
def test_of_a_class_that_meets_already_they_are_refused_too(faults, second):
    assert faults(rows({})) == []
    (fault,) = faults(rows({}, {"startDate": second}))
    assert fault.startswith("meetings.csv, line ")
    assert SAYS in fault
    assert held() == [(AUGUST, MAY)]


def test_a_row_without_a_start_counts_from_today_beside_one_that_is_over(faults):
    assert faults(rows({"startDate": "2020-08-10", "endDate": "2020-10-26"})) == []
    with clock.stopped_at(datetime(2020, 10, 28, 10, tzinfo=ZoneInfo("America/Chicago"))):
        assert faults(rows({"startDate": "2020-08-10", "endDate": "2020-10-26"}, {})) == []
    assert held() == [(AUGUST, date(2020, 10, 26)), (date(2020, 10, 28), MAY)]
