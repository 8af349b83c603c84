"""The interventions app: what follows from absences."""

from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    """Tiers, cases and outreach stand here; none is built yet."""

    name = "interventions"
