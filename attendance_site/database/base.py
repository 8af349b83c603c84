"""PostgreSQL, with a plain word for the newcomer whose server does not run."""

from typing import Any

import psycopg2
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

HINT = "No database answers. Run `make demo` or `make services`, or set DATABASE_URL."


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection; a failed one says what to run."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, or raise OperationalError that names the two ways to get a server."""
        if conn_params["dbname"] == "not-configured":
            raise OperationalError(HINT)
        try:
            return super().get_new_connection(conn_params)
        except psycopg2.OperationalError as error:
            raise OperationalError(f"{HINT} ({error})") from error
