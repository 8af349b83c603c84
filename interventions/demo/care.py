"""What was done about absences in the demo so far: tiers as they were found, calls, steps, notes, and cases that ended.

The same services as on the pages, each at the hour of its day, so that the timelines read like a fall.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import cycle
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from attendance.demo.cast import (
    COUNSELOR,
    DISTRICT_ADMINISTRATOR,
    ELEMENTARY,
    ELEMENTARY_ADMINISTRATOR,
    HIGH,
    MIDDLE,
    YESTERDAY,
)
from interventions.demo.letters import take_one_back, write_to_families, write_to_the_joined
from interventions.demo.lost import look_for_the_lost, tell_the_officer
from interventions.models import Case, LegalBasis, OutreachAssignment, Partner, Step, StepState
from interventions.selectors.pupils import pupils
from interventions.services.closing import close_case
from interventions.services.contacts import log_contact
from interventions.services.evaluation import evaluate
from interventions.services.handing_over import hand_over
from interventions.services.notes import write_note
from interventions.services.referrals import ReferralFacts, refer
from interventions.services.steps import end_step
from students.access import Scope, scope_of
from students.models import User

# The evenings on which the days were looked at, and the care teams' work of the days after.
EVENINGS = [date(2020, 9, 4), date(2020, 9, 18), date(2020, 10, 2), date(2020, 10, 16), YESTERDAY]
CARERS = {HIGH: COUNSELOR, ELEMENTARY: ELEMENTARY_ADMINISTRATOR, MIDDLE: DISTRICT_ADMINISTRATOR}
# What came of the calls, in turns.
RESULTS = ["reached", "no_answer", "left_message", "reached", "wrong_number", "no_answer", "reached"]
WORDS = {
    "reached": "Spoke with the family; they will call when something keeps the child at home.",
    "left_message": "Asked to be called back.",
    "no_answer": "",
    "wrong_number": "Somebody else’s number now.",
}
# How steps ended, by their kind.
DONE = {
    "call": "Family reached by phone",
    "visit": "Somebody was home; we talked at the door",
    "conference": "Held at school, with an interpreter where one was needed",
    "services": "Offered; the family thinks about it",
    "review": "Discussed; to be looked at again in a month",
    "family_meeting": "A plan for mornings, signed by all",
    "incentive": "Breakfast with the principal after ten days",
    "locate": "Found at home",
    "mentoring": "A mentor begins next week",
    "district": "Asked; somebody will call the family",
    "community": "A place in the homework room",
    "case_management": "Who does what is agreed",
    "agency": "The agency knows of no new address",
    "other": "Done",
}
# Whom nobody answers for, by their place in a round.
OUT_OF_REACH = {5, 12}
# New cases that one team takes on in a fortnight.
MOST_NEW = 12
NOTES = [
    "The mother works nights; mornings are hard. We agreed on a wake-up call by the homeroom for two weeks.",
    "The bus stop moved in September. School Operations looks into a nearer one.",
    "Shares one device with two siblings. Asked for a second one.",
]


def care_so_far(scope: Scope) -> None:
    """Bring tiers and cases up to yesterday evening by evening, and let the care teams work in between."""
    everybody = pupils(scope, None)
    for evening in EVENINGS:
        at = datetime.combine(evening, time(18, 0), ZoneInfo(scope.zone))
        evaluate(replace(scope, now=at), everybody, on=evening)
        if evening != EVENINGS[-1]:
            for school, carer in CARERS.items():
                _work(scope, evening, school, User.objects.get(username=carer.username))
            tell_the_officer(scope, evening)
            write_to_families(scope, evening)
    evaluate(scope, everybody)
    _refer(scope)
    take_one_back(scope)
    write_to_the_joined(scope)
    look_for_the_lost(scope)
    # Whoever was reached since is no longer out of reach.
    evaluate(scope, set(OutreachAssignment.objects.values_list("student_id", flat=True)))


def _work(scope: Scope, evening: date, school: str, by: User) -> None:
    """The care team's days until the next evening: new cases get an owner and a call, steps that are due get done."""
    cases = Case.objects.filter(school__source_id=school, closed_at__isnull=True)
    # Some of each round wait for somebody: the queue is never empty.
    new = [case for case in cases.filter(owner=None).order_by("pk") if case.pk % 6][:MOST_NEW]
    for number, (case, result) in enumerate(zip(new, cycle(RESULTS), strict=False)):
        morning = datetime.combine(evening + timedelta(days=3 + number % 3), time(9, number), ZoneInfo(scope.zone))
        _care(scope_of(by, morning), case, number, result)
    _do_steps(
        cases.filter(owner=by), by, datetime.combine(evening + timedelta(days=10), time(15), ZoneInfo(scope.zone))
    )


