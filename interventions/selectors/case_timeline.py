"""Everything that happened in a case as one timeline, newest first: who, when, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from interventions.models import (
    CaseNote,
    Contact,
    Letter,
    ReferralMove,
    ReferralStatus,
    Step,
    StepState,
    TimelineEntry,
    TimelineKind,
)
from interventions.rules.letter_kinds import LetterKind
from interventions.selectors.case_records import CaseRecords
from interventions.selectors.case_words import contact_words, crossing_words, step_end_words, withdrawal_words
from interventions.selectors.letter_kind_words import KINDS, withdrawal_of
from students.access import Scope
from students.models import User

_ENDED = (StepState.DONE, StepState.NOT_NEEDED)


class LineKind(StrEnum):
    """What a line tells of; each has its shape."""

    CASE = "case"
    STEP = "step"
    CONTACT = "contact"
    NOTE = "note"
    REFERRAL = "referral"
    LETTER = "letter"


@dataclass(frozen=True)
class TimelineLine:
    """Something that happened. `who` is empty where it followed from the days alone; `to_withdraw` is the id of a note
    or a contact that can be withdrawn here.
    """

    at: datetime
    kind: LineKind
    title: str
    who: str = ""
    words: str = ""
    withdrawn: str = ""
    to_withdraw: int | None = None


def timeline_of(scope: Scope, records: CaseRecords) -> list[TimelineLine]:
    """The lines of a case that the caller took from the scope."""
    lines = [
        *map(_of_entry, records.entries),
        *map(_of_contact, records.contacts),
        *(_of_step(step, step.ended_at) for step in records.steps if step.ended_at and step.state in _ENDED),
        *map(_of_note, records.notes),
        *map(_of_move, records.moves),
        *map(_of_letter, records.letters),
    ]
    # Turned afterwards, so that two lines of one instant keep their order.
    return sorted(lines, key=lambda line: line.at)[::-1]


def _of_entry(entry: TimelineEntry) -> TimelineLine:
    return TimelineLine(entry.at, LineKind.CASE, _title(entry), _name(entry.by), entry.words)


def _title(entry: TimelineEntry) -> str:
    if entry.crossing and entry.kind == TimelineKind.TIER_REACHED:
        return _("Reached %(what)s") % {"what": crossing_words(entry.crossing)}
    if entry.crossing and entry.kind == TimelineKind.CROSSING_WITHDRAWN:
        said = {"what": crossing_words(entry.crossing), "why": withdrawal_words(entry.crossing)}
        return _("No longer %(what)s (%(why)s)") % said
    if entry.kind == TimelineKind.HANDED_OVER:
        return _("Handed over from %(before)s to %(after)s") % {
            "before": _name(entry.owner_before) or _("nobody"),
            "after": _name(entry.owner_after) or _("nobody"),
        }
    return entry.get_kind_display()


def _of_contact(contact: Contact) -> TimelineLine:
    return TimelineLine(
        contact.happened_at,
        LineKind.CONTACT,
        contact_words(contact),
        _name(contact.made_by),
        contact.words,
        _withdrawn(contact),
        None if contact.withdrawn_at or contact.case_id is None else contact.pk,
    )


def _of_step(step: Step, ended_at: datetime) -> TimelineLine:
    return TimelineLine(ended_at, LineKind.STEP, step_end_words(step), _name(step.ended_by), step.outcome)


def _of_note(note: CaseNote) -> TimelineLine:
    return TimelineLine(
        note.written_at,
        LineKind.NOTE,
        _("Note"),
        _name(note.written_by),
        note.text,
        _withdrawn(note),
        None if note.withdrawn_at else note.pk,
    )


def _of_move(move: ReferralMove) -> TimelineLine:
    partner, words = move.referral.partner.name, move.words
    if move.status == ReferralStatus.MADE:
        return TimelineLine(
            move.at, LineKind.REFERRAL, _("Referred to %(partner)s") % {"partner": partner}, _name(move.by), words
        )
    said = {"partner": partner, "status": move.get_status_display().lower()}
    return TimelineLine(
        move.at, LineKind.REFERRAL, _("Referral to %(partner)s: %(status)s") % said, _name(move.by), words
    )


def _of_letter(letter: Letter) -> TimelineLine:
    """From when it was printed; before that, from when it was written."""
    said = {"to": letter.guardian or _("the student in person"), "kind": KINDS[LetterKind(letter.kind)]}
    if letter.batch is None:
        title, at, who = _("Letter to %(to)s written: %(kind)s"), letter.made_at, letter.made_by
    else:
        title, at, who = _("Letter to %(to)s printed: %(kind)s"), letter.batch.printed_at, letter.batch.printed_by
    why = withdrawal_of(letter)
    withdrawn = _("Withdrawn. %(why)s") % {"why": why} if why else ""
    return TimelineLine(at, LineKind.LETTER, title % said, _name(who), letter.subject, withdrawn)


def _withdrawn(record: Contact | CaseNote) -> str:
    if record.withdrawn_at is None:
        return ""
    said = {"who": _name(record.withdrawn_by), "why": record.withdrawn_reason}
    return _("Withdrawn by %(who)s: %(why)s") % said


def _name(person: User | None) -> str:
    return person.full_name if person else ""
