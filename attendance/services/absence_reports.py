"""Families tell the school of an absence: a word for every teacher, and an excuse where a paper came with it.

Nothing here touches a mark. Lock order: the student, then the days.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from attendance.models import AbsenceReport, DocumentKind, ExcuseReason, OfficeEntry, OfficeEvent, OfficeKind
from attendance.rules.family_report import MOST_OPEN, MOST_SENT_A_DAY, asked_for, fault_of
from attendance.rules.minutes import minute_of
from attendance.rules.office_entry import Statement
from attendance.rules.policy import policy_on
from attendance.selectors.absence_reports import own_report, school_of, standing_word
from attendance.selectors.family_words import fault_words
from attendance.selectors.office_days import office, school_hours
from attendance.selectors.policies import policies
from attendance.selectors.school_days import session_days
from attendance.services.document_intake import Upload, take_in
from attendance.services.excuses import hold_student
from attendance.services.family_papers import put_papers, take_papers_back
from attendance.services.office import enter_for, withdraw_from
from students.access import Scope
from students.models import School
from students.refusals import Refused
from students.selectors.families import own_child

TAKEN_BACK = "Taken back by the family."


@dataclass(frozen=True)
class Absence:
    """What a family tells: days inclusive; with times a part of one day. `words` are for the office alone."""

    starts_on: date
    ends_on: date
    reason: str
    starts_at: time | None = None
    ends_at: time | None = None
    words: str = ""
    document_kind: str = DocumentKind.NONE

    @property
    def statement(self) -> Statement:
        """The same as the office says it."""
        times = [None if each is None else minute_of(each) for each in (self.starts_at, self.ends_at)]
        return Statement(OfficeKind.REPORTED_ABSENCE, self.starts_on, self.ends_on, *times)


def report_absence(
    scope: Scope, student_id: int, absence: Absence, *, submission_id: UUID, uploads: Sequence[Upload] = ()
) -> AbsenceReport:
    """Tell the school of an absence of one's own child. Sent twice it is told once.

    Raises NotInScope for another's child, or Refused, in words for families: days or times that cannot be, too many
    reports, an absence that the school knows of (unless a paper comes with it), files that cannot be kept.
    """
    child = own_child(scope, student_id)
    if before := AbsenceReport.objects.filter(submission_id=submission_id).first():
        return _own(scope, before, child.pk)
    school = school_of(scope, child.pk, absence.starts_on, absence.ends_on)
    _check(scope, school, absence, uploads)
    kept = take_in(scope, uploads)
    with transaction.atomic():
        hold_student(scope, child.pk)
        if before := AbsenceReport.objects.filter(submission_id=submission_id).first():
            return _own(scope, before, child.pk)
        _check_number(scope, child.pk)
        report = AbsenceReport(
            submission_id=submission_id,
            student=child,
            school=school,
            starts_on=absence.starts_on,
            ends_on=absence.ends_on,
            starts_at=absence.starts_at,
            ends_at=absence.ends_at,
            reason=absence.reason,
            words=absence.words.strip()[:500],
            entry=_told(scope, school, child.pk, absence, submission_id, brings_paper=bool(uploads)),
            reported_by_id=scope.person,
            reported_at=scope.now,
        )
        if kept or _is_note_that_may_do(scope, absence):
            put_papers(scope, report, submission_id, _kind(absence, bool(uploads)), kept)
        report.save()
        return report


def withdraw_report(scope: Scope, student_id: int, report_id: int) -> AbsenceReport:
    """Take one's own report back while nobody of the school has decided about it; taken back twice it is once.

    The word goes with it where it came by this report and no other rests on it. Raises NotInScope or Refused.
    """
    child = own_child(scope, student_id)
    with transaction.atomic():
        hold_student(scope, child.pk)
        report = own_report(scope, child.pk, report_id)
        if report.withdrawn_at is not None:
            return report
        if not report.may_be_taken_back:
            raise Refused(_("The school has decided about this already. Please write to the office."))
        report.withdrawn_at = scope.now
        report.save(update_fields=["withdrawn_at"])
        if report.entry.submission_id == _word_id(report.submission_id) and not _others_rest_on(report):
            withdraw_from(scope, report.entry, TAKEN_BACK, child.pk)
        take_papers_back(scope, report, TAKEN_BACK)
        return report


def mark_read(scope: Scope, school_id: int, report_ids: Collection[int]) -> int:
    """Say that somebody of the office has read these reports of its school; how many were new.

    Raises NotInScope or Forbidden (not the office).
    """
    school = office(scope, school_id)
    new = AbsenceReport.objects.filter(pk__in=report_ids, school=school, seen_at=None)
    return new.update(seen_by=scope.person, seen_at=scope.now)


def _own(scope: Scope, before: AbsenceReport, student_id: int) -> AbsenceReport:
    if (before.student_id, before.reported_by_id) != (student_id, scope.person):
        raise Refused(_("This form was sent before. Please open the page again."))
    return before


def _check(scope: Scope, school: School, absence: Absence, uploads: Sequence[Upload]) -> None:
    days = session_days(scope, [school.pk], absence.starts_on, max(absence.starts_on, absence.ends_on))[school.pk]
    hours = school_hours(scope, school.pk, absence.starts_on)
    if fault := fault_of(absence.statement, today=scope.today, session_days=days, hours=hours):
        raise Refused(fault_words(fault, hours))
    if absence.reason not in ExcuseReason.values:
        raise Refused(_("Please choose a reason."))
    if uploads and absence.document_kind not in set(DocumentKind.values) - {DocumentKind.NONE}:
        raise Refused(_("Please say what you are sending: a doctor’s excuse, for example."))


def _check_number(scope: Scope, student_id: int) -> None:
    mine = AbsenceReport.objects.filter(student=student_id, reported_by=scope.person)
    sent = mine.filter(reported_at__gt=scope.now - timedelta(days=1)).count()
    if sent >= MOST_SENT_A_DAY or mine.filter(withdrawn_at=None, ends_on__gte=scope.today).count() >= MOST_OPEN:
        raise Refused(_("You have sent many reports already. Please call the school’s office."))


def _told(
    scope: Scope, school: School, student_id: int, absence: Absence, submission_id: UUID, *, brings_paper: bool
) -> OfficeEntry:
    """The word for the teachers; the one that stands where the school knows already, and a paper is news."""
    if known := standing_word(scope, student_id, absence.statement):
        if not brings_paper:
            raise Refused(_known_words(scope, known))
        return known.entry
    entry = OfficeEntry(
        submission_id=_word_id(submission_id),
        school=school,
        kind=OfficeKind.REPORTED_ABSENCE,
        entered_by_id=scope.person,
        entered_at=scope.now,
    )
    days = (absence.starts_on, absence.ends_on, absence.starts_at, absence.ends_at)
    return enter_for(scope, entry, [student_id], *days).entry


def _known_words(scope: Scope, known: OfficeEvent) -> str:
    """Nothing of who told the school: that may be the other parent."""
    if known.entry.entered_by_id == scope.person:
        return _("You have told the school already. To send a document, open your report below.")
    return _("The school has been told of this absence already. You need not do anything, unless you have a document.")


def _is_note_that_may_do(scope: Scope, absence: Absence) -> bool:
    policy = policy_on(absence.starts_on, policies(scope))
    return asked_for(absence.reason, policy).note_may_do


def _kind(absence: Absence, brings_paper: bool) -> str:
    return absence.document_kind if brings_paper else DocumentKind.PARENT_NOTE


def _word_id(submission_id: UUID) -> UUID:
    """The word's own id, told from the form's: the form sent twice is one word, too."""
    return uuid5(submission_id, "reported")


def _others_rest_on(report: AbsenceReport) -> bool:
    others = AbsenceReport.objects.filter(entry=report.entry_id, withdrawn_at=None).exclude(pk=report.pk)
    return others.exists()
