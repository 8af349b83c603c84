"""Keeps the adopted calendar, and the days of it that are waived (MS-01, RD-30). No verdict hangs on either."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from attendance.models import IN_SESSION, AdoptedCalendar, CalendarDay, WaivedDay
from attendance.rules.filing_year import YearSpan, year_around
from attendance.rules.lawful_calendar import Code
from attendance.selectors.calendar_law import calendar_laws
from attendance.selectors.calendar_law_words import fault_words
from attendance.services.document_intake import KeptFile, Upload, take_in
from attendance.services.waiver_documents import put_on_waivers
from students.access import Scope, visible_to
from students.models import School
from students.refusals import Forbidden, NotInScope, Refused

Row = TypeVar("Row", AdoptedCalendar, WaivedDay)
# Where a document is kept that was sent here.
ON_FILE = "First Bell"
# What can still be mended after the day was waived.
_MENDABLE = frozenset({Code.WITHOUT_DOCUMENT})


@dataclass(frozen=True, slots=True)
class Adoption:
    """A calendar as the board adopted it: the days in session now, those `lost` since, and not those `added`."""

    school_ids: tuple[int, ...]
    first_year: int
    adopted_on: date
    document: str
    lost: frozenset[date] = frozenset()
    added: frozenset[date] = frozenset()
    reason: str = ""

    @property
    def year(self) -> YearSpan:
        """The dates of its school year."""
        return year_around(date(self.first_year, 12, 31))


@dataclass(frozen=True, slots=True)
class WaiverRequest:
    """Days to be waived in some schools, for one reason and by one document ("" while it is still to come)."""

    school_ids: tuple[int, ...]
    dates: tuple[date, ...]
    reason: str
    document: str = ""
    kept_at: str = ""


def adopt_calendar(scope: Scope, adoption: Adoption, *, submission_id: UUID) -> Sequence[AdoptedCalendar]:
    """Keep the calendars of some schools as adopted. Sent twice it is done once; one adopted later replaces it.

    Raises NotInScope, Forbidden for all but the district, and Refused with what is wrong.
    """
    with transaction.atomic():
        schools = _hold(scope, adoption.school_ids)
        if done := list(AdoptedCalendar.objects.filter(submission_id=submission_id)):
            return done
        _check_adoption(scope, adoption)
        return [_save(_adopted(scope, adoption, school_id, submission_id)) for school_id in schools]


def waive_days(
    scope: Scope, asked: WaiverRequest, *, submission_id: UUID, uploads: Sequence[Upload] = ()
) -> Sequence[WaivedDay]:
    """Waive days in the schools that lost them, each with the files that were sent. Sent twice it is done once.

    Raises NotInScope, Forbidden for all but the district, and Refused where a day can not be waived, or none is left.
    """
    _check_schools(scope, asked.school_ids)
    if done := list(WaivedDay.objects.filter(submission_id=submission_id)):
        return done
    kept = take_in(scope, uploads)
    with transaction.atomic():
        schools = _hold(scope, asked.school_ids)
        if done := list(WaivedDay.objects.filter(submission_id=submission_id)):
            return done
        waived = _waive(scope, _with_files_named(asked, kept), schools, submission_id)
        put_on_waivers(scope, waived, kept)
        return waived


def _waive(scope: Scope, asked: WaiverRequest, schools: Sequence[int], submission_id: UUID) -> list[WaivedDay]:
    if not asked.dates or year_around(min(asked.dates)) != year_around(max(asked.dates)):
        raise Refused("Choose days of one school year.")
    year = year_around(asked.dates[0])
    before = calendar_laws(scope, schools, year)
    waived = [
        _save(_waived(scope, asked, school_id, day, submission_id))
        for school_id in schools
        for day in sorted(set(asked.dates) & set(before[school_id].lost if school_id in before else ()))
    ]
    if not waived:
        raise Refused("None of these days is a school day of the adopted calendar that was lost.")
    _check_law(scope, schools, year, {(each.school_id, each.date) for each in waived})
    return waived


def _with_files_named(asked: WaiverRequest, kept: Sequence[KeptFile]) -> WaiverRequest:
    """A file on file is a document by itself: its name stands where nobody gave another."""
    if not kept:
        return asked
    return replace(
        asked, document=asked.document.strip() or kept[0].file_name, kept_at=asked.kept_at.strip() or ON_FILE
    )


def name_document(
    scope: Scope, waiver_id: int, *, document: str = "", kept_at: str = "", uploads: Sequence[Upload] = ()
) -> WaivedDay:
    """Name the document of a waived day and where it is kept, or put its files on file.

    Raises NotInScope, Forbidden or Refused.
    """
    with transaction.atomic():
        _waiver(scope, waiver_id)
    kept = take_in(scope, uploads)
    with transaction.atomic():
        waiver = _waiver(scope, waiver_id)
        if not document.strip() and not kept:
            raise Refused("Name the document, or add its file.")
        waiver.document = document.strip() or kept[0].file_name
        waiver.kept_at = kept_at.strip() or (ON_FILE if kept else "")
        put_on_waivers(scope, [waiver], kept)
        return _save(waiver)


def withdraw_waiver(scope: Scope, waiver_id: int, *, reason: str) -> WaivedDay:
    """Withdraw a waiver, visibly. Raises NotInScope, Forbidden, or Refused without a reason."""
    if not reason.strip():
        raise Refused("Say why the waiver is withdrawn.")
    with transaction.atomic():
        waiver = _waiver(scope, waiver_id)
        if waiver.withdrawn_at is None:
            waiver.withdrawn_by_id, waiver.withdrawn_at = scope.person, scope.now
            waiver.withdrawn_reason = reason.strip()[:300]
            waiver.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        return waiver


def _check_schools(scope: Scope, school_ids: Collection[int]) -> None:
    found = visible_to(scope, School).filter(pk__in=school_ids).order_by("pk").values_list("pk", flat=True)
    if not school_ids or set(school_ids) - set(found):
        raise NotInScope
    _check_right(scope)


def _hold(scope: Scope, school_ids: Collection[int]) -> list[int]:
    """The schools, locked by id so that two forms do not waive one day twice."""
    _check_schools(scope, school_ids)
    schools = School.objects.filter(pk__in=school_ids).select_for_update(no_key=True).order_by("pk")
    return list(schools.values_list("pk", flat=True))


def _check_right(scope: Scope) -> None:
    if not scope.district_wide:
        raise Forbidden("Calendars are the district's: only a district administrator adopts them and waives days.")


def _check_adoption(scope: Scope, adoption: Adoption) -> None:
    if adoption.adopted_on > scope.today:
        raise Refused("The calendar cannot have been adopted on a day to come.")
    again = AdoptedCalendar.objects.filter(school__in=adoption.school_ids, first_year=adoption.first_year)
    if again.exists() and not adoption.reason.strip():
        raise Refused("A calendar of this year is kept already. Say why another takes its place.")


def _adopted(scope: Scope, adoption: Adoption, school_id: int, submission_id: UUID) -> AdoptedCalendar:
    days = CalendarDay.objects.filter(school=school_id, date__range=adoption.year, event_type__in=IN_SESSION)
    held = set(days.values_list("date", flat=True))
    return AdoptedCalendar(
        submission_id=submission_id,
        school_id=school_id,
        first_year=adoption.first_year,
        session_days=sorted(held - adoption.added | adoption.lost),
        adopted_on=adoption.adopted_on,
        document=adoption.document.strip(),
        reason=adoption.reason.strip(),
        recorded_by_id=scope.person,
        recorded_at=scope.now,
    )


def _waived(scope: Scope, asked: WaiverRequest, school_id: int, day: date, submission_id: UUID) -> WaivedDay:
    return WaivedDay(
        submission_id=submission_id,
        school_id=school_id,
        date=day,
        reason=asked.reason,
        document=asked.document.strip(),
        kept_at=asked.kept_at.strip(),
        entered_by_id=scope.person,
        entered_at=scope.now,
    )


def _check_law(scope: Scope, schools: Collection[int], year: YearSpan, waived: Collection[tuple[int, date]]) -> None:
    for school_id, law in calendar_laws(scope, schools, year).items():
        for fault in law.faults:
            if (school_id, fault.day) in waived and fault.day and fault.code not in _MENDABLE:
                raise Refused(f"{date_format(fault.day, 'M j')}: {fault_words(fault, law)}.")


def _waiver(scope: Scope, waiver_id: int) -> WaivedDay:
    waiver = WaivedDay.objects.select_for_update().filter(pk=waiver_id).first()
    if waiver is None or not visible_to(scope, School).filter(pk=waiver.school_id).exists():
        raise NotInScope
    _check_right(scope)
    return waiver


def _save(row: Row) -> Row:
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save()
    return row
