"""A migration that changes one table makes anew the classes that stand on it, and no other."""

import pytest
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AlterField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

from students.reloading import only_what_points_at_it

NOTE = CreateModel("Note", [("id", models.BigAutoField(primary_key=True)), ("text", models.TextField())])
OF_A_NOTE = models.ForeignKey("attendance.note", models.PROTECT, related_name="+")
OF_A_STUDENT = models.ForeignKey("students.student", models.PROTECT, related_name="notes")
SHORT = models.CheckConstraint(condition=models.Q(text__length__lte=9), name="short")


@pytest.fixture
def state() -> ProjectState:
    made = MigrationLoader(None).project_state()
    assert made.apps.get_model("students", "student")
    return made


def changed(state: ProjectState, *operations: Operation) -> set[str]:
    """Which classes are others than before."""
    before = {model._meta.label: model for model in state.apps.get_models(include_auto_created=True)}
    with only_what_points_at_it():
        for operation in operations:
            operation.state_forwards("attendance", state)
    after = {model._meta.label: model for model in state.apps.get_models(include_auto_created=True)}
    return {label for label, model in after.items() if before.get(label) is not model}


def strangers(apps: StateApps) -> list[str]:
    """Fields that point at a class that is no longer the table's."""
    here = set(apps.get_models(include_auto_created=True))
    return [
        str(field)
        for model in here
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation and field.remote_field.model not in here
    ]


def test_a_new_table_leaves_every_other_as_it_is_and_is_known_to_those_it_points_at(state: ProjectState) -> None:
    assert changed(state, NOTE) == {"attendance.Note"}
    assert changed(state, AddField("note", "student", OF_A_STUDENT)) == {"attendance.Note"}
    note = state.apps.get_model("attendance", "note")
    assert note in {each.related_model for each in state.apps.get_model("students", "student")._meta.related_objects}
    assert strangers(state.apps) == []


def test_what_points_at_a_changed_table_is_made_anew_with_it(state: ProjectState) -> None:
    changed(state, NOTE, AddField("mark", "note", OF_A_NOTE))
    longer = AlterField("note", "text", models.CharField(max_length=9))
    found = changed(state, longer, AddConstraint("note", SHORT))
    assert found >= {"attendance.Note", "attendance.Mark", "attendance.MarkEvent"}
    assert not found & {"students.Student", "attendance.ClassMeeting"}
    assert strangers(state.apps) == []


def test_a_change_in_the_middle_leaves_no_class_with_an_old_one(state: ProjectState) -> None:
    field = AddField("student", "nickname", models.TextField(default=""))
    before = ProjectState.reload_model
    with only_what_points_at_it():
        field.state_forwards("students", state)
    assert strangers(state.apps) == []
    assert ProjectState.reload_model is before
