"""A set that says what stands already writes no row at all, whatever its size."""

import pytest
from django.db import connection

from students import clock
from students.access import installation_scope
from students.services.roster_import import run_import
from tests.students.oneroster.deltas import changes, says
from tests.students.oneroster.large import write_large_set
from tests.students.oneroster.sets import RosterFiles


def every_row() -> dict[str, list[tuple[str, str]]]:
    """Of every table, where each version of a row stands and which transaction wrote it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT ctid::text, xmin::text FROM "{table}" ORDER BY ctid')
            found[table] = cursor.fetchall()
    return found


@pytest.mark.django_db(transaction=True)
def test_an_unchanged_set_writes_no_row_in_any_table(tmp_path):
    write_large_set(tmp_path / "set", 2_000)
    scope = installation_scope(clock.now())
    assert run_import(scope, tmp_path / "set").written
    before = every_row()
    assert len(before["students_sectionenrollment"]) > 1_000
    assert run_import(scope, tmp_path / "set").changes_nothing
    assert every_row() == before


@pytest.mark.django_db(transaction=True)
def test_a_delta_writes_the_records_it_changes_and_the_file_it_is_of(tmp_path):
    files = RosterFiles()
    scope = installation_scope(clock.now())
    run_import(scope, files.folder(tmp_path / "set"))
    delta = changes()
    says(delta, "users", **{**files.row("users", "p2"), "familyName": "Renamed"})
    before = every_row()
    assert run_import(scope, delta.folder(tmp_path / "set")).written
    moved = {table for table, rows in every_row().items() if rows != before[table]}
    assert moved == {"students_student", "students_rosterfile", "students_rosterimport"}
    assert sum(row not in before["students_rosterfile"] for row in every_row()["students_rosterfile"]) == 1
