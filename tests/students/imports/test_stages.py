"""What becomes of a set, from the moment it is received."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from students import clock
from students.models import RosterImport, RosterPart, RosterRun, RunOrigin, RunStage, Student, User
from students.refusals import Forbidden, NotInScope, Refused, Stale
from students.services.imports import archive
from students.services.imports.deciding import approve, cancel
from students.services.imports.receiving import receive
from tests.students.imports.runs import (
    administrator,
    apply,
    archive_of,
    as_,
    as_worker,
    bring,
    district_files,
    in_a_folder,
    plan,
    stand,
    without_students,
)
from tests.students.oneroster.deltas import changes, deletes
from tests.students.oneroster.sets import RosterFiles
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def reyes() -> User:
    return administrator()


def test_an_uploaded_set_is_planned_and_waits_and_is_applied_when_somebody_says_so(reyes: User) -> None:
    run = plan(bring(district_files(), as_(reyes)))
    assert (run.stage, run.counts["students"]["created"]) == (RunStage.PLANNED, 3)
    assert not Student.objects.exists()
    assert apply(run).stage == RunStage.PLANNED
    approve(as_(reyes), run.pk, digest=run.plan_digest)
    apply(run)
    assert (run.stage, run.received_by, run.decided_by) == (RunStage.APPLIED, reyes, reyes)
    assert run.evidence == RosterImport.objects.get()
    assert (run.evidence.applied_by, run.evidence.file_name) == (reyes, "roster.zip")
    assert Student.objects.count() == 3
    assert not RosterPart.objects.exists()


def test_a_nightly_set_applies_itself_when_nothing_stands_against_it() -> None:
    run = apply(plan(bring(district_files(), origin=RunOrigin.FOLDER)))
    assert (run.stage, run.evidence.applied_by) == (RunStage.APPLIED, None)


def test_an_unchanged_nightly_set_ends_as_unchanged_and_writes_no_roster_row(reyes: User) -> None:
    stand(district_files())
    again = bring(district_files(), origin=RunOrigin.FOLDER)
    with CaptureQueriesContext(connection) as asked:
        plan(again)
    assert (again.stage, again.counts["students"]) == (
        RunStage.UNCHANGED,
        {"created": 0, "changed": 0, "ended": 0, "unchanged": 3},
    )
    written = {each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE", "DELETE", "COPY"))}
    assert all("students_rosterrun" in sql or "students_rosterpart" in sql for sql in written)
    assert RosterImport.objects.count() == 1


def test_a_set_with_faults_is_refused_and_its_faults_have_their_places() -> None:
    files = district_files()
    files.row("users", "p1")["enabledUser"] = "perhaps"
    run = plan(bring(files, origin=RunOrigin.FOLDER))
    assert (run.stage, run.fault_count, run.evidence) == (RunStage.REFUSED, 1, None)
    [fault] = run.faults
    assert (fault["file"], fault["line"], fault["column"], fault["value"]) == ("users.csv", 4, "enabledUser", "perhaps")
    assert not RosterPart.objects.exists()


def test_a_zip_that_the_engine_cannot_open_is_refused_in_its_words() -> None:
    run = plan(bring(in_a_folder(district_files())))
    assert run.stage == RunStage.REFUSED
    assert "Put the files at its root" in run.problem


def test_too_many_endings_are_held_even_at_night_and_confirmed_with_a_reason(reyes: User) -> None:
    files = district_files(40)
    stand(files)
    run = plan(bring(without_students(files, 21), origin=RunOrigin.FOLDER))
    assert (run.stage, apply(run).stage) == (RunStage.HELD, RunStage.HELD)
    assert "21 of 40 active students would end" in run.held[0]
    with pytest.raises(Refused, match="Say why"):
        approve(as_(reyes), run.pk, digest=run.plan_digest, reason="  ")
    approve(as_(reyes), run.pk, digest=run.plan_digest, reason="The academy left the district.")
    apply(run)
    assert (run.stage, run.reason, run.evidence.applied_by) == (
        RunStage.APPLIED,
        "The academy left the district.",
        reyes,
    )


def test_a_plan_that_would_do_something_else_by_now_goes_back_to_whoever_agreed(reyes: User) -> None:
    files = district_files(40)
    stand(files)
    files.add_student("p41", "100000041")
    run = plan(bring(files))
    approve(as_(reyes), run.pk, digest=run.plan_digest)
    files.add_student("p42", "100000042")
    stand(files)
    apply(run)
    assert (run.stage, run.decided_by) == (RunStage.PLANNED, None)
    assert "changed after this plan was made" in run.problem
    assert run.counts["students"] == {"created": 0, "changed": 0, "ended": 1, "unchanged": 41}
    assert Student.objects.count() == 42
    approve(as_(reyes), run.pk, digest=run.plan_digest)
    assert apply(run).stage == RunStage.APPLIED


def test_a_plan_whose_changes_somebody_else_made_meanwhile_ends_as_unchanged(reyes: User) -> None:
    run = plan(bring(district_files()))
    approve(as_(reyes), run.pk, digest=run.plan_digest)
    stand(district_files())
    assert apply(run).stage == RunStage.UNCHANGED


def test_agreeing_to_a_plan_that_is_another_by_now_is_stale(reyes: User) -> None:
    run = plan(bring(district_files()))
    with pytest.raises(Stale, match="changed since this page"):
        approve(as_(reyes), run.pk, digest="of another plan")
    run.refresh_from_db()
    assert run.stage == RunStage.PLANNED


def test_agreeing_twice_is_agreeing_once_and_the_first_person_stands(reyes: User) -> None:
    run = plan(bring(district_files()))
    other = administrator("santos")
    approve(as_(reyes), run.pk, digest=run.plan_digest)
    approve(as_(other), run.pk, digest=run.plan_digest)
    apply(run)
    assert approve(as_(other), run.pk, digest=run.plan_digest).stage == RunStage.APPLIED
    assert run.decided_by == reyes


def test_a_cancelled_set_is_forgotten_and_cannot_be_applied(reyes: User) -> None:
    run = plan(bring(district_files()))
    assert cancel(as_(reyes), run.pk).stage == RunStage.CANCELLED
    assert cancel(as_(reyes), run.pk).stage == RunStage.CANCELLED
    with pytest.raises(Stale, match="moved on: cancelled"):
        approve(as_(reyes), run.pk, digest=run.plan_digest)
    assert not RosterPart.objects.exists()
    assert apply(plan(run)).stage == RunStage.CANCELLED


def test_what_is_applied_cannot_be_cancelled(reyes: User) -> None:
    run = apply(plan(bring(district_files(), origin=RunOrigin.FOLDER)))
    with pytest.raises(Stale, match="too late to cancel"):
        cancel(as_(reyes), run.pk)


def test_a_newer_set_replaces_an_older_plan_that_waits(reyes: User) -> None:
    older = plan(bring(district_files(3), as_(reyes)))
    newer = plan(bring(district_files(4), as_(reyes)))
    older.refresh_from_db()
    assert (older.stage, newer.stage) == (RunStage.SUPERSEDED, RunStage.PLANNED)


def test_sets_of_one_origin_are_planned_in_the_order_in_which_they_came(reyes: User) -> None:
    older, newer = bring(district_files(3), as_(reyes)), bring(district_files(4), as_(reyes))
    nightly = bring(district_files(5), origin=RunOrigin.FOLDER)
    assert [plan(newer).stage, plan(nightly).stage] == [RunStage.RECEIVED, RunStage.APPROVED]
    assert plan(older).stage == RunStage.PLANNED
    approve(as_(reyes), older.pk, digest=older.plan_digest)
    assert plan(newer).stage == RunStage.RECEIVED
    apply(older)
    assert plan(newer).stage == RunStage.PLANNED


def nightly_delta(files: RosterFiles, leaving: Iterable[int]) -> RosterRun:
    """A set that only says who has left."""
    delta = changes(files.version)
    for number in leaving:
        deletes(delta, "users", f"p{number}")
    return bring(delta, origin=RunOrigin.FOLDER)


def test_a_delta_waits_for_a_person_when_the_set_before_it_was_not_applied(reyes: User) -> None:
    files = district_files(40)
    assert apply(plan(bring(files, origin=RunOrigin.FOLDER))).stage == RunStage.APPLIED
    held = plan(nightly_delta(files, leaving=range(1, 23)))
    assert (held.stage, held.is_partial) == (RunStage.HELD, True)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        later = plan(nightly_delta(files, leaving=[30]))
        assert later.stage == RunStage.PLANNED
        assert "the one before it was not applied" in later.problem
        held.refresh_from_db()
        assert held.stage == RunStage.HELD
        cancel(as_(reyes), later.pk)
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        assert apply(plan(bring(files, origin=RunOrigin.FOLDER))).stage == RunStage.UNCHANGED
        held.refresh_from_db()
        assert held.stage == RunStage.SUPERSEDED
        assert apply(plan(nightly_delta(files, leaving=[31]))).stage == RunStage.APPLIED


def test_a_newer_set_that_speaks_of_less_replaces_nothing(reyes: User) -> None:
    files = district_files(3)
    older = plan(bring(files, as_(reyes)))
    for name in list(files.files):
        if name not in {"orgs", "academicSessions"}:
            files.files[name] = []
    newer = plan(bring(files, as_(reyes)))
    older.refresh_from_db()
    assert (older.stage, newer.stage) == (RunStage.PLANNED, RunStage.PLANNED)


def test_a_refused_set_replaces_nothing(reyes: User) -> None:
    older = plan(bring(district_files(), as_(reyes)))
    files = district_files()
    files.row("users", "p1")["enabledUser"] = "perhaps"
    assert plan(bring(files, as_(reyes))).stage == RunStage.REFUSED
    older.refresh_from_db()
    assert older.stage == RunStage.PLANNED


def test_one_submission_is_one_run_and_so_are_the_same_bytes_while_they_wait(reyes: User) -> None:
    submission = uuid4()
    first = bring(district_files(), as_(reyes), submission=submission)
    assert bring(district_files(9), as_(reyes), submission=submission) == first
    assert bring(district_files(), as_(administrator("santos"))) == first
    cancel(as_(reyes), first.pk)
    assert bring(district_files(), as_(reyes)) != first


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"name,value\r\n", "is not a zip"), (b"x" * 2_000_001, "larger than 2 MB")],
)
def test_what_cannot_be_a_set_is_refused_in_words_and_leaves_nothing(content: bytes, words: str, reyes: User) -> None:
    source = archive_of(district_files())
    source.seek(0)
    source.truncate()
    source.write(content)
    with pytest.raises(Refused, match=words):
        receive(
            as_(reyes), source, file_name="a.zip", origin=RunOrigin.PAGE, submission_id=uuid4(), most_bytes=2_000_000
        )
    assert not RosterRun.objects.exists()


def test_a_set_larger_than_one_part_comes_back_byte_for_byte(reyes: User, monkeypatch) -> None:
    monkeypatch.setattr(archive, "PART_BYTES", 1000)
    source = archive_of(district_files(30))
    run = bring(source, as_(reyes))
    assert run.parts.count() > 2
    with archive.unpacked(as_worker(), run.pk) as path:
        assert path.name == "roster.zip"
        assert path.read_bytes() == source.getvalue()
    assert plan(run).stage == RunStage.PLANNED


@pytest.mark.parametrize("person", ["whitfield", "okafor"])
def test_nobody_but_the_district_brings_in_agrees_or_cancels(world: World, person: str) -> None:
    scope = world.scope(person)
    with pytest.raises(Forbidden):
        bring(district_files(), scope)
    run = bring(district_files())
    for act in (lambda: approve(scope, run.pk, digest=""), lambda: cancel(scope, run.pk)):
        with pytest.raises(NotInScope):
            act()


def test_the_installation_itself_agrees_to_nothing(reyes: User) -> None:
    run = plan(bring(district_files()))
    with pytest.raises(Forbidden, match="Only a person"):
        approve(as_worker(), run.pk, digest=run.plan_digest)
