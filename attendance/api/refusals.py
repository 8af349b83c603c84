"""Entries that the services refuse, each with its place in what was sent."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus

from attendance.services.taking import BadEntries
from students.api.problems import Problem


def bad_entries(bad: BadEntries, sent: Sequence[int]) -> Problem:
    """The problem that names every student who is unmarked or marked impossibly; `sent` are the students' ids."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "refused", str(bad), list(_errors(bad, sent)))


def _errors(bad: BadEntries, sent: Sequence[int]) -> Iterator[dict[str, str | int]]:
    """A student who was not sent at all has no place but the list."""
    for student_id, words in bad.problems.items():
        place = f"#/marks/{sent.index(student_id)}" if student_id in sent else "#/marks"
        yield {"pointer": place, "student_id": student_id, "detail": words}
