"""The district certifies a month: what was approved still stands, the chain grows by one, and the days are frozen."""

from django.db import connection, transaction

from attendance.services.freezing import freeze, hold_still
from reporting.models import Approval, Certification, ExportFile, MonthRun
from reporting.rules.archives import members_of
from reporting.rules.certification_chain import Certified, Earlier, Signed, link
from reporting.rules.checks import check_month
from reporting.rules.facts import MonthFacts
from reporting.rules.filing import title_of
from reporting.rules.found import ERROR
from reporting.rules.layout_text import BadLayout, layout_of
from reporting.rules.layouts import LayoutFault
from reporting.rules.month_names import month_name
from reporting.rules.package import build_package
from reporting.selectors.month_facts import month_facts
from reporting.selectors.month_flow import certifications_of
from reporting.selectors.months import run_in_scope
from reporting.selectors.snapshot import snapshot
from reporting.services.signing import name_of, refuse_unbuilt, run_to_sign
from students.access import Scope
from students.refusals import Forbidden, Refused

# Any number that no other part of the product takes: the end of the chain is one person's at a time.
_CHAIN = 5_326_007


def certify(scope: Scope, run_id: int) -> Certification:
    """Certify the approved package of a run; certified twice, or by two at once, it is so once, by who was first.

    Not inside another transaction. Raises NotInScope, Forbidden for anybody but the district's administrator, and
    Refused for a run that is not approved, not the newest, or whose facts would make another package now.
    """
    run = run_in_scope(scope, run_id)
    if not scope.district_wide:
        raise Forbidden("Only a district administrator certifies a month.")
    if signed := Certification.objects.filter(run=run).first():
        return signed
    seen = _looked_at(scope, run)
    with transaction.atomic():
        # Whoever is changing a day of the school finishes first, and is seen; whoever comes later meets frozen days.
        hold_still(scope, run.school_id)
        run = run_to_sign(scope, run_id)
        if signed := Certification.objects.filter(run=run).first():
            return signed
        approval = _approval(scope, run)
        if (now := _facts(scope, run)) != seen:
            _refuse_changed(scope, run, now)
        signed = _signed(scope, run, approval, ExportFile.objects.get(run=run))
        freeze(scope, run.school_id, run.starts_on, run.ends_on)
        return signed


def _looked_at(scope: Scope, run: MonthRun) -> MonthFacts:
    """The facts, checked and laid out while teachers still save: held still, a school waits only for them to be the
    same.
    """
    _approval(scope, run)
    with snapshot():
        facts = _facts(scope, run)
    _refuse_changed(scope, run, facts)
    return facts


def _approval(scope: Scope, run: MonthRun) -> Approval:
    refuse_unbuilt(scope, run)
    approval = Approval.objects.filter(run=run).first()
    if approval is None:
        raise Refused("The school has not approved this month yet.")
    return approval


def _facts(scope: Scope, run: MonthRun) -> MonthFacts:
    return month_facts(scope, run.school, run.school_year, run.month, run.starts_on, run.ends_on)


def _refuse_changed(scope: Scope, run: MonthRun, facts: MonthFacts) -> None:
    found = check_month(facts)
    if errors := [each for each in found if each.severity == ERROR]:
        raise Refused(f"The month has changed since it was built: {errors[0].message} Build it again.")
    package = ExportFile.objects.get(run=run)
    try:
        # By the layout it was built by, whichever is in use today.
        layout = layout_of(members_of(bytes(package.content)))
        now = build_package(facts, layout, as_of=run.as_of or scope.now, warnings=len(found))
    except (BadLayout, LayoutFault) as fault:
        raise Refused(f"The month has changed since it was built: {fault} Build it again.") from fault
    stood = {each["record_set"]: each["sha256"] for each in package.files}
    changed = [title_of(each["record_set"]) for each in now.files if stood.get(each["record_set"]) != each["sha256"]]
    if changed:
        raise Refused(f"The month has changed since it was built: {', '.join(changed)}. Build it again.")


def _signed(scope: Scope, run: MonthRun, approval: Approval, package: ExportFile) -> Certification:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN])
    last = Certification.objects.order_by("sequence").last()
    sequence, previous = (last.sequence + 1, last.hash) if last else (1, "")
    of_month = {"school_id": run.school_id, "school_year_id": run.school_year_id, "month": run.month}
    amends = certifications_of(scope, run).last()
    signer = Signed(name_of(scope), scope.now)
    signed = link(sequence, previous, _what(run, approval, package, signer, amends))
    return Certification.objects.create(
        **of_month,
        sequence=sequence,
        run=run,
        approval=approval,
        package_sha256=package.sha256,
        certified_by_id=scope.person,
        certified_by_name=signer.name,
        certified_at=signer.at,
        amends=amends,
        previous_hash=previous,
        content=signed.content,
        hash=signed.hash,
    )


def _what(
    run: MonthRun, approval: Approval, package: ExportFile, signer: Signed, amends: Certification | None
) -> Certified:
    return Certified(
        organization=f"{run.school.district.code}-{run.school.code}",
        school=run.school.name,
        school_year=run.school_year.name,
        month=str(month_name(run.month, run.school_year.starts_on.year)),
        package=package.name,
        package_sha256=package.sha256,
        approved=Signed(approval.approved_by_name, approval.approved_at),
        certified=signer,
        amends=Earlier(amends.sequence, amends.hash) if amends else None,
    )
