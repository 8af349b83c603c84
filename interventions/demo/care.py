"""What was done about absences in the demo so far: tiers as they were found, calls, steps, notes, and cases that ended.

The same services as on the pages, each at the hour of its day, so that the timelines read like a fall.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import cycle
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import (
    COUNSELOR,
    DISTRICT_ADMINISTRATOR,
    ELEMENTARY,
    ELEMENTARY_ADMINISTRATOR,
    HIGH,
    MIDDLE,
    YESTERDAY,
)
from interventions.models import Case, LegalBasis, Partner, Step, StepState
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
NOTES = [
    "The mother works nights; mornings are hard. We agreed on a wake-up call by the homeroom for two weeks.",
    "The bus stop moved in September. School Operations looks into a nearer one.",
    "Shares one device with two siblings. Asked for a second one.",
]


def care_so_far(scope: Scope) -> None:
    """Bring tiers and cases up to yesterday evening by evening, and let the care teams work in between."""
    everybody = pupils(scope, None)
    worked: set[int] = set()
    for evening in EVENINGS:
        at = datetime.combine(evening, time(18, 0), ZoneInfo(scope.zone))
        evaluate(replace(scope, now=at), everybody, on=evening)
        if evening != EVENINGS[-1]:
            _work(scope, evening, worked)
    evaluate(scope, everybody)
    _refer(scope)


def _work(scope: Scope, evening: date, worked: set[int]) -> None:
    """The next three mornings of a care team: the new cases get an owner, a call, and some a step done and a note."""
    for school, carer in CARERS.items():
        by = User.objects.get(username=carer.username)
        cases = Case.objects.filter(school__source_id=school, closed_at__isnull=True).exclude(pk__in=worked)
        # The last ones of each round wait for somebody: the queue is never empty.
        mine = list(cases.order_by("pk"))[:12]
        for number, (case, result) in enumerate(zip(mine, cycle(RESULTS), strict=False)):
            morning = datetime.combine(evening + timedelta(days=3 + number % 3), time(9, number), ZoneInfo(scope.zone))
            _care(scope_of(by, morning), case, number, result)
            worked.add(case.pk)


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
    if call and result == "reached":
        end_step(scope, case.pk, call.pk, state=StepState.DONE, outcome="Family reached by phone")
    if number % 4 == 0:
        write_note(scope, case.pk, submission_id=_form(f"note {case.pk}"), text=NOTES[number // 4 % len(NOTES)])
    if number == 6:
        close_case(scope, case.pk, outcome="improved", words="Four weeks without an absence.")


def _refer(scope: Scope) -> None:
    """The first open cases of tier 2 and 3 of the high school, to the partners of the plan."""
    by = scope_of(User.objects.get(username=COUNSELOR.username), scope.now - timedelta(hours=1))
    asked = [
        ("Schools Police", LegalBasis.SCHOOL_OFFICIAL, "Go along on a visit"),
        ("Mental Health Services", LegalBasis.SCHOOL_OFFICIAL, "A first talk, at school"),
        ("School Operations", LegalBasis.SCHOOL_OFFICIAL, "A bus stop within walking distance"),
    ]
    cases: Sequence[Case] = Case.objects.filter(
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
