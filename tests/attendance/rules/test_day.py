"""MS-05, RD-01 to RD-03 and RD-08: the verdict on one student's day, by its sentences."""

from datetime import date

import pytest

from attendance.rules.day import DayFacts, DayVerdict, MeetingFact, excused_minutes, judge
from attendance.rules.minutes import WHOLE_DAY, MeetingTimes, Span
from attendance.rules.policy import Policy

POLICY = Policy(id=1, name="The state's of 2020-21", starts_on=date(2020, 7, 1))
SIX_O_CLOCK = 6 * 60


def meetings(*attended: int | None, minutes: int = 55, mark: str | None = None) -> list[MeetingFact]:
    """Classes one after the other from six in the morning, so that a long day fits."""
    starts = [SIX_O_CLOCK + number * minutes for number in range(len(attended))]
    return [
        MeetingFact(number, MeetingTimes(Span(start, start + minutes)), minutes, there, mark)
        for number, (start, there) in enumerate(zip(starts, attended, strict=True))
    ]


def verdict(*attended: int | None, minutes: int = 55, excused: list[Span] | None = None) -> DayVerdict:
    return judge(DayFacts(meetings(*attended, minutes=minutes), excused or []), POLICY)


@pytest.mark.parametrize(("attended", "status"), [(150, "absent"), (151, "present"), (152, "present")])
def test_MS05_of_240_required_151_is_present_and_150_absent(attended: int, status: str) -> None:
    day = verdict(120, attended - 120, minutes=120)
    assert (day.minutes_required, day.minutes_needed, day.minutes_attended) == (240, 151, attended)
    assert day.status == status


@pytest.mark.parametrize(("attended", "status"), [(207, "absent"), (208, "present"), (209, "present")])
def test_MS05_of_330_required_208_is_present(attended: int, status: str) -> None:
    assert verdict(55, 55, 55, 0, 0, attended - 165, minutes=55).status == status


@pytest.mark.parametrize(("attended", "status"), [(94, "absent"), (95, "present")])
def test_MS04_a_seniors_own_day_of_150_minutes_needs_95(attended: int, status: str) -> None:
    day = verdict(75, attended - 75, minutes=75)
    assert (day.minutes_needed, day.status) == (95, status)


def test_RD01_a_free_period_is_required_of_nobody() -> None:
    day = verdict(55, 55, 55, 8, 0)
    assert (day.minutes_required, day.minutes_needed, day.status) == (275, 173, "present")


def test_MS13_minutes_in_several_blocks_add_up() -> None:
    assert verdict(76, 75, minutes=120).status == "present"


def test_RD04_151_of_240_is_present_though_more_than_37_percent_were_missed() -> None:
    assert (240 - 151) * 100 > 37 * 240
    assert verdict(120, 31, minutes=120).status == "present"


def test_MS05_minutes_attended_count_and_not_periods_attended() -> None:
    assert verdict(34, 34, 34, 34, 34, 38).status == "present"


def test_RD02_a_day_with_nothing_scheduled_is_undetermined_and_never_present() -> None:
    day = verdict()
    assert (day.status, day.absence_kind, day.rules) == ("undetermined", "", ("RD-02",))


def test_RD02_a_day_whose_classes_offer_no_minutes_is_undetermined_and_never_present() -> None:
    assert verdict(0, 0, minutes=0).status == "undetermined"


def test_RD02_an_early_release_fact_makes_a_day_with_nothing_scheduled_present() -> None:
    day = judge(DayFacts([], exempt_by="MS-04"), POLICY)
    assert (day.status, day.rules) == ("present", ("MS-04", "RD-02"))


def test_RD03_four_of_six_attended_is_present_already() -> None:
    assert verdict(55, 55, 55, 55, None, None).status == "present"


def test_RD03_three_of_six_missed_is_absent_already() -> None:
    day = verdict(0, 0, 0, None, None, None)
    assert (day.status, day.absence_kind) == ("absent", "unexcused")


def test_RD03_three_attended_and_three_untaken_is_undetermined() -> None:
    day = verdict(55, 55, 55, None, None, None)
    assert (day.status, day.absence_kind, day.rules) == ("undetermined", "", ("RD-03",))
    assert (day.minutes_untaken, day.meetings_untaken, day.meetings_expected) == (165, 3, 6)


def test_RD03_nothing_taken_yet_is_undetermined() -> None:
    assert verdict(None, None, None, None, None, None).status == "undetermined"


def test_RD03_one_minute_decides_whether_an_untaken_class_can_still_turn_the_day() -> None:
    day = verdict(55, 55, 43, 0, 0, None)
    assert (day.status, day.rules) == ("undetermined", ("RD-03",))
    assert verdict(55, 55, 42, 0, 0, None).status == "absent"


