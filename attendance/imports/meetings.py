"""meetings.csv: when classes meet; without it, in every period that classes.csv names, on every day of their terms."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from attendance.imports.kinds import MEETING_TIMES, PERIODS
from attendance.models import SectionMeetingTime
from students.oneroster.comparing import compare_facts, outcomes
from students.oneroster.draft import Draft, Key
from students.oneroster.effects import first_changed_day
from students.oneroster.overlaps import refuse_shared_days
from students.oneroster.plan import KindPlan, Plan
from students.oneroster.stored import stored_facts
from students.rules.reconciliation import Claim, Keep
from students.rules.spans import merged

FILE = "meetings.csv"
KIND = MEETING_TIMES.name


@dataclass
class _Group:
    end: date | None
    line: int
    every_day: bool = False
    rotation: set[str] = field(default_factory=set)


def read_meetings(draft: Draft) -> None:
    """Claims of meeting times by class and period."""
    if "meetings" not in draft.tables and "classes" not in draft.tables:
        return
    draft.claims[KIND] = {}
    scheduled = set(SectionMeetingTime.objects.values_list("section__source_id", flat=True).distinct())
    if "meetings" in draft.tables:
        _from_file(draft, scheduled)
    else:
        _from_classes(draft, scheduled)
    _warn_of_unrung_periods(draft)


def _warn_of_unrung_periods(draft: Draft) -> None:
    """A class in a period of no bells would never be expected to meet, and nobody would be told."""
    if PERIODS.name not in draft.claims:
        return
    rung = {(schedule[0], period) for schedule, period, _ in draft.claims[PERIODS.name]}
    for (section, period), claims in draft.claims[KIND].items():
        school = draft.known.class_schools.get(section)
        if school and (school, period) not in rung:
            message = "A class meets in a period that no bell schedule of its school has; it will not be expected."
            draft.findings.warn(message, claims[0].file, claims[0].line)
    _warn_of_split_classes(draft)


def _warn_of_split_classes(draft: Draft) -> None:
    """A class whose grades have a period at two times can keep only one of them."""
    rows: dict[Key, set[frozenset[str]]] = {}
    for schedule, period, grades in draft.claims[PERIODS.name]:
        rows.setdefault((*schedule, period), set()).add(frozenset(grades))
    split = [(key, own) for key, own in rows.items() if any(own)]
    for (school, schedule, period), own in split:
        for section, claims in _meeting_in(draft, school, period):
            grades = frozenset(draft.known.class_grades.get(section, ()))
            if any(grades & each for each in own) and not any(grades <= each for each in own):
                what = "it rings by the row without grades" if frozenset() in own else "it will not be expected"
                message = f"Grades of class {section} have period {period} of {schedule} at different times; {what}."
                draft.findings.warn(message, claims[0].file, claims[0].line)


def _meeting_in(draft: Draft, school: str, period: str) -> list[tuple[str, list[Claim]]]:
    return [
        (section, claims)
        for (section, name), claims in draft.claims[KIND].items()
        if name == period and draft.known.class_schools.get(section) == school
    ]


def _from_classes(draft: Draft, scheduled: set[str]) -> None:
    for (section,), record in draft.records["classes"].items():
        for period in draft.known.class_periods[section]:
            for start, end in _spans(draft, section):
                begins = _implied(start, section, scheduled, draft.today)
                if begins <= end:
                    claim = Claim(None, end, (Keep(()),), begins, record.file, record.line)
                    draft.claim(KIND, (section, period), claim)


def _from_file(draft: Draft, scheduled: set[str]) -> None:
    grouped: dict[Key, _Group] = {}
    for row in draft.rows("meetings"):
        if _is_sound(draft, row):
            _group(draft, row, grouped)
    for (section, period, start), group in grouped.items():
        spans = _spans(draft, section)
        first = start or _implied(spans[0][0] if spans else draft.today, section, scheduled, draft.today)
        last = group.end or (spans[-1][1] if spans else None)
        rotation = () if group.every_day else tuple(sorted(group.rotation))
        draft.claim(KIND, (section, period), Claim(start, last, (rotation,), first, FILE, group.line))
    for claims in draft.claims[KIND].values():
        refuse_shared_days(draft.findings, claims, "the same class and period", "startDate")


def _is_sound(draft: Draft, row: Any) -> bool:
    known = draft.refers(FILE, row.line, "classSourcedId", row.classSourcedId, draft.known.classes)
    return draft.in_order(FILE, row.line, "endDate", row.startDate, row.endDate) and known


def _group(draft: Draft, row: Any, grouped: dict[Key, _Group]) -> None:
    """Rows of one span are one fact with the rotation days of all; a row without any means every day."""
    found = grouped.setdefault((row.classSourcedId, row.period, row.startDate), _Group(row.endDate, row.line))
    if found.end != row.endDate:
        message = f"Line {found.line} has the same class, period and start with another end."
        draft.findings.refuse(FILE, message, row.line, "endDate", str(row.endDate or ""))
        return
    found.every_day |= not row.rotationDays
    found.rotation |= set(row.rotationDays)


def _spans(draft: Draft, section: str) -> list[tuple[date, date]]:
    terms = draft.known.class_terms.get(section, ())
    return merged(draft.known.sessions[term] for term in terms if term in draft.known.sessions)


def _implied(start: date, section: str, scheduled: set[str], today: date) -> date:
    """A first day that no file gives: the term's; today for a new period of a class that already has a schedule."""
    return max(start, today) if section in scheduled else start


def plan_meetings(draft: Draft, plan: Plan) -> None:
    """A change without a date counts from today on: a past day keeps the meetings that it had."""
    if KIND not in draft.claims:
        return
    stored = stored_facts(MEETING_TIMES)
    found = outcomes(
        draft.claims[KIND],
        stored,
        today=plan.today,
        last_day=lambda key: plan.sessions.before(plan.today, draft.known.class_schools.get(key[0])),
        from_today=True,
    )
    made = compare_facts(MEETING_TIMES, found)
    plan.kinds.append(made)
    _note_effects(made, draft, plan)


def _note_effects(made: KindPlan, draft: Draft, plan: Plan) -> None:
    starts = MEETING_TIMES.columns.index("starts_on")
    days = [(row[0], row[starts]) for row in [*made.created, *(gone.old for gone in made.removed)]]
    for change in [*made.changed, *made.ended]:
        if day := first_changed_day(MEETING_TIMES, change):
            days.append((change.new[0], day))
    for section, day in days:
        if school := draft.known.class_schools.get(section):
            plan.effects.whole_schools.add(school)
            plan.effects.since(day)
