"""The students app: people, places and who may see whom."""

from django.apps import AppConfig


class StudentsConfig(AppConfig):
    """Rosters, roles and access."""

    name = "students"

    def ready(self) -> None:
        """Register what is kept, and set the clock that every process of a demo shares."""
        from students import clock, kept_records  # noqa: F401

        clock.start()
