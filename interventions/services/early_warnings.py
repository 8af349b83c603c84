"""Writes a school's early warnings and their track record anew, and proves them. Twice is once; two at once wait."""

import json
from collections.abc import Iterable

from django.db import connection, models, transaction

from interventions.models import EarlyWarning, WarningRecord
from interventions.selectors.found_warnings import found_warnings
from students.access import Scope

# With the school's id the lock that two workers at one school would both need.
_WRITING = 1123


def write_warnings(scope: Scope, school_id: int) -> int:
    """Write what holds at the end of yesterday in place of what stands; how many warnings there are.

    All or nothing: a worker that is killed leaves what stood before.
    """
    with transaction.atomic():
        _alone(school_id)
        found = found_warnings(scope, school_id)
        EarlyWarning.objects.filter(school=school_id).delete()
        WarningRecord.objects.filter(school=school_id).delete()
        # Who came from another school may stand there until its own turn.
        EarlyWarning.objects.bulk_create(
            found.warnings,
            update_conflicts=True,
            unique_fields=["student", "threshold"],
            update_fields=[name for name in _columns(EarlyWarning) if name not in ("student_id", "threshold")],
        )
        WarningRecord.objects.bulk_create(found.record)
    return len(found.warnings)


def wrong_warnings(scope: Scope, school_id: int) -> int:
    """How many rows, of warnings and of their record, stand otherwise than the days say; 0 after a night."""
    found = found_warnings(scope, school_id)
    return _differing(EarlyWarning, school_id, found.warnings) + _differing(WarningRecord, school_id, found.record)


def _alone(school_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_WRITING, school_id])


def _differing(model: type[models.Model], school_id: int, found: Iterable[models.Model]) -> int:
    stored = {_row(each) for each in model._default_manager.filter(school=school_id)}
    return len(stored ^ {_row(each) for each in found})


def _row(each: models.Model) -> str:
    return json.dumps([getattr(each, name) for name in _columns(type(each))], default=str, sort_keys=True)


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]
