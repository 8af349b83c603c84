"""Starts a PostgreSQL and a Redis of the tests' own before Django reads its settings (never the demo's `.data/`)."""

import atexit
import os
from contextlib import ExitStack
from tempfile import TemporaryDirectory

from attendance_site.services.temporary import temporary_services

_running = ExitStack()
atexit.register(_running.close)
_services = _running.enter_context(temporary_services())
os.environ.update(
    DATABASE_URL=_services.database_url,
    DATABASE_OWNER_URL=_services.database_owner_url,
    REDIS_URL=_services.redis_url,
    SECRET_KEY="only-the-tests-know-this-one",
    EMAIL_URL="memorymail://",
    STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
    CLOCK_FILE="",
    DOCUMENTS_DIR=_running.enter_context(TemporaryDirectory(prefix="documents-")),
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
