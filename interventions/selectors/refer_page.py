"""What the form of a referral offers: partners who serve the student's school first, and the facts that the rule lets
the chosen one have on the chosen basis (RD-61).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from interventions.models import Case, LegalBasis, Partner, Referral, Step, StepState
from interventions.rules.referrals import OPEN
from interventions.rules.sharing import AskedStudent, Basis, Fact, barred, least, most
from interventions.selectors.asked import asked_partner, asked_student
from interventions.selectors.referral_page import HELPED
from students.access import Scope, visible_to
from students.refusals import NotInScope


@dataclass(frozen=True)
class Chosen:
    """A partner and a basis that were chosen: what may be shared at most, what is offered first, and why not more.

    `barred` holds the rule's words where nothing may be shared at all.
    """

    partner: Partner
    basis: str
    most: Sequence[str]
    least: Sequence[str]
    barred: Sequence[str]

    @property
    def needs_consent(self) -> bool:
        """Whether somebody has to have consented."""
        return self.basis == LegalBasis.CONSENT


@dataclass(frozen=True)
class ReferPage:
    """A case, the partners of its school and then the others, the steps of the plan that wait, and what was chosen."""

    case: Case
    student: AskedStudent
    nearest: Sequence[Partner]
    others: Sequence[Partner]
    referred_to: frozenset[int]
    steps: Sequence[Step]
    chosen: Chosen | None


def refer_page(scope: Scope, case_id: int, *, partner_id: int | None = None, basis: str = "") -> ReferPage:
    """What a referral of a case can be; the same number of statements however many partners. Raises NotInScope."""
    case = visible_to(scope, Case).select_related("student", "school").filter(pk=case_id).first()
    if case is None:
        raise NotInScope
    partners = _partners(case)
    student = asked_student(scope, case)
    open_ones = Referral.objects.filter(student=case.student_id, status__in=OPEN)
    return ReferPage(
        case=case,
        student=student,
        nearest=[each for each in partners if each.serves or not each.limited],  # type: ignore[attr-defined]
        others=[each for each in partners if each.limited and not each.serves],  # type: ignore[attr-defined]
        referred_to=frozenset(open_ones.values_list("partner_id", flat=True)),
        steps=list(Step.objects.filter(case=case, state=StepState.OPEN, kind__in=HELPED)),
        chosen=_chosen(scope, student, [each for each in partners if each.pk == partner_id], basis),
    )


def _partners(case: Case) -> list[Partner]:
    served = Partner.schools.through.objects.filter(partner=OuterRef("pk"))
    found = Partner.objects.filter(ended_at=None).annotate(
        serves=Exists(served.filter(school=case.school_id)), limited=Exists(served)
    )
    return list(found.order_by("-serves", "kind", "name", "pk"))


def _chosen(scope: Scope, student: AskedStudent, partners: Sequence[Partner], basis: str) -> Chosen | None:
    if not partners or basis not in LegalBasis.values:
        return None
    asked, on = asked_partner(scope, partners[0]), Basis(basis)
    return Chosen(
        partner=partners[0],
        basis=basis,
        most=[each.value for each in Fact if each in most(asked, on)],
        least=[each.value for each in Fact if each in least(asked, on)],
        barred=[each.words for each in barred(asked, student, on)],
    )
