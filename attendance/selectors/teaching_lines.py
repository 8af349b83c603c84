"""How a student was taught on a day and why: the mode, the learning plan, an own schedule, an accommodation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from attendance.models import Accommodation, OwnSchedule, OwnScheduleKind
from attendance.rules.modes import ASYNC_ONLINE, IN_PERSON, OFFLINE, OWN_TIME, ModeFact, decisive
from attendance.rules.plan import STANDARD, Plan
from attendance.selectors.day_rows import DayRows
from attendance.selectors.day_words import day_words, measure_words, mode_words
from attendance.selectors.evidence_words import Weighing
from attendance.selectors.judged import JudgedDay
from students.access import Scope


@dataclass(frozen=True)
class TeachingLine:
    """Something that decided how the day was taught or judged, in words."""

    name: str
    text: str


def teaching_lines(
    scope: Scope, judged: JudgedDay, rows: DayRows, *, school: str, health: bool
) -> Sequence[TeachingLine]:
    """Why the mode holds, by which plan, and what is otherwise for this student; reasons only with `health` (RD-60)."""
    lines = [TeachingLine(_("Mode"), _mode(judged, health=health)), *_in_classes(judged, rows)]
    if judged.mode in OWN_TIME or judged.own_time_sections or judged.day.day_kind == "virtual":
        lines.append(TeachingLine(_("Learning plan"), _plan(judged, school)))
    return (*lines, *_own(judged, health=health), *_colleges(judged, rows))


def _mode(judged: JudgedDay, *, health: bool) -> str:
    return _("%(mode)s: %(why)s") % {"mode": mode_words(judged.mode), "why": _why(judged, health=health)}


def _why(judged: JudgedDay, *, health: bool) -> str:
    day, about = judged.day, judged.day.about
    fact = decisive(day.date, about.modes, rotation_day=day.rotation_day)
    own = mode_words(fact.mode) if fact else mode_words(IN_PERSON)
    if judged.mode == IN_PERSON and fact is not None and fact.mode != IN_PERSON and about.seats:
        return _("in the building for a state assessment (MS-12), else %(mode)s") % {"mode": own.lower()}
    if judged.mode != (fact.mode if fact else IN_PERSON):
        return _("a virtual day, on which the learning plan teaches so whoever comes to school (RD-23)")
    if fact is None:
        return _("nothing else is on file, and the calendar has school in the building (RD-23)")
    return _fact(fact, health=health)


def _fact(fact: ModeFact, *, health: bool) -> str:
    words = {
        "first": day_words(fact.starts_on),
        "last": day_words(fact.ends_on) if fact.ends_on else "",
        "days": _days(fact),
    }
    if fact.is_quarantine and health:
        until = _("until %(last)s") % words if fact.ends_on else _("without an end yet")
        return _("in quarantine from %(first)s %(until)s (MS-33, RD-26)") % {**words, "until": until}
    if fact.is_plan:
        return _("the student’s plan for %(days)s, from %(first)s (MS-17, RD-23)") % words
    if fact.ends_on:
        return _("the student’s own mode from %(first)s until %(last)s (MS-17)") % words
    return _("the student’s own mode from %(first)s on (MS-17)") % words


def _days(fact: ModeFact) -> str:
    if fact.weekdays:
        return ", ".join(str(WEEKDAYS[each]) for each in fact.weekdays)
    return _("rotation days %(days)s") % {"days": ", ".join(fact.rotation_days)}


def _in_classes(judged: JudgedDay, rows: DayRows) -> Iterator[TeachingLine]:
    """Classes taught in another mode than the day (RD-21)."""
    modes = Weighing.of(judged).modes
    for section_id, mode in modes.of_sections:
        if section_id in rows.titles and mode != modes.mode:
            said = _("%(mode)s, in this class alone (RD-21)") % {"mode": mode_words(mode)}
            yield TeachingLine(rows.titles[section_id], said)


def _plan(judged: JudgedDay, school: str) -> str:
    plan, modes = judged.plan, {each.mode for each in judged.facts.meetings}
    parts = [_reach(plan, school)]
    if ASYNC_ONLINE in modes:
        measures = ", ".join(measure_words(each) for each in plan.measures)
        asked = _("in each class") if plan.measured_by == "section" else _("for the day")
        parts.append(
            _("approved measures, one %(asked)s: %(measures)s (MS-19)") % {"asked": asked, "measures": measures}
        )
    if modes & OFFLINE:
        parts.append(_turn_in(plan.turn_in_session_days))
    return "; ".join(parts)


def _turn_in(session_days: int) -> str:
    if session_days == 1:
        return _("work is handed in by the next session day after its week (RD-22)")
    return _("work is handed in by session day %(n)s after its week (RD-22)") % {"n": session_days}


def _reach(plan: Plan, school: str) -> str:
    if plan == STANDARD:
        return _("the state’s standard; the district has set none")
    grade = _("grade %(grade)s") % {"grade": plan.grade} if plan.grade else ""
    whose = ", ".join(each for each in (school if plan.school_id else "", grade) if each) or _("the district")
    return _("of %(whose)s, from %(first)s (MS-18)") % {"whose": whose, "first": day_words(plan.starts_on)}


def _own(judged: JudgedDay, *, health: bool) -> Iterator[TeachingLine]:
    day, about = judged.day, judged.day.about
    if about.own_schedule:
        its = OwnSchedule.objects.holding_on(day.date).filter(student=day.student_id).first()
        words = str(OwnScheduleKind(about.own_schedule).label)
        rule = "MS-04" if about.own_schedule == OwnScheduleKind.EARLY_RELEASE else "RD-01"
        yield TeachingLine(
            _("Own schedule"), _with_reason(f"{words} ({rule})", its.reason if its else "", health=health)
        )
    if about.accommodations:
        reasons = Accommodation.objects.holding_on(day.date).filter(student=day.student_id)
        measures = ", ".join(sorted(measure_words(each) for each in about.accommodations))
        text = _("on file, so that these count too: %(measures)s (MS-39)") % {"measures": measures}
        told = "; ".join(each.reason for each in reasons) if health else ""
        yield TeachingLine(_("Accommodation"), _with_reason(text, told, health=health))


def _with_reason(text: str, reason: str, *, health: bool) -> str:
    return f"{text}: {reason}" if health and reason else text


def _colleges(judged: JudgedDay, rows: DayRows) -> Iterator[TeachingLine]:
    if "MS-32" not in {*judged.verdict.rules, *(number for each in judged.facts.meetings for number in each.basis)}:
        return
    for off in rows.colleges_out:
        named = f" ({off.name})" if off.name else ""
        text = _("no class on this day%(named)s; its minutes are credited (MS-32, RD-27)") % {"named": named}
        yield TeachingLine(off.college.name, text)
