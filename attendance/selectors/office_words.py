"""What the office knows, in the words that a shared screen may show: never a word of health (RD-60)."""

from datetime import date

from django.utils.translation import gettext as _

from attendance.models import OfficeEvent
from attendance.rules.minutes import clock_time, minute_of
from attendance.rules.office import ACTIVITY, DOOR, IN_SCHOOL, REPORTED, SIGN_IN, SIGN_OUT, SUSPENSION
from attendance.rules.office_entry import Statement
from attendance.rules.time_words import class_time
from attendance.selectors.day_words import day_words


def statement_of(event: OfficeEvent) -> Statement:
    """An event as the rules want it; the caller selected its entry with it."""
    return Statement(
        event.kind,
        event.starts_on,
        event.ends_on,
        None if event.starts_at is None else minute_of(event.starts_at),
        None if event.ends_at is None else minute_of(event.ends_at),
        event.entry.school_id,
    )


def words(word: Statement, day: date, shown_as: str = "") -> str:
    """What the office says of a day: "signed in 9:10", "Band trip 10:00 to 14:00", "reported absent until Nov 5, 2020".

    A visit to the nurse is a time with the office, as one to the counselor is.
    """
    if word.kind == SIGN_IN:
        return _("signed in %(at)s") % {"at": _clock(word.starts_at)}
    if word.kind == SIGN_OUT:
        return _("signed out %(at)s") % {"at": _clock(word.starts_at)}
    return " ".join(each for each in (_what(word, shown_as), _when(word, day)) if each)


def said_in(event: OfficeEvent, day: date, school_id: int) -> str:
    """What an event says of a day, read in a school: another school's door is named, since it caps no class here.

    The caller selected its entry and that one's school with it.
    """
    said = words(statement_of(event), day, event.entry.shown_as)
    if event.kind in DOOR and event.entry.school_id != school_id:
        return _("%(said)s at %(school)s") % {"said": said, "school": event.entry.school.name}
    return said


def _what(word: Statement, shown_as: str) -> str:
    plain = {
        REPORTED: _("reported absent"),
        ACTIVITY: shown_as or _("school activity"),
        IN_SCHOOL: _("in-school suspension"),
        SUSPENSION: _("suspended out of school"),
    }
    return plain.get(word.kind, _("with the office"))


def _when(word: Statement, day: date) -> str:
    if word.starts_at is not None and word.ends_at is not None:
        return _("%(from)s to %(until)s") % {"from": _clock(word.starts_at), "until": _clock(word.ends_at)}
    return _("until %(day)s") % {"day": day_words(word.ends_on)} if word.ends_on > day else ""


def _clock(minute: int | None) -> str:
    return "" if minute is None else class_time(clock_time(minute))
