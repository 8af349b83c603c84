"""Whether what an installation stands on is there: its database, its tables and its broker. No rows, no names."""

from functools import cache

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from redis import Redis, RedisError

# A probe that waits longer than whoever asks says nothing.
SECONDS = 2


def unapplied_migrations() -> list[str]:
    """The last migration of each app that the database has not seen, as `app.name`; empty when all are applied.

    Raises DatabaseError when no database answers.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in _last_migrations() if (app, name) not in applied]


@cache
def _last_migrations() -> tuple[tuple[str, str], ...]:
    """As the code has them: read from the disk once a process, since a probe comes every few seconds."""
    return tuple(sorted(MigrationLoader(None).graph.leaf_nodes()))


def redis_answers() -> bool:
    """Whether the broker answers within the time of a probe; False where none is named."""
    if not settings.REDIS_URL:
        return False
    try:
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=SECONDS, socket_timeout=SECONDS) as broker:
            return bool(broker.ping())
    except (RedisError, ValueError):
        return False
