"""What holds of every day in every mode: the rules are total, and some things never make a day better, or worse."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.rules.contributions import Circumstances, Held, Seat, taught
from attendance.rules.day import ABSENT, PRESENT, DayVerdict, judge
from attendance.rules.evidence import Evidence, Review
from attendance.rules.minutes import MIDNIGHT, MeetingTimes, Span
from attendance.rules.modes import LIVE, OWN_TIME, ModeFact, modes_on
from attendance.rules.office import OfficeFact
from attendance.rules.plan import CONTACT, DAY, LMS_ACTIVITY, LMS_LOGIN, SECTION, STANDARD, WORK, Plan
from attendance.rules.policy import Policy

MONDAY = date(2020, 10, 26)
POLICY = Policy(id=1, name="State policy", starts_on=date(2020, 8, 1))
MODES = sorted(LIVE | OWN_TIME)
SECTIONS = [1, 2, 3]

_dates = st.integers(-3, 3).map(lambda days: MONDAY + timedelta(days=days))
mode_facts = st.builds(
    ModeFact,
    st.sampled_from(MODES),
    _dates,
    st.none() | _dates,
    st.sampled_from([(), (0,), (0, 2), (1,)]),
    st.sampled_from([(), ("A",), ("B",)]),
    st.sampled_from(["", "plan", "quarantine"]),
    st.none() | st.sampled_from(SECTIONS),
)
plans = st.builds(
    replace,
    st.just(STANDARD),
    measures=st.lists(st.sampled_from([LMS_ACTIVITY, CONTACT, WORK, LMS_LOGIN]), unique=True).map(tuple),
    measured_by=st.sampled_from([DAY, SECTION]),
    virtual_day_mode=st.sampled_from(sorted(set(MODES) - {"in_person"})),
    quarantine_by_minutes=st.booleans(),
    turn_in_session_days=st.integers(1, 5),
)
measures = st.sampled_from([LMS_ACTIVITY, CONTACT, WORK, LMS_LOGIN])
evidence = st.builds(Evidence, measures, st.none() | st.sampled_from(SECTIONS), st.none() | _dates)
reviews = st.builds(
    Review,
    st.none() | st.sampled_from(SECTIONS),
    st.just("") | measures,
    st.none() | st.integers(0, 120),
    st.none() | _dates,
    st.booleans(),
    st.just(tuple(MONDAY + timedelta(days=7 + each) for each in range(5))),
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    starts = draw(st.integers(0, MIDNIGHT - 2))
    return Span(starts, draw(st.integers(starts + 1, MIDNIGHT - 1)))


@st.composite
def office_facts(draw: st.DrawFn) -> OfficeFact:
    kind = draw(st.sampled_from(["sign_in", "sign_out", "activity", "in_school_suspension", "suspension", "nurse"]))
    if kind in ("sign_in", "sign_out"):
        return OfficeFact(kind, draw(st.integers(1, MIDNIGHT - 1)))
    if kind == "suspension" or draw(st.booleans()):
        return OfficeFact(kind)
    span = draw(spans())
    return OfficeFact(kind, span.starts, span.ends)


@st.composite
def held_classes(draw: st.DrawFn) -> list[Held]:
    held = []
    for number in range(draw(st.integers(0, 5))):
        starts = 480 + 60 * number
        times = MeetingTimes(Span(starts, starts + 55), None)
        attended = draw(st.none() | st.integers(0, 55))
        held.append(Held(number, draw(st.sampled_from(SECTIONS)), times, 55, attended))
    return held


seats = st.builds(
    Seat,
    st.integers(1, 3),
    st.just(MeetingTimes(Span(540, 660), None)),
    st.none() | st.integers(0, 120),
    st.booleans(),
)
assigned = st.tuples(st.sampled_from(SECTIONS), st.integers(1, 240))
circumstances = st.builds(
    Circumstances,
    modes=st.lists(mode_facts, max_size=4).map(tuple),
    assigned=st.lists(
        st.tuples(st.sampled_from(SECTIONS), st.integers(1, 240)), max_size=3, unique_by=lambda it: it[0]
    ).map(tuple),
    evidence=st.lists(evidence, max_size=3).map(tuple),
    reviews=st.lists(reviews, max_size=4, unique_by=lambda it: it.section_id).map(tuple),
    office=st.lists(office_facts(), max_size=3).map(tuple),
    seats=st.lists(seats, max_size=1).map(tuple),
    accommodations=st.frozensets(measures, max_size=2),
    own_schedule=st.sampled_from(["", "early_release", "part_time", "homebound"]),
    colleges_out=st.lists(st.sampled_from(SECTIONS), max_size=1).map(tuple),
)
kinds = st.sampled_from(["traditional", "hybrid", "virtual"])
turns = st.sampled_from(["", "A", "B"])


def verdict(held: Sequence[Held], about: Circumstances, plan: Plan = STANDARD, kind: str = "traditional") -> DayVerdict:
    its = taught(MONDAY, held, about, day_kind=kind, rotation_day="A", excused=[], plan=plan, policy=POLICY)
    return judge(its.facts, POLICY)


@given(mode_facts, st.lists(mode_facts, max_size=5), kinds, turns, st.sampled_from(sorted(set(MODES) - {"in_person"})))
def test_RD23_some_mode_holds_on_every_day_whatever_is_on_file(
    one: ModeFact, facts: list[ModeFact], kind: str, turn: str, fallback: str
) -> None:
    modes = modes_on(MONDAY, [one, *facts], day_kind=kind, rotation_day=turn, virtual_day_mode=fallback)
    assert modes.mode in LIVE | OWN_TIME
    assert kind != "virtual" or modes.mode != "in_person"
    assert not (modes.in_quarantine and modes.of_sections)
    quarantined = any(
        each.is_quarantine and each.section_id is None and each.covers(MONDAY, turn) for each in [one, *facts]
    )
    assert modes.in_quarantine is quarantined


@settings(max_examples=50)
@given(held_classes(), circumstances, plans, kinds)
def test_every_day_in_the_documented_range_is_judged(
    held: list[Held], about: Circumstances, plan: Plan, kind: str
) -> None:
    found = verdict(held, about, plan, kind)
    assert found.status in (PRESENT, ABSENT, "undetermined")
    assert 0 <= found.minutes_attended <= found.minutes_required
    assert 0 <= found.minutes_untaken <= found.minutes_required - found.minutes_attended
    assert found.rules


@settings(max_examples=50)
@given(held_classes(), circumstances, plans, st.integers(0, 10), st.integers(0, 55))
def test_MS05_more_attended_minutes_never_turn_present_into_absent(
    held: list[Held], about: Circumstances, plan: Plan, which: int, more: int
) -> None:
    taken = [place for place, each in enumerate(held) if each.attended is not None]
    if not taken:
        return
    place = taken[which % len(taken)]
    longer = list(held)
    attended = held[place].attended or 0
    longer[place] = replace(held[place], attended=min(55, attended + more))
    if verdict(held, about, plan).status == PRESENT:
        assert verdict(longer, about, plan).status == PRESENT


@settings(max_examples=50)
@given(held_classes(), circumstances, plans, st.integers(1, MIDNIGHT - 1), st.sampled_from(["sign_in", "sign_out"]))
def test_RD06_an_office_time_never_raises_a_verdict(
    held: list[Held], about: Circumstances, plan: Plan, minute: int, kind: str
) -> None:
    # Of two times at the door running the one that leaves more counts: a lone time is what only ever takes away.
    quiet = replace(about, office=tuple(each for each in about.office if each.kind not in ("sign_in", "sign_out")))
    timed = replace(quiet, office=(*quiet.office, OfficeFact(kind, minute)))
    before, after = verdict(held, quiet, plan), verdict(held, timed, plan)
    assert after.minutes_attended <= before.minutes_attended
    if before.status == ABSENT:
        assert after.status == ABSENT
    if after.status == PRESENT:
        assert before.status == PRESENT


@settings(max_examples=50)
@given(held_classes(), circumstances, plans, evidence)
def test_MS15_evidence_of_the_day_never_lowers_its_verdict(
    held: list[Held], about: Circumstances, plan: Plan, one: Evidence
) -> None:
    before, after = verdict(held, about, plan), verdict(held, replace(about, evidence=(*about.evidence, one)), plan)
    assert after.minutes_attended >= before.minutes_attended
    if before.status == PRESENT:
        assert after.status == PRESENT
    if after.status == ABSENT:
        assert before.status in (ABSENT, "undetermined")


@settings(max_examples=50)
@given(held_classes(), circumstances, plans)
def test_RD20_who_approves_no_measure_counts_no_asynchronous_minutes(
    held: list[Held], about: Circumstances, plan: Plan
) -> None:
    nothing = replace(plan, measures=())
    bare = replace(about, accommodations=frozenset(), own_schedule="", colleges_out=())
    its = taught(MONDAY, held, bare, day_kind="traditional", rotation_day="A", excused=[], plan=nothing, policy=POLICY)
    work = [each for each in its.facts.meetings if each.kind == "work"]
    assert all(not each.attended for each in work if each.mode == "async_online")
