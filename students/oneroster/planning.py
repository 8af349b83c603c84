"""From a parsed set to a plan: read it against itself, then against what is stored."""

from collections.abc import Callable
from datetime import date
from typing import Any

from students.models import District
from students.oneroster import registry
from students.oneroster.accounts import leaves_no_administrator
from students.oneroster.comparing import compare_facts, compare_records, outcomes
from students.oneroster.draft import Draft, Key
from students.oneroster.effects import note_grades_of_classes, note_moved_classes, note_students_facts
from students.oneroster.endings import count_endings, too_many_endings
from students.oneroster.findings import Findings
from students.oneroster.kinds import (
    CLASS_ENROLLMENTS,
    CLASSES,
    FACTS,
    GUARDIAN_LINKS,
    IMMUNIZATIONS,
    RECORDS,
    ROLES,
    SCHOOL_ENROLLMENTS,
    SCHOOLS,
    STAFF,
    STUDENTS,
    TEACHERS,
    Kind,
)
from students.oneroster.late_joins import settle_late_joins
from students.oneroster.overlaps import refuse_claimed_overlaps, refuse_moved_ids, refuse_standing_overlaps
from students.oneroster.plan import Change, KindPlan, Plan
from students.oneroster.reads.classes import read_classes, read_courses
from students.oneroster.reads.guardians import read_guardians
from students.oneroster.reads.immunizations import read_immunizations
from students.oneroster.reads.memberships import read_enrollments, warn_of_rosters_elsewhere
from students.oneroster.reads.people import read_people
from students.oneroster.reads.places import read_orgs, read_sessions
from students.oneroster.reads.roles import read_roles
from students.oneroster.reads.schools_of_students import read_school_enrollments
from students.oneroster.roster_set import RosterSet
from students.oneroster.sessions import SessionDays
from students.oneroster.stored import known, stored_facts, stored_records
from students.oneroster.transfers import give_way
from students.rules.reconciliation import Held

_READS: tuple[Callable[[Draft], None], ...] = (
    read_orgs,
    read_sessions,
    read_courses,
    read_classes,
    read_people,
    read_enrollments,
    read_school_enrollments,
    read_roles,
    read_guardians,
    read_immunizations,
)


def draft_of(roster: RosterSet, today: date) -> Draft:
    """What the set says, checked against itself and against the ids that are stored."""
    draft = Draft(roster.tables, known(roster.tables), roster.findings, today, roster.version)
    for read in _READS:
        read(draft)
    for extension in registry.extensions():
        extension.read(draft)
    refuse_claimed_overlaps(draft)
    warn_of_rosters_elsewhere(draft)
    return draft


def plan_of(draft: Draft, *, confirm_endings: bool) -> Plan:
    """What the set would change. Faults that only what is stored shows go to the findings."""
    days: dict[str, set[date]] = {}
    for extension in registry.extensions():
        days |= extension.session_days(draft)
    plan = Plan(draft.findings, draft.today, SessionDays(days), notes=draft.notes)
    _refuse_other_district(draft)
    for kind in RECORDS:
        if kind.name in draft.records:
            _plan_records(kind, draft, plan)
    stored = {kind: _plan_facts(kind, draft, plan) for kind in FACTS}
    for extension in registry.extensions():
        extension.plan(draft, plan)
    endings = count_endings(plan, stored)
    for kind in (STUDENTS, CLASSES):
        plan.of(kind).let_go = endings[kind][0]
    if not confirm_endings:
        plan.held = _reasons_to_wait(plan, endings, stored)
    return plan


def _reasons_to_wait(
    plan: Plan, endings: dict[Kind, tuple[int, int]], stored: dict[Kind, dict[Key, list[Held]]]
) -> list[str]:
    reasons = too_many_endings(endings)
    if leaves_no_administrator(plan, stored[ROLES]):
        reasons.append("No district administrator would be left who can sign in.")
    return reasons


