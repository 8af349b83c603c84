"""Which installations keep documents in a folder. Two in one would sweep each other's files as nobody's.

Each signs the folder with a file of its own; where another has signed, neither removes what no row of its own names.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from students.access import Scope

_SIGN = "used-by-"
_WORDS = "First Bell keeps documents in this folder, and their rows in the database {database}.\n"


def may_sweep(scope: Scope, *, before: datetime) -> bool:
    """Sign the folder, and say whether it is this installation's alone since an instant of the machine's clock.

    Everybody who keeps documents here signs each night, so that whoever has not by then is not there.
    """
    folder = Path(settings.DOCUMENTS_DIR)
    if not folder.is_dir():
        return False
    name, database = _own(scope)
    own = folder.joinpath(name)
    if not own.exists():
        own.write_text(_WORDS.format(database=database), encoding="utf-8")
    return not signs_of_others(scope) and own.stat().st_mtime < before.timestamp()


def signs_of_others(scope: Scope) -> Sequence[Path]:
    """The files by which other installations signed the folder."""
    name, _ = _own(scope)
    return sorted(path for path in Path(settings.DOCUMENTS_DIR).glob(f"{_SIGN}*") if path.name != name)


def _own(scope: Scope) -> tuple[str, str]:
    """The name of this installation's sign, the same after a restore in its place, and the database in words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier, current_database() FROM pg_control_system()")
        cluster, database = cursor.fetchone()
    digest = hashlib.sha256(f"{cluster}/{database}".encode()).hexdigest()
    return f"{_SIGN}{digest[:16]}", f"{database} of cluster {cluster}"
