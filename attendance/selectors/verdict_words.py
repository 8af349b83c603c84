"""The verdict as a sentence that a parent can read, with its two figures and its rules."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.models import CalendarDay, GradeDay
from attendance.rules.day import ABSENT, EXCUSED, PRESENT, SUSPENDED, DayVerdict
from attendance.selectors.day_words import day_words
from attendance.selectors.meeting_lines import UNMARKED, UNTAKEN, MeetingLine


def verdict_sentence(verdict: DayVerdict, meetings: Sequence[MeetingLine]) -> str:
    """The verdict in words; `meetings` name the classes on which it could still turn."""
    if not verdict.meetings_expected:
        return _("Undetermined: nothing was required of the student on this day (RD-02).")
    figures = _("attended %(attended)s of %(required)s minutes, %(needed)s needed") % {
        "attended": verdict.minutes_attended,
        "required": verdict.minutes_required,
        "needed": verdict.minutes_needed,
    }
    untaken = _untaken(meetings)
    words: dict[str, object] = {"figures": figures, "rules": ", ".join(verdict.rules), "untaken": _listed(untaken)}
    if verdict.status == PRESENT:
        return (_("Present: %(figures)s (%(rules)s).") % words) + _stands_already(verdict, untaken)
    if verdict.status == ABSENT:
        words["excused"] = verdict.minutes_excused
        return _absent(verdict) % words + _stands_already(verdict, untaken)
    if "RD-08" in verdict.rules:
        return (
            _("Undetermined: absent (%(figures)s), but whether excused could still turn on %(untaken)s (%(rules)s).")
            % words
        )
    return _("Undetermined: %(figures)s; the day could still turn on %(untaken)s (%(rules)s).") % words


def _absent(verdict: DayVerdict) -> str:
    if verdict.absence_kind == SUSPENDED:
        return _("Absent, suspended: %(figures)s (%(rules)s).")
    if verdict.absence_kind == EXCUSED:
        return _("Absent, excused: %(figures)s; an excuse covers %(excused)s more (%(rules)s).")
    if verdict.minutes_excused:
        return _("Absent, unexcused: %(figures)s; an excuse covers only %(excused)s more (%(rules)s).")
    return _("Absent, unexcused: %(figures)s (%(rules)s).")


def _stands_already(verdict: DayVerdict, untaken: Sequence[str]) -> str:
    """A day that stands while a class is untaken says so, or its figures look like a slip."""
    if not verdict.meetings_untaken:
        return ""
    said = ngettext(
        "%(untaken)s is not taken yet and cannot change this (RD-03).",
        "%(untaken)s are not taken yet and cannot change this (RD-03).",
        len(untaken),
    ) % {"untaken": _listed(untaken)}
    return f" {said[:1].upper()}{said[1:]}"


def _untaken(meetings: Sequence[MeetingLine]) -> list[str]:
    return [_named(each.period) for each in meetings if each.state in (UNTAKEN, UNMARKED)]


def _listed(named: Sequence[str]) -> str:
    if len(named) < 2:
        return "".join(named)
    return _("%(first)s and %(last)s") % {"first": ", ".join(named[:-1]), "last": named[-1]}


def _named(period: str) -> str:
    return _("period %(period)s") % {"period": period} if period[:1].isdigit() else period


def why_no_verdict(
    day: date, *, today: date, school: str, calendar_day: CalendarDay | GradeDay | None, opened_through: date | None
) -> str:
    """Why a day has no row, in words; an empty `school` means not enrolled."""
    if not school:
        return _("Not enrolled: the student was in no school of the district on this day.")
    words = {"school": school, "day": day_words(day)}
    if calendar_day is None:
        return _("Not in session: the calendar of %(school)s has no school on this day.") % words
    if not calendar_day.in_session:
        words["why"] = calendar_day.name or calendar_day.get_event_type_display()
        return _("Not in session: %(school)s had no school on this day (%(why)s).") % words
    if day > today:
        return _("Still to come: nobody can be present or absent before the day.")
    words["through"] = day_words(opened_through) if opened_through else _("no day yet")
    return _("Not opened yet: the days of %(school)s are opened through %(through)s, each morning by itself.") % words