def _plan_records(kind: Kind, draft: Draft, plan: Plan) -> None:
    stored = stored_records(kind)
    wanted = draft.records[kind.name]
    found = compare_records(kind, wanted, stored)
    if kind.exclusive:
        _refuse_taken(kind, draft, plan.findings)
    if kind is STAFF:
        _deactivate_unlisted(found, wanted, stored)
    if kind is CLASSES:
        note_moved_classes(found, draft, plan.effects)
        note_grades_of_classes(found, plan.today, plan.effects)
    if kind is SCHOOLS and stored.keys() - wanted.keys():
        plan.findings.warn("A school is no longer listed; it is kept, and what it holds ends.", "orgs.csv")
    plan.kinds.append(found)


def _deactivate_unlisted(found: KindPlan, wanted: dict[Key, Any], stored: dict[Key, Any]) -> None:
    """Staff whom the file no longer lists keep their account and cannot sign in."""
    active = STAFF.fields.index("is_enabled")
    for key, held in stored.items():
        if key not in wanted and held.values[active]:
            values = (*held.values[:active], False, *held.values[active + 1 :])
            found.ended.append(Change(held.id, (*key, *held.values), (*key, *values)))


def _refuse_other_district(draft: Draft) -> None:
    named = draft.records.get("district", {})
    held = District.objects.values_list("source_id", "name").first()
    if held and named and (held[0],) not in named:
        record = next(iter(named.values()))
        message = f"This installation holds {held[1]} (sourcedId {held[0]}); another district needs its own."
        draft.findings.refuse(record.file, message, record.line, "sourcedId", str(next(iter(named))[0]))


def _refuse_taken(kind: Kind, draft: Draft, findings: Findings) -> None:
    """A fault for a value that a stored record keeps which the files do not speak of."""
    name = kind.exclusive
    column = "username" if kind is STAFF else "identifier"
    place = kind.fields.index(name)
    wanted = draft.records[kind.name]
    taken = {}
    for source_id, value in kind.model._base_manager.values_list("source_id", name):
        if value and (source_id,) not in wanted:
            taken[value.casefold()] = source_id or "an account that no file brought"
    for record in wanted.values():
        if holder := taken.get(record.values[place].casefold()):
            message = f"It belongs to {holder}, which the file does not list."
            findings.refuse(record.file, message, record.line, column, record.values[place])


def _plan_facts(kind: Kind, draft: Draft, plan: Plan) -> dict[Key, list[Held]]:
    stored = stored_facts(kind)
    if kind.name not in draft.claims:
        return stored
    if kind is CLASS_ENROLLMENTS:
        settle_late_joins(draft, stored)
    school_of = _school_of(kind, draft)

    def last_day(key: Key) -> date:
        return plan.sessions.before(plan.today, school_of(key))

    # The day on which somebody began to comply is not in the file: it is the day on which the file first says so.
    from_today = kind is IMMUNIZATIONS
    claims = draft.claims[kind.name]
    found = outcomes(claims, stored, today=plan.today, last_day=last_day, from_today=from_today)
    refuse_standing_overlaps(kind.name, found, plan.findings)
    if kind in (CLASS_ENROLLMENTS, TEACHERS):
        refuse_moved_ids(found, plan.findings)
    made = compare_facts(kind, found)
    if kind is SCHOOL_ENROLLMENTS:
        give_way(made, found, plan.sessions)
        plan.effects.schools |= {change.new[1] for change in [*made.changed, *made.ended]}
        plan.effects.schools |= {row[1] for row in [*made.created, *(gone.old for gone in made.removed)]}
    if kind in (SCHOOL_ENROLLMENTS, CLASS_ENROLLMENTS):
        note_students_facts(made, plan.effects)
    plan.kinds.append(made)
    return stored


def _school_of(kind: Kind, draft: Draft) -> Callable[[Key], str | None]:
    """The school whose session days say when a fact of a kind ends."""
    if kind in (CLASS_ENROLLMENTS, TEACHERS):
        return lambda key: draft.known.class_schools.get(key[1])
    if kind in (GUARDIAN_LINKS, IMMUNIZATIONS):
        return lambda key: None
    return lambda key: key[-1]
