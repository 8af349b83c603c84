"""Who is proposed for whom, with the reasons, before anything is saved (MD-08)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from interventions.models import Need
from interventions.rules import matching
from interventions.rules.matching import Match, suggest
from interventions.selectors.disengaged import Asked, Lost, disengaged
from interventions.selectors.outreach_workers import (
    WorkerLine,
    active_lines,
    check_assigns,
    offered,
    workers_with_load,
)
from students.access import Scope, visible_to
from students.models import School, Student
from students.templatetags.languages import language_name

# Students shown of each worker before a proposal is saved.
SHOWN = 12
Pair = tuple[Lost, Match]


@dataclass(frozen=True)
class ProposedLine:
    """A student, and why this worker is proposed."""

    name: str
    school: str
    need: str
    language: str
    why: Sequence[str]


@dataclass(frozen=True)
class ProposedWorker:
    """A worker with the students who would be theirs: the first few, and how many more."""

    worker: WorkerLine
    students: Sequence[ProposedLine]
    number: int

    @property
    def load(self) -> int:
        """How many students they would have."""
        return self.worker.load + self.number

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.students)


@dataclass(frozen=True)
class Proposal:
    """Who is proposed for whom. `left_over` are students for whom nobody has room; their names are the first few."""

    workers: Sequence[ProposedWorker]
    matches: Sequence[tuple[Lost, int]]
    left_over: int
    left_over_names: Sequence[str]

    @property
    def left_over_words(self) -> str:
        """Who they are: the first few, and how many more."""
        more = self.left_over - len(self.left_over_names)
        names = "; ".join(self.left_over_names)
        return _("%(names)s and %(more)s more") % {"names": names, "more": more} if more > 0 else names


def propose(
    scope: Scope, asked: Asked, *, student_ids: Collection[int] | None = None, worker_id: int | None = None
) -> Proposal:
    """Propose somebody for each student of the list whom nobody looks for: all of them, or those chosen.

    With `worker_id` that worker alone is proposed, for as many as they can take. Raises Forbidden.
    """
    check_assigns(scope)
    listed = [each for each in disengaged(scope, asked).students if each.worker_id is None]
    free = listed if student_ids is None else [each for each in listed if each.student_id in student_ids]
    workers = [each for each in workers_with_load(scope) if worker_id in (None, each.pk)]
    wanted = [matching.Asked(each.student_id, each.school_id, each.need, each.language) for each in free]
    pairs = list(zip(free, suggest(wanted, offered(workers)), strict=True))
    return _proposal(scope, pairs, {line.id: line for line in active_lines(scope)})


def _proposal(scope: Scope, pairs: Sequence[Pair], workers: Mapping[int, WorkerLine]) -> Proposal:
    by_worker: dict[int, list[Pair]] = defaultdict(list)
    for student, match in pairs:
        by_worker[match.worker_id or 0].append((student, match))
    named = _Named(scope, [student for its in by_worker.values() for student, _ in its[:SHOWN]])
    left = by_worker.pop(0, [])
    proposed = [
        ProposedWorker(workers[each], [named.line(*pair, workers[each]) for pair in its[:SHOWN]], len(its))
        for each, its in by_worker.items()
    ]
    return Proposal(
        workers=sorted(proposed, key=lambda each: (each.worker.name, each.worker.id)),
        matches=[(student, match.worker_id) for student, match in pairs if match.worker_id],
        left_over=len(left),
        left_over_names=[named.students[student.student_id].listed_name for student, _ in left[:SHOWN]],
    )


class _Named:
    """Students and schools by their names; two statements."""

    def __init__(self, scope: Scope, shown: Sequence[Lost]) -> None:
        self.students = Student.objects.in_bulk([each.student_id for each in shown])
        self.schools = dict(visible_to(scope, School).values_list("pk", "name"))

    def line(self, student: Lost, match: Match, worker: WorkerLine) -> ProposedLine:
        """A student as the proposal shows one."""
        return ProposedLine(
            name=self.students[student.student_id].listed_name,
            school=self.schools.get(student.school_id, ""),
            need=str(Need(student.need).label),
            language=language_name(student.language) if student.language else "",
            why=_why(student, match, worker),
        )


def _why(student: Lost, match: Match, worker: WorkerLine) -> list[str]:
    why = []
    if student.language not in matching.SPOKEN_BY_ALL:
        language = {"language": language_name(student.language)}
        why.append((_("speaks %(language)s") if match.speaks else _("does not speak %(language)s")) % language)
    if match.knows_need:
        why.append(_("good at this"))
    if worker.schools:
        why.append(_("works in the school"))
    return why or [_("has room")]
