"""The edit checks of a month: what blocks it while it can be mended, and what is only to be known (RD-71).

One pure function a file, `check(facts)`, which yields its findings; a new check is a file of its own, with its place
here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reporting.rules.checks import (
    contacts,
    days_opened,
    disagreements,
    enrollment_codes,
    enrollments,
    excuses,
    exit_dates,
    lawful_calendar,
    ledger,
    never_taken,
    no_shows,
    nobody_ever_absent,
    nothing_scheduled,
    own_time,
    own_time_plans,
    roster_age,
    saved_unopened,
    short_school_days,
    short_student_days,
    state_codes,
    state_ids,
    stray_marks,
    suspensions,
    told_beside,
    truancy_notices,
    turned_present,
    untaken_classes,
    virtual_schools,
    waivers,
)
from reporting.rules.facts import LedgerDifference, MonthFacts
from reporting.rules.found import ERROR, Found

CHECKS: tuple[Callable[[MonthFacts], Iterator[Found]], ...] = (
    state_codes.check,
    virtual_schools.check,
    days_opened.check,
    ledger.check,
    untaken_classes.check,
    never_taken.check,
    own_time.check,
    own_time_plans.check,
    nothing_scheduled.check,
    state_ids.check,
    enrollments.check,
    enrollment_codes.check,
    exit_dates.check,
    no_shows.check,
    excuses.check,
    suspensions.check,
    short_school_days.check,
    short_student_days.check,
    waivers.check,
    lawful_calendar.check,
    truancy_notices.check,
    contacts.check,
    stray_marks.check,
    turned_present.check,
    disagreements.check,
    saved_unopened.check,
    nobody_ever_absent.check,
    told_beside.check,
    roster_age.check,
)


def check_month(facts: MonthFacts, differences: Iterable[LedgerDifference] = ()) -> list[Found]:
    """Every finding of a month: errors first, then by date."""
    compared = replace(facts, ledger_differences=list(differences))
    found = [each for check in CHECKS for each in check(compared)]
    return sorted(found, key=lambda each: (each.severity != ERROR, each.day or facts.starts_on))
