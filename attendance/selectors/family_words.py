"""Absences and papers in words for families: plain, and in their language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from attendance.models import DocumentKind, ExcuseReason, MarkStatus
from attendance.rules.family_report import DAYS_AHEAD, DAYS_BACK, LONGEST_DAYS, Asked, Fault, Shown, asked_for
from attendance.rules.minutes import Span, clock_time
from attendance.rules.policy import Policy
from students.languages.days_in_words import day_in_words, time_in_words

REASONS = {
    ExcuseReason.ILLNESS: gettext_lazy("Sick or hurt"),
    ExcuseReason.APPOINTMENT: gettext_lazy("Doctor or dentist visit"),
    ExcuseReason.ISOLATION: gettext_lazy("Told to stay home by a health officer"),
    ExcuseReason.FAMILY: gettext_lazy("Death or serious illness in the family"),
    ExcuseReason.COURT: gettext_lazy("Court"),
    ExcuseReason.RELIGIOUS: gettext_lazy("Religious event"),
    ExcuseReason.EDUCATIONAL: gettext_lazy("Trip or event for learning, approved by the school"),
    ExcuseReason.ACTIVITY: gettext_lazy("School activity"),
    ExcuseReason.OTHER: gettext_lazy("Something else"),
}
DOCUMENTS = {
    DocumentKind.MEDICAL: gettext_lazy("Doctor’s or dentist’s excuse"),
    DocumentKind.HEALTH_ORDER: gettext_lazy("Order from a health officer"),
    DocumentKind.COURT_PAPER: gettext_lazy("Court paper"),
    DocumentKind.OBITUARY: gettext_lazy("Obituary or funeral program"),
    DocumentKind.SCHOOL_RECORD: gettext_lazy("Approval from the school"),
    DocumentKind.OTHER: gettext_lazy("Another document"),
    DocumentKind.PARENT_NOTE: gettext_lazy("My own note"),
    DocumentKind.PARTICIPATION_FORM: gettext_lazy("Participation form"),
}
# The same inside a sentence.
_INSIDE = {
    DocumentKind.MEDICAL: gettext_lazy("a doctor’s or dentist’s excuse"),
    DocumentKind.HEALTH_ORDER: gettext_lazy("an order from a health officer"),
    DocumentKind.COURT_PAPER: gettext_lazy("a court paper"),
    DocumentKind.OBITUARY: gettext_lazy("an obituary or funeral program"),
    DocumentKind.SCHOOL_RECORD: gettext_lazy("the school’s approval"),
    DocumentKind.OTHER: gettext_lazy("another document"),
}


@dataclass(frozen=True)
class ReasonAsked:
    """A reason that a family may give, and in a sentence what the school then needs."""

    value: str
    label: str
    needs: str
    refuses_note: bool


def family_reason(reason: str) -> str:
    """A reason as families choose it."""
    return str(REASONS[ExcuseReason(reason)])


def reasons_asked(policy: Policy) -> list[ReasonAsked]:
    """Every reason with what the district's policy asks for it (MS-30, MS-34), said before anything is sent."""
    return [
        ReasonAsked(reason, str(label), needs_words(asked_for(reason, policy)), _refuses_note(reason, policy))
        for reason, label in REASONS.items()
    ]


def _refuses_note(reason: str, policy: Policy) -> bool:
    asked = asked_for(reason, policy)
    return bool(asked.documents) and not asked.note_may_do and reason != ExcuseReason.OTHER


def needs_words(asked: Asked) -> str:
    """What the school needs: "The school needs a court paper." """
    if asked.note_may_do:
        return _("Your own words may be enough. The school decides.")
    if not asked.documents:
        return _("The school decides.")
    return _("To excuse it, the school needs %(document)s.") % {"document": documents_words(asked.documents)}


def documents_words(kinds: Sequence[str]) -> str:
    """Kinds of document of which one will do: "a court paper or another document"."""
    words = [str(_INSIDE[DocumentKind(each)]) for each in kinds]
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s or %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


def shown_words(shown: Shown, why: str) -> str:
    """How a report stands; `why` is what the school said when it did not accept it."""
    if shown is Shown.REFUSED and why:
        return _("Not accepted: %(why)s") % {"why": why}
    return {
        Shown.TAKEN_BACK: _("You took this report back."),
        Shown.TAKEN_OUT: _("The school has taken this report out. Please call the office if you do not know why."),
        Shown.TOLD: _("The school has it. Your child’s teachers know."),
        Shown.NEEDED: _("The school has it. Your child’s teachers know."),
        Shown.LATE: _("The absence is not excused: the document did not come in time."),
        Shown.LOOKING: _("The school has your document and is looking at it."),
        Shown.ACCEPTED: _("Accepted. The absence is excused."),
        Shown.REFUSED: _("Not accepted."),
    }[shown]


def due_words(shown: Shown, documents: Sequence[str], due_on: date | None, due_days: int) -> str:
    """What is still needed, and by when; empty where nothing is."""
    if shown not in (Shown.NEEDED, Shown.LATE) or not documents:
        return ""
    needed = documents_words(documents)
    if shown is Shown.LATE:
        return _("You can still send %(document)s. The school then decides.") % {"document": needed}
    if due_on is None:
        return ngettext(
            "To excuse it, the school needs %(document)s within %(n)s school day of your child’s return.",
            "To excuse it, the school needs %(document)s within %(n)s school days of your child’s return.",
            due_days,
        ) % {"document": needed, "n": due_days}
    return _("To excuse it, the school needs %(document)s by %(day)s.") % {
        "document": needed,
        "day": day_in_words(due_on),
    }


def fault_words(fault: Fault, hours: Span | None) -> str:
    """Why a report cannot be right, and what to do."""
    if fault is Fault.OUTSIDE_SCHOOL and hours:
        return _("These times are outside the school day, %(from)s to %(until)s.") % {
            "from": time_in_words(clock_time(hours.starts)),
            "until": time_in_words(clock_time(hours.ends)),
        }
    return {
        Fault.ENDS_FIRST: _("The last day is before the first day."),
        Fault.TOO_LONG_AGO: _("This is more than %(n)s days ago. Please call the school’s office.") % {"n": DAYS_BACK},
        Fault.TOO_FAR_AHEAD: _("This is more than %(n)s days ahead. Please tell the school later.") % {"n": DAYS_AHEAD},
        Fault.TOO_LONG: _("This is more than %(n)s days. Please call the school’s office.") % {"n": LONGEST_DAYS},
        Fault.TIMES_WITHOUT_END: _("Please give both times, the later one last. For whole days, leave them empty."),
        Fault.TIMES_OF_SEVERAL_DAYS: _("Times are for one day. For several whole days, leave them empty."),
        Fault.NO_SCHOOL: _("There is no school on this day."),
        Fault.OUTSIDE_SCHOOL: _("There is no school at these times."),
    }[fault]


def stood_words(status: str) -> str:
    """What a class was marked, or how a day was judged, when a family asked about it."""
    return {
        MarkStatus.ABSENT: _("marked absent"),
        MarkStatus.TARDY: _("marked late"),
        MarkStatus.LEFT_EARLY: _("marked as left early"),
    }[MarkStatus(status)]
