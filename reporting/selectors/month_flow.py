"""How far a school's month has come between its building and its certification."""

from collections import defaultdict
from dataclasses import dataclass

from reporting.models import Acknowledgement, Finding, MonthRun, RunState, Severity
from reporting.rules.acknowledging import Warned, digest_of
from students.access import Scope


@dataclass(frozen=True)
class WarningGroup:
    """The warnings of one kind of a run, known by their digest; `known` where somebody acknowledged these very ones."""

    code: str
    digest: str
    number: int
    known: Acknowledgement | None


def warning_groups(scope: Scope, run: MonthRun) -> list[WarningGroup]:
    """The warnings of a run by kind; two statements. The run is from the scope."""
    warned: dict[str, list[Warned]] = defaultdict(list)
    found = Finding.objects.filter(run=run, severity=Severity.WARNING).order_by("code", "id")
    for code, *said in found.values_list("code", "message", "date", "student_id"):
        warned[code].append(Warned(*said))
    month = {"school": run.school_id, "school_year": run.school_year_id, "month": run.month}
    known = {(each.code, each.digest): each for each in Acknowledgement.objects.filter(**month, code__in=warned)}
    digests = {code: digest_of(warnings) for code, warnings in warned.items()}
    return [
        WarningGroup(code, digests[code], len(warnings), known.get((code, digests[code])))
        for code, warnings in warned.items()
    ]


def is_newest(scope: Scope, run: MonthRun) -> bool:
    """Whether no later run of the month stands beside this one; one that was cancelled made nothing."""
    others = MonthRun.objects.filter(school=run.school_id, school_year=run.school_year_id, month=run.month)
    newest = others.exclude(state=RunState.CANCELLED).order_by("-requested_at", "-id").first()
    return newest is not None and newest.pk == run.pk