def _do_steps(cases: QuerySet[Case], by: User, at: datetime) -> None:
    """Steps whose day has come are done, but for one in twelve; a statement for each kind, as they are many."""
    due = Step.objects.filter(case__in=cases, state=StepState.OPEN, due_on__lte=at.date())
    ended: dict[str, list[int]] = defaultdict(list)
    for step in due:
        if (step.case_id + step.position) % 12:
            ended[step.kind].append(step.pk)
    for kind, ids in ended.items():
        done = Step.objects.filter(pk__in=ids)
        done.update(state=StepState.DONE, outcome=DONE[kind], ended_at=at, ended_by=by)


def _care(scope: Scope, case: Case, number: int, result: str) -> None:
    hand_over(scope, {case.pk: case.owner_id}, scope.person)
    call = Step.objects.filter(case=case, kind="call").first()
    log_contact(
        scope,
        case.pk,
        submission_id=_form(f"call {case.pk}"),
        kind="call",
        result=result,
        happened_at=scope.now - timedelta(minutes=10),
        step_id=call.pk if call else None,
        words=WORDS[result],
    )
    if number in OUT_OF_REACH:
        _try_again(scope, case)
    if call and result == "reached":
        end_step(scope, case.pk, call.pk, state=StepState.DONE, outcome="Family reached by phone")
    if number % 4 == 0:
        write_note(scope, case.pk, submission_id=_form(f"note {case.pk}"), text=NOTES[number // 4 % len(NOTES)])
    if number == 6:
        close_case(scope, case.pk, outcome="improved", words="Four weeks without an absence.")


def _try_again(scope: Scope, case: Case) -> None:
    """Two more days on which nobody was there: three failed contacts are a sign of disengagement (RD-42)."""
    for days, (kind, result) in enumerate([("visit", "not_home"), ("call", "no_answer")], start=1):
        later = replace(scope, now=scope.now + timedelta(days=days))
        log_contact(
            later,
            case.pk,
            submission_id=_form(f"{kind} again {case.pk}"),
            kind=kind,
            result=result,
            happened_at=later.now - timedelta(minutes=10),
        )


def _refer(scope: Scope) -> None:
    """The first open cases of tier 2 and 3 of the high school, to the partners of the plan."""
    by = scope_of(User.objects.get(username=COUNSELOR.username), scope.now - timedelta(hours=1))
    asked = [
        ("Schools Police", LegalBasis.SCHOOL_OFFICIAL, "Go along on a visit"),
        ("Mental Health Services", LegalBasis.SCHOOL_OFFICIAL, "A first talk, at school"),
        ("School Operations", LegalBasis.SCHOOL_OFFICIAL, "A bus stop within walking distance"),
    ]
    cases = Case.objects.filter(
        school__source_id=HIGH, closed_at__isnull=True, tier__gte=2, owner__isnull=False
    ).order_by("pk")[: len(asked)]
    for case, (name, basis, request) in zip(cases, asked, strict=False):
        facts = ReferralFacts(
            partner_id=Partner.objects.get(name=name).pk,
            basis=basis,
            reason="Misses school again and again; the family agrees that help is welcome.",
            request=request,
            shared=["name", "school", "grade"],
        )
        refer(by, case.pk, facts, submission_id=_form(f"referral {case.pk}"))


def _form(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo {name}")
