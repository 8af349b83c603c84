"""Whatever teachers marked, a month's files hold what the minutes of those marks make of each day (MS-05)."""

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.models import Mark, MarkStatus
from attendance.services.ledger import rebuild
from reporting.rules.archives import members_of
from reporting.rules.figures import figures, tallied
from reporting.rules.package import build_package
from reporting.rules.verify import verify_zip
from reporting.selectors.month_facts import month_facts
from students.models import Enrollment, SchoolYear
from students.rules.csv_text import read_csv
from tests.reporting.months import AFTER, FIRST, LAST, MONTH, after_the_month, take_month
from tests.reporting.rules.worlds import MSIS_2
from tests.world import World

Days = dict[tuple[str, date], str]


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_MS05_RD10_the_exported_files_sum_to_the_marks_that_teachers_made(world: World, seed: int) -> None:
    if not Mark.objects.exists():
        Enrollment.objects.filter(student=world.students["Abara"]).update(ada_included=False, grade="PK")
        Enrollment.objects.filter(student=world.students["Grant"]).update(grade="10")
        take_month(world, world.lincoln)
    due = _marked(Random(seed))
    rebuild(after_the_month(), school_ids=[world.lincoln.pk])
    facts = month_facts(after_the_month(), world.lincoln, SchoolYear.objects.get(), MONTH, FIRST, LAST)
    made = build_package(facts, MSIS_2, as_of=AFTER, warnings=0)
    assert verify_zip(made.content) == []
    assert _exported(made.content) == due
    apart = world.students["Abara"].state_id
    present = Counter(day == "Present" for (student, _), day in due.items() if student != apart)
    own = figures(tallied(facts.days), facts.days_in_session)
    # Both grades had school on the same fifteen days.
    assert (own.ada, own.adm) == (Fraction(present[True], 15), Fraction(present.total(), 15))
    assert own.counted.present + own.apart.present == Counter(due.values())["Present"]


def _marked(chance: Random) -> Days:
    """Mark every student anew in every class, and say what the minutes make of each day: 63% of them, halves up."""
    marks = list(Mark.objects.filter(meeting__date__range=(FIRST, LAST)).select_related("meeting", "student"))
    absent = {(mark.student_id, mark.meeting.date) for mark in marks if chance.random() < 0.02}
    required: dict[tuple[str, date], int] = defaultdict(int)
    attended: dict[tuple[str, date], int] = defaultdict(int)
    for mark in marks:
        most = mark.meeting.instructional_minutes
        away = (mark.student_id, mark.meeting.date) in absent or chance.random() < 0.3
        mark.minutes_attended = 0 if away else chance.choice([most, most, chance.randint(1, most)])
        mark.status = MarkStatus.ABSENT if away else MarkStatus.TARDY if mark.minutes_attended < most else "present"
        required[mark.student.state_id, mark.meeting.date] += most
        attended[mark.student.state_id, mark.meeting.date] += mark.minutes_attended
    Mark.objects.bulk_update(marks, ["status", "minutes_attended"], batch_size=1000)
    return {
        day: "Present" if attended[day] >= (63 * minutes + 50) // 100 else "UnexcusedAbsence"
        for day, minutes in required.items()
    }


def _exported(content: bytes) -> Days:
    rows = read_csv(members_of(content)["S_2500_008_112020_Attendance.csv"])
    return {(row[1], date.fromisoformat(row[3])): row[4] for row in rows[1:]}
