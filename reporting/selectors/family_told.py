"""What else is known of a child's day: log-ons and work online with their times (MD-02), talks, and the office's times.

Never a note, nor a word of health (RD-60): a visit to the nurse is a time with the office.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from attendance.models import Engagement, Interaction, InteractionKind, Measure, OfficeEvent, OfficeKind
from attendance.selectors.day_rows import DayRows
from attendance.selectors.local_times import local_time
from students.access import Scope
from students.languages.days_in_words import day_in_words, time_in_words


@dataclass(frozen=True)
class Told:
    """One thing that is known, and when it was, on the school's clock; `about` names the class, where it is of one."""

    what: str
    at: datetime | None = None
    about: str = ""


def online_lines(scope: Scope, rows: DayRows, day: date) -> Sequence[Told]:
    """Log-ons, work online and talks of the very day, in order of time."""
    done = [_engaged(scope, each) for each in rows.engagement if each.day == day]
    done += [_talked(scope, each) for each in rows.talks if each.day == day]
    return sorted(done, key=lambda each: (each.at is None, each.at))


def _engaged(scope: Scope, row: Engagement) -> Told:
    what = {
        Measure.LMS_LOGIN: _("Logged on"),
        Measure.LMS_ACTIVITY: _("Worked online"),
        Measure.CONTACT: _("In touch with the teacher"),
        Measure.WORK: _("Finished the work"),
    }[Measure(row.measure)]
    if row.work_of and row.work_of != row.day:
        what = _("%(what)s of %(day)s") % {"what": what, "day": day_in_words(row.work_of)}
    if row.minutes:
        what = _("%(what)s, %(minutes)s min") % {"what": what, "minutes": row.minutes}
    return Told(what, local_time(scope, row.happened_at), row.section.title if row.section else "")


def _talked(scope: Scope, row: Interaction) -> Told:
    if row.kind == InteractionKind.UNANSWERED:
        what = _("The teacher called, and nobody answered")
    else:
        what = _("Talked with the teacher")
    return Told(what, local_time(scope, row.happened_at), row.section.title)


def office_lines(rows: DayRows, day: date) -> Sequence[Told]:
    """What the office knows of the day, as a family may know it."""
    return list(_office(rows, day))


def _office(rows: DayRows, day: date) -> Iterator[Told]:
    for event in rows.events:
        yield Told(_said(event, day))


def _said(event: OfficeEvent, day: date) -> str:
    if event.starts_at and event.kind == OfficeKind.SIGN_IN:
        return _("Came to school at %(at)s (signed in at the office)") % {"at": time_in_words(event.starts_at)}
    if event.starts_at and event.kind == OfficeKind.SIGN_OUT:
        return _("Left school at %(at)s (signed out at the office)") % {"at": time_in_words(event.starts_at)}
    return _when(_what(event), event, day)


def _what(event: OfficeEvent) -> str:
    return {
        OfficeKind.REPORTED_ABSENCE: _("The school was told of the absence"),
        OfficeKind.ACTIVITY: event.entry.shown_as or _("School activity"),
        OfficeKind.IN_SCHOOL_SUSPENSION: _("In-school suspension"),
        OfficeKind.SUSPENSION: _("Suspended from school"),
    }.get(OfficeKind(event.kind), _("With the school office"))


def _when(what: str, event: OfficeEvent, day: date) -> str:
    if event.starts_at and event.ends_at:
        words = {"what": what, "at": time_in_words(event.starts_at), "until": time_in_words(event.ends_at)}
        return _("%(what)s, %(at)s to %(until)s") % words
    if event.ends_on > day:
        return _("%(what)s, through %(day)s") % {"what": what, "day": day_in_words(event.ends_on)}
    return what
