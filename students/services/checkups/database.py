"""The database: that it answers, is new enough and migrated, and holds the application's role to its rights (D13)."""

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection

from students import probes
from students.access import Scope
from students.findings import Finding, warning, well, wrong
from students.services.privileges import append_only_tables

OLDEST = 17
# Above it the planner reads whole tables where an index serves; the default of 4 is for turning disks.
DEAREST_RANDOM_PAGE = 2
TWO_ROLES = "Give DATABASE_URL a role of its own, leave the owner to DATABASE_OWNER_URL, and run manage.py migrate."


def check_connection(scope: Scope) -> Iterator[Finding]:
    """Whether it answers, what it is, and whether its tables are those of this program."""
    try:
        connection.ensure_connection()
        yield well("The database answers.")
        yield _version()
        yield _migrations()
    except DatabaseError as error:
        yield wrong(
            f"The database does not answer: {' '.join(str(error).split())}",
            "See that PostgreSQL runs and that DATABASE_URL names it.",
        )


def check_rights(scope: Scope) -> Iterator[Finding]:
    """What the application's role could do, and how the planner reckons. Needs the migrated tables."""
    yield _owner()
    yield _create()
    yield _evidence()
    yield _planner()


def _version() -> Finding:
    major = connection.get_database_version()[0]
    if major >= OLDEST:
        return well(f"PostgreSQL is version {major}.")
    return wrong(f"PostgreSQL is version {major}.", f"Move to version {OLDEST} or newer.")


def _migrations() -> Finding:
    missing = probes.unapplied_migrations()
    if not missing:
        return well("All migrations are applied.")
    return wrong(f"Migrations are not applied: {', '.join(missing)}.", "Run manage.py migrate, then start all anew.")


def _owner() -> Finding:
    owned = _value(
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(current_user, tableowner, 'USAGE')"
    )
    if not owned:
        return well("The application's role owns no table.")
    return wrong("The application's role owns its tables, and could alter or empty them.", TWO_ROLES)


def _create() -> Finding:
    if not _value("SELECT has_schema_privilege(current_user, 'public', 'CREATE')"):
        return well("The application's role cannot create tables.")
    return wrong("The application's role may create tables.", TWO_ROLES)


def _evidence() -> Finding:
    open_tables = _value(
        "SELECT string_agg(name, ', ' ORDER BY name) FROM unnest(%s::text[]) AS kept (name) "
        "WHERE has_table_privilege(quote_ident(name), 'UPDATE, DELETE, TRUNCATE')",
        sorted(append_only_tables()),
    )
    if not open_tables:
        return well("What is kept for evidence cannot be changed or deleted.")
    return wrong(f"Evidence could be changed or deleted: {open_tables}.", TWO_ROLES)


def _planner() -> Finding:
    if not _value("SELECT current_setting('random_page_cost')::numeric > %s", DEAREST_RANDOM_PAGE):
        return well("random_page_cost suits memory and flash.")
    return warning(
        "random_page_cost is that of turning disks: gathering a day's facts takes about five times as long.",
        "Set random_page_cost = 1.1 in postgresql.conf and reload.",
    )


def _value(statement: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchone()[0]
