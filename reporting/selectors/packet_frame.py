"""What a packet's days stand in: calendars and their changes, waived days, and the policy."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from attendance.models import AttendancePolicy, CalendarDay, LearningPlan, WaivedDay
from attendance.selectors.day_words import calendar_words
from reporting.models import AuditPacket
from reporting.selectors.packet_cells import Cells
from reporting.selectors.packet_tables import Row, Table
from students.access import Scope
from students.models import School

CALENDAR = Table(
    "calendar",
    "The schools' calendars of these days",
    ("school", "date", "event", "says", "dismissal", "reporting_month", "changed_by", "changed_at", "why"),
)
CALENDAR_CHANGES = Table(
    "calendar_changes",
    "What the calendars said before they were changed",
    ("school", "date", "changed_at", "event_was", "name_was", "kind_was", "rotation_was", "month_was"),
)
WAIVED = Table(
    "waived_days",
    "Days waived, and by which document (MS-01)",
    ("school", "date", "reason", "document", "entered_by", "entered_at", "withdrawn_by", "withdrawn_at", "why"),
)


def school_codes(scope: Scope, school_ids: Collection[int]) -> dict[int, str]:
    """The schools of a packet's days by id, as the state knows them."""
    found = School.objects.filter(pk__in=school_ids).select_related("district")
    return {each.pk: each.state_code or each.name for each in found}


def calendar_rows(scope: Scope, packet: AuditPacket, schools: dict[int, str], cells: Cells) -> Iterator[Row]:
    """The calendars, as rows of CALENDAR."""
    days = CalendarDay.objects.filter(school__in=schools, date__range=_span(packet))
    for day in days.select_related("edit", "bell_schedule").order_by("school", "date"):
        edited = day.edit
        yield [
            schools[day.school_id], cells.cell(day.date), day.get_event_type_display(), calendar_words(day),
            cells.cell(day.dismissal_time), cells.cell(day.reporting_month),
            cells.name(edited.edited_by_id if edited else None), cells.cell(edited.edited_at if edited else None),
            edited.reason if edited else "",
        ]  # fmt: skip


def calendar_change_rows(scope: Scope, packet: AuditPacket, schools: dict[int, str], cells: Cells) -> Iterator[Row]:
    """What the triggers kept of the calendars, as rows of CALENDAR_CHANGES."""
    events = apps.get_model("attendance", "CalendarDayEvent").objects
    for each in events.filter(school__in=schools, date__range=_span(packet)).order_by("pgh_id"):
        yield [
            schools[each.school_id], cells.cell(each.date), cells.cell(each.pgh_created_at), each.event_type, each.name,
            each.day_kind, each.rotation_day, cells.cell(each.reporting_month),
        ]  # fmt: skip


def waived_rows(scope: Scope, packet: AuditPacket, schools: dict[int, str], cells: Cells) -> Iterator[Row]:
    """Waived days, as rows of WAIVED."""
    for each in WaivedDay.objects.filter(school__in=schools, date__range=_span(packet)).order_by("school", "date"):
        yield [
            schools[each.school_id], cells.cell(each.date), each.get_reason_display(), each.document,
            cells.name(each.entered_by_id), cells.cell(each.entered_at), cells.name(each.withdrawn_by_id),
            cells.cell(each.withdrawn_at), each.withdrawn_reason,
        ]  # fmt: skip


def policies_in_force(scope: Scope, packet: AuditPacket) -> dict[str, list[dict[str, Any]]]:
    """The attendance policies and learning plans that held on any of these days, every figure of them."""
    return {
        "attendance_policies": _in_force(AttendancePolicy.objects.order_by("starts_on"), packet, ()),
        "learning_plans": _in_force(LearningPlan.objects.order_by("starts_on", "pk"), packet, ("school_id", "grade")),
    }


def _in_force(rows: QuerySet, packet: AuditPacket, reach: tuple[str, ...]) -> list[dict[str, Any]]:
    begun = list(rows.filter(starts_on__lte=packet.ends_on).values())
    return [row for row in begun if row["starts_on"] >= _held_from(begun, row, packet.starts_on, reach)]


def _held_from(begun: list[dict[str, Any]], row: dict[str, Any], first: date, reach: tuple[str, ...]) -> date:
    """From when a row of this reach held on the first day: what it had replaced by then is over."""
    same = [each for each in begun if all(each[name] == row[name] for name in reach)]
    return max((each["starts_on"] for each in same if each["starts_on"] <= first), default=first)


def _span(packet: AuditPacket) -> tuple[date, date]:
    return packet.starts_on, packet.ends_on
