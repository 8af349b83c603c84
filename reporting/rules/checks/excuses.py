"""What a month finds of excuses: an absence that is excused shows the document by which it is (RD-71)."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, WARNING, Found
from reporting.rules.wording import counted, span_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """Excuses that still wait for a document, and days that are excused by none, or by one that is not on file."""
    yield from _open(facts)
    yield from _by_nothing(facts)
    yield from _on_paper(facts)


def _open(facts: MonthFacts) -> Iterator[Found]:
    for excuse in facts.open_excuses:
        yield Found(
            ERROR,
            "excuse_without_document",
            "RD-71",
            f"{facts.people[excuse.student_id].name}: an excuse for {span_in_words(excuse.starts_on, excuse.ends_on)} "
            "has no document, and its days count as unexcused.",
            "Add the document to the excuse, refuse it, or withdraw it.",
            day=max(excuse.starts_on, facts.starts_on),
            student_id=excuse.student_id,
            students=1,
        )


def _by_nothing(facts: MonthFacts) -> Iterator[Found]:
    for excused in facts.excused_days:
        if excused.rests_on == "nothing":
            yield Found(
                ERROR,
                "excused_without_document",
                "RD-71",
                f"{facts.people[excused.student_id].name}: {counted(len(excused.days), 'day')} excused from "
                f"{span_in_words(excused.days[0], excused.days[-1])}, and no document says why.",
                "Add the superintendent’s word to the excuse, on paper or as a file, or refuse it.",
                day=excused.days[0],
                student_id=excused.student_id,
                students=1,
            )


def _on_paper(facts: MonthFacts) -> Iterator[Found]:
    on_paper = [excused for excused in facts.excused_days if excused.rests_on == "paper"]
    if on_paper:
        students = len({excused.student_id for excused in on_paper})
        yield Found(
            WARNING,
            "excused_on_paper",
            "RD-71",
            f"{counted(sum(len(excused.days) for excused in on_paper), 'excused day')} of "
            f"{counted(students, 'student')} rest on documents that were seen on paper and are not on file.",
            "Put them on file under Excuses, “Seen on paper, not on file”, or be ready to show the paper.",
            day=min(excused.days[0] for excused in on_paper),
            students=students,
        )
