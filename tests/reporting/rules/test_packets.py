"""What may be asked for as an audit packet, what it is called, and what its manifest says."""

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest

from reporting.rules.package import canonical
from reporting.rules.packet_asked import last_day_kept, packet_name, span_fault
from reporting.rules.packet_manifest import LEFT_OUT, Member, packet_manifest

TODAY = date(2020, 10, 27)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "fault"),
    [
        (TODAY, TODAY, ""),
        (TODAY - timedelta(days=365), TODAY, ""),
        (TODAY - timedelta(days=366), TODAY, "a year at most"),
        (TODAY, TODAY - timedelta(days=1), "before the first"),
        (TODAY, TODAY + timedelta(days=1), "days to come"),
    ],
)
def test_a_packet_covers_a_year_at_most_and_ends_today_at_the_latest(
    starts_on: date, ends_on: date, fault: str
) -> None:
    said = span_fault(starts_on, ends_on, TODAY)
    assert fault in said
    assert bool(said) is bool(fault)


def test_a_packet_is_kept_for_thirty_days() -> None:
    assert last_day_kept(TODAY) == date(2020, 11, 26)


def test_a_file_is_named_by_place_and_days_and_never_by_a_child() -> None:
    assert packet_name("month", 7, "2500-008", date(2020, 10, 19), date(2020, 11, 6)) == (
        "audit_month_2500-008_20201019-20201106_packet7.zip"
    )
    assert packet_name("student", 8, "", TODAY, TODAY) == "audit_student_20201027_packet8.zip"


def test_RD61_the_manifest_lists_what_is_inside_and_says_what_is_left_out() -> None:
    member = Member("marks.csv", "Marks", 3, 120, "0" * 64)
    loaded = json.loads(packet_manifest({"packet": 7}, [member]))
    assert loaded["files"] == [{"name": "marks.csv", "title": "Marks", "rows": 3, "bytes": 120, "sha256": "0" * 64}]
    assert loaded["left_out"] == list(LEFT_OUT)
    assert "Case notes" in loaded["left_out"][0]
    assert "abuse" in loaded["left_out"][1]
    seal = loaded.pop("seal")
    assert seal == sha256(canonical(loaded)).hexdigest()
