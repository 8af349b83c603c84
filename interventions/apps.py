"""The interventions app: what follows from absences."""

from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    """From counts to care: tiers, cases, outreach and truancy."""

    name = "interventions"

    def ready(self) -> None:
        """Register access rules, what is kept and who writes which mail; listen for changed days and rosters."""
        from interventions import access, kept_records, news  # noqa: F401
        from interventions.services import alert_mail, answer_mail, campaign_mail, letter_news

        alert_mail.register()
        answer_mail.register()
        campaign_mail.register()
        letter_news.register()
