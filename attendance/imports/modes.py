"""modes.csv: how students are taught, by weekday and rotation day; several rows make a hybrid plan."""

from typing import Any, NamedTuple

from attendance.imports.kinds import MODES
from attendance.imports.modes_beside import ModeRow, ModesBeside
from attendance.rules.mode_entry import BadMode, check_mode
from attendance.rules.modes import ModeFact
from students.oneroster.comparing import compare_facts, outcomes
from students.oneroster.draft import Draft
from students.oneroster.effects import note_students_facts
from students.oneroster.plan import KindPlan, Plan
from students.oneroster.stored import stored_facts
from students.rules.reconciliation import Claim

FILE = "modes.csv"
KIND = MODES.name
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_modes(draft: Draft) -> None:
    """Claims of modes by student; two modes may not hold on the same days."""
    if "modes" not in draft.tables:
        return
    draft.claims[KIND] = {}
    plans: dict[str, list[_Row]] = {}
    for row in draft.rows("modes"):
        if _is_sound(draft, row):
            _claim(draft, row, plans.setdefault(row.studentSourcedId, []))


class _Row(NamedTuple):
    claim: Claim
    mode: str
    weekdays: tuple[int, ...]
    rotation_days: tuple[str, ...]
    section: str
    is_quarantine: bool

    def meets(self, other: "_Row") -> bool:
        """Whether both hold on some day; no days named means every one."""
        return (
            (self.section, self.is_quarantine) == (other.section, other.is_quarantine)
            and self.claim.otherwise <= (other.claim.ends_on or self.claim.otherwise)
            and other.claim.otherwise <= (self.claim.ends_on or other.claim.otherwise)
            and _share(self.weekdays, other.weekdays)
            and _share(self.rotation_days, other.rotation_days)
        )


def _share(mine: tuple, others: tuple) -> bool:
    return not mine or not others or bool(set(mine) & set(others))


def _is_sound(draft: Draft, row: Any) -> bool:
    at = (FILE, row.line, "studentSourcedId", row.studentSourcedId)
    known = draft.refers(*at, draft.known.users) and draft.is_one_of(draft.known.students, "student", *at)
    of_class = draft.refers(FILE, row.line, "classSourcedId", row.classSourcedId, draft.known.classes)
    return draft.in_order(FILE, row.line, "endDate", row.startDate, row.endDate) and known and of_class


def _claim(draft: Draft, row: Any, others: list[_Row]) -> None:
    weekdays = tuple(sorted({_WEEK.index(day) for day in row.weekdays}))
    rotation = tuple(sorted(set(row.rotationDays)))
    claim = Claim(row.startDate, row.endDate, (), row.startDate, FILE, row.line)
    try:
        # Without a class's own id any will do: what is asked is whether it is of one class alone.
        days = (row.startDate, row.endDate, weekdays, rotation)
        check_mode(ModeFact(row.mode, *days, row.reason, 0 if row.classSourcedId else None))
    except BadMode as bad:
        draft.findings.refuse(FILE, str(bad), row.line, "reason", row.reason)
        return
    mine = _Row(claim, row.mode, weekdays, rotation, row.classSourcedId, row.reason == "quarantine")
    if other := next((found for found in others if found.meets(mine)), None):
        message = f"Line {other.claim.line} gives the student a mode on some of these days already."
        draft.findings.refuse(FILE, message, row.line, "mode", row.mode)
        return
    others.append(mine)
    key = (row.studentSourcedId, row.classSourcedId or None, row.mode, weekdays, rotation, row.reason)
    draft.claim(KIND, key, claim)


def plan_modes(draft: Draft, plan: Plan) -> None:
    """Modes that are no longer listed end on the last session day before the import."""
    if KIND not in draft.claims:
        return
    found = outcomes(
        draft.claims[KIND],
        stored_facts(MODES),
        today=plan.today,
        last_day=lambda key: plan.sessions.before(plan.today, draft.school_of(key[0])),
    )
    made = compare_facts(MODES, found)
    note_students_facts(made, plan.effects)
    _warn_of_pages_and_plans(draft, made)
    plan.kinds.append(made)


def _warn_of_pages_and_plans(draft: Draft, made: KindPlan) -> None:
    """New modes that a page's stand beside, or that the learning plan does not offer (MS-18); both are accepted."""
    new = [ModeRow(*row) for row in [*made.created, *(change.new for change in made.changed)]]
    if not new:
        return
    known = ModesBeside.of(row.student for row in new)
    for row in new:
        if known.entered_here(row):
            draft.findings.warn(
                "A mode that was entered on a page holds on some days of a row; the one that begins later decides.",
                FILE,
            )
        if known.is_not_offered(row):
            draft.findings.warn("A mode is not offered by the learning plan of the student’s school (MS-18).", FILE)
