"""Gives disengaged students to outreach workers, one or thousands at once, and ends that with a result (MD-08).

An assignment brings its worker access to the student, and its end takes it away. Locks: workers, then students, both in
the order of their ids, then assignments; so two people who assign the same students never do it twice.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from interventions.models import Need, OutreachAssignment, OutreachResult, OutreachWorker
from interventions.selectors.disengaged import disengaged_standings
from interventions.selectors.outreach_workers import check_assigns
from interventions.services.whereabouts import note_found
from students.access import Scope, visible_to
from students.models import AccessGrant, GrantReason, School, Student
from students.refusals import NotInScope, Refused, Stale

# What people say became of an assignment; the other result follows from giving it to somebody else.
RESULTS = tuple(each for each in OutreachResult if each != OutreachResult.HANDED_OVER)

FOUND = (OutreachResult.FOUND, OutreachResult.RE_ENGAGED)


@dataclass(frozen=True, slots=True)
class Choice:
    """A student for a worker, and the need."""

    student_id: int
    worker_id: int
    need: str


@dataclass(frozen=True)
class Assigned:
    """How many students were given away; how many had somebody already, and how many are no longer disengaged."""

    assigned: int
    had_somebody: int = 0
    not_listed: int = 0


def assign(scope: Scope, choices: Sequence[Choice], *, words: str = "") -> Assigned:
    """Give students to workers, all or none. Sent twice, the second finds that they have somebody.

    Raises Forbidden (not the district's), or Refused: no choice, an unknown need, somebody who has stopped, who does
    not work in a student's school, or who would have more students than they can take.
    """
    check_assigns(scope)
    chosen = {each.student_id: each for each in choices}
    if not chosen:
        raise Refused("Choose at least one student.")
    if not {each.need for each in chosen.values()} <= set(Need.values):
        raise Refused("Say what each student needs.")
    with transaction.atomic():
        workers = _locked_workers({each.worker_id for each in chosen.values()})
        _lock_students(chosen)
        taken = set(_open(chosen).values_list("student_id", flat=True))
        schools = dict(disengaged_standings(scope).filter(student__in=chosen).values_list("student_id", "school_id"))
        new = [each for each in chosen.values() if each.student_id in schools and each.student_id not in taken]
        _check_schools(new, workers, schools)
        _check_room(new, workers)
        _write(scope, new, workers, words)
    return Assigned(len(new), len(taken), len(chosen) - len(new) - len(taken))


def reassign(scope: Scope, assignment_id: int, worker_id: int, *, words: str = "") -> OutreachAssignment:
    """Give a student to another worker, whose access begins as the other's ends. Sent twice it is done once.

    Raises Forbidden, NotInScope, Stale (it is over) or what `assign` refuses.
    """
    check_assigns(scope)
    with transaction.atomic():
        workers = _locked_workers({worker_id})
        held = _locked(scope, assignment_id)
        if held.worker_id == worker_id and held.ended_at is None:
            return held
        now = _open([held.student_id]).first()
        if held.ended_at is not None:
            if now is None or now.worker_id != worker_id:
                raise Stale("This assignment is over by now. Open the list again.")
            return now
        choice = Choice(held.student_id, worker_id, held.need)
        schools = dict(
            disengaged_standings(scope).filter(student=held.student_id).values_list("student_id", "school_id")
        )
        _check_schools([choice], workers, schools)
        _check_room([choice], workers)
        _end(scope, held, OutreachResult.HANDED_OVER, words)
        return _write(scope, [choice], workers, words)[0]


def end_assignment(scope: Scope, assignment_id: int, *, result: str, words: str = "") -> OutreachAssignment:
    """Say what became of an assignment, which ends it and, with this day, the access. Said twice it is said once.

    The open case of a student who was found no longer says that nobody knows where the student is.

    Raises NotInScope (neither the worker's own nor of a school whose cases somebody works), Refused (no such result)
    or Stale (it ended otherwise).
    """
    if result not in RESULTS:
        raise Refused("Say what became of the student.")
    with transaction.atomic():
        held = _locked(scope, assignment_id)
        if held.ended_at is None:
            _end(scope, held, result, words)
            if result in FOUND:
                note_found(scope, held.student_id, words=words)
        elif held.result != result:
            raise Stale(f"It ended already: {held.get_result_display().lower()}.")
    return held


def _locked_workers(worker_ids: Collection[int]) -> dict[int, OutreachWorker]:
    rows = OutreachWorker.objects.select_for_update(of=("self",)).select_related("user")
    found = {each.pk: each for each in rows.filter(pk__in=worker_ids).order_by("pk")}
    if len(found) != len(worker_ids):
        raise NotInScope
    if gone := [each.user.full_name for each in found.values() if each.ended_at or not each.user.is_active]:
        raise Refused(f"{', '.join(gone)} does no outreach any more. Ask for another proposal.")
    return found


def _lock_students(student_ids: Collection[int]) -> None:
    rows = Student.objects.select_for_update(no_key=True).filter(pk__in=student_ids)
    list(rows.order_by("pk").values_list("pk"))


def _open(student_ids: Collection[int]) -> QuerySet[OutreachAssignment]:
    return OutreachAssignment.objects.filter(student__in=student_ids, ended_at=None)


def _locked(scope: Scope, assignment_id: int) -> OutreachAssignment:
    rows = visible_to(scope, OutreachAssignment).select_for_update(of=("self",))
    held = rows.filter(pk=assignment_id).first()
    if held is None:
        raise NotInScope
    return held


def _check_schools(
    choices: Sequence[Choice], workers: Mapping[int, OutreachWorker], schools: Mapping[int, int | None]
) -> None:
    for each in choices:
        worker, school_id = workers[each.worker_id], schools.get(each.student_id)
        if worker.school_ids and school_id is not None and school_id not in worker.school_ids:
            school = School.objects.get(pk=school_id)
            raise Refused(f"{worker.user.full_name} does not work in {school.name}. Choose somebody else.")


def _check_room(choices: Sequence[Choice], workers: Mapping[int, OutreachWorker]) -> None:
    asked = Counter(each.worker_id for each in choices)
    held = OutreachAssignment.objects.filter(worker__in=asked, ended_at=None).values_list("worker_id", flat=True)
    load = Counter(held)
    for worker_id, number in asked.items():
        worker = workers[worker_id]
        if load[worker_id] + number > worker.most_students:
            room = max(0, worker.most_students - load[worker_id])
            raise Refused(
                f"{worker.user.full_name} can take {room} more, not {number}. Ask for another proposal, or let them "
                "take more students."
            )


def _write(
    scope: Scope, choices: Sequence[Choice], workers: Mapping[int, OutreachWorker], words: str
) -> list[OutreachAssignment]:
    grants = _grants(scope, [(workers[each.worker_id].user_id, each.student_id) for each in choices])
    return OutreachAssignment.objects.bulk_create(
        OutreachAssignment(
            student_id=each.student_id,
            worker=workers[each.worker_id],
            need=each.need,
            words=words.strip()[:500],
            grant=grants[workers[each.worker_id].user_id, each.student_id],
            assigned_by_id=scope.person,
            assigned_at=scope.now,
        )
        for each in choices
    )


def _grants(scope: Scope, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], AccessGrant]:
    """Access from today on; one that ended today, as by a result said too soon, stands again."""
    wanted = set(pairs)
    held = AccessGrant.objects.holding_on(scope.today).filter(student__in={student for _, student in pairs})
    found = {(each.user_id, each.student_id): each for each in held if (each.user_id, each.student_id) in wanted}
    ended = [each.pk for each in found.values() if each.ends_on is not None]
    AccessGrant.objects.filter(pk__in=ended).update(ends_on=None, ended_by=None, ended_at=None)
    made = AccessGrant.objects.bulk_create(
        AccessGrant(
            user_id=user_id,
            student_id=student_id,
            reason=GrantReason.OUTREACH,
            starts_on=scope.today,
            given_by_id=scope.person,
            given_at=scope.now,
        )
        for user_id, student_id in pairs
        if (user_id, student_id) not in found
    )
    return found | {(each.user_id, each.student_id): each for each in made}


def _end(scope: Scope, held: OutreachAssignment, result: str, words: str) -> None:
    held.result, held.result_words = result, words.strip()[:500]
    held.ended_at, held.ended_by_id = scope.now, scope.person
    held.save(update_fields=["result", "result_words", "ended_at", "ended_by"])
    AccessGrant.objects.filter(pk=held.grant_id, ends_on=None).update(
        ends_on=scope.today, ended_by=scope.person, ended_at=scope.now
    )
