"""RD-09: a school that the files no longer list ends where the student's new primary school begins."""

from students.oneroster.comparing import Outcomes, row_of
from students.oneroster.kinds import SCHOOL_ENROLLMENTS
from students.oneroster.plan import Change, KindPlan, Row
from students.oneroster.sessions import SessionDays
from students.rules.reconciliation import Fact

_COLUMNS = SCHOOL_ENROLLMENTS.columns
STUDENT, SCHOOL, STARTS, ENDS, PRIMARY = (
    _COLUMNS.index(name) for name in ("student", "school", "starts_on", "ends_on", "is_primary")
)


def give_way(plan: KindPlan, outcomes: Outcomes, sessions: SessionDays) -> None:
    """Shorten what is left of former primary schools, so that the day of transfer belongs to the receiving one."""
    claimed = _claimed_primaries(outcomes)
    plan.ended = [change._replace(new=_shortened(change.new, claimed, sessions)) for change in plan.ended]
    for key, outcome in outcomes.items():
        for held in outcome.history:
            old = row_of(key, held)
            new = _shortened(old, claimed, sessions)
            if new != old:
                plan.ended.append(Change(held.id, old, new))


def _claimed_primaries(outcomes: Outcomes) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for (student, _), outcome in outcomes.items():
        found.setdefault(student, []).extend(fact for fact in outcome.claimed if fact.values[1])
    return found


def _shortened(row: Row, claimed: dict[str, list[Fact]], sessions: SessionDays) -> Row:
    """A former enrollment that no primary one shares a day with."""
    if not row[PRIMARY]:
        return row
    changed = list(row)
    for fact in claimed.get(row[STUDENT], ()):
        if fact.starts_on > changed[ENDS] or (fact.ends_on and fact.ends_on < changed[STARTS]):
            continue
        if fact.starts_on > changed[STARTS]:
            changed[ENDS] = max(changed[STARTS], sessions.before(fact.starts_on, row[SCHOOL]))
        else:
            changed[PRIMARY] = False
    return tuple(changed)
