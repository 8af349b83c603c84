"""Migrating without making hundreds of classes anew at each step."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from django.db.migrations.state import ProjectState
from django.db.models import Model

Key = tuple[str, str]
# A class of a migration's state points at the same tables for as long as it lives; each is asked hundreds of times.
_POINTS_AT: WeakKeyDictionary[type[Model], set[Key]] = WeakKeyDictionary()


@contextmanager
def only_what_points_at_it() -> Iterator[None]:
    """Within the block a migration that changes a table makes anew that table's class, and those that point at it.

    Django makes anew whatever can be reached over foreign keys in either direction: with a student in the middle, that
    is nearly every table, and half a second for each constraint, index and trigger of a new one. Classes that a
    changed one merely points at stay as they are and stay right, since they find what points at them by the registry.
    """
    before = ProjectState.reload_model
    ProjectState.reload_model = _reload_model  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.reload_model = before  # type: ignore[method-assign]


def _reload_model(self: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in self.__dict__:  # asking for it would make them all
        self._reload(pointing_at(self.apps, (app_label, model_name.lower())))


def pointing_at(apps: Any, changed: Key) -> set[Key]:
    """A table and all that point at it, straight or by way of others; `apps` are those of a migration's state."""
    direct: dict[Key, set[Key]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model not in _POINTS_AT:
            _POINTS_AT[model] = {_key(target) for target in _targets(model)}
        for target in _POINTS_AT[model]:
            direct.setdefault(target, set()).add(_key(model))
    found, waiting = {changed}, [changed]
    while waiting:
        new = direct.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _targets(model: type[Model]) -> Iterator[type[Model]]:
    yield from (each for each in model.__mro__[1:] if issubclass(each, Model) and hasattr(each, "_meta"))
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        remote = field.remote_field
        yield from (each for each in (getattr(remote, "model", None), getattr(remote, "through", None)) if each)


def _key(model: type[Model]) -> Key:
    return model._meta.app_label, str(model._meta.model_name)
