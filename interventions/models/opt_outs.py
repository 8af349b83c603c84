"""Who does not want mail of a kind any more: said by one click in the mail, or on a page, and taken back as easily."""

from django.db import models
from django.db.models import F, Q


class MailTopic(models.TextChoices):
    """What somebody can do without. A message that must reach them, as a letter, is of no topic."""

    ABSENCES = "absences", "Absences of the day"
    ALERTS = "alerts", "What was asked for besides"
    CAMPAIGNS = "campaigns", "Other news of the district"


class OptOutBy(models.TextChoices):
    """How somebody said so."""

    MAIL_PROGRAM = "mail_program", "By the button of the mail program"
    LINK = "link", "By the link in a message"
    PAGE = "page", "On the page of alerts"


class OptOut(models.Model):
    """A guardian, an account or a partner wants no mail of a topic, from an instant until it was taken back."""

    topic = models.CharField(max_length=20, choices=MailTopic.choices)
    guardian = models.ForeignKey(
        "students.Guardian", on_delete=models.PROTECT, null=True, blank=True, related_name="opt_outs"
    )
    user = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="opt_outs")
    partner = models.ForeignKey(
        "interventions.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="opt_outs"
    )
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=20, choices=OptOutBy.choices)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opt_out_is_of_one",
                condition=Q(guardian__isnull=False, user__isnull=True, partner__isnull=True)
                | Q(guardian__isnull=True, user__isnull=False, partner__isnull=True)
                | Q(guardian__isnull=True, user__isnull=True, partner__isnull=False),
                violation_error_message="One guardian, one account or one partner opts out.",
            ),
            # A link that is followed twice says the same once.
            models.UniqueConstraint(
                fields=["topic", "guardian", "user", "partner"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="one_standing_opt_out_of_a_topic",
                violation_error_message="This is stopped already.",
            ),
            models.CheckConstraint(
                name="opt_out_ends_after_it_was_said",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("said_at")),
                violation_error_message="It is taken back after it was said.",
            ),
        ]

    def __str__(self) -> str:
        return f"opt-out {self.pk}"
