"""Logs talks of teachers with students, one or many at once, and withdraws them (MS-09, MS-22, RD-24).

A two-way talk is a measure of its day where the learning plan says so (MS-19): the days are judged anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from attendance.access import markable_sections
from attendance.models import Interaction, InteractionKind
from attendance.services.ledger import recompute
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.models import Section, SectionEnrollment
from students.refusals import Forbidden, NotInScope, Refused

MOST_MINUTES = 600
NOT_YOURS = "Only a teacher of the class, or the office, logs its talks."


@dataclass(frozen=True)
class Logged:
    """How many students a talk was logged of, and whether the same form had logged it before."""

    students: int
    repeated: bool = False


def log_interaction(
    scope: Scope,
    section_id: int,
    student_ids: Collection[int],
    *,
    submission_id: UUID,
    kind: str,
    day: date,
    at: time,
    minutes: int | None = None,
    note: str = "",
) -> Logged:
    """Log one talk about a class with one student or with many; the time is local. Sent twice it is logged once.

    Raises NotInScope, Forbidden (neither teacher nor office), or Refused: nobody named, somebody not on the roster of
    that day, a time to come, or one that the clocks left out.
    """
    ids = sorted(set(student_ids))
    happened = _instant(scope, day, at)
    _check(scope, ids, kind, minutes, happened)
    with transaction.atomic():
        hold_section(scope, section_id, NOT_YOURS)
        before = Interaction.objects.filter(submission_id=submission_id)
        if first := before.first():
            if first.section_id != section_id:
                raise Refused("This form belongs to another class. Open the page again.")
            return Logged(before.count(), repeated=True)
        _check_roster(section_id, ids, day)
        Interaction.objects.bulk_create(
            Interaction(
                submission_id=submission_id,
                student_id=each,
                section_id=section_id,
                kind=kind,
                happened_at=happened,
                day=day,
                minutes=minutes,
                note=note.strip()[:300],
                entered_by_id=scope.person,
                entered_at=scope.now,
            )
            for each in ids
        )
        _judge(scope, ids, day)
    return Logged(len(ids))


def withdraw_interaction(scope: Scope, interaction_id: int, *, reason: str) -> Interaction:
    """Withdraw a talk of one student, visibly; the day is judged anew. Raises NotInScope, Forbidden or Refused."""
    if not reason.strip():
        raise Refused("Say why the talk is withdrawn.")
    with transaction.atomic():
        found = Interaction.objects.filter(pk=interaction_id).values_list("section_id", flat=True).first()
        if found is None:
            raise NotInScope
        hold_section(scope, found, NOT_YOURS)
        talk = Interaction.objects.select_for_update().get(pk=interaction_id)
        if talk.withdrawn_at is None:
            talk.withdrawn_by_id, talk.withdrawn_at = scope.person, scope.now
            talk.withdrawn_reason = reason.strip()[:300]
            talk.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
            _judge(scope, [talk.student_id], talk.day)
        return talk


def hold_section(scope: Scope, section_id: int, words: str) -> Section:
    """A class that somebody may enter attendance of, locked, which orders two who enter the same.

    Raises NotInScope, or Forbidden with the words.
    """
    section = Section.objects.select_for_update(no_key=True).filter(pk=section_id).first()
    if section is None or not visible_to(scope, Section).filter(pk=section_id).exists():
        raise NotInScope
    if not markable_sections(scope).filter(pk=section_id).exists():
        raise Forbidden(words)
    return section


def _instant(scope: Scope, day: date, at: time) -> datetime:
    local = datetime.combine(day, at, ZoneInfo(scope.zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(ZoneInfo(scope.zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refused("There was no such time that day: the clocks went forward.")
    return instant


def _check(scope: Scope, ids: Collection[int], kind: str, minutes: int | None, happened: datetime) -> None:
    if not ids:
        raise Refused("Choose at least one student.")
    if kind not in InteractionKind.values:
        raise Refused("Say how you talked.")
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise Refused(f"A talk lasts {MOST_MINUTES} minutes at most.")
    if happened > scope.now:
        raise Refused("This time is still to come. Log a talk after it was held.")


def _check_roster(section_id: int, ids: Collection[int], day: date) -> None:
    listed = SectionEnrollment.objects.holding_on(day).filter(section=section_id, student__in=ids)
    strangers = set(ids) - set(listed.values_list("student_id", flat=True))
    if strangers:
        raise Refused("Nothing was logged. Somebody you chose is not on the roster of this class on that day.")


def _judge(scope: Scope, student_ids: Collection[int], day: date) -> None:
    recompute(scope, student_ids, day, day)
    attendance_changed.send(Interaction, student_ids=set(student_ids), dates={day})
