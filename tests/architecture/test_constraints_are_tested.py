"""Every constraint of ours has words for people and a test that breaks it by name."""

import re

import pytest
from django.apps import apps
from django.db.models import BaseConstraint

from tests.architecture.sources import APPS, sources

# A test names the constraint as a string of its own.
NAMED = {
    name
    for source in sources("tests")
    if source.path.endswith("_constraints.py")
    for name in re.findall(r'"([a-z0-9_]+)"', source.text)
}


def constraints() -> list[BaseConstraint]:
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [constraint for model in models for constraint in model._meta.constraints]


@pytest.mark.parametrize("constraint", constraints(), ids=lambda constraint: constraint.name)
def test_a_constraint_has_words_for_people(constraint: BaseConstraint) -> None:
    words = constraint.violation_error_message
    assert words != BaseConstraint.default_violation_error_message
    assert words.endswith(".")


@pytest.mark.parametrize("constraint", constraints(), ids=lambda constraint: constraint.name)
def test_a_constraint_is_broken_by_a_test(constraint: BaseConstraint) -> None:
    assert constraint.name in NAMED


def test_the_constraints_of_three_apps_were_looked_at() -> None:
    names = [constraint.name for constraint in constraints()]
    assert len(names) >= 48
    assert len(names) == len(set(names))
