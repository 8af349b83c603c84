"""A migration's operation that makes many tables at the cost of one."""

from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateTogether(Operation):
    """Creates the tables of several models, which may point at each other in any order.

    Django makes its classes of all related models anew at each operation, a second's work for each table of many. Here
    they are made once. It cannot be undone: tables that hold evidence are not dropped by the way.
    """

    category = OperationCategory.ADDITION
    reversible = False

    def __init__(self, models: list[CreateModel]) -> None:
        """Constraints, indexes and triggers stand in each model's options."""
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Forget the classes that stand for the tables before these, so that all are made when first asked for."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Foreign keys follow when the migration ends, as Django defers them."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """As `migrate --plan` shows it."""
        return f"Create {len(self.models)} models together"
