"""The demo's files: the same every time, and believable."""

import csv
import io
from collections import Counter, defaultdict
from datetime import date, timedelta
from zipfile import ZipFile

import pytest

from attendance.demo.calendar import days_of, session_days
from attendance.demo.cast import ACCOUNTS, ELEMENTARY, HIGH, MIDDLE, STUDENTS, TODAY
from attendance.demo.district import district, staff
from attendance.demo.guardians import UNACCOMPANIED, households
from attendance.demo.people import pupils, pupils_of
from attendance.demo.schedule import schedule
from attendance.demo.schools import SCHOOLS
from attendance.demo.sets import write_folder, write_sets
from attendance.demo.staff import SUBSTITUTES
from attendance.demo.stays import TRANSFERS
from attendance.demo.year import year_so_far


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The rows of every file, by the file's name without its ending."""
    folder = tmp_path_factory.mktemp("demo")
    write_folder(folder, district())
    return {path.stem: list(csv.DictReader(io.StringIO(path.read_text()))) for path in folder.iterdir()}


def seats_on(day, school=None):
    found = [seat for seat in schedule().seats if seat.starts_on <= day <= seat.ends_on]
    return [seat for seat in found if school in (None, seat.lesson.school)]


def test_two_writings_of_the_sets_are_the_same_byte_for_byte_and_a_set_that_stands_is_left(tmp_path):
    one, two = ([path.read_bytes() for path in write_sets(tmp_path / name)] for name in ("one", "two"))
    assert one == two
    kept = write_sets(tmp_path / "one")[0]
    kept.write_text("mine")
    write_sets(tmp_path / "one")
    assert kept.read_text() == "mine"
    assert len(ZipFile(tmp_path / "two" / kept.name).namelist()) == 15


def test_the_year_so_far_is_the_same_every_time():
    assert year_so_far() == year_so_far()


def test_1200_students_of_three_schools_with_names_of_their_own_the_cast_first():
    everybody = pupils()
    assert [pupil.name for pupil in everybody[: len(STUDENTS)]] == STUDENTS
    assert len({pupil.name for pupil in everybody}) == len({pupil.state_id for pupil in everybody}) == 1200
    sizes = Counter(pupil.home.school for pupil in everybody)
    assert 370 <= sizes[ELEMENTARY] <= 390
    assert 350 <= sizes[MIDDLE] <= 370
    assert 450 <= sizes[HIGH] <= 470


def test_nobody_of_the_staff_has_anothers_username_and_every_account_is_among_them():
    usernames = Counter(member.username for member in staff())
    assert max(usernames.values()) == 1
    assert {account.username for account in ACCOUNTS} <= usernames.keys()


def test_the_cast_sits_in_rosa_whitfields_algebra_of_the_block_that_is_on():
    seats = [seat for seat in schedule().seats if seat.lesson.source_id == "c-lhs-algebra-i-a2"]
    assert {seat.pupil.name for seat in seats} >= set(STUDENTS)
    assert {seat.lesson.teacher.username for seat in seats} == {"whitfield"}


@pytest.mark.parametrize("day", [session_days()[0], date(2020, 9, 11), TODAY])
def test_nobody_sits_in_two_classes_at_once_and_nobody_is_without_a_class(day):
    minutes = defaultdict(list)
    for seat in seats_on(day):
        school = SCHOOLS[seat.lesson.school]
        rotation_day = next(each.rotation_day for each in days_of(school) if each.date == day)
        bells = {bell.period: bell.times.span for bell in school.classes}
        for place in seat.lesson.places:
            if place.rotation_day in ("", rotation_day):
                minutes[seat.pupil.number] += range(bells[place.period].starts, bells[place.period].ends)
    assert all(len(held) == len(set(held)) for held in minutes.values())
    assert minutes.keys() == {pupil.number for pupil in pupils() if pupil.stay_on(day)}


def test_a_high_school_student_has_eight_classes_or_seven_a_senior_and_a_middle_school_student_seven():
    high = Counter(seat.pupil.number for seat in seats_on(TODAY, HIGH) if seat.pupil.home.school == HIGH)
    assert set(high.values()) == {7, 8}
    assert {pupils()[number].home.grade for number, held in high.items() if held == 7} == {"12"}
    middle = Counter(seat.pupil.number for seat in seats_on(TODAY, MIDDLE))
    assert Counter(middle.values()).keys() == {7, 4}


def test_a_homeroom_keeps_its_roster_all_day_but_for_one_special_a_day():
    seats = seats_on(TODAY, ELEMENTARY)
    mine = [seat.lesson for seat in seats if seat.pupil == pupils_of(ELEMENTARY)[0]]
    [homeroom] = [lesson for lesson in mine if lesson.kind == "homeroom"]
    specials = [lesson for lesson in mine if lesson.kind == "scheduled"]
    assert len(homeroom.places) == 5
    assert [lesson.places[0].rotation_day for lesson in specials] == ["A", "B", "C", "D"]
    rosters = defaultdict(set)
    for seat in seats:
        rosters[seat.lesson].add(seat.pupil.number)
    assert {frozenset(rosters[lesson]) for lesson in mine} == {frozenset(rosters[homeroom])}


