"""Periods and class meetings share their times, and the meal inside them."""

from django.db import models

from attendance.rules.minutes import MeetingTimes, Span, minute_of


class Timed(models.Model):
    """Local times of one day, the end exclusive; a meal inside is no instruction (MS-03)."""

    starts_at = models.TimeField()
    ends_at = models.TimeField()
    deduction_starts_at = models.TimeField(null=True, blank=True)
    deduction_ends_at = models.TimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def times(self) -> MeetingTimes:
        """The times as the rules want them."""
        span = Span(minute_of(self.starts_at), minute_of(self.ends_at))
        if self.deduction_starts_at is None or self.deduction_ends_at is None:
            return MeetingTimes(span)
        return MeetingTimes(span, Span(minute_of(self.deduction_starts_at), minute_of(self.deduction_ends_at)))
