"""ST-03, MS-34: the office decides, the policy says what may be accepted, and the days follow."""

from uuid import uuid4

import pytest
from django.apps import apps

from attendance.models import AttendancePolicy, DailyAttendance, Excuse
from attendance.rules.excuse import suffices
from attendance.rules.policy import policy_on
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.policies import policies
from attendance.services.excuse_decisions import decide_excuse
from attendance.services.excuse_documents import add_documents
from attendance.services.excuses import withdraw_excuse
from attendance.services.ledger import check
from students.models import Term
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.attendance.acts import excuse, take
from tests.world import PERIODS, TODAY, YEAR_ENDS, YEAR_STARTS, YESTERDAY, World


@pytest.fixture
def absent(opened_world: World) -> World:
    """Abara was away all of yesterday."""
    world = opened_world
    for period in PERIODS:
        take(world, period, Abara="absent")
    return world


def kind(world: World, name: str = "Abara") -> str:
    """Whether yesterday's absence is excused; the ledger is what its facts say."""
    assert check(world.installation) == []
    return DailyAttendance.objects.get(student=world.students[name], date=YESTERDAY).absence_kind


def decide(world: World, held: Excuse, decision: str, by: str = "mayfield", **more) -> Excuse:
    given = {"reason": "The clinic confirmed it by telephone."}
    return decide_excuse(world.scope(by), held.pk, decision=decision, **given | more)


def noted(world: World, name: str = "Abara", **given) -> Excuse:
    return excuse(world, name, document_kind="parent_note", **given)


def allow_notes(**per_term: int) -> None:
    AttendancePolicy.objects.update(undocumented_notes_per_term=per_term)


def test_ST03_a_refused_or_held_excuse_excuses_nothing_until_it_is_accepted(absent: World) -> None:
    held = excuse(absent, "Abara")
    assert kind(absent) == "excused"
    assert decide(absent, held, "refused").decided_by == absent.users["mayfield"]
    assert kind(absent) == "unexcused"
    decide(absent, held, "pending", reason="They will send it anew.")
    assert kind(absent) == "unexcused"
    decide(absent, held, "accepted", reason="It came.")
    assert kind(absent) == "excused"
    history = apps.get_model("attendance", "ExcuseEvent").objects.order_by("pgh_id")
    assert [each.decision for each in history] == ["", "refused", "pending"], "what stood before is kept"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("none", "no document yet"),
        ("parent_note", "MS-34"),
        ("participation_form", "MS-30"),
        ("court_paper", "does not accept “Court paper” for “Illness or injury”"),
    ],
)
def test_MS34_MS30_ST03_what_the_policy_does_not_accept_is_not_accepted_by_a_decision(
    absent: World, document: str, words: str
) -> None:
    held = excuse(absent, "Abara", document_kind=document, document_seen_on=None if document == "none" else TODAY)
    with pytest.raises(Refused, match=words):
        decide(absent, held, "accepted")
    assert kind(absent) == "unexcused"


def test_ST03_the_superintendent_accepts_another_reason_where_the_policy_lists_it(absent: World) -> None:
    held = noted(absent, reason="other")
    assert kind(absent) == "unexcused"
    decide(absent, held, "accepted", reason="The superintendent accepted it on October 26.")
    assert kind(absent) == "excused"


def test_MS34_by_default_no_parents_note_excuses_and_a_better_document_does(absent: World) -> None:
    held = noted(absent)
    assert kind(absent) == "unexcused"
    add_documents(absent.scope("mayfield"), held.pk, submission_id=uuid4(), kind="medical")
    assert kind(absent) == "excused"


def test_MS34_so_many_notes_of_a_term_count_as_the_policy_allows_in_the_order_of_their_entry(absent: World) -> None:
    allow_notes(illness=1)
    first, second = noted(absent, day=TODAY), noted(absent)
    assert kind(absent) == "unexcused", "the one note of the term is the other day's"
    noted(absent, reason="family", day=TODAY)
    decide(absent, first, "refused")
    assert kind(absent) == "excused", "a refused note gives its place back"
    decide(absent, first, "accepted", reason="It was genuine.")
    assert kind(absent) == "unexcused"
    withdraw_excuse(absent.scope("okafor"), first.pk, reason="Of another child.")
    assert kind(absent) == "excused"
    withdraw_excuse(absent.scope("okafor"), second.pk, reason="Of another child.")
    assert kind(absent) == "unexcused"


def test_MS34_a_better_document_gives_the_place_of_a_note_back(absent: World) -> None:
    allow_notes(illness=1)
    first, _ = noted(absent, day=TODAY), noted(absent)
    add_documents(absent.scope("mayfield"), first.pk, submission_id=uuid4(), kind="medical")
    assert kind(absent) == "excused"


def test_MS34_each_term_counts_its_own_notes_the_half_year_before_the_year_around_it(absent: World) -> None:
    allow_notes(illness=1)
    Term.objects.create(
        school_year=absent.year, source_id="h", name="Fall", kind="semester", starts_on=YEAR_STARTS, ends_on=YESTERDAY
    )
    earlier, later = noted(absent, day=TODAY), noted(absent)
    assert [fact_of(each).note_number for each in numbered(Excuse.objects.order_by("pk"))] == [1, 1]
    Term.objects.update(ends_on=YEAR_ENDS)
    assert [fact_of(each).note_number for each in numbered(Excuse.objects.order_by("pk"))] == [1, 2]
    Term.objects.all().update(kind="gradingPeriod")
    policy = policy_on(TODAY, policies(absent.installation))
    standing = {each.pk: suffices(fact_of(each), policy) for each in numbered(Excuse.objects.all())}
    assert standing == {earlier.pk: True, later.pk: False}, "without terms the school year is one"


def test_a_decision_sent_twice_is_one_and_a_second_person_is_told_of_the_first(absent: World) -> None:
    held = excuse(absent, "Abara")
    for _ in range(2):
        decide(absent, held, "refused", seen="")
    with pytest.raises(Stale, match="Refused"):
        decide(absent, held, "accepted", by="okafor", seen="")
    held.refresh_from_db()
    assert (held.decision, apps.get_model("attendance", "ExcuseEvent").objects.count()) == ("refused", 1)


def test_a_decision_needs_a_reason_a_known_word_and_an_excuse_that_stands(absent: World) -> None:
    held = excuse(absent, "Abara")
    with pytest.raises(Refused, match="Say why"):
        decide(absent, held, "refused", reason=" ")
    with pytest.raises(Refused, match="accepted, refused or pending"):
        decide(absent, held, "perhaps")
    withdraw_excuse(absent.scope("okafor"), held.pk, reason="Of another child.")
    with pytest.raises(Refused, match="withdrawn"):
        decide(absent, held, "accepted")


def test_RD60_the_office_of_the_students_school_decides_and_nobody_else(absent: World) -> None:
    held = excuse(absent, "Abara")
    for person, refusal in (
        ("whitfield", Forbidden),
        ("tran", Forbidden),
        ("osei", Forbidden),
        ("lindqvist", NotInScope),
        ("novak", NotInScope),
    ):
        with pytest.raises(refusal):
            decide(absent, held, "refused", by=person)
    assert kind(absent) == "excused"
