"""Bringing a set in, as the nightly import does, with the ledger held to its facts after it."""

from collections.abc import Callable

import pytest

from attendance.services.ledger import check
from students import clock
from students.access import installation_scope
from students.services.roster_import import run_import
from tests.students.oneroster.sets import RosterFiles


@pytest.fixture
def bring_in(tmp_path) -> Callable[[RosterFiles], None]:
    def run(files: RosterFiles) -> None:
        scope = installation_scope(clock.now())
        report = run_import(scope, files.folder(tmp_path / "set"))
        assert [str(fault) for fault in report.faults] == []
        assert check(scope) == []

    return run
