"""Work that one worker holds at a time."""

from django.db import models


class LeasedWork(models.Model):
    """A row that a worker holds by a lease which it must renew; one that ran out is taken up by another worker."""

    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    # Real instants, not the district's clock: a lease is about processes.
    leased_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
