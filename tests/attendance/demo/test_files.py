"""The demo's files: the same every time, and believable."""

import csv
from collections import Counter
from pathlib import Path

from attendance.demo.calendar import session_days
from attendance.demo.cast import STUDENTS, TODAY
from attendance.demo.people import pupils
from attendance.demo.roster_files import school, write_folder
from attendance.demo.schedule import schedule
from attendance.demo.year import year_so_far


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_writings_are_the_same_byte_for_byte(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_folder(tmp_path / name, school())
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert len(one) == 13


def test_the_year_so_far_is_the_same_every_time():
    assert year_so_far(pupils()) == year_so_far(pupils())


def test_about_420_students_with_names_of_their_own_the_cast_first():
    everybody = pupils()
    assert [pupil.name for pupil in everybody[: len(STUDENTS)]] == STUDENTS
    assert len({pupil.name for pupil in everybody}) == len({pupil.state_id for pupil in everybody}) == 420


def test_the_cast_sits_in_rosa_whitfields_algebra_of_the_period_that_is_on():
    seats = [seat for seat in schedule(pupils()).seats if seat.lesson.source_id == "c-algebra-i-3"]
    assert {seat.pupil.name for seat in seats} >= set(STUDENTS)
    assert {seat.lesson.teacher.username for seat in seats} == {"whitfield"}


def test_nobody_sits_in_two_classes_at_once_and_everybody_has_six_or_seven():
    for day in (session_days()[0], TODAY):
        held = [seat for seat in schedule(pupils()).seats if seat.starts_on <= day <= seat.ends_on]
        assert max(Counter((seat.pupil.number, seat.lesson.period) for seat in held).values()) == 1
        assert set(Counter(seat.pupil.number for seat in held).values()) == {6, 7}


def test_no_teacher_is_in_two_rooms_and_each_has_time_to_plan():
    lessons = schedule(pupils()).lessons
    assert len({(lesson.teacher, lesson.period) for lesson in lessons}) == len(lessons)
    assert max(Counter(lesson.teacher for lesson in lessons).values()) <= 5


def test_classes_hold_about_25():
    seats = [seat for seat in schedule(pupils()).seats if seat.starts_on <= TODAY <= seat.ends_on]
    sizes = Counter(seat.lesson.source_id for seat in seats).values()
    assert 23 <= sum(sizes) / len(sizes) <= 27
    assert min(sizes) >= 15
    assert max(sizes) <= 30


def test_one_student_in_eight_or_so_is_online_today(tmp_path):
    write_folder(tmp_path, school())
    today = TODAY.isoformat()
    online = [row for row in rows(tmp_path, "modes.csv") if row["startDate"] <= today <= (row["endDate"] or today)]
    assert 40 <= len({row["studentSourcedId"] for row in online}) <= 60


def test_students_come_late_leave_and_come_back(tmp_path):
    write_folder(tmp_path, school())
    stays = rows(tmp_path, "school_enrollments.csv")
    assert {"E1", "E3", "E4", "E5", "E6", "E9", "R1"} == {row["entryCode"] for row in stays}
    assert {"", "T2", "T3", "T4", "T5", "T7", "T8", "D18"} == {row["exitCode"] for row in stays}
    held = {day.isoformat() for day in session_days()}
    assert all(row["entryDate"] in held and (row["exitDate"] or row["entryDate"]) in held for row in stays)
