"""Tells the database what nothing may remove but a disposal after its time (MS-31), as the owner, at each migration.

A row is of the school year in which its last day lies. It goes when the transaction names a disposal of that year and
kind which two persons agreed on, when the year's time is over by the database's own date and by the disposal's, and
when no legal hold touches the year.
"""

from django.db import connections
from psycopg2 import sql

from students.retention import NEVER, Group, Kept, kept_tables
from students.rules.retention import FLOOR_YEARS, SUPPORT_YEARS

# The transaction's own word: the disposal's id and the day on which it is carried out.
SETTING = "first_bell.disposal"
_TRIGGER = "kept_until_disposal"
_SAFE = "SET search_path = pg_catalog, public, pg_temp"

_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION retention_year_of(day date) RETURNS students_schoolyear LANGUAGE sql STABLE {_SAFE} AS $$
    SELECT year FROM public.students_schoolyear year ORDER BY
        year.starts_on <= day DESC, CASE WHEN year.starts_on <= day THEN year.starts_on END DESC NULLS LAST,
        CASE WHEN year.starts_on > day THEN year.starts_on END, year.id DESC LIMIT 1
$$;

CREATE OR REPLACE FUNCTION retention_years(kind_of text, as_of date) RETURNS int LANGUAGE sql STABLE {_SAFE} AS $$
    SELECT coalesce(
        (SELECT CASE kind_of WHEN 'support' THEN support_years ELSE greatest(documentation_years, {FLOOR_YEARS}) END
            FROM public.students_retentionpolicy WHERE starts_on <= as_of ORDER BY starts_on DESC LIMIT 1),
        CASE kind_of WHEN 'support' THEN {SUPPORT_YEARS} ELSE {FLOOR_YEARS} END)
$$;

CREATE OR REPLACE FUNCTION retention_holds(year_id_of bigint) RETURNS SETOF bigint LANGUAGE sql STABLE {_SAFE} AS $$
    SELECT hold.id FROM public.students_legalhold hold, public.students_schoolyear year
    WHERE year.id = year_id_of AND hold.lifted_at IS NULL
        AND (hold.school_year_id IS NULL OR hold.school_year_id = year.id)
        AND (hold.student_id IS NULL OR hold.school_year_id IS NOT NULL OR EXISTS (
            SELECT FROM public.students_enrollment stay WHERE stay.student_id = hold.student_id
            AND stay.starts_on <= year.ends_on AND coalesce(stay.ends_on, 'infinity') >= year.starts_on))
$$;

CREATE OR REPLACE FUNCTION retention_refusal(last_day date, kind_of text) RETURNS text
LANGUAGE plpgsql STABLE {_SAFE} AS $$
DECLARE
    named text := current_setting('{SETTING}', true);
    agreed public.students_disposal;
    year public.students_schoolyear;
    as_of date;
    through date;
BEGIN
    IF coalesce(named, '') = '' THEN
        RETURN 'These records are kept: nothing removes them but a disposal after their time (MS-31).';
    END IF;
    SELECT * INTO agreed FROM public.students_disposal WHERE id = split_part(named, ' ', 1)::bigint;
    IF agreed.id IS NULL OR agreed.state <> 'running' OR agreed.kind <> kind_of THEN
        RETURN 'No disposal of these records is being carried out (MS-31).';
    END IF;
    year := retention_year_of(last_day);
    IF last_day IS NULL OR year.id IS DISTINCT FROM agreed.school_year_id THEN
        RETURN 'A row is not of the school year that is disposed of (MS-31).';
    END IF;
    as_of := least(current_date, split_part(named, ' ', 2)::date);
    through := (greatest(year.ends_on, last_day) + make_interval(years => retention_years(kind_of, as_of)))::date;
    IF as_of <= through THEN
        RETURN format('These records are kept through %s (MS-31).', through);
    END IF;
    IF EXISTS (SELECT FROM retention_holds(year.id)) THEN
        RETURN 'A legal hold stands: nothing of this school year is disposed of.';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION retention_no_truncate() RETURNS trigger LANGUAGE plpgsql {_SAFE} AS $$
