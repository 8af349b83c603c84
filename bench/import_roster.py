"""Times a first import of 100,000 rows and measures its peak memory, in a database of its own.

The floor is a bare COPY of the class enrollments alone (three quarters of the rows) into the same table.

    python -m bench.import_roster [ROWS]
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from attendance_site.services.temporary import temporary_services
from tests.students.oneroster.large import write_large_set

SECONDS, MEGABYTES = 20, 500
_COLUMNS = "source_id, student_id, section_id, starts_on, ends_on"


def main(rows: int) -> None:
    """Generate, import, print; exit 1 beyond the limits."""
    with tempfile.TemporaryDirectory() as folder, prepared_database() as owner_url:
        written = write_large_set(Path(folder), rows)
        before = _cpu_of_children()
        started = time.perf_counter()
        subprocess.run([sys.executable, "manage.py", "import_oneroster", folder], check=True)
        seconds, cpu = time.perf_counter() - started, _cpu_of_children() - before
        floor = bare_copy(owner_url)
    # Kilobytes on Linux; of the largest child, which the import is.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{written:,} rows in {seconds:.1f} s (limit {SECONDS}), {cpu:.1f} s of them Python's own CPU time")
    print(f"peak memory {peak} MB (limit {MEGABYTES}); bare COPY of the class enrollments {floor:.1f} s")
    print(f"ratio to the floor {seconds / floor:.1f}")
    sys.exit(seconds > SECONDS or peak > MEGABYTES)


@contextmanager
def prepared_database() -> Iterator[str]:
    """A PostgreSQL of the bench's own, migrated, named in the environment of what runs inside; the owner's URL."""
    with temporary_services() as services:
        os.environ["DATABASE_URL"] = services.database_url
        os.environ["DATABASE_OWNER_URL"] = services.database_owner_url
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
        yield services.database_owner_url


def bare_copy(url: str) -> float:
    """Seconds that the database alone takes to write the class enrollments, with their keys and exclusions."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        rows = io.StringIO()
        cursor.copy_expert(f"COPY students_sectionenrollment ({_COLUMNS}) TO STDOUT", rows)
        cursor.execute("TRUNCATE students_sectionenrollment")
        connection.commit()
        rows.seek(0)
        started = time.perf_counter()
        cursor.copy_expert(f"COPY students_sectionenrollment ({_COLUMNS}) FROM STDIN", rows)
        connection.commit()
        return time.perf_counter() - started


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
