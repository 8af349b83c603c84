"""Messages: one e-mail to one person about one thing, written when it is sent and kept as it was sent."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class MessageKind(models.TextChoices):
    """What a message is about; each kind has one writer."""

    ABSENCE = "absence", "Absent today"
    CORRECTED = "corrected", "Not absent after all"
    CLASS_ABSENCE = "class_absence", "Absent from a class"
    TARDY = "tardy", "Late"
    UNDETERMINED = "undetermined", "A live class still not known"
    THRESHOLD = "threshold", "Number of absences"
    DOCUMENT = "document", "Document decided"
    NOTE = "note", "Note answered"
    DIGEST = "digest", "Day in one mail"
    INVITATION = "invitation", "Invitation"
    LETTER = "letter", "Letter in the portal"
    CAMPAIGN = "campaign", "Campaign"


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    # No longer true, no longer lawful, or nowhere to send it to.
    DROPPED = "dropped", "Not sent"
    FAILED = "failed", "Refused"


class Message(models.Model):
    """One e-mail to one guardian, account or partner. While it waits it holds ids alone: its words are written at the
    last moment, by what is true then. Once settled it is never changed: it is the log of what was sent to whom.
    """

    # Of ids alone, as absence:17:2020-10-27:4: what was asked for twice is sent once.
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=MessageKind.choices)
    guardian = models.ForeignKey(
        "students.Guardian", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    user = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    partner = models.ForeignKey(
        "interventions.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    campaign = models.ForeignKey(
        "interventions.Campaign",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        db_index=False,
    )
    # Ids and dates that its writer looks up.
    about = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    send_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    # As it was sent.
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    # Why it was not sent, or was not sent yet.
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["send_after", "id"], condition=Q(state=MessageState.WAITING), name="message_waiting"),
            models.Index(fields=["-made_at", "-id"], name="message_newest"),
            models.Index(fields=["campaign", "state"], condition=Q(campaign__isnull=False), name="message_of_campaign"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="settled_messages_are_kept",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="waiting"),
            ),
        ]
        constraints = [
            # "Never twice" is a promise that only the database can keep.
            models.UniqueConstraint(
                fields=["key"],
                name="one_message_per_key",
                violation_error_message="This message stands already.",
            ),
            models.CheckConstraint(
                name="message_is_to_one",
                condition=Q(guardian__isnull=False, user__isnull=True, partner__isnull=True)
                | Q(guardian__isnull=True, user__isnull=False, partner__isnull=True)
                | Q(guardian__isnull=True, user__isnull=True, partner__isnull=False),
                violation_error_message="A message is to one guardian, one account or one partner.",
            ),
            # MD-09: a partner gets no student data.
            models.CheckConstraint(
                name="partners_get_no_student_data",
                condition=Q(partner__isnull=True) | Q(student__isnull=True),
                violation_error_message="A message to a partner is about no student.",
            ),
            # Stopping a campaign drops what waits of it, and finds it by this.
            models.CheckConstraint(
                name="campaign_message_names_its_campaign",
                condition=Q(kind="campaign", campaign__isnull=False) | (~Q(kind="campaign") & Q(campaign__isnull=True)),
                violation_error_message="A message of a campaign names it, and no other does.",
            ),
            models.CheckConstraint(
                name="message_goes_out_after_it_was_made",
                condition=Q(send_after__gte=F("made_at")),
                violation_error_message="A message is sent after it was made.",
            ),
            models.CheckConstraint(
                name="settled_message_says_when",
                condition=Q(state=MessageState.WAITING, settled_at__isnull=True)
                | (~Q(state=MessageState.WAITING) & Q(settled_at__isnull=False)),
                violation_error_message="A message that is settled says when.",
            ),
            # What a parent was told must be on file.
            models.CheckConstraint(
                name="sent_message_is_kept_as_sent",
                condition=~Q(state=MessageState.SENT) | (~Q(address="") & ~Q(subject="") & ~Q(text="")),
                violation_error_message="A message that was sent is kept with its address, subject and text.",
            ),
            models.CheckConstraint(
                name="unsent_message_says_why",
                condition=~Q(state__in=[MessageState.DROPPED, MessageState.FAILED]) | ~Q(problem=""),
                violation_error_message="A message that was not sent says why.",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class UndeliverableAddress(models.Model):
    """An address whose mail comes back: nothing more is sent there until somebody says that it works again."""

    address = models.EmailField()
    since = models.DateTimeField()
    problem = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "undeliverable addresses"
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                name="an_undeliverable_address_once",
                violation_error_message="This address is listed already.",
            ),
        ]

    def __str__(self) -> str:
        return f"undeliverable address {self.pk}"
