"""Who takes on whom: never over what somebody can take, everybody for whom there is room, and the fittest first."""

import time
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.matching import Asked, Offered, suggest

SCHOOLS, NEEDS, LANGUAGES = [1, 2, 3], ["locate", "return"], ["", "en", "es", "ht"]
asked = st.builds(Asked, st.none(), st.sampled_from(SCHOOLS), st.sampled_from(NEEDS), st.sampled_from(LANGUAGES))
offered = st.builds(
    Offered,
    st.none(),
    st.integers(1, 3),
    st.integers(0, 4),
    st.frozensets(st.sampled_from(SCHOOLS), max_size=2),
    st.frozensets(st.sampled_from(NEEDS)),
    st.frozensets(st.sampled_from(["es", "ht"])),
)


def numbered(rows, name):
    return [type(row)(**{key: getattr(row, key) for key in row.__slots__} | {name: at}) for at, row in enumerate(rows)]


def most_that_can_be_placed(students, workers) -> int:
    """By trying everything: each student with each worker or nobody."""
    best = 0
    for choice in product([None, *workers], repeat=len(students)):
        placed = [(s, w) for s, w in zip(students, choice, strict=True) if w]
        fits = all(w.serves(s.school_id) for s, w in placed)
        if fits and all(sum(w is x for _, x in placed) <= max(0, w.most_students - w.load) for w in workers):
            best = max(best, len(placed))
    return best


@given(st.lists(asked, max_size=5), st.lists(offered, max_size=3))
def test_MD08_nobody_is_over_full_or_in_a_strange_school_and_all_who_can_be_placed_are(students, workers) -> None:
    students, workers = numbered(students, "student_id"), numbered(workers, "worker_id")
    found = suggest(students, workers)
    assert [each.student_id for each in found] == [each.student_id for each in students]
    by_id = {each.worker_id: each for each in workers}
    for worker in workers:
        given_to = sum(each.worker_id == worker.worker_id for each in found)
        assert not given_to or worker.load + given_to <= worker.most_students
    for student, match in zip(students, found, strict=True):
        assert match.worker_id is None or by_id[match.worker_id].serves(student.school_id)
    assert sum(each.worker_id is not None for each in found) == most_that_can_be_placed(students, workers)
    assert found == suggest(students, list(reversed(workers)))


def test_MD08_language_comes_before_need_and_need_before_room() -> None:
    [match] = suggest(
        [Asked(1, 1, "locate", "ht")],
        [
            Offered(1, 30, needs=frozenset({"locate"})),
            Offered(2, 30, 20, languages=frozenset({"ht"})),
            Offered(3, 30, 25, needs=frozenset({"locate"}), languages=frozenset({"ht"})),
        ],
    )
    assert (match.worker_id, match.knows_need, match.speaks, match.load) == (3, True, True, 26)


def test_MD08_equals_share_by_the_room_they_have() -> None:
    found = suggest([Asked(n, 1, "return") for n in range(30)], [Offered(1, 10), Offered(2, 20), Offered(3, 30, 15)])
    assert [sum(each.worker_id == worker for each in found) for worker in (1, 2, 3)] == [8, 15, 7]
    assert max(each.load for each in found if each.worker_id == 3) == 22


def test_MD08_a_colleague_takes_over_before_a_student_is_left_without_anybody() -> None:
    anywhere, one_school = Offered(1, 1), Offered(2, 1, school_ids=frozenset({1}))
    found = suggest([Asked(1, 1, "return"), Asked(2, 2, "return")], [anywhere, one_school])
    assert [each.worker_id for each in found] == [2, 1]


def test_MD08_without_room_nobody_is_proposed_and_the_first_come_first() -> None:
    found = suggest([Asked(1, 1, "return"), Asked(2, 1, "return"), Asked(3, 9, "return")], [Offered(7, 1)])
    assert [each.worker_id for each in found] == [7, None, None]
    assert suggest([Asked(1, 1, "return")], [])[0].worker_id is None


def test_MD08_six_thousand_students_find_somebody_within_a_second_or_two() -> None:
    students = [Asked(n, n % 60, NEEDS[n % 2], LANGUAGES[n % 4]) for n in range(6000)]
    workers = [
        Offered(n, 60, school_ids=frozenset({n % 60, (n + 7) % 60}), needs=frozenset({NEEDS[n % 2]}))
        for n in range(110)
    ]
    started = time.monotonic()
    found = suggest(students, workers)
    assert sum(each.worker_id is not None for each in found) == 6000
    assert time.monotonic() - started < 10
