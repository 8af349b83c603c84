"""Facts that hold from one date to another: the database's own ranges keep two of a kind from overlapping."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Least


class FactSource(models.TextChoices):
    """Where a fact came from: only that hand changes it again."""

    ROSTER = "roster", "From the roster"
    HERE = "here", "Entered here"


def date_span(starts: str = "starts_on", ends: str = "ends_on") -> Func:
    """The days of a fact as a range, both ends inclusive; an empty end is open."""
    # The least, since a range with its ends reversed is an error in PostgreSQL before any constraint can say why.
    first = Least(F(starts), F(ends))
    return Func(first, F(ends), Value("[]"), function="daterange", output_field=DateRangeField())


def same(field: str) -> Func:
    """A foreign key as a range of itself, since the embedded PostgreSQL has no btree_gist for a plain equality.

    By the field's own name: validation replaces that with the row's value, and would compare `student_id` to itself.
    """
    return as_range(F(field))


def as_range(number: Any) -> Func:
    """A whole number as a range of itself."""
    return Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def no_overlap(name: str, *fields: str, message: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same `fields` (foreign keys, by their names) may share a day."""
    expressions: list[tuple[Any, str]] = [(same(field), "&&") for field in fields]
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (date_span(), "&&")],
        condition=condition,
        violation_error_message=message,
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """The last day is not before the first, or the range could not even be built."""
    return models.CheckConstraint(
        name=name,
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        violation_error_message="The last day lies before the first.",
    )


class DatedQuerySet(models.QuerySet):
    """Rows that hold on certain dates."""

    def holding_on(self, day: Any) -> "DatedQuerySet":
        """Rows that hold on a day, both ends inclusive."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Dated(models.Model):
    """A fact with its first and last day, both inclusive; no last day means it still holds."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: Any) -> bool:
        """Whether the fact holds on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
