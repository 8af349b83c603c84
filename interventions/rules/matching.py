"""Who of the staff takes on which student: by school, need, language and load (MD-08).

The school binds: nobody is proposed for a student of a school in which they do not work, nor over what they can take.
Within that, whoever knows the need and speaks the family's language comes first, then whoever has most room. Everybody
for whom there is room finds somebody: where all who may take a student are full, one of theirs goes to a colleague.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Spoken by everybody on the staff; so is a language that nobody wrote down.
SPOKEN_BY_ALL = frozenset({"", "en"})
_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A student who needs somebody; the language is that of the family."""

    student_id: int
    school_id: int
    need: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A worker; no schools are all of them, no needs none in particular. `load` are the students they have."""

    worker_id: int
    most_students: int
    load: int = 0
    school_ids: frozenset[int] = frozenset()
    needs: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def serves(self, school_id: int) -> bool:
        """Whether they work in a school."""
        return not self.school_ids or school_id in self.school_ids


@dataclass(frozen=True, slots=True)
class Match:
    """Who is proposed for a student, and why; nobody where no one has room. `load` is that with this student."""

    student_id: int
    worker_id: int | None = None
    knows_need: bool = False
    speaks: bool = False
    load: int = 0


def suggest(students: Sequence[Asked], workers: Iterable[Offered]) -> list[Match]:
    """A proposal for each student, in their order; whoever stands earlier is never left out for one who stands later.

    The same students and workers make the same proposal.
    """
    table = _Table(workers)
    for student in students:
        table.place(student)
    return [table.match(student) for student in students]


class _Table:
    """Which student sits with whom, while a proposal is made."""

    def __init__(self, workers: Iterable[Offered]) -> None:
        self.workers = {each.worker_id: each for each in sorted(workers, key=lambda each: each.worker_id)}
        self.load = {each.worker_id: each.load for each in self.workers.values()}
        self.held: dict[int, dict[int, list[Asked]]] = defaultdict(lambda: defaultdict(list))
        self.worker_of: dict[int, int] = {}
        self.ranked: dict[tuple[int, str, str], list[list[int]]] = {}
        self.full_schools: set[int] = set()

    def place(self, student: Asked) -> None:
        """Give a student to the best worker who has room, or make room."""
        for equals in self._ranked(student):
            if room := [each for each in equals if self._has_room(each)]:
                return self._give(student, min(room, key=self._share))
        if (freed := self._make_room(student.school_id)) is not None:
            self._give(student, freed)
        return None

    def match(self, student: Asked) -> Match:
        """What was found for a student."""
        found = self.worker_of.get(student.student_id)
        if found is None:
            return Match(student.student_id)
        worker = self.workers[found]
        return Match(student.student_id, found, knows_need(worker, student), speaks(worker, student), self.load[found])

    def _ranked(self, student: Asked) -> list[list[int]]:
        """Who may take a student, the best first; equals together."""
        key = (student.school_id, student.need, student.language)
        if key not in self.ranked:
            groups: dict[int, list[int]] = defaultdict(list)
            for each in self.workers.values():
                if each.serves(student.school_id):
                    groups[fitness(each, student)].append(each.worker_id)
            self.ranked[key] = [groups[each] for each in sorted(groups, reverse=True)]
        return self.ranked[key]

    def _has_room(self, worker_id: int) -> bool:
        return self.load[worker_id] < self.workers[worker_id].most_students

    def _share(self, worker_id: int) -> tuple[int, int]:
        return self.load[worker_id] * _WHOLE // self.workers[worker_id].most_students, worker_id

    def _give(self, student: Asked, worker_id: int) -> None:
        self.worker_of[student.student_id] = worker_id
        self.held[worker_id][student.school_id].append(student)
        self.load[worker_id] += 1

    def _make_room(self, school_id: int) -> int | None:
        """Move students along the shortest chain of colleagues that ends with room; None where there is none."""
        if school_id in self.full_schools:
            return None
        came_from: dict[int, int] = {}
        first = [each for each, worker in self.workers.items() if worker.serves(school_id)]
        seen, waiting = set(first), deque(first)
        while waiting:
            worker_id = waiting.popleft()
            for other in self.workers:
                if other in seen or not self._movable(worker_id, other):
                    continue
                seen.add(other)
                came_from[other] = worker_id
                if self._has_room(other):
                    return self._shift(other, came_from)
                waiting.append(other)
        # Room never comes back, so there will be none for this school.
        self.full_schools.add(school_id)
        return None

    def _movable(self, worker_id: int, other: int) -> list[Asked]:
        """A worker's new students whom another could take."""
        serves = self.workers[other].serves
        mine = self.held[worker_id].items()
        return [each for school_id, students in mine if serves(school_id) for each in students]

    def _shift(self, worker_id: int, came_from: dict[int, int]) -> int:
        """Along the chain each gives one student to the next; the worker at its beginning has room then."""
        while worker_id in came_from:
            giver = came_from[worker_id]
            student = max(self._movable(giver, worker_id), key=lambda each: self._gain(each, giver, worker_id))
            self.held[giver][student.school_id].remove(student)
            self.load[giver] -= 1
            self._give(student, worker_id)
            worker_id = giver
        return worker_id

    def _gain(self, student: Asked, giver: int, taker: int) -> tuple[int, int]:
        """How much better off a student is with another worker; of equals the one who came first."""
        gain = fitness(self.workers[taker], student) - fitness(self.workers[giver], student)
        return gain, -student.student_id


def fitness(worker: Offered, student: Asked) -> int:
    """How well a worker fits: the family's language counts more than the need, for nothing is done without words."""
    return 2 * speaks(worker, student) + knows_need(worker, student)


def speaks(worker: Offered, student: Asked) -> bool:
    """Whether a worker speaks the family's language."""
    return student.language in SPOKEN_BY_ALL or student.language in worker.languages


def knows_need(worker: Offered, student: Asked) -> bool:
    """Whether the need is among those that a worker is good at."""
    return student.need in worker.needs
