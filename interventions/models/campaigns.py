"""Campaigns: one message, in several languages, to chosen families, staff or partners (MD-09)."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from students.models.leased import LeasedWork


class Audience(models.TextChoices):
    """Whom a campaign is for."""

    FAMILIES = "families", "Families"
    STAFF = "staff", "Staff"
    PARTNERS = "partners", "Partners"


class CampaignState(models.TextChoices):
    """Where a campaign stands."""

    DRAFT = "draft", "Draft"
    QUEUED = "queued", "Waiting for a worker"
    # A worker queues its messages, batch by batch.
    PREPARING = "preparing", "Being queued"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    STOPPED = "stopped", "Stopped"
    FAILED = "failed", "Failed"


# What people decide; a worker's renewed lease is no history.
_DECIDED = (
    "name",
    "audience",
    "school_ids",
    "grades",
    "modes",
    "tiers",
    "languages",
    "roles",
    "partner_kinds",
    "state",
)
_OF_FAMILIES = Q(grades=[], modes=[], tiers=[], languages=[])
_BEFORE_SENDING = Q(queued_at__isnull=True, queued_by__isnull=True)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pgtrigger.AnyChange(*_DECIDED)),
    pghistory.DeleteEvent(row=pghistory.Old),
    fields=[*_DECIDED, "version", "written_by", "written_at", "queued_by", "queued_at", "stopped_by", "stopped_at"],
    context_field=None,
    model_name="CampaignEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
)
class Campaign(LeasedWork):
    """A message to chosen people. Filters are joined by and, the values of one by or; an empty one takes everybody."""

    # The same form sent twice is one campaign.
    submission_id = models.UUIDField(unique=True)
    # For staff's lists alone: it is never sent.
    name = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    # No school: the whole district. Whose schools these are may see and send it.
    school_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    grades = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    modes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    tiers = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    roles = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    partner_kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    queued_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    queued_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # As it was found when its messages were queued.
    people = models.PositiveIntegerField(default=0, help_text="To be written to.")
    left_out = models.JSONField(default=dict, blank=True, help_text="How many were left out, by reason.")

    class Meta:
        indexes = [
            models.Index(fields=["-written_at", "-id"], name="campaign_newest"),
            models.Index(fields=["state"], condition=~Q(state__in=["draft", "sent", "stopped"]), name="campaign_open"),
        ]
        constraints = [
            # A filter that cannot hold would be forgotten, and everybody written to.
            models.CheckConstraint(
                name="campaign_filters_fit_its_audience",
                condition=Q(audience="families", roles=[], partner_kinds=[])
                | (Q(audience="staff", partner_kinds=[]) & _OF_FAMILIES)
                | (Q(audience="partners", roles=[], school_ids=[]) & _OF_FAMILIES),
                violation_error_message="These filters are of another audience.",
            ),
            models.CheckConstraint(
                name="campaign_tiers_are_1_to_3",
                condition=Q(tiers__contained_by=[1, 2, 3]),
                violation_error_message="There are three tiers.",
            ),
            # Who sent mail to a thousand families must be on file.
            models.CheckConstraint(
                name="campaign_beyond_its_draft_says_who_sent_it",
                condition=(Q(state=CampaignState.DRAFT) & _BEFORE_SENDING)
                | (~Q(state=CampaignState.DRAFT) & Q(queued_at__isnull=False, queued_by__isnull=False)),
                violation_error_message="A campaign that is sent says who sent it and when; a draft does not.",
            ),
            models.CheckConstraint(
                name="stopped_campaign_says_who",
                condition=Q(state=CampaignState.STOPPED, stopped_at__isnull=False, stopped_by__isnull=False)
                | (~Q(state=CampaignState.STOPPED) & Q(stopped_at__isnull=True, stopped_by__isnull=True)),
                violation_error_message="A campaign that was stopped says who stopped it and when.",
            ),
            # Without its lease it could never be taken up from a killed worker.
            models.CheckConstraint(
                name="campaign_being_queued_has_a_lease",
                condition=~Q(state=CampaignState.PREPARING) | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message="A campaign that is being queued is held by a lease.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class CampaignText(models.Model):
    """What a campaign says in one language; what each person got is kept in the message as it was sent."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="texts", db_index=False)
    language = models.CharField(max_length=3, validators=[RegexValidator(r"^[a-z]{2,3}$")])
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=4000)

    class Meta:
        ordering = ["campaign_id", "language"]
        constraints = [
            # Of two texts nobody could say which a family gets.
            models.UniqueConstraint(
                fields=["campaign", "language"],
                name="one_text_per_campaign_and_language",
                violation_error_message="The campaign has a text in this language.",
            ),
            models.CheckConstraint(
                name="campaign_text_says_something_in_a_language",
                condition=~Q(subject="") & ~Q(body="") & Q(language__regex=r"^[a-z]{2,3}$"),
                violation_error_message="A text has a language, a subject and words.",
            ),
        ]

    def __str__(self) -> str:
        return f"campaign text {self.pk}"


class CampaignStudent(models.Model):
    """A child by whom a family was chosen: asked again when its mail is written, and whose days before and after are
    compared.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="students", db_index=False)
    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            # A child counted twice would weigh twice in the comparison.
            models.UniqueConstraint(
                fields=["campaign", "student"],
                name="a_child_once_in_a_campaign",
                violation_error_message="The child is of this campaign's audience already.",
            ),
        ]

    def __str__(self) -> str:
        return f"campaign student {self.pk}"
