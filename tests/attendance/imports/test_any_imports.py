"""After any series of imports, openings and marks: a set brought in again changes nothing, and the ledger is right."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from attendance.models import ClassMeeting
from attendance.selectors.roster import roster_on
from attendance.services.days import open_day
from attendance.services.ledger import check
from attendance.services.marking import MarkEntry, save_marks
from students import clock
from students.access import Scope, installation_scope, scope_of
from students.models import School, User
from students.refusals import Refused
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
CLASSES = {"algebra": "lincoln", "bio": "lincoln", "wash": "washington"}
STUDENTS = ["p1", "p2", "p3", "q1", "q2"]
DAYS = [21, 22, 23, 26, 27, 28]


def two_schools() -> RosterFiles:
    """Three students in two classes of Lincoln, two in one of Washington; boss may mark every class."""
    files = RosterFiles().with_days()
    files.add_staff("boss", "districtAdministrator", "district")
    files.add_class("bio", "lincoln", "2")
    files.add_class("wash", "washington", "2")
    for who in STUDENTS[:3]:
        joins(files, who, "bio", "2020-08-10")
    for number, who in enumerate(STUDENTS[3:]):
        files.add_student(who, f"20000000{number}", "washington", "wash")
    return files


def joins(files: RosterFiles, who: str, section: str, begin: str) -> None:
    files.add("enrollments", sourcedId=f"{who}-{section}-{begin}", classSourcedId=section, role="student",
              schoolSourcedId=CLASSES[section], userSourcedId=who, beginDate=begin)  # fmt: skip


def a_day(random: Random) -> str:
    return f"2020-10-{random.choice([19, 20, 21, 22, 23, 26, 27, 28, 29, 30])}"


def a_membership(files: RosterFiles, random: Random) -> dict[str, str]:
    return random.choice([row for row in files.files["enrollments"] if row["role"] == "student"])


def leave_or_return(files: RosterFiles, random: Random) -> None:
    a_membership(files, random)["endDate"] = random.choice(["", a_day(random)])


def begin_elsewhen(files: RosterFiles, random: Random) -> None:
    a_membership(files, random)["beginDate"] = random.choice(["", a_day(random)])


def leave_without_a_word(files: RosterFiles, random: Random) -> None:
    if len(files.files["enrollments"]) > 4:
        files.files["enrollments"].remove(a_membership(files, random))


def join_a_class_of_any_school(files: RosterFiles, random: Random) -> None:
    joins(files, random.choice(STUDENTS), random.choice(list(CLASSES)), random.choice(["", a_day(random)]))


def change_the_bells(files: RosterFiles, random: Random) -> None:
    row = random.choice(files.files["bells"])
    row["endTime"] = row["startTime"][:3] + random.choice(["45", "55"])


def call_a_day_off_or_on(files: RosterFiles, random: Random) -> None:
    row = random.choice(files.files["calendar"])
    if row["eventType"] == "IN":
        row.update(eventType="H", dayKind="", bellSchedule="", reportingMonth="")
    else:
        row.update(eventType="IN", dayKind="virtual", bellSchedule="Regular", reportingMonth="3")


def drop_a_day(files: RosterFiles, random: Random) -> None:
    files.drop("calendar", a_day(random), "date")


def move_a_class(files: RosterFiles, random: Random) -> None:
    files.row("classes", random.choice(list(CLASSES)))["periods"] = random.choice(["1", "2", "1,2"])


def list_the_meetings(files: RosterFiles, random: Random) -> None:
    if "meetings" not in files.files:
        for section in CLASSES:
            files.add("meetings", classSourcedId=section, period="1")
    start = random.choice(["", a_day(random)])
    section, period = random.choice(list(CLASSES)), random.choice("12")
    files.add("meetings", classSourcedId=section, period=period, startDate=start)


def go_online(files: RosterFiles, random: Random) -> None:
    files.add("modes", studentSourcedId=random.choice(STUDENTS), startDate=a_day(random), mode="sync_online")


def transfer_some(files: RosterFiles, random: Random) -> None:
    files.files["school_enrollments"] = []
    for who in STUDENTS:
        last = a_day(random)
        after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
        schools = random.choice([["lincoln"], ["washington"], ["lincoln", "washington"]])
        spans = [("2020-08-10", last), (after, "")] if len(schools) == 2 else [("2020-08-10", "")]
        for school, (entry, leaves) in zip(schools, spans, strict=True):
            files.add("school_enrollments", studentSourcedId=who, schoolSourcedId=school, entryDate=entry,
                      exitDate=leaves, primary="true")  # fmt: skip


CHANGES: list[Callable[[RosterFiles, Random], None]] = [
    leave_or_return,
    begin_elsewhen,
    leave_without_a_word,
    join_a_class_of_any_school,
    change_the_bells,
    call_a_day_off_or_on,
    drop_a_day,
    move_a_class,
    list_the_meetings,
    go_online,
    transfer_some,
]


def changed(files: RosterFiles, random: Random) -> RosterFiles:
    """The set as another system sends it the next morning."""
    after = deepcopy(files)
    for _ in range(random.randint(1, 3)):
        random.choice(CHANGES)(after, random)
    return after


def mornings() -> Iterator[Scope]:
    for day in DAYS:
        with clock.stopped_at(datetime(2020, 10, day, 22, tzinfo=UTC)):
            yield installation_scope(clock.now())


def open_every_school(scope: Scope) -> None:
    for school_id in School.objects.order_by("pk").values_list("pk", flat=True):
        open_day(scope, school_id, scope.today)


def take_some_classes(scope: Scope, random: Random) -> None:
    boss = scope_of(User.objects.get(source_id="boss"), scope.now)
    meetings = list(ClassMeeting.objects.order_by("pk"))
    for meeting in random.sample(meetings, min(3, len(meetings))):
        roster = roster_on(scope, meeting.section_id, meeting.date)
        entries = [MarkEntry(student.pk, random.choice(["present", "absent"])) for student in roster]
        with suppress(Refused):
            save_marks(
                boss,
                meeting.pk,
                submission_id=uuid4(),
                version=meeting.version,
                entries=entries,
                reason="As it was",
            )


def bring_in(scope: Scope, folder: Path) -> bool:
    """Whether the set was sound; then a second time changes nothing."""
    if run_import(scope, folder, confirm_endings=True).refused:
        return False
    assert not run_import(scope, folder, confirm_endings=True).written
    return True


@pytest.mark.parametrize("seed", range(6))
def test_any_series_of_imports_leaves_the_ledger_right(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    files = two_schools()
    written = 0
    for place, scope in enumerate(mornings()):
        sent = changed(files, random) if place else files
        if random.random() < 0.5:
            open_every_school(scope)
        if bring_in(scope, sent.folder(tmp_path / "set")):
            files, written = sent, written + 1
        open_every_school(scope)
        assert check(scope) == []
        take_some_classes(scope, random)
        assert check(scope) == []
    assert written >= 2
