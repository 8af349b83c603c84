"""How pages name and draw a day of the calendar: words, letters and a shape, so that no colour is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.utils.dateformat import format as date_as
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import DayKind, EventType
from attendance.rules.time_words import time_of_day
from attendance.selectors.calendar_entries import CalendarEntry


@dataclass(frozen=True, slots=True)
class Sign:
    """The letters and the shape of a kind of day; an ordinary one has no letters."""

    letters: str
    shape: str


ORDINARY = Sign("", "held")
NOT_LISTED = Sign("", "none")
DIFFERS = Sign("≠", "differs")
_SIGNS = {
    EventType.LATE_OR_EARLY: Sign("LE", "cut"),
    EventType.HOLIDAY: Sign("H", "closed"),
    EventType.EMERGENCY: Sign("ED", "halted"),
    EventType.STRIKE: Sign("ST", "halted"),
    EventType.TEACHER_ONLY: Sign("TD", "staff"),
    EventType.PROFESSIONAL_DEVELOPMENT: Sign("PD", "staff"),
    EventType.OTHER: Sign("O", "closed"),
}
_KINDS = {DayKind.HYBRID: Sign("Hy", "away"), DayKind.VIRTUAL: Sign("V", "away")}
LEGEND = (
    (ORDINARY, gettext_lazy("In session")),
    (_KINDS[DayKind.HYBRID], gettext_lazy("Hybrid")),
    (_KINDS[DayKind.VIRTUAL], gettext_lazy("Virtual")),
    *((sign, EventType(event).label) for event, sign in _SIGNS.items()),
)
FINDINGS = {
    "under": gettext_lazy("under %(minimum)s minutes (MS-02)"),
    "shortened": gettext_lazy("shortened day (ST-07)"),
    "beyond": gettext_lazy("more than two shortened days (ST-07)"),
    "too_short": gettext_lazy("under 60%% of a normal day (ST-07)"),
}


def sign_of(entry: CalendarEntry) -> Sign:
    """The letters and shape of a day."""
    if entry.event_type == EventType.INSTRUCTIONAL:
        return _KINDS.get(DayKind(entry.day_kind), ORDINARY) if entry.day_kind else ORDINARY
    return _SIGNS[EventType(entry.event_type)]


def entry_words(entry: CalendarEntry | None) -> str:
    """What the calendar says of a day, in one line."""
    if entry is None:
        return _("not on the calendar")
    said = [_("%(event)s (%(name)s)") % {"event": entry.event, "name": entry.name} if entry.name else entry.event]
    if entry.in_session:
        said += [entry.kind.lower(), _("bells: %(bells)s") % {"bells": entry.bells}]
        said += [_("%(rotation)s day") % {"rotation": entry.rotation_day}] if entry.rotation_day else []
        said += [_("until %(time)s") % {"time": time_of_day(entry.dismissal_time)}] if entry.dismissal_time else []
        said += [_("attendance weekly")] if entry.attendance_frequency == "weekly" else []
        said += [_("%(minutes)s minutes") % {"minutes": entry.minutes}]
    return ", ".join(said)


class EntryWords:
    """Says days as `entry_words` does, and each that is said alike but once: a year of many schools has a handful."""

    _said_of = attrgetter(
        *("event_type", "name", "day_kind", "rotation_day", "bells", "dismissal_time"),
        *("attendance_frequency", "in_session", "minutes"),
    )

    def __init__(self) -> None:
        """Nothing is said yet."""
        self._known: dict[tuple[object, ...] | None, str] = {}

    def of(self, entry: CalendarEntry | None) -> str:
        """What the calendar says of a day."""
        alike = None if entry is None else EntryWords._said_of(entry)
        if alike not in self._known:
            self._known[alike] = entry_words(entry)
        return self._known[alike]


def finding_words(codes: Sequence[str], minimum: int) -> Sequence[str]:
    """The findings of a day in words."""
    return tuple(str(FINDINGS[code]) % {"minimum": minimum} for code in codes)


def day_name(day: date) -> str:
    """A date as the calendar's pages read it out: Thursday, October 29."""
    return date_as(day, "l, F j")
