"""MS-31: what is kept, by whom it may be let go, and what proves it."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from attendance.models import AmendedDay, ClassMeeting, DailyAttendance, Document, Excuse, Mark, Submission
from attendance.services.freezing import freeze
from students.models import (
    Disposal,
    DisposalState,
    Enrollment,
    Guardian,
    GuardianLink,
    RemovedRows,
    Student,
)
from students.refusals import Forbidden, NotInScope, Refused, Stale
from students.rules.removal_proof import proof_digest, rows_digest
from students.selectors.kept_rows import counted_rows
from students.selectors.retention import removed_by_table, year_kept, years_kept
from students.services import disposing
from students.services.disposals import confirm_disposal, propose_disposal, withdraw_disposal
from students.services.disposing import dispose, waiting_disposals
from students.services.leases import LEASE, take_up
from students.services.legal_holds import lift_hold, place_hold
from students.services.retention_policy import enter_policy
from tests.retention.old_year import DAY, ENDS, FIRST_GONE, LAST_KEPT, NAME, OldYear

NOW = datetime.now(UTC)


def carried_out(old: OldYear, agreed: Disposal) -> Disposal:
    dispose(old.scope(), agreed.pk, instants=lambda: NOW)
    agreed.refresh_from_db()
    return agreed


def hashes(model: type) -> list[tuple[int, str]]:
    """Every row's id and hash, as a reader of the proof would reckon them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(r)::text FROM {model._meta.db_table} r ORDER BY 1")
        texts = [text for (text,) in cursor.fetchall()]
        cursor.execute(f"SELECT id, row_to_json(r)::text FROM {model._meta.db_table} r")
        found = [(row, hashlib.sha256(text.encode()).hexdigest()) for row, text in cursor.fetchall()]
    assert len(texts) == len(found)
    return sorted(found)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": LAST_KEPT}, "kept through May 24, 2018"),
        ({"typed_name": "2012-2013"}, "Type the school year’s name"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_MS31_a_proposal_is_refused_before_its_time_and_without_name_or_reason(
    old: OldYear, changed: dict, words: str
) -> None:
    scope = old.scope(day=changed.pop("day", FIRST_GONE))
    sent = {"submission_id": uuid4(), "typed_name": NAME, "reason": "Board, June 4"} | changed
    with pytest.raises(Refused, match=words):
        propose_disposal(scope, old.year.pk, "documentation", **sent)
    assert not Disposal.objects.exists()


def test_MS31_nobody_disposes_alone_and_only_the_district_does(old: OldYear) -> None:
    proposed = old.proposed()
    with pytest.raises(Forbidden, match="Another person"):
        confirm_disposal(old.scope(), proposed.pk, typed_name=NAME)
    for name in ("okafor", "mayfield", "novak"):
        with pytest.raises(NotInScope):
            confirm_disposal(old.world.scope(name), proposed.pk, typed_name=NAME)
    with pytest.raises(Stale, match="under way"):
        old.proposed()
    with pytest.raises(Refused, match="Type the school year"):
        confirm_disposal(old.scope("second"), proposed.pk, typed_name="2012")
    confirmed = confirm_disposal(old.scope("second"), proposed.pk, typed_name=NAME)
    assert confirmed.state == DisposalState.CONFIRMED
    assert confirm_disposal(old.scope("second"), proposed.pk, typed_name=NAME).confirmed_at == confirmed.confirmed_at
    with pytest.raises(Stale):
        withdraw_disposal(old.scope(), proposed.pk)


def test_a_proposal_that_is_withdrawn_is_not_confirmed_and_makes_room(old: OldYear) -> None:
    proposed = old.proposed()
    assert withdraw_disposal(old.scope("second"), proposed.pk).state == DisposalState.WITHDRAWN
    with pytest.raises(Stale):
        confirm_disposal(old.scope("second"), proposed.pk, typed_name=NAME)
    assert old.proposed().state == DisposalState.PROPOSED


def test_MS31_a_disposal_removes_the_year_alone_and_proves_what_was_there(old: OldYear) -> None:
    # A month that was certified is disposed of, too, and nothing of it is an amendment.
    freeze(old.world.installation, old.world.lincoln.pk, DAY, DAY)
    expected = {each.table: each.rows for each in counted_rows(old.scope(), old.year.pk, "documentation")}
    marks = rows_digest(hashes(Mark))
    before = {model: model._base_manager.count() for model in (Student, Enrollment)}
    done = carried_out(old, old.confirmed())
    assert (done.state, done.problem) == (DisposalState.DONE, "")
    removed = {each.table: each.rows for each in removed_by_table(old.scope(), done)}
    assert removed == expected | {"students_student": 1, "students_guardianlink": 1, "students_guardian": 1}
    assert (removed["attendance_mark"], removed["attendance_markevent"]) == (2, 2)
    assert RemovedRows.objects.get(table="attendance_mark").sha256 == marks
    assert RemovedRows.objects.get(table="attendance_mark").first_day == DAY
    steps = list(RemovedRows.objects.order_by("pk").values_list("table", "batch", "rows", "sha256"))
    assert done.proof_sha256 == proof_digest(steps)
    assert done.rows_removed == sum(removed.values())
    for model in (Mark, Submission, ClassMeeting, Document, Excuse, DailyAttendance):
        assert not model._base_manager.filter(pk__isnull=False).exists()
    # Who left is gone with those who belonged to her; who has later years keeps the name.
    assert not Student.objects.filter(pk=old.left.pk).exists()
    assert GuardianLink.objects.count() + Guardian.objects.count() == 0
    assert Student.objects.filter(pk=old.stayed.pk).exists()
    assert Enrollment.objects.filter(student=old.stayed).count() == 1
    assert Student.objects.count() == before[Student] - 1
    assert not old.file.exists()
    assert not AmendedDay.objects.exists()
    assert year_kept(old.scope(), old.year.pk).done("documentation") == done


def test_a_killed_worker_is_followed_by_another_that_goes_on(old: OldYear, monkeypatch) -> None:
    agreed = old.confirmed()
    killed = []

    def dies(*given: object) -> int:
        if len(killed) == 3:
            raise SystemExit
        killed.append(given)
        return 0

    with monkeypatch.context() as patched:
        patched.setattr(disposing, "_let_students_go", dies)
        patched.setattr(disposing, "BATCH", 1)
        with pytest.raises(SystemExit):
            dispose(old.scope(), agreed.pk, instants=lambda: NOW)
    agreed.refresh_from_db()
    assert agreed.state == DisposalState.RUNNING
    removed = RemovedRows.objects.count()
    assert removed > 0
    assert waiting_disposals(old.scope(), at=NOW) == []
    later = NOW + LEASE + timedelta(seconds=1)
    assert waiting_disposals(old.scope(), at=later) == [agreed.pk]
    done = dispose(old.scope(), agreed.pk, instants=lambda: later)
    assert done is not None
    assert done.state == DisposalState.DONE
    assert not Mark.objects.exists()
    assert sum(RemovedRows.objects.filter(table="attendance_mark").values_list("rows", flat=True)) == 2


@pytest.mark.parametrize("of", ["year", "school", "student"])
def test_MS31_a_hold_stops_a_disposal_and_lifting_it_lets_it_be_proposed_again(old: OldYear, of: str) -> None:
    agreed = old.confirmed()
    of_what = {"year": {"year_id": old.year.pk}, "school": {"school_id": old.world.lincoln.pk}}
    what = of_what.get(of, {"state_id": old.left.state_id})
    hold = place_hold(old.scope(), submission_id=uuid4(), reason="Case 12-34", **what)
    stopped = carried_out(old, agreed)
    assert (stopped.state, RemovedRows.objects.count()) == (DisposalState.FAILED, 0)
    assert "legal hold" in stopped.problem
    with pytest.raises(Refused, match="legal hold"):
        old.proposed()
    with pytest.raises(Refused, match="Say why"):
        lift_hold(old.scope(), hold.pk, reason="")
    lift_hold(old.scope(), hold.pk, reason="Settled")
    assert carried_out(old, old.confirmed()).state == DisposalState.DONE


def test_a_hold_of_another_year_stands_in_nobodys_way(old: OldYear) -> None:
    hold = place_hold(old.scope(), submission_id=uuid4(), reason="Case 12-34", year_id=old.world.year.pk)
    assert year_kept(old.scope(), old.year.pk).holds == ()
    assert year_kept(old.scope(), old.world.year.pk).holds == (hold,)
    assert place_hold(old.scope(), submission_id=hold.submission_id, reason="Again").pk == hold.pk
    with pytest.raises(Refused, match="what is held"):
        place_hold(old.scope(), submission_id=uuid4(), reason="Case 12-34")
    with pytest.raises(Refused, match="No student has the state id"):
        place_hold(old.scope(), submission_id=uuid4(), reason="Case 12-34", state_id="nobody")


def test_a_policy_may_keep_longer_and_never_shorter(old: OldYear) -> None:
    scope = old.scope()
    figures = {"documentation_years": 7, "support_years": 3, "reason": "Board, May 1"}
    with pytest.raises(Refused, match="five years at least"):
        enter_policy(scope, starts_on=FIRST_GONE, **figures | {"documentation_years": 4})
    with pytest.raises(Refused, match="today or later"):
        enter_policy(scope, starts_on=LAST_KEPT, **figures)
    entered = enter_policy(scope, starts_on=FIRST_GONE, **figures)
    assert enter_policy(scope, starts_on=FIRST_GONE, **figures).pk == entered.pk
    assert year_kept(scope, old.year.pk).through("documentation") == date(2020, 5, 24)
    with pytest.raises(Refused, match="kept through May 24, 2020"):
        old.proposed()


def test_the_list_of_years_costs_the_same_however_many_there_are(old: OldYear, django_assert_num_queries) -> None:
    scope = old.scope()
    with django_assert_num_queries(4):
        assert [each.year.name for each in years_kept(scope)] == [NAME, "2020-21"]


def test_the_database_keeps_every_record_whoever_asks(old: OldYear) -> None:
    """The last day of the five years, the first day after it, and everything that is no agreed disposal."""
    agreed = old.confirmed()
    assert why_kept(old, "") == "nothing removes them but a disposal"
    assert why_kept(old, f"{agreed.pk} {FIRST_GONE}") == "No disposal of these records is being carried out"
    take_up(old.scope(), disposing.DISPOSALS, agreed.pk, at=NOW)
    assert why_kept(old, f"{agreed.pk} {LAST_KEPT}") == f"kept through {LAST_KEPT}"
    assert why_kept(old, f"{agreed.pk} {ENDS}") == f"kept through {LAST_KEPT}"
    assert why_kept(old, f"{agreed.pk} {FIRST_GONE}") == ""


def why_kept(old: OldYear, setting: str) -> str:
    """Part of the database's words for keeping a mark of the year; empty where it lets the mark go."""
    known = ["nothing removes them but a disposal", "No disposal of these records is being carried out"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('first_bell.disposal', %s, true)", [setting])
        cursor.execute("SELECT coalesce(retention_refusal(%s, 'documentation'), '')", [DAY])
        said = cursor.fetchone()[0]
    return next((each for each in [*known, f"kept through {LAST_KEPT}"] if each in said), said)