def test_RD08_sixty_attended_and_a_hundred_excused_of_151_needed_is_excused() -> None:
    excused = [Span(SIX_O_CLOCK + 120, SIX_O_CLOCK + 220)]
    day = verdict(60, 0, minutes=120, excused=excused)
    assert (day.minutes_needed, day.minutes_excused) == (151, 100)
    assert (day.status, day.absence_kind) == ("absent", "excused")


def test_RD08_sixty_attended_and_sixty_excused_of_151_needed_is_unexcused() -> None:
    excused = [Span(SIX_O_CLOCK + 120, SIX_O_CLOCK + 180)]
    day = verdict(60, 0, minutes=120, excused=excused)
    assert (day.minutes_excused, day.absence_kind) == (60, "unexcused")
    assert day.rules == ("MS-05", "RD-08")


def test_MS05_an_absence_that_nobody_excused_is_unexcused_by_the_minutes_alone() -> None:
    day = verdict(60, 0, minutes=120)
    assert (day.absence_kind, day.rules) == ("unexcused", ("MS-05",))


@pytest.mark.parametrize(("excused", "kind"), [(90, "unexcused"), (91, "excused"), (92, "excused")])
def test_RD08_the_absence_is_excused_from_exactly_the_minutes_needed(excused: int, kind: str) -> None:
    spans = [Span(SIX_O_CLOCK + 120, SIX_O_CLOCK + 120 + excused)]
    assert verdict(60, 0, minutes=120, excused=spans).absence_kind == kind


def test_RD08_an_excuse_changes_neither_minutes_required_nor_attended() -> None:
    without, excused = verdict(60, 0, minutes=120), verdict(60, 0, minutes=120, excused=[WHOLE_DAY])
    assert (without.minutes_required, without.minutes_attended) == (240, 60)
    assert (excused.minutes_required, excused.minutes_attended) == (240, 60)


def test_RD08_an_excuse_never_makes_an_absence_present() -> None:
    assert verdict(0, 0, minutes=120, excused=[WHOLE_DAY]).status == "absent"


def test_RD08_no_more_minutes_are_excused_in_a_class_than_were_missed_there() -> None:
    tardy = meetings(40)[0]
    assert excused_minutes(tardy, [WHOLE_DAY]) == 15
    assert excused_minutes(meetings(55)[0], [WHOLE_DAY]) == 0


def test_RD08_excuses_that_overlap_count_once() -> None:
    twice = [Span(SIX_O_CLOCK + 120, SIX_O_CLOCK + 180), Span(SIX_O_CLOCK + 150, SIX_O_CLOCK + 180)]
    assert verdict(60, 0, minutes=120, excused=twice).minutes_excused == 60


def test_RD03_an_absence_whose_kind_hangs_on_an_untaken_class_is_undetermined() -> None:
    # 123 of 195 needed. Untaken and excused for 40 of its 65 minutes: with 20 minutes attended and 40 excused
    # in the first, 100 if missed (unexcused), 125 if attended (excused).
    first, second, third = meetings(20, None, 0, minutes=65)
    excused = [Span(first.times.span.ends - 40, first.times.span.ends + 40)]
    day = judge(DayFacts([first, second, third], excused), POLICY)
    assert (day.minutes_needed, day.status, day.rules) == (123, "undetermined", ("RD-03", "RD-08"))


def test_RD03_an_absence_excused_whatever_the_untaken_class_says_stands() -> None:
    day = verdict(0, 0, 0, None, None, None, excused=[WHOLE_DAY])
    assert (day.status, day.absence_kind) == ("absent", "excused")


def test_MD04_tardies_and_early_departures_are_counted_one_per_class() -> None:
    late, early, there = meetings(40, 40, 55)
    facts = [
        MeetingFact(late.id, late.times, 55, 40, "tardy"),
        MeetingFact(early.id, early.times, 55, 40, "left_early"),
        there,
    ]
    day = judge(DayFacts(facts), POLICY)
    assert (day.tardies, day.early_departures, day.status) == (1, 1, "present")


def test_MS05_the_share_to_attend_is_the_policys() -> None:
    strict = Policy(id=2, name="Another year", starts_on=date(2021, 7, 1), presence_percent=100)
    assert judge(DayFacts(meetings(55, 54)), strict).status == "absent"
    assert judge(DayFacts(meetings(55, 55)), strict).status == "present"


@pytest.mark.parametrize(("attended", "offered"), [(-1, 55), (None, -1), (-1, -55)])
def test_MS05_a_piece_of_fewer_than_no_minutes_is_refused_with_its_figures(attended: int | None, offered: int) -> None:
    with pytest.raises(ValueError, match=f"0 minutes or more, not {attended or 0} of {offered}"):
        judge(DayFacts([MeetingFact(1, None, offered, attended)]), POLICY)
