"""Cases, partners and referrals, said shortly."""

from typing import Any
from uuid import uuid4

from interventions.models import Case, Partner, Referral, Standing
from interventions.services.referrals import ReferralFacts, refer
from students.models import GuardianLink
from students.models.guardians import Guardian
from tests.world import NOW, TODAY, YEAR_STARTS, World


def a_case(world: World, name: str = "Abara", **given: Any) -> Case:
    """An open case of tier 2 in the student's school."""
    student = world.students[name]
    school = student.enrollments.get().school
    facts = {"student": student, "year": world.year, "school": school, "tier": 2, "opened_at": NOW, "opened_on": TODAY}
    return Case.objects.create(**facts | given)


def a_partner(world: World, kind: str = "community", name: str = "Delta Youth", **given: Any) -> Partner:
    """A partner of the directory; an agency locates students."""
    locates = kind in {"housing", "municipality", "dcf"}
    by = {"submission_id": uuid4(), "entered_by": world.users["reyes"], "entered_at": NOW}
    return Partner.objects.create(kind=kind, name=name, **{"locates_students": locates} | by | given)


def disengaged(world: World, name: str = "Abara") -> None:
    """A standing with a criterion that holds."""
    criteria = [{"sign": "days_running", "since": "2020-10-26", "days": ["2020-10-26"], "among": 5}]
    Standing.objects.create(
        student=world.students[name], year=world.year, school=world.lincoln, tier=3, absences=7, as_of=TODAY,
        criteria=criteria,
    )  # fmt: skip


def a_mother(world: World, name: str = "Abara") -> Guardian:
    """A guardian who may be contacted."""
    mother = Guardian.objects.create(given_name="Ngozi", family_name=name, phone="601 555 0142", language="es")
    GuardianLink.objects.create(
        guardian=mother, student=world.students[name], relationship="Mother", may_contact=True, starts_on=YEAR_STARTS
    )
    return mother


CONSENT = {"basis": "consent", "consented_on": TODAY, "consent_from": "guardian", "consent_name": "Ngozi Abara"}


def asked(partner: Partner, **given: Any) -> ReferralFacts:
    """What a counselor asks a community organization."""
    facts = {"reason": "Six absences since September", "request": "Ring the family", "shared": ["name", "grade"]}
    return ReferralFacts(**{"partner_id": partner.pk} | CONSENT | facts | given)


def referred(world: World, case: Case, partner: Partner, by: str = "osei", **given: Any) -> Referral:
    """A referral that the counselor made."""
    return refer(world.scope(by), case.pk, asked(partner, **given), submission_id=uuid4())
