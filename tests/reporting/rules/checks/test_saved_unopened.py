"""Saves that nobody can have looked at."""

from reporting.rules.checks.saved_unopened import check
from reporting.rules.class_facts import UnopenedSaves
from tests.reporting.rules.worlds import MONDAY, facts


def test_saves_without_the_roster_opened_are_told_by_person_and_lead_to_the_first() -> None:
    saves = [UnopenedSaves("Rosa Whitfield", 12, 7, MONDAY), UnopenedSaves("Owen Park", 1, 9, MONDAY)]
    many, one = check(facts(unopened_saves=saves))
    assert (many.severity, many.meeting_id, many.day) == ("warning", 7, MONDAY)
    assert many.message.startswith("Rosa Whitfield saved 12 meetings of classes without opening the roster")
    assert one.message.startswith("Owen Park saved 1 meeting of classes")
    assert list(check(facts())) == []
