"""A page of the letters that are due, found, counted and put in order by the database: there may be tens of thousands.

The same letters as `due_letters` finds, each ground and each student looked at once: a test holds both equal.
"""

from typing import Any, NamedTuple

from django.db import connection

from interventions.access import telling_schools
from interventions.models import Ground
from interventions.selectors.letters_due import CROSSING, FINAL, NOTICE, Due, grounds_of_kind, letters_of, years
from students.access import Scope
from students.languages.offered import ENGLISH, OFFERED, codes_of
from students.rules.majority import born_by
from students.rules.rights import Right
from students.selectors.places import schools_with_right

# Of several crossings of a student the weightiest speaks, and so does the last notice. Who is of age, or for whom
# nobody answers, has no link here, and is written to in person.
_DUE = f"""
    crossing AS MATERIALIZED (
        SELECT id, student_id, tier, ground,
            CASE WHEN ground = '{Ground.DISENGAGED}' THEN 5 ELSE tier * 2 END AS rank
        FROM interventions_crossing
        WHERE withdrawn_at IS NULL AND acts_on <= %(today)s AND year_id = %(year)s),
    notice AS MATERIALIZED (
        SELECT id, student_id, school_id, threshold, is_final FROM interventions_truancynotice
        WHERE withdrawn_at IS NULL AND year_id = %(year)s),
    ground AS (
        SELECT '{CROSSING}' AS ground, id AS ground_id, id AS crossing_id, NULL::bigint AS notice_id, student_id,
            NULL::bigint AS school_id, tier AS step, ground AS way
        FROM crossing WHERE NOT EXISTS (SELECT FROM crossing higher WHERE higher.student_id = crossing.student_id
            AND higher.rank > crossing.rank)
        UNION ALL
        SELECT '{NOTICE}', id, NULL, id, student_id, school_id, threshold,
            CASE WHEN is_final THEN '{FINAL}' ELSE '' END
        FROM notice WHERE school_id = ANY(%(telling)s::bigint[])
            AND NOT EXISTS (SELECT FROM notice later WHERE later.student_id = notice.student_id
                AND later.threshold > notice.threshold)),
    due AS MATERIALIZED (
        SELECT ground.ground, ground_id, ground.student_id, coalesce(link.guardian_id, 0) AS guardian_id,
            coalesce(ground.school_id, standing.school_id) AS school_id, student.sort_name, step, way
        FROM ground
        JOIN interventions_standing standing ON standing.student_id = ground.student_id
            AND standing.year_id = %(year)s AND standing.is_enrolled
        JOIN students_student student ON student.id = ground.student_id
        LEFT JOIN students_guardianlink link ON link.student_id = ground.student_id AND link.starts_on <= %(today)s
            AND (link.ends_on IS NULL OR link.ends_on >= %(today)s)
            AND (student.birth_date IS NULL OR student.birth_date > %(born_by)s)
        WHERE (link.id IS NULL OR link.may_contact)
            AND (ground.school_id IS NOT NULL OR standing.school_id = ANY(%(caring)s::bigint[]))
            AND NOT EXISTS (SELECT FROM interventions_letter letter WHERE NOT letter.is_due_again
                AND letter.crossing_id = ground.crossing_id AND letter.student_id = ground.student_id
                AND coalesce(letter.guardian_id, 0) = coalesce(link.guardian_id, 0))
            AND NOT EXISTS (SELECT FROM interventions_letter letter WHERE NOT letter.is_due_again
                AND letter.notice_id = ground.notice_id AND letter.student_id = ground.student_id
                AND coalesce(letter.guardian_id, 0) = coalesce(link.guardian_id, 0)))
"""  # noqa: S608 - constants of this module
_ORDER = "school_id, sort_name, ground, ground_id, student_id, guardian_id"
# The last page where there are not so many: the list may have grown shorter since somebody opened a page before it.
_PAGE = f"""
    WITH {_DUE}, asked AS MATERIALIZED (SELECT * FROM due WHERE {{asked}})
    SELECT counted.*, shown.* FROM (
        SELECT (SELECT count(*) FROM due) AS total, (SELECT count(*) FROM asked) AS found) counted
    LEFT JOIN LATERAL (SELECT * FROM asked ORDER BY {_ORDER} LIMIT %(size)s
        OFFSET least(%(place)s::bigint, greatest(0, counted.found - 1) / %(size)s) * %(size)s) shown ON true
    ORDER BY {_ORDER}
"""  # noqa: S608 - constants of this module
# Who reads one of some languages: as the account chose, else as the roster says.
_READERS = """
    CASE WHEN guardian_id > 0 THEN guardian_id IN (
            SELECT guardian.id FROM students_guardian guardian
            LEFT JOIN students_familyaccount account ON account.guardian_id = guardian.id AND account.ended_at IS NULL
            LEFT JOIN students_user holder ON holder.id = account.user_id
            WHERE coalesce(nullif(holder.language, ''), guardian.language) = ANY(%(codes)s))
        ELSE student_id IN (
            SELECT account.student_id FROM students_familyaccount account
            JOIN students_user holder ON holder.id = account.user_id
            WHERE account.student_id IS NOT NULL AND account.ended_at IS NULL AND holder.language = ANY(%(codes)s)) END
"""


class DueSlice(NamedTuple):
    """The letters of a page, of `found` that were asked for and `total` in all."""

    due: list[Due]
    found: int
    total: int


def due_slice(
    scope: Scope, *, school_id: int | None = None, kind: str = "", language: str = "", place: int, size: int
) -> DueSlice:
    """The page at a place, from 0, of a school's letters, of a kind and in a language, or of all; in the order of
    `due_letters`.
    """
    conditions, given = _asked(scope, school_id, kind, language)
    with connection.cursor() as cursor:
        cursor.execute(
            _PAGE.format(asked=" AND ".join(conditions) or "true"),
            {**_given(scope), **given, "place": place, "size": size},
        )
        rows = cursor.fetchall()
    total, found = rows[0][:2]
    return DueSlice(letters_of(scope, [row[2:] for row in rows if row[2] is not None]), found, total)


def _given(scope: Scope) -> dict[str, Any]:
    return {
        "today": scope.today,
        "born_by": born_by(scope.today),
        "year": next(iter(years(scope)), None),
        "caring": [school.pk for school in schools_with_right(scope, Right.CASES)],
        "telling": list(telling_schools(scope).values_list("pk", flat=True)),
    }


def _asked(scope: Scope, school_id: int | None, kind: str, language: str) -> tuple[list[str], dict[str, Any]]:
    """What narrows the list, with its values."""
    conditions, given = [], dict[str, Any]()
    if school_id:
        conditions.append("school_id = %(school)s")
        given["school"] = school_id
    if kind:
        conditions.append("concat_ws('-', ground, step, way) = ANY(%(grounds)s::text[])")
        given["grounds"] = ["-".join(map(str, each)) for each in grounds_of_kind(scope, kind)]
    if language:
        # English is for everybody who reads no other language that is offered.
        is_english = language == ENGLISH
        read = [each for each in OFFERED if each != ENGLISH] if is_english else [language]
        conditions.append(f"({_READERS}) IS {not is_english}")
        given["codes"] = [code for each in read for code in codes_of(each)]
    return conditions, given
