"""What the application's role may do to each table: not alter it, and not rewrite what is kept for evidence."""

from django.apps import apps
from django.db import connections
from psycopg2 import sql


def append_only_tables() -> set[str]:
    """Tables whose rows are never changed or deleted: evidence, and every history."""
    kept = (model for model in apps.get_models() if getattr(model, "append_only", False) or _is_history(model))
    return {model._meta.db_table for model in kept}


def _is_history(model: type) -> bool:
    return hasattr(model, "pgh_tracked_model")


def _rights(table: str) -> str:
    if table == "django_migrations":
        return "SELECT"
    # MAINTAIN lets it ANALYZE what it has just loaded; it changes no row and no definition.
    return "SELECT, INSERT, MAINTAIN" if table in append_only_tables() else "SELECT, INSERT, UPDATE, DELETE, MAINTAIN"


def grant_to_application() -> None:
    """Grant the application's role its rights on every table, as the owner."""
    role = connections["default"].settings_dict["USER"]
    owner = connections["owner"]
    if role == owner.settings_dict["USER"]:
        return
    with owner.cursor() as cursor:
        for table in owner.introspection.table_names(cursor):
            rights = _rights(table)
            grant = sql.SQL("REVOKE ALL ON {table} FROM {role}; GRANT {rights} ON {table} TO {role}")
            cursor.execute(
                grant.format(table=sql.Identifier(table), role=sql.Identifier(role), rights=sql.SQL(rights)).as_string(
                    cursor.connection
                )
            )
        every = sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(every.format(role=sql.Identifier(role)).as_string(cursor.connection))
