"""Views, the API, tasks and commands are faces: no manager, no queryset, no SQL is made there."""

import ast

import pytest

from tests.architecture.sources import Source, layer

FACES = ("views", "api", "tasks.py", "management")
QUERIES = {
    "objects", "_default_manager", "_base_manager", "annotate", "bulk_create", "bulk_update", "cursor", "exclude",
    "filter", "get_or_create", "prefetch_related", "select_for_update", "select_related", "update_or_create",
    "values_list",
}  # fmt: skip
# Migrating is about tables, and runs as their owner.
NOT_A_FACE = {"students/management/commands/migrate.py"}


def faces() -> list[Source]:
    return [source for source in layer(*FACES) if source.path not in NOT_A_FACE]


def queries(tree: ast.AST) -> list[ast.Attribute]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in QUERIES]


def test_no_face_makes_a_queryset_or_a_manager() -> None:
    assert [f"{source.at(node)} .{node.attr}" for source in faces() for node in queries(source.tree)] == []


def test_the_faces_of_three_apps_were_looked_at() -> None:
    looked_at = [source for source in faces() if not source.path.endswith("__init__.py")]
    assert len(looked_at) >= 15
    assert {source.app for source in looked_at} >= {"students", "attendance", "reporting"}


@pytest.mark.parametrize("text", ["Student.objects.all()", "school.sections.filter(pk=1)", "connection.cursor()"])
def test_the_guard_sees_what_it_is_for(text: str) -> None:
    assert queries(ast.parse(text))
