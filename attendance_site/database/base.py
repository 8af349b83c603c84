"""PostgreSQL, with a plain word for the newcomer whose server does not run."""

from typing import Any

import psycopg2
from django.db.backends.postgresql import base
from django.db.utils import DatabaseErrorWrapper, OperationalError
from django.utils.functional import cached_property

from students.refusals import FrozenDays

HINT = "No database answers. Run `make demo` or `make services`, or set DATABASE_URL."


class FrozenDaysTold(DatabaseErrorWrapper):
    """Names what the triggers of frozen months refuse; every other error is Django's to name."""

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        """Raise FrozenDays for their SQLSTATE."""
        if isinstance(exc_value, psycopg2.Error) and exc_value.pgcode == FrozenDays.SQLSTATE:
            raise FrozenDays.read(exc_value.diag.message_detail or "") from None
        super().__exit__(exc_type, exc_value, traceback)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection; a failed one says what to run."""

    @cached_property
    def wrap_database_errors(self) -> DatabaseErrorWrapper:
        """What every statement is run in."""
        return FrozenDaysTold(self)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, or raise OperationalError that names the two ways to get a server."""
        if conn_params["dbname"] == "not-configured":
            raise OperationalError(HINT)
        try:
            return super().get_new_connection(conn_params)
        except psycopg2.OperationalError as error:
            raise OperationalError(f"{HINT} ({error})") from error
