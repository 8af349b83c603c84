"""MS-15, MS-39, RD-20, RD-21: what became of a piece of evidence, and why it was not used."""

from datetime import date

import pytest

from attendance.rules.day import DayFacts, MeetingFact
from attendance.rules.engagement import DayMeasures, measures_of, why_unused
from attendance.rules.evidence import Evidence
from attendance.rules.plan import Plan

MONDAY, TUESDAY = date(2020, 10, 19), date(2020, 10, 20)
PLAN = Plan(date.min)


def online(section: int = 1) -> MeetingFact:
    return MeetingFact(section, None, 55, None, kind="work", mode="async_online", section_id=section)


def day(*pieces: MeetingFact, plan: Plan = PLAN, on_file: frozenset = frozenset(), rescued: str = "") -> DayMeasures:
    return measures_of(MONDAY, DayFacts(pieces, rescued_by=rescued), plan, on_file)


EACH = Plan(date.min, measured_by="section")
PERSON = MeetingFact(1, None, 55, 0, mode="in_person", section_id=1)
PACKETS = MeetingFact(1, None, 55, 0, kind="work", mode="offline_packets", section_id=1)


@pytest.mark.parametrize(
    ("evidence", "on", "its", "why"),
    [
        (Evidence("lms_activity"), MONDAY, day(online()), ""),
        (Evidence("work", work_of=MONDAY), MONDAY, day(online()), ""),
        (Evidence("work", work_of=TUESDAY), MONDAY, day(online()), "another_days_work"),
        (Evidence("work", work_of=MONDAY), TUESDAY, day(online()), "done_another_day"),
        (Evidence("lms_login"), MONDAY, day(online()), "not_approved"),
        (Evidence("lms_login"), MONDAY, day(online(), on_file=frozenset({"lms_login"})), ""),
        (Evidence("lms_activity"), MONDAY, day(PERSON), "not_asked"),
        (Evidence("lms_activity"), MONDAY, day(PACKETS), "not_asked"),
        (Evidence("lms_activity"), MONDAY, day(online(), plan=EACH), "of_no_class"),
        (Evidence("lms_activity", 2), MONDAY, day(online(), plan=EACH), "of_no_class"),
        (Evidence("lms_activity", 1), MONDAY, day(online(), plan=EACH), ""),
        (Evidence("lms_activity", 2), MONDAY, day(online(), plan=EACH, rescued="MS-20"), ""),
    ],
)
def test_MS15_evidence_counts_for_its_own_day_and_says_why_it_does_not(
    evidence: Evidence, on: date, its: DayMeasures, why: str
) -> None:
    assert why_unused(evidence, on, its) == why
