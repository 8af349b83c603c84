"""The months over a packet's days: what was built, found, acknowledged, approved and certified, and amended since."""

from collections.abc import Iterator

from django.db.models import Q

from attendance.models import AmendedDay, FrozenMonth
from reporting.models import Acknowledgement, AuditPacket, Finding, MonthRun
from reporting.selectors.packet_cells import Cells
from reporting.selectors.packet_tables import Row, Table
from students.access import Scope, visible_to

RUNS = Table(
    "month_runs",
    "The months that were built over these days, and the hash of each package",
    ("run", "school", "month", "from", "to", "state", "asked_by", "as_of", "ada", "adm", "package", "sha256"),
)
FINDINGS = Table(
    "findings",
    "What the checks of those months found",
    ("run", "severity", "code", "rule", "date", "student", "students", "message"),
)
ACKNOWLEDGED = Table(
    "acknowledgements",
    "Warnings of those months that somebody knows by name, and why they stand (RD-71)",
    ("school", "month", "code", "reason", "by", "at", "digest"),
)
CERTIFIED = Table(
    "certifications",
    "Who approved and who certified those months, with the links of the chain",
    (
        "run", "school", "month", "approved_by", "approved_at", "place_in_chain", "certified_by", "certified_at",
        "package_sha256", "previous_hash", "hash", "amends",
    ),
)  # fmt: skip
FROZEN = Table("frozen_days", "Days that are frozen since they were certified", ("school", "from", "to", "frozen_at"))
AMENDED = Table(
    "amended_days",
    "What was changed on certified days, by whom and why",
    ("school", "date", "student", "what", "was", "became", "reason", "by", "at"),
)


def runs_over(scope: Scope, packet: AuditPacket, schools: dict[int, str]) -> list[MonthRun]:
    """The runs over these days that the maker may see, the earliest first."""
    over = Q(school__in=schools, starts_on__lte=packet.ends_on, ends_on__gte=packet.starts_on)
    runs = visible_to(scope, MonthRun).filter(over).select_related("package").defer("package__content")
    return list(runs.order_by("school", "month", "requested_at", "pk"))


def run_rows(scope: Scope, runs: list[MonthRun], schools: dict[int, str], cells: Cells) -> Iterator[Row]:
    """Runs, as rows of RUNS."""
    for run in runs:
        package = getattr(run, "package", None)
        yield [
            str(run.pk), schools[run.school_id], str(run.month), cells.cell(run.starts_on), cells.cell(run.ends_on),
            run.state, cells.name(run.requested_by_id), cells.cell(run.as_of), run.ada, run.adm,
            package.name if package else "", package.sha256 if package else "",
        ]  # fmt: skip


def finding_rows(scope: Scope, packet: AuditPacket, runs: list[MonthRun], cells: Cells) -> Iterator[Row]:
    """What those runs found, as rows of FINDINGS: of a student's packet only what is about that student or nobody."""
    found = Finding.objects.filter(run__in=runs).select_related("student").order_by("run", "severity", "date", "pk")
    if packet.student_id:
        found = found.filter(Q(student=packet.student_id))
    for each in found.iterator(chunk_size=1000):
        yield [
            str(each.run_id), each.severity, each.code, each.rule, cells.cell(each.date),
            each.student.state_id if each.student else "", str(each.students or ""), each.message,
        ]  # fmt: skip


def acknowledged_rows(scope: Scope, runs: list[MonthRun], schools: dict[int, str], cells: Cells) -> Iterator[Row]:
    """Warnings of those months that somebody answers for, as rows of ACKNOWLEDGED."""
    months = {(run.school_id, run.school_year_id, run.month) for run in runs}
    found = Acknowledgement.objects.filter(
        school__in={each[0] for each in months}, school_year__in={each[1] for each in months}
    )
    for each in found.order_by("school", "month", "pk"):
        if (each.school_id, each.school_year_id, each.month) in months:
            at = cells.cell(each.acknowledged_at)
            head = [schools[each.school_id], str(each.month), each.code]
            yield [*head, each.reason, each.acknowledged_by_name, at, each.digest]


def certified_rows(scope: Scope, runs: list[MonthRun], schools: dict[int, str], cells: Cells) -> Iterator[Row]:
    """Approvals and certifications of those runs, as rows of CERTIFIED."""
    approved = MonthRun.objects.filter(pk__in=[run.pk for run in runs], approval__isnull=False)
    for run in approved.select_related("approval", "certification__amends").defer("package").order_by("pk"):
        head = [str(run.pk), schools[run.school_id], str(run.month)]
        approval, link = run.approval, getattr(run, "certification", None)
        signed = [approval.approved_by_name, cells.cell(approval.approved_at)]
        if link is None:
            yield [*head, *signed, *[""] * 7]
            continue
        yield [
            *head, *signed, str(link.sequence), link.certified_by_name, cells.cell(link.certified_at),
            link.package_sha256, link.previous_hash, link.hash, str(link.amends.sequence) if link.amends else "",
        ]  # fmt: skip


def frozen_rows(scope: Scope, packet: AuditPacket, schools: dict[int, str], cells: Cells) -> Iterator[Row]:
    """Frozen spans, as rows of FROZEN."""
    over = FrozenMonth.objects.filter(starts_on__lte=packet.ends_on, ends_on__gte=packet.starts_on)
    for each in over.filter(school__in=schools).order_by("school", "starts_on"):
        yield [schools[each.school_id], *(cells.cell(at) for at in (each.starts_on, each.ends_on, each.frozen_at))]


def amended_rows(scope: Scope, packet: AuditPacket, schools: dict[int, str], cells: Cells) -> Iterator[Row]:
    """What was changed of certified days, as rows of AMENDED: of a student alone, and of the whole school."""
    span = (packet.starts_on, packet.ends_on)
    found = AmendedDay.objects.filter(school__in=schools, date__range=span).select_related("student")
    if packet.student_id:
        found = found.filter(Q(student=packet.student_id) | Q(student__isnull=True))
    for each in found.iterator(chunk_size=1000):
        yield [
            schools[each.school_id], cells.cell(each.date), each.student.state_id if each.student else "", each.what,
            each.was, each.became, each.reason, cells.name(each.amended_by_id), cells.cell(each.amended_at),
        ]  # fmt: skip
