"""The clock, calendar and policy by which the meetings of a board stand at one instant."""

from dataclasses import dataclass
from datetime import date, time

from attendance.models import ClassMeeting
from attendance.rules.completion import completion
from attendance.rules.minutes import minute_of
from attendance.rules.policy import policy_on
from attendance.selectors.local_times import local_time
from attendance.selectors.policies import policies
from students.access import Scope


@dataclass(frozen=True)
class Instant:
    """A minute of today, and after how many days a class is overdue (RD-25)."""

    today: date
    minute: int
    window: int

    def completion(self, state: str, day: date, starts_at: time, ends_at: time) -> str:
        """How far the taking of a meeting is."""
        starts, ends = minute_of(starts_at), minute_of(ends_at)
        return completion(state, day, starts, ends, today=self.today, minute=self.minute, window=self.window)

    def of(self, meeting: ClassMeeting) -> str:
        """The same of a meeting."""
        return self.completion(meeting.state, meeting.date, meeting.starts_at, meeting.ends_at)


def this_instant(scope: Scope) -> Instant:
    """The instant of a scope, under the policy of its day."""
    window = policy_on(scope.today, policies(scope)).entry_window_days
    return Instant(scope.today, minute_of(local_time(scope, scope.now).time()), window)
