"""One clock: whoever wants to know the time is told it."""

import ast

import pytest

from tests.architecture.sources import APPS, Source, sources

CLOCKS = {"datetime", "date", "timezone", "dt"}
READS = {"now", "today", "utcnow", "localdate", "localtime", "fromtimestamp"}
MAY_READ = {
    # The clock itself.
    "students/clock.py": 1,
    # A lease is about processes: it runs by the machine's time, whatever the district's clock reads.
    # Files are dated by the machine too.
    "students/services/checkups/rosters.py": 1,
    "students/management/commands/import_oneroster.py": 1,
    "reporting/management/commands/close_month.py": 1,
}


def reads(tree: ast.AST) -> list[ast.AST]:
    """Where the machine's clock is read."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_read(node)]


def _is_read(node: ast.Attribute) -> bool:
    on = getattr(node.value, "id", getattr(node.value, "attr", ""))
    return (on in CLOCKS and node.attr in READS) or (on == "time" and node.attr in {"time", "time_ns", "localtime"})


def sees(source: Source) -> int:
    return len(reads(source.tree))


def test_nobody_but_the_clock_and_the_leases_reads_the_machines_time() -> None:
    wrong = [source.at(node) for source in sources(*APPS) if source.path not in MAY_READ for node in reads(source.tree)]
    assert wrong == []


def test_those_who_may_read_it_do_so_in_one_place() -> None:
    assert {source.path: sees(source) for source in sources(*APPS) if source.path in MAY_READ} == MAY_READ


def test_models_leave_no_instant_to_the_machine() -> None:
    automatic = {"auto_now", "auto_now_add"}
    wrong = [
        source.at(node.value)
        for source in sources(*APPS)
        if "/migrations/" not in source.path
        for node in ast.walk(source.tree)
        if isinstance(node, ast.keyword) and node.arg in automatic
    ]
    assert wrong == []


def test_enough_files_were_looked_at() -> None:
    assert len(sources(*APPS)) >= 200


@pytest.mark.parametrize(
    "text", ["datetime.now(UTC)", "date.today()", "timezone.now()", "datetime.datetime.utcnow()", "time.time()"]
)
def test_the_guard_sees_what_it_is_for(text: str) -> None:
    assert len(reads(ast.parse(text))) == 1
