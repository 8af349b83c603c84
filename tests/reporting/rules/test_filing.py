"""Which file of a month the state takes when."""

import pytest

from reporting.rules.filing import ACCEPTED, FILED, REJECTED, refusal, standing, waiting_for
from reporting.rules.layouts import RecordSet
from reporting.rules.record_sources import DAYS_TAUGHT
from tests.reporting.rules.worlds import MSIS_2

STUDENT_DATA = [each for each in MSIS_2.record_sets if each.name not in (DAYS_TAUGHT, "Calendar")]
DAYS = MSIS_2.record_set(DAYS_TAUGHT)


@pytest.mark.parametrize("record_set", STUDENT_DATA, ids=lambda each: each.name)
def test_every_file_that_speaks_of_students_waits_for_days_taught(record_set: RecordSet) -> None:
    assert waiting_for(record_set, []) == [DAYS_TAUGHT]
    assert waiting_for(record_set, [DAYS_TAUGHT]) == []
    assert "only after it has accepted Days taught" in refusal(record_set, FILED, "", [], "")
    assert refusal(record_set, FILED, "", [DAYS_TAUGHT], "") == ""


def test_a_layout_lists_no_file_before_one_that_it_waits_for() -> None:
    names = [each.name for each in MSIS_2.record_sets]
    for record_set in MSIS_2.record_sets:
        assert all(names.index(name) < names.index(record_set.name) for name in record_set.after)


@pytest.mark.parametrize(
    ("stands", "event", "note", "said"),
    [
        ("", FILED, "", ""),
        ("", ACCEPTED, "", "not filed yet"),
        ("", REJECTED, "wrong", "not filed yet"),
        (FILED, FILED, "", "filed already"),
        (FILED, ACCEPTED, "", ""),
        (FILED, REJECTED, "column 3", ""),
        (FILED, REJECTED, "  ", "Say what the state found wrong"),
        (REJECTED, FILED, "", ""),
        (REJECTED, ACCEPTED, "", "not filed yet"),
        (ACCEPTED, FILED, "", "accepted Days taught already"),
        (ACCEPTED, REJECTED, "late", "accepted Days taught already"),
    ],
)
def test_one_event_follows_another_or_the_words_say_why_not(stands: str, event: str, note: str, said: str) -> None:
    why = refusal(DAYS, event, stands, [], note)
    assert (said in why) if said else why == ""


def test_a_file_stands_where_its_last_event_left_it() -> None:
    assert standing([]) == ""
    assert standing([FILED, REJECTED, FILED]) == FILED
