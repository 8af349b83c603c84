"""Rows of the tests' database, kept aside and copied back: cheaper than making them anew, thousands of times."""

from collections.abc import Collection

import psycopg2
from django.db import connections

# A table that has grown so far, rows and their remains, is worth truncating, which takes as long as thirty small tests.
LARGE = 500_000
NEVER_EMPTIED = "('django_migrations', 'django_content_type')"


class TestDatabase:
    """The tests' own cluster as its superuser, whom no trigger and no foreign key stops from emptying tables."""

    __test__ = False

    def __init__(self) -> None:
        """Asked after the migrations: the rows that they made are kept, and come back whenever all is emptied."""
        settings = connections["owner"].settings_dict
        self._connection = psycopg2.connect(dbname=settings["NAME"], user="postgres", **settings["OPTIONS"])
        self._cursor = self._connection.cursor()
        self._do_without_vacuum()
        self._all = self._one(
            "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables "
            f"WHERE schemaname = 'public' AND tablename NOT IN {NEVER_EMPTIED}"
        )
        ask_which_are_filled = self._one(
            "SELECT string_agg(format('SELECT %L WHERE EXISTS (SELECT FROM %I)', name, name), ' UNION ALL ') "
            f"FROM unnest(string_to_array('{self._all}', ', ')) name"
        )
        # To plan it takes ten times as long as to answer it.
        self._cursor.execute(f"PREPARE filled AS {ask_which_are_filled}")
        self._seed = self.keep("seed")

    def keep(self, schema: str, but: Collection[str] = ()) -> str:
        """Keep all rows but those of these tables, and those of the migrations; returns what copies them back."""
        self._cursor.execute(f"CREATE SCHEMA {schema}")
        self._cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {connections['default'].settings_dict['USER']}")
        tables = [table for table in self._filled() if table not in but and not self._is_seed(table)]
        statements = [self._keep(schema, table) for table in tables]
        self._connection.commit()
        return "; ".join(statements)

    def put(self, rows: str) -> None:
        """Copy kept rows back and commit them, just as they were: no trigger notes them once more."""
        self._cursor.execute("SET LOCAL session_replication_role = replica")
        self._cursor.execute(rows)
        # Nobody vacuums here, and without its figures the planner takes a month's thousands of marks for a handful.
        self._cursor.execute(f"ANALYZE {', '.join(self._filled())}")
        self._connection.commit()

    def empty(self) -> None:
        """As after the migrations. The application's role may neither TRUNCATE nor delete what is kept for good."""
        self._cursor.execute("SET LOCAL session_replication_role = replica")
        if self._largest() > LARGE:
            self._cursor.execute(f"TRUNCATE {self._all}")
        for table in self._filled():
            self._cursor.execute(f"DELETE FROM {table}")
        # Of those alone that have any: every connection forgets what it knew of such a table, and of its plans.
        self._cursor.execute(
            "SELECT pg_clear_relation_stats('public', relname) FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltuples >= 0"
        )
        if self._seed:
            self._cursor.execute(self._seed)
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()

    def _do_without_vacuum(self) -> None:
        """It would note that the tables are empty, and the planner of the next test would believe that for long."""
        self._connection.autocommit = True
        self._cursor.execute("ALTER SYSTEM SET autovacuum = off")
        self._cursor.execute("SELECT pg_reload_conf()")
        self._connection.autocommit = False

    def _keep(self, schema: str, table: str) -> str:
        self._cursor.execute(f"CREATE TABLE {schema}.{table} AS TABLE public.{table}")
        self._cursor.execute(f"GRANT SELECT ON {schema}.{table} TO {connections['default'].settings_dict['USER']}")
        columns = self._one(
            "SELECT string_agg(format('%I', attname), ', ') FROM pg_attribute "
            f"WHERE attrelid = 'public.{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
        )
        return f"INSERT INTO public.{table} ({columns}) SELECT {columns} FROM {schema}.{table}"

    def _is_seed(self, table: str) -> bool:
        return bool(self._one(f"SELECT to_regclass('seed.{table}') IS NOT NULL"))

    def _filled(self) -> list[str]:
        self._cursor.execute("EXECUTE filled")
        return [table for (table,) in self._cursor.fetchall()]

    def _largest(self) -> int:
        return int(self._one(f"SELECT max(pg_relation_size(name::regclass)) FROM unnest(ARRAY[{self._named()}]) name"))

    def _named(self) -> str:
        return ", ".join(f"'{table}'" for table in self._all.split(", "))

    def _one(self, query: str) -> str:
        self._cursor.execute(query)
        return self._cursor.fetchone()[0]
