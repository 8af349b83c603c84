"""The classes behind a packet's marks: when each was taken and saved, by whom, and what was voided; work given."""

from collections.abc import Iterable, Iterator, Sequence

from django.apps import apps

from attendance.models import Assignment, ClassMeeting, Submission
from reporting.models import AuditPacket
from reporting.selectors.packet_cells import Cells
from reporting.selectors.packet_tables import Row, Table
from students.access import Scope

CLASSES = Table(
    "classes",
    "The class meetings: whether each was taken, by whom and when, or is void and why",
    (
        "meeting", "date", "period", "class", "school", "starts_at", "ends_at", "minutes", "state", "taken_by",
        "taken_at", "void_reason", "voided_by", "voided_at",
    ),
)  # fmt: skip
SAVES = Table(
    "class_saves",
    "Every save of a class, on paper by whom where the office keyed it in",
    ("meeting", "version", "submitted_by", "submitted_at", "on_paper_by"),
)
CLASS_CHANGES = Table(
    "class_changes",
    "Classes that were taken, voided or opened again: what stood before",
    ("meeting", "changed_at", "was", "was_void_because", "was_voided_by"),
)
ASSIGNMENTS = Table(
    "assignments",
    "Work given to classes that the students did in own time",
    ("date", "class", "title", "minutes", "entered_by", "entered_at", "withdrawn_by", "withdrawn_at", "reason"),
)
# Ids in one statement.
BATCH = 1000


def class_rows(scope: Scope, meeting_ids: Iterable[int], cells: Cells) -> Iterator[Row]:
    """Class meetings that the caller came by through the scope's students, as rows of CLASSES."""
    for ids in _batches(meeting_ids):
        found = ClassMeeting.objects.filter(pk__in=ids).select_related("section", "school").order_by("date", "pk")
        for each in found:
            yield [
                str(each.pk), cells.cell(each.date), each.period, each.section.title, each.school.state_code,
                cells.cell(each.starts_at), cells.cell(each.ends_at), str(each.instructional_minutes), each.state,
                cells.name(each.taken_by_id), cells.cell(each.taken_at), each.void_reason,
                cells.name(each.voided_by_id), cells.cell(each.voided_at),
            ]  # fmt: skip


def save_rows(scope: Scope, meeting_ids: Iterable[int], cells: Cells) -> Iterator[Row]:
    """The saves of those meetings, as rows of SAVES."""
    for ids in _batches(meeting_ids):
        for each in Submission.objects.filter(meeting__in=ids).order_by("meeting", "version"):
            at = cells.cell(each.submitted_at)
            yield [str(each.meeting_id), str(each.version), cells.name(each.submitted_by_id), at, each.on_paper_by]


def class_change_rows(scope: Scope, meeting_ids: Iterable[int], cells: Cells) -> Iterator[Row]:
    """What the triggers kept of those meetings, as rows of CLASS_CHANGES."""
    events = apps.get_model("attendance", "ClassMeetingEvent").objects
    for ids in _batches(meeting_ids):
        for each in events.filter(pgh_obj_id__in=ids).order_by("pgh_id"):
            at = cells.cell(each.pgh_created_at)
            yield [str(each.pgh_obj_id), at, each.state, each.void_reason, cells.name(each.voided_by_id)]


def assignment_rows(scope: Scope, packet: AuditPacket, section_ids: Iterable[int], cells: Cells) -> Iterator[Row]:
    """Work given to those sections on the packet's days, as rows of ASSIGNMENTS."""
    for ids in _batches(section_ids):
        given = Assignment.objects.filter(section__in=ids, date__range=(packet.starts_on, packet.ends_on))
        for each in given.select_related("section").order_by("date", "pk"):
            yield [
                cells.cell(each.date), each.section.title, each.title, str(each.minutes),
                cells.name(each.entered_by_id), cells.cell(each.entered_at), cells.name(each.withdrawn_by_id),
                cells.cell(each.withdrawn_at), each.withdrawn_reason,
            ]  # fmt: skip


def _batches(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))
