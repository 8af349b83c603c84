"""RD-71: an absence that is excused shows the document by which it is."""

from datetime import timedelta
from typing import Any

from reporting.rules.checks.excuses import check as excuse_findings
from reporting.rules.facts import ExcusedDays, OpenExcuse
from reporting.rules.found import ERROR, WARNING, Found
from tests.reporting.rules.worlds import MONDAY, facts


def found(**changed: Any) -> list[Found]:
    return list(excuse_findings(facts(**changed)))


def test_RD71_an_excuse_without_a_document_points_to_its_first_day_in_the_month() -> None:
    (one,) = found(open_excuses=[OpenExcuse(1, MONDAY - timedelta(days=3), MONDAY)])
    assert (one.severity, one.student_id, one.day) == (ERROR, 1, MONDAY)


def test_RD71_a_day_excused_by_no_document_is_an_error_and_by_a_paper_not_on_file_a_warning() -> None:
    days = (MONDAY, MONDAY + timedelta(days=1))
    rests = {name: ExcusedDays(1, name, days) for name in ("file", "note", "paper", "nothing")}
    assert found(excused_days=[rests["file"], rests["note"]]) == []
    (missing,) = found(excused_days=[rests["nothing"]])
    assert (missing.severity, missing.code, missing.student_id, missing.day) == (
        ERROR, "excused_without_document", 1, MONDAY,
    )  # fmt: skip
    (paper,) = found(excused_days=[rests["paper"], ExcusedDays(2, "paper", days[1:])])
    assert (paper.severity, paper.code, paper.day, paper.students) == (WARNING, "excused_on_paper", MONDAY, 2)
    assert "3 excused days of 2 students" in paper.message
