"""What becomes of dated facts when a file says again which ones hold."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from students.rules.reconciliation import Claim, Held, Keep, Outcome, as_it_stands, reconcile

TODAY, LAST = date(2020, 10, 27), date(2020, 10, 26)


def on(month, day):
    return date(2020, month, day)


def held(starts, ends=None, value="a", number=1):
    return Held(number, starts, ends, (value,))


def claim(starts=None, ends=None, value="a", otherwise=TODAY):
    return Claim(starts, ends, (value,), otherwise, "file.csv", 2)


def after(facts, claims, **options):
    return reconcile(facts, claims, today=TODAY, last_day=LAST, **options)


def test_a_claim_of_nothing_held_is_created():
    [fact] = after([], [claim(on(8, 10))]).created
    assert (fact.id, fact.starts_on, fact.ends_on) == (None, on(8, 10), None)


def test_a_claim_without_a_first_day_begins_when_it_is_told_to():
    assert after([], [claim()]).created[0].starts_on == TODAY


def test_the_same_claim_changes_nothing():
    outcome = after([held(on(8, 10))], [claim(on(8, 10))])
    assert len(outcome.unchanged) == 1
    assert not outcome.changed


def test_a_claim_without_a_first_day_keeps_the_one_held():
    assert after([held(on(8, 10))], [claim()]).unchanged[0].starts_on == on(8, 10)


def test_what_nothing_claims_ends_on_the_last_day():
    [(_, fact)] = after([held(on(8, 10))], []).ended
    assert fact.ends_on == LAST


def test_what_began_on_the_last_day_holds_for_it():
    [(_, fact)] = after([held(LAST)], []).ended
    assert (fact.starts_on, fact.ends_on) == (LAST, LAST)


def test_what_had_not_begun_by_the_last_day_is_removed():
    assert after([held(TODAY)], []).removed == [held(TODAY)]


def test_what_ended_yesterday_is_history_and_what_ends_today_is_not():
    assert after([held(on(8, 10), LAST)], []).history
    assert after([held(on(8, 10), TODAY)], []).ended


def test_another_first_day_moves_the_fact_that_it_overlaps():
    [(old, fact)] = after([held(on(8, 10))], [claim(on(9, 1))]).changed
    assert (old.id, fact.starts_on) == (1, on(9, 1))


def test_a_claim_after_what_ended_is_a_second_fact():
    outcome = after([held(on(8, 10), on(9, 1))], [claim(on(9, 2))])
    assert outcome.history
    assert outcome.created[0].starts_on == on(9, 2)


def test_a_claim_that_covers_a_second_fact_absorbs_it():
    facts = [held(on(8, 10), on(9, 1)), held(on(10, 1), on(10, 15), number=2)]
    outcome = after(facts, [claim(on(8, 10))])
    assert [fact.id for fact in outcome.absorbed] == [2]
    assert outcome.changed[0][1].ends_on is None


def test_an_end_before_the_first_day_held_removes_the_fact():
    assert after([held(on(10, 20))], [claim(None, on(10, 19))]).removed


def test_a_value_that_the_file_does_not_speak_of_is_kept():
    assert after([held(on(8, 10), value="E4")], [claim(on(8, 10), value=Keep(""))]).unchanged
    assert after([], [claim(value=Keep("new"))]).created[0].values == ("new",)


def test_from_today_on_a_change_without_a_date_leaves_the_past():
    outcome = after([held(on(8, 10))], [claim(value="b")], from_today=True)
    assert outcome.ended[0][1].ends_on == LAST
    assert (outcome.created[0].starts_on, outcome.created[0].values) == (TODAY, ("b",))


def test_from_today_on_a_change_with_a_date_is_a_correction():
    outcome = after([held(on(8, 10))], [claim(on(8, 10), value="b")], from_today=True)
    assert outcome.changed[0][1].values == ("b",)


FIRSTS, LASTS = st.sampled_from([on(8, 10), LAST, TODAY, on(11, 2)]), st.sampled_from([None, on(12, 18), on(11, 2)])
VALUES = st.sampled_from(["a", "b"])


@given(
    facts=st.lists(st.builds(held, FIRSTS, LASTS, VALUES), max_size=2),
    claims=st.lists(st.builds(claim, st.one_of(st.none(), FIRSTS), LASTS, VALUES), max_size=2),
    from_today=st.booleans(),
)
def test_what_stands_as_claimed_is_what_reconciling_leaves_unchanged(facts, claims, from_today):
    if fact := as_it_stands(facts, claims):
        assert after(facts, claims, from_today=from_today) == Outcome(unchanged=[fact])


def test_a_claim_that_leaves_a_value_to_what_is_held_is_reconciled():
    assert as_it_stands([held(on(8, 10))], [claim(on(8, 10), value=Keep("b"))]) is None
    assert as_it_stands([held(on(8, 10))], [claim(on(8, 10))]) is not None
