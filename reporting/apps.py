"""The reporting app: the month, its findings and its files."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """What leaves the district."""

    name = "reporting"

    def ready(self) -> None:
        """Register who may see a month."""
        from reporting import access  # noqa: F401
