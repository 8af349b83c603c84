"""How far a school's month has come between its building and its certification."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from reporting.models import Acknowledgement, Approval, Certification, Finding, MonthRun, RunState, Severity
from reporting.rules.acknowledging import Warned, digest_of
from reporting.selectors.amendments import amendments_of
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
    found = Finding.objects.filter(run=run, severity=Severity.WARNING).order_by("code", "id")
    return known_warnings(scope, run, found)


def known_warnings(scope: Scope, run: MonthRun, found: Iterable[Finding]) -> list[WarningGroup]:
    """The same for findings that were read already; one statement."""
    warned: dict[str, list[Warned]] = defaultdict(list)
    for each in found:
        if each.severity == Severity.WARNING:
            warned[each.code].append(Warned(each.message, each.date, each.student_id))
    known = {(each.code, each.digest): each for each in _of_month(Acknowledgement, run).filter(code__in=warned)}
    digests = {code: digest_of(warnings) for code, warnings in warned.items()}
    return [
        WarningGroup(code, digests[code], len(warnings), known.get((code, digests[code])))
        for code, warnings in warned.items()
    ]


@dataclass(frozen=True)
class MonthFlow:
    """How far the newest run of a month has come; `certified` is the month's last certification, of whichever run.

    `amended` counts the acts that changed its days after that one.
    """

    run: MonthRun
    unknown: int
    certified: Certification | None
    amended: int

    @property
    def approval(self) -> Approval | None:
        """The school's, of this run."""
        return getattr(self.run, "approval", None)

    @property
    def certification(self) -> Certification | None:
        """The district's, of this run."""
        return self.certified if self.certified and self.certified.run_id == self.run.pk else None

    @property
    def earlier(self) -> Certification | None:
        """What is certified already of the month, where this run is not."""
        return None if self.certification else self.certified

    @property
    def steps_done(self) -> int:
        """Of the four: built, warnings known, approved, certified; each rests on the one before."""
        if self.run.state != RunState.DONE:
            return 0
        if self.certification:
            return 4
        if self.approval:
            return 3
        return 1 if self.unknown else 2


def month_flow(scope: Scope, run: MonthRun, warnings: Iterable[WarningGroup]) -> MonthFlow:
    """The flow of a run that was read with its approval; two statements at most. The run is from the scope."""
    certified = certifications_of(scope, run).last()
    unknown = sum(each.known is None for each in warnings)
    return MonthFlow(run, unknown, certified, _amended_since(scope, run, certified) if certified else 0)


def _amended_since(scope: Scope, run: MonthRun, certified: Certification) -> int:
    since = amendments_of(scope, run.school_id, run).filter(amended_at__gt=certified.certified_at).order_by()
    return since.aggregate(acts=Count("change", distinct=True))["acts"]


def certifications_of(scope: Scope, run: MonthRun) -> QuerySet[Certification]:
    """The certifications of a run's month, the first first. The run is from the scope."""
    return _of_month(Certification, run).order_by("sequence")


def _of_month(model: type[Any], run: MonthRun) -> QuerySet[Any]:
    return model.objects.filter(school=run.school_id, school_year=run.school_year_id, month=run.month)


def is_newest(scope: Scope, run: MonthRun) -> bool:
    """Whether no later run of the month stands beside this one; one that was cancelled made nothing."""
    newest = _of_month(MonthRun, run).exclude(state=RunState.CANCELLED).order_by("-requested_at", "-id").first()
    return newest is not None and newest.pk == run.pk
