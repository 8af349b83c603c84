"""Whatever a district does between two nights: saying what changed leads where sending everything again would."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.imports.kinds import MEETING_TIMES
from students import clock
from students.access import installation_scope
from students.oneroster.kinds import FACTS, RECORDS
from students.oneroster.stored import stored_facts, stored_records
from students.services.roster_import import ImportReport, run_import
from tests.students.oneroster.deltas import difference
from tests.students.oneroster.sets import RosterFiles

CLASSES = {"algebra": "lincoln", "bio": "lincoln", "wash": "washington"}
DAYS = ["", "2020-08-10", "2020-09-01", "2020-10-20", "2020-10-27", "2020-11-02"]


def a_district(version: str) -> RosterFiles:
    files = RosterFiles(version, students=4).with_days()
    files.add_staff("t2", "teacher", "washington")
    files.add_class("bio", "lincoln", "2")
    files.add_class("wash", "washington", "1")
    files.add("demographics", sourcedId="t1")
    for number in range(1, 4):
        joins(files, f"p{number}", "bio", "2020-08-10")
    return files


def joins(files: RosterFiles, who: str, section: str, begin: str) -> None:
    if not any(row["sourcedId"] == f"{who}-{section}-{begin}" for row in files.files["enrollments"]):
        files.add("enrollments", sourcedId=f"{who}-{section}-{begin}", classSourcedId=section, role="student",
                  schoolSourcedId=CLASSES[section], userSourcedId=who, beginDate=begin)  # fmt: skip


def students(files: RosterFiles) -> list[str]:
    return [row["sourcedId"] for row in files.files["users"] if row["sourcedId"].startswith("p")]


def enrollments(files: RosterFiles) -> list[dict[str, str]]:
    return [row for row in files.files["enrollments"] if row["role"] == "student"]


def a_student_goes(files: RosterFiles, random: Random) -> None:
    who = random.choice(students(files))
    files.drop_student(who)
    files.drop("demographics", who)


def a_student_comes(files: RosterFiles, random: Random) -> None:
    who = f"p{random.randint(10, 99)}"
    if who not in students(files) and {"bio", "wash"} <= {row["sourcedId"] for row in files.files["classes"]}:
        files.add_student(who, "", *random.choice([("lincoln", "bio"), ("washington", "wash")]))


def a_student_is_renamed(files: RosterFiles, random: Random) -> None:
    files.row("users", random.choice(students(files)))["familyName"] = random.choice(
        ["Ávila", 'O"Brien, jr', "Two\nLines"]
    )


def state_ids_are_swapped(files: RosterFiles, random: Random) -> None:
    first, second = (files.row("users", who) for who in random.sample(students(files), 2))
    first["identifier"], second["identifier"] = second["identifier"], first["identifier"]


def a_class_is_joined(files: RosterFiles, random: Random) -> None:
    section = random.choice([row["sourcedId"] for row in files.files["classes"]])
    joins(files, random.choice(students(files)), section, random.choice(DAYS))


def a_class_is_left(files: RosterFiles, random: Random) -> None:
    files.files["enrollments"].remove(random.choice(enrollments(files)))


def an_enrollment_is_dated(files: RosterFiles, random: Random) -> None:
    random.choice(enrollments(files))[random.choice(["beginDate", "endDate"])] = random.choice(DAYS)


def an_id_is_given_anew(files: RosterFiles, random: Random) -> None:
    random.choice(enrollments(files))["sourcedId"] += "-new"


def a_class_closes(files: RosterFiles, random: Random) -> None:
    section = random.choice([row["sourcedId"] for row in files.files["classes"]])
    files.drop("classes", section)
    files.drop("enrollments", section, "classSourcedId")


def a_class_moves(files: RosterFiles, random: Random) -> None:
    section = random.choice([row["sourcedId"] for row in files.files["classes"]])
    files.row("classes", section)["periods"] = random.choice(["1", "2", "1,2"])


def a_teacher_may_not_sign_in(files: RosterFiles, random: Random) -> None:
    files.row("users", random.choice(["t1", "t2"]))["enabledUser"] = random.choice(["true", "false"])


def a_school_is_renamed(files: RosterFiles, random: Random) -> None:
    files.row("orgs", random.choice(["lincoln", "washington"]))["name"] = random.choice(["One", "Two"])


def a_student_transfers(files: RosterFiles, random: Random) -> None:
    who, school = random.choice(students(files)), random.choice(["lincoln", "washington"])
    if files.version == "1.1":
        files.row("users", who)["orgSourcedIds"] = school
    else:
        files.row("roles", who, "userSourcedId")["orgSourcedId"] = school


def a_birth_date_is_told(files: RosterFiles, random: Random) -> None:
    who = random.choice(students(files))
    files.drop("demographics", who)
    files.add("demographics", sourcedId=who, birthDate=random.choice(["2005-01-01", ""]))


Step = Callable[[RosterFiles, Random], None]
CHANGES: list[Step] = [
    a_student_goes,
    a_student_comes,
    a_student_is_renamed,
    state_ids_are_swapped,
    a_class_is_joined,
    a_class_is_left,
    an_enrollment_is_dated,
    an_id_is_given_anew,
    a_class_closes,
    a_class_moves,
    a_teacher_may_not_sign_in,
    a_school_is_renamed,
    a_student_transfers,
    a_birth_date_is_told,
]


def changed(files: RosterFiles, steps: list[Step], random: Random) -> RosterFiles:
    after = deepcopy(files)
    for step in steps:
        if len(students(after)) > 2 and len(enrollments(after)) > 2 and len(after.files["classes"]) > 1:
            step(after, random)
    return after


def everything() -> dict[str, Any]:
    """All that imports keep, by source ids."""
    records = {kind.name: {key: row.values for key, row in stored_records(kind).items()} for kind in RECORDS}
    facts = {
        kind.name: {key: [fact[1:] for fact in held] for key, held in stored_facts(kind).items()}
        for kind in (*FACTS, MEETING_TIMES)
    }
    return {**records, **facts}


class DeltasEqualWholeSets(TestCase):
    # No shrinking: an example takes a dozen imports, and what failed is short enough to read.
    @settings(
        max_examples=10,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(
        version=st.sampled_from(["1.1", "1.2"]),
        nights=st.lists(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4), min_size=1, max_size=2),
        random=st.randoms(use_true_random=False),
    )
    def test_a_delta_of_the_difference_leads_where_the_second_whole_set_does(
        self, version: str, nights: list[list[Step]], random: Random
    ) -> None:
        before = a_district(version)
        self.bring_in(before, 19)
        for day, steps in enumerate(nights, start=20):
            after = changed(before, steps, random)
            with transaction.atomic():
                by_whole_set = self.bring_in(after, day)
                expected = everything()
                transaction.set_rollback(True)
            assume(not by_whole_set.refused)
            by_delta = self.bring_in(difference(before, after), day)
            assert [str(fault) for fault in by_delta.faults] == []
            assert everything() == expected
            assert by_delta.counts == by_whole_set.counts or not by_whole_set.written
            assert not self.bring_in(after, day).written
            before = after

    def bring_in(self, files: RosterFiles, day: int) -> ImportReport:
        with TemporaryDirectory() as folder, clock.stopped_at(datetime(2020, 10, day, 15, tzinfo=UTC)):
            scope = installation_scope(clock.now())
            return run_import(scope, files.folder(Path(folder) / "set"), confirm_endings=True)
