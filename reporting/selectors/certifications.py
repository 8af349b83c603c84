"""The chain of certifications as it is kept: its links, whether it holds, and the copy that leaves with a package."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Func, QuerySet

from attendance.models import FrozenMonth
from reporting.models import Certification, ExportFile
from reporting.rules.certification_chain import (
    Fault,
    Link,
    chain_faults,
    in_utc,
    lost_faults,
    row_fault,
    standing_sentence,
)
from students.access import Scope, visible_to
from students.models import SchoolYear


@dataclass(frozen=True)
class Chain:
    """The district's chain, whole, and everything found untrue of it."""

    links: list[Link]
    faults: list[Fault]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    @property
    def sentence(self) -> str:
        """Whether it holds, in one sentence."""
        return standing_sentence(self.links, self.faults)


def chain_links(scope: Scope, *, through: int | None = None) -> list[Link]:
    """The district's chain up to a certification inclusive, whoever asks: half a chain could not be checked."""
    rows = Certification.objects.order_by("sequence")
    if through is not None:
        rows = rows.filter(sequence__lte=through)
    return [Link(*row) for row in rows.values_list("content", "hash")]


def checked_chain(scope: Scope) -> Chain:
    """The whole chain, checked: its links, its rows beside what was signed, and the bytes of every package kept.

    Three statements; PostgreSQL hashes the packages, so that none of their bytes are read into this process.
    """
    rows = list(_rows(Certification.objects.order_by("sequence")))
    links = [Link(row.content, row.hash) for row in rows]
    faults = chain_faults(links, packages=dict(enumerate(_hashes(rows), start=1)))
    told = [row_fault(number, row.content, _said_by_row(row)) for number, row in enumerate(rows, start=1)]
    lost = lost_faults(links, _frozen_without(rows))
    return Chain(links, sorted([*faults, *filter(None, told), *lost], key=lambda fault: fault.number))


def certifications(scope: Scope) -> QuerySet[Certification]:
    """The certifications of the schools whose months are open to this person, the newest first."""
    return _rows(visible_to(scope, Certification)).order_by("-sequence")


def certifications_of(scope: Scope, year: SchoolYear) -> QuerySet[Certification]:
    """Those of a school year in the order of the chain, bare."""
    return visible_to(scope, Certification).filter(school_year=year).order_by("sequence").defer("content")


def _rows(rows: QuerySet[Certification]) -> QuerySet[Certification]:
    return rows.select_related("school", "school_year", "approval", "amends", "run")


def _hashes(rows: Iterable[Certification]) -> list[str]:
    kept_hash: Func = Func(F("content"), template="encode(sha256(%(expressions)s), 'hex')", output_field=CharField())
    runs = [row.run_id for row in rows]
    kept = dict(ExportFile.objects.filter(run__in=runs).annotate(kept_hash=kept_hash).values_list("run", "kept_hash"))
    return [kept.get(run, "") for run in runs]


def _frozen_without(rows: Iterable[Certification]) -> list[str]:
    """Frozen months, in words, that no certification is of."""
    certified = {(row.school_id, row.run.starts_on, row.run.ends_on) for row in rows}
    frozen = FrozenMonth.objects.select_related("school").order_by("school_id", "starts_on")
    return [
        f"{each.school.name}, {each.starts_on.isoformat()} to {each.ends_on.isoformat()},"
        for each in frozen
        if (each.school_id, each.starts_on, each.ends_on) not in certified
    ]


def _said_by_row(row: Certification) -> dict[str, Any]:
    return {
        "sequence": row.sequence,
        "previous": row.previous_hash,
        "approved": {"by": row.approval.approved_by_name, "at": in_utc(row.approval.approved_at)},
        "certified": {"by": row.certified_by_name, "at": in_utc(row.certified_at)},
        "amends": row.amends and {"sequence": row.amends.sequence, "hash": row.amends.hash},
    }
