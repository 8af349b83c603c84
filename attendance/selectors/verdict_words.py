"""The verdict as a sentence that a parent can read, with its two figures and its rules."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.models import CalendarDay, GradeDay
from attendance.rules.day import ABSENT, EXCUSED, PRESENT, SUSPENDED, DayVerdict
from attendance.selectors.day_words import day_words
from attendance.selectors.meeting_lines import UNMARKED, UNTAKEN, MeetingLine
from attendance.selectors.piece_lines import PieceLine
from attendance.selectors.rule_words import cited


def verdict_sentence(
    verdict: DayVerdict, meetings: Sequence[MeetingLine], pieces: Sequence[PieceLine], *, health: bool
) -> str:
    """The verdict in words; the lines name the classes and the work on which it could still turn.

    `health`: whether the reader may know of a quarantine (RD-60).
    """
    if "RD-02" in verdict.rules:
        return _nothing_required(verdict)
    if "RD-26" in verdict.rules:
        return _every_class(verdict, meetings, pieces, cited(verdict.rules, health=health))
    words: dict[str, object] = {
        "figures": _("attended %(attended)s of %(required)s minutes, %(needed)s needed")
        % {
            "attended": verdict.minutes_attended,
            "required": verdict.minutes_required,
            "needed": verdict.minutes_needed,
        },
        "rules": cited(verdict.rules, health=health),
        "excused": verdict.minutes_excused,
    }
    if verdict.status == PRESENT:
        return _present(verdict) % words + _stands_already(verdict, meetings, pieces)
    if verdict.status == ABSENT:
        return _absent(verdict) % words + _stands_already(verdict, meetings, pieces)
    return _undetermined(verdict, words, meetings, pieces)


def _nothing_required(verdict: DayVerdict) -> str:
    if verdict.status != PRESENT:
        return _("Undetermined: nothing was required of the student on this day (RD-02).")
    if "MS-04" in verdict.rules:
        return _("Present, exempt: nothing was required of a senior under early release on this day (MS-04, RD-02).")
    return _("Present, exempt: the college has no class on this day, and nothing else was required (MS-32, RD-02).")


def _present(verdict: DayVerdict) -> str:
    if "MS-20" in verdict.rules:
        return _("Present: %(figures)s, but engaged that same day, with the LMS or the teacher%(rules)s.")
    return _("Present: %(figures)s%(rules)s.")


def _absent(verdict: DayVerdict) -> str:
    if verdict.absence_kind == SUSPENDED:
        return _("Absent, suspended: %(figures)s%(rules)s.")
    if verdict.absence_kind == EXCUSED:
        return _("Absent, excused: %(figures)s; an excuse covers %(excused)s more%(rules)s.")
    if verdict.minutes_excused:
        return _("Absent, unexcused: %(figures)s; an excuse covers only %(excused)s more%(rules)s.")
    return _("Absent, unexcused: %(figures)s%(rules)s.")


def _undetermined(
    verdict: DayVerdict, words: dict[str, object], meetings: Sequence[MeetingLine], pieces: Sequence[PieceLine]
) -> str:
    untaken, opened = _untaken(meetings), _unentered(pieces)
    if "RD-08" in verdict.rules:
        words["untaken"] = _listed([*untaken, *opened])
        return (
            _("Undetermined: absent (%(figures)s), but whether excused could still turn on %(untaken)s%(rules)s.")
            % words
        )
    said = [str(words["figures"])]
    if untaken:
        said.append(_("the day could still turn on %(untaken)s") % {"untaken": _listed(untaken)})
    if opened:
        said.append(_("not entered yet: %(opened)s") % {"opened": _listed(opened)})
    if due := next((each.due_on for each in pieces if each.is_open and each.due_on), None):
        said.append(_("due by %(day)s") % {"day": day_words(due)})
    return _("Undetermined: %(said)s%(rules)s.") % {**words, "said": "; ".join(said)}


def _every_class(verdict: DayVerdict, meetings: Sequence[MeetingLine], pieces: Sequence[PieceLine], rules: str) -> str:
    """RD-26, in words that tell nobody of a quarantine (RD-60)."""
    lacking = [f"{_named(each.period)} ({each.lack})" for each in meetings if each.lack]
    lacking += [f"{each.title} ({each.lack})" for each in pieces if each.lack]
    words = {"lacking": _listed(lacking), "rules": rules, "kind": _kind(verdict.absence_kind)}
    if verdict.status == PRESENT:
        return _("Present: every class of the day was attended and its work done%(rules)s.") % words
    if verdict.status == ABSENT:
        return _("Absent, %(kind)s: every class and its work were asked for; missing: %(lacking)s%(rules)s.") % words
    return _("Undetermined: every class and its work are asked for; open: %(lacking)s%(rules)s.") % words


def _kind(kind: str) -> str:
    return {EXCUSED: _("excused"), SUSPENDED: _("suspended")}.get(kind, _("unexcused"))


def _stands_already(verdict: DayVerdict, meetings: Sequence[MeetingLine], pieces: Sequence[PieceLine]) -> str:
    """A day that stands while a class is untaken says so, or its figures look like a slip."""
    said = ""
    if untaken := _untaken(meetings):
        said = ngettext(
            "%(untaken)s is not taken yet and cannot change this (RD-03).",
            "%(untaken)s are not taken yet and cannot change this (RD-03).",
            len(untaken),
        ) % {"untaken": _listed(untaken)}
        said = f" {said[:1].upper()}{said[1:]}"
    if opened := _unentered(pieces):
        said += " " + _("Not entered yet, and cannot change this: %(opened)s (RD-03).") % {"opened": _listed(opened)}
    return said


def _untaken(meetings: Sequence[MeetingLine]) -> list[str]:
    return [_named(each.period) for each in meetings if each.state in (UNTAKEN, UNMARKED)]


def _unentered(pieces: Sequence[PieceLine]) -> list[str]:
    return [each.title for each in pieces if each.is_open]


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
