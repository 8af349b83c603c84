"""How a test breaks a constraint: at the database, which names it, and in a form, which tells people in words."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction


def assert_refused_by(name: str, row: models.Model) -> None:
    """The database refuses the row by the constraint of this name, and a form would show its message."""
    refused_by_the_database(name, row)
    with pytest.raises(ValidationError) as shown:
        row.validate_constraints()
    assert constraint_of(type(row), name).violation_error_message in shown.value.messages


def refused_by_the_database(name: str, row: models.Model) -> None:
    """The database refuses the row by the constraint, or the trigger, of this name."""
    with pytest.raises(IntegrityError) as refused:
        _written(row)
    assert refused.value.__cause__.diag.constraint_name == name


def _written(row: models.Model) -> None:
    with transaction.atomic():
        row.save(force_insert=True)
        connection.check_constraints()


def constraint_of(model: type[models.Model], name: str) -> models.BaseConstraint:
    """A model's constraint by its name."""
    [found] = [constraint for constraint in model._meta.constraints if constraint.name == name]
    return found
