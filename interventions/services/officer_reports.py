"""Writes down that the School Attendance Officer was told: of notices, suspensions, and children not enrolled (ST-02,
ST-06); and told again where the ground has fallen away since.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import transaction

from interventions.models import SuspensionReport, TruancyNotice, UnenrolledReport
from interventions.models.truancy import ToldOfficer
from interventions.selectors.standings import school_year_on
from interventions.selectors.suspensions import suspensions_to_tell
from interventions.selectors.unenrolled import attending_this_year, unenrolled_or_told
from students.access import Scope, visible_to
from students.models import SchoolYear
from students.refusals import NotInScope, Refused

Row = TypeVar("Row", bound=ToldOfficer)

_TOLD = ["reported_on", "reported_by", "reported_at", "reference"]
_TAKEN_BACK = ["taken_back_on", "taken_back_by", "taken_back_at"]


@dataclass(frozen=True)
class Told:
    """How many the officer was told of, how many were taken back, and how many somebody had told before."""

    reported: int = 0
    taken_back: int = 0
    before: int = 0


def report_notices(scope: Scope, notice_ids: Collection[int], *, reported_on: date, reference: str = "") -> Told:
    """The officer was told of these notices on a day; of those withdrawn since an earlier report, that they are.

    Sent twice it is told once; what somebody else told before stays as it is. Raises NotInScope, or Refused (nothing
    chosen, a day to come, or one before the absences): then nothing is written.
    """
    _check_day(scope, notice_ids, reported_on)
    with transaction.atomic():
        found = visible_to(scope, TruancyNotice).select_for_update(of=("self",)).filter(pk__in=set(notice_ids))
        notices = list(found.order_by("pk"))
        _check_all_there(notices, notice_ids)
        if any(notice.crossed_on > reported_on for notice in notices):
            raise Refused("The day lies before one of the absences.")
        return _told(
            scope,
            TruancyNotice,
            [notice for notice in notices if notice.withdrawn_at is None or notice.reported_on],
            lambda notice: notice.withdrawn_at is not None,
            reported_on,
            reference,
        )


def report_suspensions(scope: Scope, event_ids: Collection[int], *, reported_on: date, reference: str = "") -> Told:
    """The officer was told of these suspensions, by their office events; as for notices."""
    _check_day(scope, event_ids, reported_on)
    with transaction.atomic():
        year = _year(scope)
        events = {event.pk: event for event in suspensions_to_tell(scope, year).filter(pk__in=set(event_ids))}
        _check_all_there(events, event_ids)
        if any(event.starts_on > reported_on for event in events.values()):
            raise Refused("The day lies before the first day of one of the suspensions.")
        wanted = [SuspensionReport(event_id=each) for each in sorted(events)]
        SuspensionReport.objects.bulk_create(wanted, ignore_conflicts=True)
        rows = SuspensionReport.objects.select_for_update().filter(event__in=events).order_by("pk")
        return _told(
            scope,
            SuspensionReport,
            [row for row in rows if events[row.event_id].withdrawn_at is None or row.reported_on],
            lambda row: events[row.event_id].withdrawn_at is not None,
            reported_on,
            reference,
        )


def report_unenrolled(scope: Scope, student_ids: Collection[int], *, reported_on: date, reference: str = "") -> Told:
    """The officer was told that these children are not enrolled; of those who came since, that they are."""
    _check_day(scope, student_ids, reported_on)
    with transaction.atomic():
        year = _year(scope)
        asked = set(student_ids)
        if asked - unenrolled_or_told(scope, year, asked):
            raise NotInScope
        wanted = [UnenrolledReport(student_id=each, year=year) for each in sorted(asked)]
        UnenrolledReport.objects.bulk_create(wanted, ignore_conflicts=True)
        rows = UnenrolledReport.objects.select_for_update().filter(year=year, student__in=asked).order_by("pk")
        came = attending_this_year(scope, year, asked)
        return _told(scope, UnenrolledReport, list(rows), lambda row: row.student_id in came, reported_on, reference)


def correct_report(scope: Scope, notice_id: int, *, reported_on: date | None, reference: str = "") -> None:
    """Put right when and how a notice was reported; without a day it was not. What stood before is kept and shown.

    Raises NotInScope, or Refused (never reported, taken back since, or a day that cannot be).
    """
    with transaction.atomic():
        notice = visible_to(scope, TruancyNotice).select_for_update(of=("self",)).filter(pk=notice_id).first()
        if notice is None:
            raise NotInScope
        if notice.reported_on is None:
            raise Refused("This notice was not reported.")
        if notice.taken_back_on:
            raise Refused("The officer was told that this notice was withdrawn. It stays as it was told.")
        if reported_on is None:
            notice.reported_on, notice.reported_by, notice.reported_at, notice.reference = None, None, None, ""
            notice.save(update_fields=_TOLD)
            return
        _check_day(scope, [notice_id], reported_on)
        if reported_on < notice.crossed_on:
            raise Refused("The day lies before one of the absences.")
        if (notice.reported_on, notice.reference) != (reported_on, _kept(reference)):
            _sign(scope, notice, reported_on, reference)
            notice.save(update_fields=_TOLD)


def _told(
    scope: Scope,
    kind: type[Row],
    rows: Iterable[Row],
    fell_away: Callable[[Row], bool],
    on: date,
    reference: str,
) -> Told:
    new, back, before = [], [], 0
    for row in rows:
        if row.reported_on is None:
            _sign(scope, row, on, reference)
            new.append(row)
        elif fell_away(row) and row.taken_back_on is None:
            row.taken_back_on, row.taken_back_by_id, row.taken_back_at = on, scope.person, scope.now
            back.append(row)
        else:
            before += 1
    kind._default_manager.bulk_update(new, _TOLD)
    kind._default_manager.bulk_update(back, _TAKEN_BACK)
    return Told(len(new), len(back), before)


def _sign(scope: Scope, row: ToldOfficer, on: date, reference: str) -> None:
    row.reported_on, row.reported_by_id, row.reported_at = on, scope.person, scope.now
    row.reference = _kept(reference)


def _kept(reference: str) -> str:
    return reference.strip()[:200]


def _check_day(scope: Scope, ids: Collection[int], on: date) -> None:
    if not ids:
        raise Refused("Choose whom the officer was told of.")
    if on > scope.today:
        raise Refused("The officer was told today or before.")


def _check_all_there(found: Collection[object], asked: Collection[int]) -> None:
    if len(found) != len(set(asked)):
        raise NotInScope


def _year(scope: Scope) -> SchoolYear:
    year = school_year_on(scope, scope.today)
    if year is None:
        raise Refused("Today lies in no school year.")
    return year
