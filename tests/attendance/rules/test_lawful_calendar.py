"""Whether a year's calendar is lawful: days, waivers, minutes, kinds, shortened days."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.lawful_calendar import Code, Fault, HeldDay, LawfulCalendar, Waiver, lawful_calendar

FIRST = date(2020, 8, 10)
ADOPTED = [FIRST + timedelta(days=place) for place in range(20)]


def on(*places: int) -> tuple[date, ...]:
    return tuple(FIRST + timedelta(days=place) for place in places)


def held(*lost: int, days: Iterable[date] = ADOPTED, **given) -> list[HeldDay]:
    """The adopted days but those at the places lost, of 330 minutes each."""
    facts = {"kind": "traditional", "minutes": {"": 330}} | given
    return [HeldDay(day, **facts) for day in days if day not in on(*lost)]


def waived(*places: int, reason: str = "outbreak", document: str = "Board minutes") -> list[Waiver]:
    return [Waiver(day, reason, document) for day in on(*places)]


def judged(days: Iterable[HeldDay], waivers: Iterable[Waiver] = (), **given) -> LawfulCalendar:
    return lawful_calendar(days, waivers, **({"adopted": ADOPTED, "due": 20, "waivable": 3} | given))


def codes(found: LawfulCalendar) -> list[tuple[Code, date | None]]:
    return [(fault.code, fault.day) for fault in found.faults]


@pytest.mark.parametrize(("days", "lawful"), [(179, False), (180, True), (181, True)])
def test_MS01_a_year_has_180_instructional_days(days: int, lawful: bool) -> None:
    year = [FIRST + timedelta(days=place) for place in range(days)]
    found = lawful_calendar(held(days=year), adopted=year)
    assert (found.is_lawful, found.counted, found.missing) == (lawful, days, 0 if lawful else 1)
    assert codes(found) == ([] if lawful else [(Code.TOO_FEW_DAYS, None)])


def test_MS01_a_waived_day_counts_and_an_unwaived_one_is_missing() -> None:
    found = judged(held(3, 4), waived(3))
    assert (found.held, found.waived, found.counted, found.missing, found.lost) == (18, on(3), 19, 1, on(4))
    assert found.waivers_left == 2
    assert judged(held(3, 4), waived(3, 4)).is_lawful


@pytest.mark.parametrize(("lost", "beyond"), [(2, ()), (3, ()), (4, (4,))])
def test_MS01_no_more_days_than_the_policy_allows_are_waived(lost: int, beyond: tuple[int, ...]) -> None:
    places = range(1, lost + 1)
    found = judged(held(*places), waived(*places))
    assert [day for code, day in codes(found) if code == Code.TOO_MANY] == list(on(*beyond))
    assert found.missing == len(beyond)


@pytest.mark.parametrize(
    ("waivers", "code"),
    [
        (waived(3, reason=" "), Code.WITHOUT_REASON),
        (waived(3, document=""), Code.WITHOUT_DOCUMENT),
        (waived(5), Code.SCHOOL_WAS_HELD),
        (waived(20), Code.NOT_ADOPTED),
    ],
)
def test_MS01_a_waived_day_has_its_reason_and_document_and_is_a_day_that_was_lost(waivers, code: Code) -> None:
    found = judged(held(3), waivers, due=19)
    assert codes(found) == [(code, waivers[0].date)]
    assert found.waived == ()


def test_RD30_a_run_of_waived_days_may_not_touch_the_last_day_of_the_adopted_calendar() -> None:
    at_the_end = judged(held(17, 18, 19), waived(17, 18, 19), due=17)
    assert codes(at_the_end) == [(Code.END_OF_YEAR, day) for day in on(17, 18, 19)]
    before_a_day_of_school = judged(held(17, 18), waived(17, 18))
    assert before_a_day_of_school.is_lawful
    the_last_alone = judged(held(3, 19), waived(3, 19), due=19)
    assert codes(the_last_alone) == [(Code.END_OF_YEAR, on(19)[0])]


def test_RD30_days_added_after_the_adopted_end_do_not_move_that_end() -> None:
    longer = held(19, days=[*ADOPTED, *on(25)])
    found = judged(longer, waived(19))
    assert codes(found) == [(Code.END_OF_YEAR, on(19)[0])]
    assert found.added == on(25)


def test_RD30_without_an_adopted_calendar_nothing_can_be_waived() -> None:
    found = judged(held(3), waived(3), adopted=None, due=19)
    assert codes(found) == [(Code.NOT_ADOPTED, on(3)[0])]
    assert (found.is_adopted, found.lost, found.added) == (False, (), ())


@pytest.mark.parametrize(("minutes", "lawful"), [(239, False), (240, True), (241, True)])
def test_MS02_every_day_offers_240_minutes_and_no_day_makes_up_for_another(minutes: int, lawful: bool) -> None:
    days = [*held(4), HeldDay(on(4)[0], "virtual", {"": minutes})]
    assert codes(judged(days)) == ([] if lawful else [(Code.UNDER_MINIMUM, on(4)[0])])


def test_MS02_a_grade_that_is_offered_less_is_named() -> None:
    days = [*held(4), HeldDay(on(4)[0], "hybrid", {"11": 300, "12": 200})]
    assert judged(days).faults == (Fault(Code.UNDER_MINIMUM, on(4)[0], 200, ("12",)),)
    both = [*held(4), HeldDay(on(4)[0], "hybrid", {"11": 210, "12": 200})]
    assert judged(both).faults == (Fault(Code.UNDER_MINIMUM, on(4)[0], 200),)


@pytest.mark.parametrize("kind", ["", "remote"])
def test_MS38_each_day_in_session_is_traditional_hybrid_or_virtual(kind: str) -> None:
    assert codes(judged([*held(4), HeldDay(on(4)[0], kind, {"": 330})])) == [(Code.WITHOUT_KIND, on(4)[0])]
    days = [*held(4, 5), HeldDay(on(4)[0], "hybrid", {"": 330}), HeldDay(on(5)[0], "virtual", {"": 330})]
    assert judged(days).kinds == {"traditional": 18, "hybrid": 1, "virtual": 1}


@pytest.mark.parametrize(("minutes", "remarked"), [(239, False), (240, True), (329, True), (330, False)])
def test_MS41_a_day_in_person_under_330_is_a_remark_and_no_fault(minutes: int, remarked: bool) -> None:
    found = judged([*held(4), HeldDay(on(4)[0], "traditional", {"": minutes})])
    assert bool(found.encouraged) is remarked
    assert Code.UNDER_MINIMUM not in [code for code, _ in codes(found) if remarked]
    assert judged([*held(4), HeldDay(on(4)[0], "virtual", {"": minutes})]).encouraged == ()


def test_ST07_a_third_shortened_day_and_one_under_60_percent_are_faults() -> None:
    cut = [HeldDay(day, "traditional", {"": 300}, is_cut=True) for day in on(4, 5, 6)]
    assert codes(judged([*held(4, 5, 6), *cut])) == [(Code.THIRD_SHORTENED, on(6)[0])]
    deep = [HeldDay(day, "traditional", {"": 197}, minimum=0, is_cut=True) for day in on(4)]
    assert codes(judged([*held(4), *deep])) == [(Code.CUT_TOO_FAR, on(4)[0])]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: judged(held(), due=-1), "days due"),
        (lambda: judged(held(), waivable=367), "may be waived"),
        (lambda: judged([*held(), *held()]), "stands twice"),
        (lambda: judged(held(), [*waived(3), *waived(3)]), "stands twice"),
        (lambda: judged(held(minutes={"": 1441})), "0 to 1440 minutes, not 1441"),
    ],
)
def test_MS01_what_is_no_calendar_is_refused_in_words(call, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


PLACES = st.integers(0, 40)
DAYS = st.dictionaries(
    PLACES,
    st.builds(
        lambda kind, minutes, is_cut: (kind, minutes, is_cut),
        st.sampled_from(["", "traditional", "hybrid", "virtual", "other"]),
        st.dictionaries(st.sampled_from(["", "09", "12"]), st.integers(0, 1440)),
        st.booleans(),
    ),
)
WAIVERS = st.dictionaries(PLACES, st.tuples(st.sampled_from(["", "outbreak"]), st.sampled_from(["", "Order 1"])))


@given(DAYS, WAIVERS, st.none() | st.sets(PLACES), st.integers(0, 366), st.integers(0, 366))
def test_RD30_every_calendar_is_judged_and_no_day_counts_twice(days, waivers, adopted, due, waivable) -> None:
    open_days = [HeldDay(on(place)[0], kind, minutes, is_cut=cut) for place, (kind, minutes, cut) in days.items()]
    asked = [Waiver(on(place)[0], *said) for place, said in waivers.items()]
    baseline = None if adopted is None else on(*adopted)
    found = lawful_calendar(open_days, asked, baseline, due=due, waivable=waivable)
    assert found == lawful_calendar(reversed(open_days), reversed(asked), baseline, due=due, waivable=waivable)
    assert len(found.waived) <= waivable
    assert set(found.waived) <= set(baseline or ()) - {day.date for day in open_days}
    assert (found.missing == 0) == (found.counted >= due) == ((Code.TOO_FEW_DAYS, None) not in codes(found))
    faulty = {fault.day for fault in found.faults}
    assert not faulty & set(found.waived)
    assert {waiver.date for waiver in asked} == set(found.waived) | (faulty & {waiver.date for waiver in asked})
    assert set(found.lost).isdisjoint(found.waived)
    assert not (max(baseline) in found.waived if baseline else False)
