"""RD-03 and RD-08 on generated days: whatever the untaken classes turn out to be, a verdict that stands stands."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from attendance.rules.day import DayFacts, MeetingFact, excused_minutes, judge
from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.policy import Policy

POLICIES = st.integers(1, 100).map(
    lambda percent: Policy(id=1, name="Any", starts_on=date(2020, 7, 1), presence_percent=percent)
)


# How long a class lasts and what follows it, a meal inside and what was attended, both in ninetieths of the class.
# Strategies that stand ready, whose draws depend on none before: made anew for each class, they take most of the time.
NINETIETHS = st.integers(0, 90)
CLASSES = st.lists(
    st.tuples(
        st.integers(1, 90), st.integers(0, 10), st.none() | st.tuples(NINETIETHS, NINETIETHS), st.none() | NINETIETHS
    ),
    max_size=7,
)
FROM_6_TO_18 = st.integers(6 * 60, 18 * 60)
EXCUSED = st.lists(st.tuples(FROM_6_TO_18, FROM_6_TO_18), max_size=3)


def days() -> st.SearchStrategy[DayFacts]:
    """A day of up to seven classes, some with a meal inside, some untaken, and up to three excuses."""
    return st.builds(_day, st.integers(6 * 60, 9 * 60), CLASSES, EXCUSED)


def _day(clock: int, classes: list[tuple], excused: list[tuple[int, int]]) -> DayFacts:
    meetings = []
    for number, (length, gap, meal, attended) in enumerate(classes):
        inside = meal and _span(*(clock + each * length // 90 for each in meal))
        times = MeetingTimes(Span(clock, clock + length), inside)
        offered = times.instructional_minutes
        meetings.append(MeetingFact(number, times, offered, None if attended is None else attended * offered // 90))
        clock += length + gap
    return DayFacts(tuple(meetings), tuple(_span(*each) for each in excused))


def _span(one: int, other: int) -> Span:
    return Span(min(one, other), max(one, other))


def untaken(facts: DayFacts) -> list[MeetingFact]:
    return [meeting for meeting in facts.meetings if meeting.attended is None]


def taken_with(facts: DayFacts, minutes: dict[int, int]) -> DayFacts:
    """The same day, its untaken classes taken with the minutes given by meeting."""
    return replace(
        facts,
        meetings=tuple(
            replace(meeting, attended=minutes[meeting.id]) if meeting.id in minutes else meeting
            for meeting in facts.meetings
        ),
    )


def outcome(facts: DayFacts, policy: Policy) -> tuple[str, str]:
    verdict = judge(facts, policy)
    return verdict.status, verdict.absence_kind


# Days that stand in spite of an untaken class are the rarer ones; 120 of them are wanted all the same.
@settings(max_examples=120, suppress_health_check=[HealthCheck.filter_too_much])
@given(days(), POLICIES, st.data())
def test_RD03_no_mark_of_an_untaken_class_contradicts_a_verdict_that_stands(
    facts: DayFacts, policy: Policy, data: st.DataObject
) -> None:
    before = outcome(facts, policy)
    assume(before[0] != "undetermined")
    assume(untaken(facts))
    some = data.draw(st.lists(st.sampled_from(untaken(facts)), unique_by=lambda each: each.id))
    minutes = {each.id: data.draw(st.integers(0, each.offered)) for each in some}
    assert outcome(taken_with(facts, minutes), policy) == before


@settings(max_examples=120, deadline=None)
@given(days(), POLICIES)
def test_RD03_an_undetermined_day_really_turns_between_its_two_extremes(facts: DayFacts, policy: Policy) -> None:
    assume(outcome(facts, policy)[0] == "undetermined")
    assume(any(meeting.offered for meeting in facts.meetings))
    all_missed = taken_with(facts, {each.id: 0 for each in untaken(facts)})
    all_attended = taken_with(facts, {each.id: each.offered for each in untaken(facts)})
    extremes = {outcome(all_missed, policy), outcome(all_attended, policy)}
    assert len(extremes) == 2
    assert "undetermined" not in {status for status, _ in extremes}


@settings(max_examples=80, deadline=None)
@given(days(), POLICIES)
def test_RD03_a_day_with_every_class_taken_is_never_undetermined(facts: DayFacts, policy: Policy) -> None:
    assume(any(meeting.offered for meeting in facts.meetings))
    everything = taken_with(facts, {each.id: each.offered // 2 for each in untaken(facts)})
    assert outcome(everything, policy)[0] in {"present", "absent"}


@settings(max_examples=80, deadline=None)
@given(days(), POLICIES)
def test_RD08_excused_minutes_never_exceed_those_missed(facts: DayFacts, policy: Policy) -> None:
    for meeting in facts.meetings:
        assert 0 <= excused_minutes(meeting, facts.excused) <= meeting.offered - (meeting.attended or 0)
    verdict = judge(facts, policy)
    assert 0 <= verdict.minutes_excused <= verdict.minutes_required - verdict.minutes_attended


@settings(max_examples=80, deadline=None)
@given(days(), POLICIES)
def test_RD08_the_same_excuse_entered_twice_changes_nothing(facts: DayFacts, policy: Policy) -> None:
    assert judge(replace(facts, excused=facts.excused * 2), policy) == judge(facts, policy)


@settings(max_examples=80, deadline=None)
@given(days(), POLICIES)
def test_RD08_excuses_change_no_minutes_attended_and_make_nobody_present(facts: DayFacts, policy: Policy) -> None:
    plain, excused = judge(replace(facts, excused=()), policy), judge(facts, policy)
    assert plain.minutes_attended == excused.minutes_attended
    assert plain.minutes_required == excused.minutes_required
    assert (plain.status == "present") == (excused.status == "present")


@settings(max_examples=80, deadline=None)
@given(days(), POLICIES, st.randoms())
def test_the_order_of_classes_and_excuses_does_not_matter(facts: DayFacts, policy: Policy, random: object) -> None:
    meetings, excused = list(facts.meetings), list(facts.excused)
    random.shuffle(meetings)
    random.shuffle(excused)
    assert judge(DayFacts(meetings, excused), policy) == judge(facts, policy)


@settings(max_examples=80, deadline=None)
@given(days(), POLICIES)
def test_an_absence_alone_has_a_kind_and_every_verdict_names_its_rules(facts: DayFacts, policy: Policy) -> None:
    verdict = judge(facts, policy)
    assert (verdict.absence_kind in {"excused", "unexcused"}) == (verdict.status == "absent")
    assert verdict.rules
