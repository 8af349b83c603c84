"""What another policy would change: the same days under two policies, and nobody counted twice."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.disengagement import SeenDay, Sign, Signs
from interventions.rules.policy import SOURCES, CarePolicy, policy_of
from interventions.rules.standing import StudentFacts, judge
from interventions.rules.tiers import AbsentDay
from interventions.rules.truancy import owed
from interventions.rules.what_if import (
    Compared,
    Counted,
    Kind,
    Movement,
    Stance,
    by_school,
    count_alike,
    criteria_shared,
    fewest_running,
    figures,
    moved_students,
    moves,
    shares_asked,
    stance,
)

FIRST = date(2020, 8, 10)
DAYS = [FIRST + timedelta(days=number) for number in range(60)]
KINDS = ("excused", "unexcused", "suspended")

optional = st.none() | st.integers(1, 8)
policies = st.builds(
    lambda tiers, thresholds, window, fewest, **more: CarePolicy(
        tier_1_absences=tiers[0],
        tier_2_absences=tiers[1],
        tier_3_absences=tiers[2],
        truancy_absences=tuple(thresholds),
        absent_window_days=max(window, fewest),
        absent_fewest_days=fewest,
        **more,
    ),
    st.sets(st.integers(1, 15), min_size=3, max_size=3).map(sorted),
    st.sets(st.integers(1, 15), min_size=1, max_size=3).map(sorted),
    st.integers(1, 20),
    st.integers(1, 10),
    counts_excused=st.booleans(),
    counts_suspended=st.booleans(),
    disengaged_is_tier_3=st.booleans(),
    tardies_watched=st.integers(1, 6),
    absent_days_running=optional,
    weeks_without_interaction=optional,
    absent_percent=st.none() | st.integers(1, 100),
    failed_contacts=optional,
)
# Each day of the year so far: of which kind an absence is, or neither absent nor ill; some give a sign of life.
years = st.lists(st.tuples(st.sampled_from(("", "", *KINDS)), st.booleans(), st.booleans()), max_size=40)
signs_beside = st.builds(
    lambda weeks, failed: Signs((), DAYS[:weeks], DAYS[:failed]), st.integers(0, 4), st.integers(0, 4)
)


def facts_of(year: list[tuple[str, bool, bool]], beside: Signs, tardies: int, days_seen: int) -> StudentFacts:
    absent = [AbsentDay(day, kind) for day, (kind, _, _) in zip(DAYS, year, strict=False) if kind]
    seen = [
        SeenDay(day, "absent" if kind else "present", bool(kind) and engaged, kind == "excused" and ill)
        for day, (kind, engaged, ill) in zip(DAYS, year, strict=False)
    ]
    return StudentFacts(1, 1, True, absent, tardies, replace(beside, days=seen[-days_seen:]))


def counted_of(facts: StudentFacts) -> Counted:
    kinds = Counter(day.kind for day in facts.absent)
    counted = Counted(facts.student_id, facts.school_id, tardies=facts.tardies, signs=facts.signs)
    return replace(counted, **{kind: kinds[kind] for kind in KINDS})


@given(policies, years, signs_beside, st.integers(0, 8))
def test_RD40_the_counts_stand_where_the_nightly_pass_judges_the_days_to_stand(
    policy: CarePolicy, year: list[tuple[str, bool, bool]], beside: Signs, tardies: int
) -> None:
    facts = facts_of(year, beside, tardies, policy.days_seen)
    judged = judge(facts, policy)
    # Another policy may look farther back; and few absences need no days at all.
    longer = facts_of(year, beside, tardies, policy.days_seen + 20)
    absent = sum(each.status == "absent" for each in facts.signs.days)
    least = [share.least if len(year) < share.window else share.full for share in shares_asked(policy)]
    running = fewest_running(policy)
    few = absent < min([*least, *([running] if running else [])], default=absent + 1)
    found = stance(counted_of(replace(facts, signs=replace(longer.signs, days=())) if few else longer), policy)
    assert (found.tier, found.is_disengaged) == (judged.tier, bool(judged.criteria))
    assert found.is_watched == (tardies >= policy.tardies_watched)
    assert found.notices == {each.threshold for each in owed(judged.unlawful_dates, policy)}


students = st.lists(
    st.builds(
        Counted,
        st.integers(1, 10**6),
        st.none() | st.integers(1, 3),
        is_enrolled=st.booleans(),
        excused=st.integers(0, 9),
        unexcused=st.integers(0, 9),
        suspended=st.integers(0, 3),
        tardies=st.integers(0, 9),
        held=st.booleans(),
        obliged=st.booleans(),
        told=st.frozensets(st.integers(1, 15), max_size=2),
    ),
    unique_by=lambda each: each.student_id,
    max_size=30,
)


@given(students, policies)
def test_the_same_policy_moves_nobody_whatever_its_day(found: list[Counted], policy: CarePolicy) -> None:
    assert moves(found, policy, replace(policy, starts_on=date(2020, 11, 2))) == []


@given(students, policies, policies)
def test_schools_add_up_to_the_district_and_who_moves_in_several_ways_is_counted_once(
    found: list[Counted], before: CarePolicy, after: CarePolicy
) -> None:
    moved = moved_students(moves(found, before, after), {}, before, after)
    alike = Counter((each.school_id, each.movements) for each in moved)
    total, schools = figures(alike), by_school(alike)
    assert total.students == len({each.student_id for each in moved}) == len(moved)
    assert sum(each.students for each in schools.values()) == total.students
    assert sum((Counter(each.ways) for each in schools.values()), Counter()) == total.ways
    # Back again, the same students take the opposite way between tiers.
    back = Counter(way for each in moves(found, after, before) for way in each.movements)
    tiers = {way: number for way, number in total.ways.items() if way.kind == Kind.TIER}
    assert tiers == {Movement(Kind.TIER, way.after, way.before): n for way, n in back.items() if way.kind == Kind.TIER}


@pytest.mark.parametrize(("absences", "movements"), [(3, ()), (4, (Movement(Kind.TIER, 0, 1),)), (5, ())])
def test_MD05_one_absence_fewer_for_tier_1_moves_those_alone_who_have_exactly_so_many(
    absences: int, movements: tuple[Movement, ...]
) -> None:
    found = moves([Counted(1, 1, excused=absences)], SOURCES, replace(SOURCES, tier_1_absences=4))
    assert tuple(way for each in found for way in each.movements) == movements


def test_ST02_a_notice_is_due_at_a_new_threshold_unless_it_stands_or_the_law_does_not_oblige() -> None:
    lower = replace(SOURCES, truancy_absences=(3, 5, 10))
    asked = [Counted(1, 1, unexcused=4), Counted(2, 1, unexcused=4, told=frozenset({3})), Counted(3, 1, unexcused=2)]
    asked += [Counted(4, 1, unexcused=4, obliged=False), Counted(5, 1, unexcused=4, is_enrolled=False)]
    asked += [Counted(6, 1, suspended=4)]
    found = moves(asked, SOURCES, lower)
    assert [(each.counted.student_id, each.movements) for each in found] == [
        (1, (Movement(Kind.NOTICE, 0, 3),)),
        (5, (Movement(Kind.NOTICE, 0, 3),)),
    ]
    assert found[0].movements[0].code == "notice-0-3"


def test_MD07_who_is_disengaged_no_longer_falls_to_the_tier_of_the_count() -> None:
    asked = Counted(1, 1, unexcused=6, signs=Signs((), (), DAYS[:3]))
    [move] = moves([asked], SOURCES, replace(SOURCES, failed_contacts=None))
    assert move.movements == (Movement(Kind.TIER, 3, 2), Movement(Kind.NOT_DISENGAGED))
    assert stance(replace(asked, is_enrolled=False), SOURCES) == Stance(notices=frozenset({5}))


def test_MD04_the_tardy_list_moves_by_its_own_figure() -> None:
    [move] = moves([Counted(1, 1, tardies=4)], SOURCES, replace(SOURCES, tardies_watched=4))
    assert move.movements == (Movement(Kind.WATCHED),)
    [back] = moves([Counted(1, 1, tardies=4)], replace(SOURCES, tardies_watched=4), SOURCES)
    assert back.movements == (Movement(Kind.NOT_WATCHED),)


def test_policies_count_alike_while_only_what_is_read_out_of_a_standing_differs() -> None:
    assert count_alike(SOURCES, replace(SOURCES, tier_1_absences=3, truancy_absences=(3,), tardies_watched=9))
    assert not count_alike(SOURCES, replace(SOURCES, counts_excused=False))


def test_RD42_a_criterion_is_shared_while_its_own_figures_and_how_far_back_it_looks_are_the_same() -> None:
    every = frozenset(Sign)
    assert criteria_shared(SOURCES, replace(SOURCES, tier_1_absences=3)) == every
    assert criteria_shared(SOURCES, replace(SOURCES, failed_contacts=None)) == every - {Sign.FAILED_CONTACTS}
    assert criteria_shared(SOURCES, replace(SOURCES, absent_days_running=4)) == every - {Sign.DAYS_RUNNING}
    assert criteria_shared(SOURCES, replace(SOURCES, absent_percent=40)) == every - {Sign.SHARE}
    assert criteria_shared(SOURCES, replace(SOURCES, absent_window_days=30)) == every - {Sign.SHARE, Sign.DAYS_RUNNING}
    compared = Compared(SOURCES, SOURCES, replace(SOURCES, weeks_without_interaction=3, truancy_absences=(3, 5)))
    assert (compared.differing, compared.counts_alike, compared.new_threshold) == ({Sign.WEEKS}, True, 3)


def test_RD42_half_of_ten_days_needs_five_absences_and_no_criterion_of_days_needs_none() -> None:
    assert shares_asked(SOURCES, replace(SOURCES, absent_percent=41)) == [(20, 5, 9)]
    assert shares_asked(SOURCES, replace(SOURCES, absent_window_days=30)) == [(20, 5, 10), (30, 5, 15)]
    assert fewest_running(SOURCES, replace(SOURCES, absent_days_running=3)) == 3
    nothing = replace(SOURCES, absent_days_running=None, absent_percent=None)
    assert (fewest_running(nothing), shares_asked(nothing)) == (None, [])


@given(policies)
def test_a_policy_is_read_back_from_its_figures(policy: CarePolicy) -> None:
    assert policy_of(json.loads(json.dumps(policy.figures))) == policy


@given(st.builds(Movement, st.sampled_from(Kind), st.integers(0, 3), st.integers(0, 180)))
def test_a_way_is_read_back_from_its_code(way: Movement) -> None:
    assert Movement.of(way.code) == way


@given(policies, policies, st.lists(st.tuples(*[st.integers(0, 16)] * 3, st.booleans()), max_size=40))
def test_students_who_reach_the_same_thresholds_move_as_one_who_is_counted_for_all(
    before: CarePolicy, other: CarePolicy, given_counts: list[tuple[int, int, int, bool]]
) -> None:
    after = replace(other, counts_excused=before.counts_excused, counts_suspended=before.counts_suspended)
    each_alone = [
        Counted(number, 1, excused=excused, unexcused=unexcused, tardies=tardies, held=held)
        for number, (excused, unexcused, tardies, held) in enumerate(given_counts, start=1)
    ]

    def reached(number: int, *thresholds: int) -> int:
        return sum(number >= each for each in thresholds)

    alike: dict[tuple[object, ...], list[Counted]] = {}
    for each in each_alone:
        key = (
            reached(each.absences(before), *before.tiers.values(), *after.tiers.values()),
            reached(each.unexcused, *before.truancy_absences, *after.truancy_absences),
            reached(each.tardies, before.tardies_watched, after.tardies_watched),
            each.held,
        )
        alike.setdefault(key, []).append(each)
    together = [replace(each[0], beside=tuple(other.student_id for other in each[1:])) for each in alike.values()]
    own = {each.student_id: each for each in each_alone}
    as_one = moved_students(moves(together, before, after), own, before, after)
    assert sorted(as_one) == sorted(moved_students(moves(each_alone, before, after), {}, before, after))
