"""MS-31: every table is named by the app that owns it: kept for five years, for less, for good, or not at all."""

from django.apps import apps

from students.retention import Group, classified
from tests.architecture.sources import APPS


def test_MS31_every_table_says_what_it_holds() -> None:
    tables = {model for app in APPS for model in apps.get_app_config(app).get_models()}
    unnamed = {model.__name__ for model in tables - classified().keys()}
    assert not unnamed, f"Name {unnamed} in kept_records.py of its app: until when are its rows kept (MS-31)?"
    assert classified().keys() == tables


def test_a_history_is_kept_as_long_as_what_it_tells_of() -> None:
    named = classified()
    for model, group in named.items():
        if tracked := getattr(model, "pgh_tracked_model", None):
            assert group == named[tracked], model.__name__


def test_marks_and_documents_are_documentation_and_notes_are_not() -> None:
    named = {model.__name__: group for model, group in classified().items()}
    assert {named[each] for each in ("Mark", "Document", "Excuse", "Engagement", "TruancyNotice", "ExportFile")} == {
        Group.DOCUMENTATION
    }
    assert {named[each] for each in ("CaseNote", "Message", "Letter", "FamilyNote")} == {Group.SUPPORT}