BEGIN
    RAISE EXCEPTION 'The records of % are kept: they are not emptied at once (MS-31).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = '{_TRIGGER}';
END $$;

CREATE OR REPLACE FUNCTION retention_remove(table_of text, ids bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER {_SAFE} AS $$
DECLARE
    place regclass := format('public.%I', table_of)::regclass;
    key text := (SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
        WHERE indrelid = place AND indisprimary);
    gone bigint;
BEGIN
    IF NOT has_table_privilege(session_user, place, 'DELETE')
            AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = place AND tgname = '{_TRIGGER}') THEN
        RAISE EXCEPTION 'Nothing is disposed of in %.', table_of USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- What stood is let go, too: no history is written of it. The trigger that keeps records is none of these.
    PERFORM set_config('pgtrigger.ignore', (SELECT coalesce(array_agg(tgname::text), '{{}}')::text FROM pg_trigger
        WHERE tgrelid = place AND tgname LIKE 'pgtrigger\\_%'), true);
    EXECUTE format('DELETE FROM public.%I WHERE %I = ANY ($1)', table_of, key) USING ids;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('pgtrigger.ignore', '{{}}', true);
    RETURN gone;
END $$;
"""  # noqa: S608 - our own figures and names

# Once for each statement, and of deletions alone: what is marked and corrected never comes here.
_HOLD = """
CREATE OR REPLACE FUNCTION retention_keeps_{table}() RETURNS trigger LANGUAGE plpgsql {safe} AS $$
DECLARE
    why text;
BEGIN
    SELECT min(retention_refusal(found.day, '{kind}')) INTO why
    FROM (SELECT DISTINCT {last_day} AS day FROM removed r WHERE {record}) found;
    IF why IS NOT NULL THEN
        RAISE EXCEPTION '%', why USING ERRCODE = 'restrict_violation', CONSTRAINT = '{trigger}', TABLE = '{table}';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER {trigger} AFTER DELETE ON public.{table} REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION retention_keeps_{table}();
CREATE OR REPLACE TRIGGER {trigger}_whole BEFORE TRUNCATE ON public.{table}
    FOR EACH STATEMENT EXECUTE FUNCTION retention_no_truncate();
"""


def hold_records() -> None:
    """Write the database's functions and triggers anew from what the apps have named."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        tables = set(owner.introspection.table_names(cursor))
        # Midway through the migrations of a first installation there is nothing to hold.
        if "students_disposal" not in tables:
            return
        cursor.execute(_FUNCTIONS)
        cursor.execute("".join(_hold(each) for each in held_tables() if each.table in tables))
        role = sql.Identifier(connections["default"].settings_dict["USER"])
        rights = "REVOKE ALL ON FUNCTION {f} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {f} TO {role}"
        remove = sql.SQL("retention_remove(text, bigint[])")
        cursor.execute(sql.SQL(rights).format(f=remove, role=role).as_string(cursor.connection))


def held_tables() -> list[Kept]:
    """Tables of which something is removed by disposals alone."""
    return [each for each in kept_tables(Group.DOCUMENTATION, Group.SUPPORT) if each.record != NEVER]


def _hold(kept: Kept) -> str:
    return _HOLD.format(
        table=kept.table,
        kind=kept.group,
        last_day=kept.last_day,
        record=_record(kept),
        trigger=_TRIGGER,
        safe=_SAFE,
    )


def _record(kept: Kept) -> str:
    if not kept.history_keeps:
        return kept.record or "true"
    return (
        f"NOT EXISTS (SELECT FROM {kept.table}event past "
        f"WHERE past.pgh_obj_id = r.{kept.key} AND past.pgh_label LIKE 'delete%')"
    )