def test_no_teacher_is_in_two_rooms_and_each_has_time_to_plan():
    places = Counter((lesson.teacher, place) for lesson in schedule().lessons for place in lesson.places)
    assert max(places.values()) == 1
    for school, most in ((HIGH, 6), (MIDDLE, 6)):
        lessons = [lesson for lesson in schedule().lessons if lesson.school == school]
        assert max(Counter(lesson.teacher for lesson in lessons).values()) <= most


def test_classes_hold_about_25_and_homerooms_about_20():
    for school, least, most in ((HIGH, 15, 30), (MIDDLE, 15, 28), (ELEMENTARY, 18, 23)):
        sizes = Counter(seat.lesson.source_id for seat in seats_on(TODAY, school)).values()
        assert min(sizes) >= least
        assert max(sizes) <= most


def test_one_student_in_six_or_so_learns_elsewhere_today_in_every_school_and_each_mode_has_some(files):
    today = TODAY.isoformat()
    elsewhere = [row for row in files["modes"] if row["startDate"] <= today <= (row["endDate"] or today)]
    assert {row["mode"] for row in elsewhere} == {"sync_online", "async_online", "offline_digital", "offline_packets"}
    for school in SCHOOLS:
        members = {pupil.source_id for pupil in pupils_of(school)}
        assert 40 <= len({row["studentSourcedId"] for row in elsewhere} & members) <= 80


def test_students_come_late_leave_come_back_and_some_never_came(files):
    stays = files["school_enrollments"]
    assert {"E1", "E3", "E4", "E5", "E6", "E9", "R1"} == {row["entryCode"] for row in stays}
    assert {"", "T2", "T3", "T4", "T5", "T7", "T8", "D18", "NS"} == {row["exitCode"] for row in stays}
    held = {day.isoformat() for day in session_days()}
    assert all(row["entryDate"] in held and (row["exitDate"] or row["entryDate"]) in held for row in stays)


def test_RD09_who_changed_schools_left_on_the_last_school_day_before_and_one_has_classes_in_two(files):
    primary = defaultdict(list)
    for row in files["school_enrollments"]:
        if row["primary"] == "true":
            primary[row["studentSourcedId"]].append(row)
    moved = [rows for rows in primary.values() if len({row["schoolSourcedId"] for row in rows}) == 2]
    assert len(moved) == len(TRANSFERS)
    for before, after in moved:
        left, came = (date.fromisoformat(day) for day in (before["exitDate"], after["entryDate"]))
        assert left < came
        assert not [day for day in session_days() if left < day < came]
    [twice] = [row for row in files["school_enrollments"] if row["primary"] == "false"]
    schools = {
        row["schoolSourcedId"] for row in files["enrollments"] if row["userSourcedId"] == twice["studentSourcedId"]
    }
    assert schools == {HIGH, MIDDLE}


def test_substitutes_stand_in_for_some_days(files):
    teachers = {row["sourcedId"]: row for row in files["users"] if row["role"] == "teacher"}
    for substitute in (each for found in SUBSTITUTES.values() for each in found):
        mine = [row for row in files["enrollments"] if row["userSourcedId"] == substitute.person.source_id]
        assert mine
        assert substitute.person.source_id in teachers
        assert {(row["beginDate"], row["endDate"], row["primary"]) for row in mine} == {
            (f"{substitute.first}", f"{substitute.last + timedelta(days=1)}", "false")
        }


def test_guardians_stand_in_the_files_either_way_round_and_one_student_has_none(files):
    users = {row["sourcedId"]: row for row in files["users"]}
    children = {child.source_id for family in households() for child in family.children}
    assert {pupil.source_id for pupil in pupils()} - children == {pupils()[UNACCOMPANIED].source_id}
    ways = set()
    for family in households():
        for guardian in family.guardians:
            up = all(
                guardian.source_id in users[child.source_id]["agentSourcedIds"].split(",") for child in family.children
            )
            listed = users[guardian.source_id]["agentSourcedIds"].split(",")
            down = listed == [child.source_id for child in family.children]
            ways.add((up, down))
    assert ways == {(True, False), (False, True), (True, True)}
    assert {row["language"] for row in files["guardians"]} == {"en", "es", "ht"}
    assert {row["mayAccess"] for row in files["guardians"]} == {"true", "false"}


def test_MS36_most_students_meet_the_immunization_requirements_and_of_some_nothing_is_known(files):
    said = Counter(row["metadata.immunizationCompliant"] for row in files["demographics"])
    assert said.keys() == {"true", "false", ""}
    assert said["true"] > 1100
