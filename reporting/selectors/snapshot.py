"""One consistent look at the database, so that the files of a package agree with each other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one instant, whatever teachers save meanwhile; nothing can be written.

    Raises TransactionManagementError inside another transaction, whose instant it could not choose any more.
    """
    if connection.in_atomic_block:
        raise transaction.TransactionManagementError("A snapshot begins its own transaction.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
