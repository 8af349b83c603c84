"""ST-05, RD-43: chronic absence by the end of each month, each student once."""

from datetime import date

from reporting.rules.chronic import SoFar, Stay, students_by_month


def _stay(
    student: int, month: int, enrolled: int, absent: int, *, grade: str = "09", mode: str = "", day: int = 28
) -> Stay:
    return Stay(student, month, grade, mode, enrolled, enrolled, absent, date(2020, 7 + month, day))


def test_ST05_days_add_up_over_the_months_and_whoever_is_enrolled_nine_days_is_not_counted() -> None:
    months = dict(students_by_month([_stay(1, 1, 9, 9), _stay(1, 2, 20, 0), _stay(2, 2, 10, 1)]))
    assert months[1] == {}
    assert months[2]["09", ""] == [SoFar(1, "09", "", 29, 29, 9), SoFar(2, "09", "", 10, 10, 1)]
    assert all(student.is_chronic for student in months[2]["09", ""])


def test_a_student_stands_in_the_grade_and_mode_of_the_last_day_and_counts_all_days_there() -> None:
    stays = [_stay(1, 1, 10, 2, mode="sync_online", day=10), _stay(1, 1, 8, 0, mode="in_person", day=28)]
    months = dict(students_by_month(reversed(stays)))
    assert months[1] == {("09", "in_person"): [SoFar(1, "09", "in_person", 18, 18, 2)]}


def test_whoever_left_stays_counted_where_the_last_day_was() -> None:
    months = dict(students_by_month([_stay(1, 1, 20, 0), _stay(2, 2, 20, 0, grade="10")]))
    assert {group: len(students) for group, students in months[2].items()} == {("09", ""): 1, ("10", ""): 1}


def test_RD43_undetermined_days_are_of_neither_side() -> None:
    stay = Stay(1, 1, "09", "", 20, 0, 0, date(2020, 8, 28))
    assert dict(students_by_month([stay]))[1] == {}
