"""Times a first import of 100,000 rows and measures its peak memory, in a database of its own.

python -m bench.import_roster [ROWS]
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from attendance_site.services.temporary import temporary_services
from tests.students.oneroster.large import write_large_set

SECONDS, MEGABYTES = 20, 500


def main(rows: int) -> None:
    """Generate, import, print; exit 1 beyond the limits."""
    with tempfile.TemporaryDirectory() as folder, prepared_database():
        written = write_large_set(Path(folder), rows)
        started = time.perf_counter()
        subprocess.run([sys.executable, "manage.py", "import_oneroster", folder], check=True)
        seconds = time.perf_counter() - started
    # Kilobytes on Linux; the largest of the children, which the import is.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{written:,} rows in {seconds:.1f} s (limit {SECONDS}), peak memory {peak} MB (limit {MEGABYTES})")
    sys.exit(seconds > SECONDS or peak > MEGABYTES)


@contextmanager
def prepared_database():
    """A PostgreSQL of the bench's own, migrated, named in the environment of what runs inside."""
    with temporary_services() as services:
        os.environ["DATABASE_URL"] = services.database_url
        os.environ["DATABASE_OWNER_URL"] = services.database_owner_url
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
        yield


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
