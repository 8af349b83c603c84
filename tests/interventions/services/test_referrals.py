"""Referrals: what the rule refuses is not made, and what is made is logged as told (MD-06, MD-07, RD-61)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from interventions.models import Disclosure, LegalBasis, Referral, ReferralMove, Step
from interventions.rules.referrals import COMPLETED, DECLINED, MADE, OPEN, TOLD_WHY, WITHDRAWN, next_statuses
from interventions.services.evaluation import evaluate
from interventions.services.partners import end_partner
from interventions.services.referral_moves import make_sheet, move_referral
from interventions.services.referrals import refer
from interventions.services.steps import end_step
from students.refusals import NotInScope, Refused, Stale
from tests.interventions.acts import absences, days_of, open_case
from tests.interventions.referral_acts import a_case, a_mother, a_partner, asked, disengaged, referred
from tests.world import NOW, TODAY, World


def test_RD61_a_referral_is_logged_as_told_with_its_basis_and_made_once(world: World) -> None:
    case, partner, form = a_case(world), a_partner(world, answer_days=14), uuid4()
    a_mother(world)
    first, second = (refer(world.scope("osei"), case.pk, asked(partner), submission_id=form) for _ in range(2))
    assert (first.pk, first.status, first.answer_due_on) == (second.pk, "made", TODAY + timedelta(days=14))
    told = Disclosure.objects.get()
    assert (told.to, told.basis, told.shared, told.referral) == ("Delta Youth", "consent", ["name", "grade"], first)
    assert (told.student, told.by, told.partner) == (case.student, world.users["osei"], partner)
    assert ReferralMove.objects.get().status == "made"
    with pytest.raises(Refused, match="another referral"):
        refer(world.scope("osei"), case.pk, asked(a_partner(world, name="Else")), submission_id=form)
    with pytest.raises(Refused, match="referred to this partner already"):
        referred(world, case, partner)


def test_MD07_an_agency_is_asked_for_the_disengaged_and_the_unlocated_alone(world: World) -> None:
    case, agency = a_case(world, tier=3), a_partner(world, "housing", "Delta Housing")
    wanted = {"basis": "emergency", "shared": ["name", "birth_date", "contact"]}
    with pytest.raises(Refused, match="never because of a count of absences"):
        referred(world, case, agency, **wanted)
    assert not Disclosure.objects.exists()
    disengaged(world)
    assert referred(world, case, agency, **wanted).basis == LegalBasis.EMERGENCY
    lost = a_case(world, "Grant", is_unlocated=True)
    assert referred(world, lost, agency, **wanted).consent_name == ""


def test_what_the_rule_or_the_case_refuses_is_not_made(world: World) -> None:
    case, mentor = a_case(world), a_partner(world, "mentor", "Ida Cole")
    a_mother(world)
    for given, words in (
        ({"consent_name": " "}, "person who gave it"),
        ({"consented_on": None}, "with its date"),
        ({"consent_from": "student"}, "under 18"),
        ({"basis": "school_official"}, "written agreement"),
        ({"shared": ["name", "absences"]}, "more than a partner of this kind needs"),
        ({"shared": ["grade"]}, "names the student"),
        ({"shared": ["name", "health"]}, "Choose what is shared"),
        ({"basis": "because"}, "legal basis"),
        ({"reason": ""}, "cannot be blank"),
        ({"reason": "x" * 501}, "500"),
    ):
        with pytest.raises(Refused, match=words):
            referred(world, case, mentor, **given)
    case.closed_at, case.closed_by, case.outcome = NOW, world.users["osei"], "improved"
    case.save()
    with pytest.raises(Refused, match="case is closed"):
        referred(world, case, mentor)
    assert not Referral.objects.exists()


def test_nobody_refers_a_student_of_another_school_nor_to_a_partner_that_ended(world: World) -> None:
    case, partner = a_case(world), a_partner(world)
    a_mother(world)
    for person in ("lindqvist", "whitfield", "mayfield", "tran", "hale", "dupree", "novak"):
        with pytest.raises(NotInScope):
            referred(world, case, partner, by=person)
    end_partner(world.scope("reyes"), partner.pk)
    with pytest.raises(NotInScope):
        referred(world, case, partner)


def test_a_referral_goes_on_as_the_partner_answers_and_keeps_its_history(world: World) -> None:
    case, partner, osei = a_case(world), a_partner(world), world.scope("osei")
    a_mother(world)
    made = referred(world, case, partner)
    for _twice in range(2):
        move_referral(osei, made.pk, to="accepted", version=1)
    with pytest.raises(Stale):
        move_referral(osei, made.pk, to="declined", words="No room", version=1)
    with pytest.raises(Refused, match="what came of it"):
        move_referral(osei, made.pk, to="completed", words=" ", version=2)
    with pytest.raises(Refused, match="cannot follow"):
        move_referral(osei, made.pk, to="made", version=2)
    with pytest.raises(NotInScope):
        move_referral(world.scope("lindqvist"), made.pk, to="under_way", version=2)
    done = move_referral(osei, made.pk, to="completed", words="Has a mentor", version=2)
    assert (done.status, done.outcome) == ("completed", "Has a mentor")
    moves = list(made.moves.values_list("status", "words"))
    assert moves == [("made", ""), ("accepted", ""), ("completed", "Has a mentor")]
    again = move_referral(osei, made.pk, to="under_way", version=3)
    assert again.outcome == ""


def test_a_completed_referral_ends_its_step_with_its_outcome_unless_somebody_did_before(world: World) -> None:
    case = a_case(world)
    step = Step.objects.create(case=case, tier=1, kind="community", words="Ask a partner")
    referral = referred(world, case, a_partner(world), step_id=step.pk)
    osei = world.scope("osei")
    move_referral(osei, referral.pk, to="accepted", version=1)
    move_referral(osei, referral.pk, to="completed", words="A mentor comes on Fridays.", version=2)
    step.refresh_from_db()
    assert (step.state, step.outcome, step.ended_by) == ("done", "A mentor comes on Fridays.", world.users["osei"])
    other = Step.objects.create(case=case, tier=1, kind="other", words="Ask once more")
    end_step(osei, case.pk, other.pk, state="not_needed", outcome="Moved away")
    second = referred(world, case, a_partner(world, name="Another"), step_id=other.pk)
    move_referral(osei, second.pk, to="accepted", version=1)
    move_referral(osei, second.pk, to="completed", words="Done", version=2)
    other.refresh_from_db()
    assert other.outcome == "Moved away"


def test_RD61_the_sheet_says_what_is_shared_alone_and_each_sheet_is_logged_once(world: World) -> None:
    case, partner, osei = a_case(world), a_partner(world), world.scope("osei")
    a_mother(world)
    made = referred(world, case, partner, shared=["contact", "language", "name", "school"])
    form = uuid4()
    sheets = [make_sheet(osei, made.pk, submission_id=form) for _twice in range(2)]
    assert [(each.label, each.value) for each in sheets[0].lines] == [
        ("Name", "Chidi Abara"),
        ("School", "Lincoln High School"),
        ("Language of the family", ""),
        ("Whom to contact, and how", ""),
    ]
    assert sheets[0].lines[2].languages == ["es"]
    assert [(each.name, each.phone) for each in sheets[0].lines[3].contacts] == [("Ngozi Abara", "601 555 0142")]
    assert made.disclosures.count() == 2
    move_referral(osei, made.pk, to="withdrawn", words="The family moved", version=1)
    with pytest.raises(Refused, match="is over"):
        make_sheet(osei, made.pk, submission_id=uuid4())


def test_MD07_no_further_sheet_goes_to_an_agency_when_the_student_is_found(world: World) -> None:
    case, agency = a_case(world, is_unlocated=True), a_partner(world, "housing", "Delta Housing")
    facts = ["name", "birth_date", "grade", "absences"]
    made = referred(world, case, agency, basis="emergency", shared=facts[:3])
    sheet = make_sheet(world.scope("osei"), made.pk, submission_id=uuid4())
    assert [each.value for each in sheet.lines] == ["Chidi Abara", "January 15, 2006", "09"]
    case.is_unlocated = False
    case.save()
    with pytest.raises(Refused, match="MD-07"):
        make_sheet(world.scope("osei"), made.pk, submission_id=uuid4())
    with pytest.raises(NotInScope):
        make_sheet(world.scope("hale"), made.pk, submission_id=uuid4())


def test_whoever_answers_can_change_the_answer_but_not_a_withdrawal() -> None:
    assert WITHDRAWN in next_statuses(MADE)
    assert next_statuses(WITHDRAWN) == ()
    assert MADE not in {each for status in OPEN for each in next_statuses(status)}
    assert {DECLINED, COMPLETED, WITHDRAWN} == TOLD_WHY


def test_a_case_with_a_referral_stays_for_a_person_to_close_when_its_absences_are_corrected(world: World) -> None:
    days = absences(world, "Abara", 5)
    evaluate(world.installation, [world.students["Abara"].pk])
    case = open_case(world, "Abara")
    a_mother(world)
    referred(world, case, a_partner(world))
    days_of(world, "Abara", days[:1], "present")
    evaluate(world.installation, [world.students["Abara"].pk])
    still = open_case(world, "Abara")
    assert (still.pk, still.tier) == (case.pk, 0)
