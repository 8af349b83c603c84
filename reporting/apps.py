"""The reporting app: the month, its findings and its files."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """What leaves the district."""

    name = "reporting"

    def ready(self) -> None:
        """Register who may see a month, what is kept, and what an installation needs to write one."""
        from django.core import checks

        from reporting import access, kept_records  # noqa: F401
        from reporting.services.checkups import check_at_start

        checks.register(check_at_start)
