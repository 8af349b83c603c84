"""Whatever is marked, corrected, reported and taken back, in whatever order: nobody is told twice of one absence, and
nobody of one that is explained at that moment (RD-50).
"""

from collections.abc import Callable
from uuid import uuid4

from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import OfficeEntry, OfficeKind
from attendance.services.office import record_entry, withdraw_entry
from interventions.models import Message
from interventions.selectors.alert_facts import days_so_far
from interventions.services.alerts import look_at_school
from students.access import installation_scope
from tests.attendance.acts import meeting_of, open_both_schools
from tests.interventions.alerting import joined, looked, mailed, marked, mother
from tests.world import TODAY, World, at, make_world

ABSENT = "was marked absent on"


class Morning:
    """One student's morning, told to two people, with the truth of each moment beside what was sent."""

    def __init__(self) -> None:
        """A student whose mother joined and whose father did not."""
        self.world: World = open_both_schools(make_world())
        joined(self.world, mother(self.world, "Abara"))
        mother(self.world, "Abara", "father@example.org")
        self.minute = 0

    @property
    def student(self) -> int:
        return self.world.students["Abara"].pk

    def mark(self, period: str, status: str) -> None:
        if meeting_of(self.world, period, TODAY).version < 2:
            marked(self.world, period, Abara=status)

    def report(self) -> None:
        scope = self.world.scope("okafor")
        known = OfficeEntry.objects.filter(events__withdrawn_at=None, events__student=self.student)
        if not known.exists():
            facts = {"submission_id": uuid4(), "kind": OfficeKind.REPORTED_ABSENCE, "starts_on": TODAY}
            record_entry(scope, self.world.lincoln.pk, [self.student], **facts)

    def take_back(self) -> None:
        for entry in OfficeEntry.objects.filter(events__withdrawn_at=None, events__student=self.student):
            withdraw_entry(self.world.scope("okafor"), entry.pk, reason="A slip")

    def look(self) -> None:
        looked(self.world)
        look_at_school(installation_scope(at(8, 30)), self.world.lincoln.pk)

    def send(self) -> None:
        """Mail goes out; what it says of an absence is so."""
        self.minute += 1
        before = len(mail.outbox)
        mailed(10, self.minute)
        so_far = days_so_far(self.world.installation, [self.student], TODAY)[self.student]
        if any(ABSENT in each.subject for each in mail.outbox[before:]):
            assert so_far.is_unexplained


def _marking(said: tuple[str, str]) -> Callable[[Morning], None]:
    return lambda to: to.mark(*said)


acts: st.SearchStrategy[Callable[[Morning], None]] = st.one_of(
    st.tuples(st.sampled_from("123"), st.sampled_from(["absent", "present"])).map(
        lambda said: lambda to: to.mark(*said)
    ),
    st.sampled_from([Morning.report, Morning.take_back, Morning.look, Morning.send]),
)


class NeverTwice(TestCase):
    """Each example has a district of its own."""

    @settings(max_examples=12, deadline=None)
    @given(st.lists(acts, min_size=3, max_size=10))
    def test_RD50_nobody_is_told_twice_or_of_an_absence_that_is_explained(self, said) -> None:
        morning = Morning()
        mail.outbox.clear()
        for act in [*said, Morning.look, Morning.send, Morning.look, Morning.send]:
            act(morning)
        told = [each.to[0] for each in mail.outbox if ABSENT in each.subject]
        assert len(told) == len(set(told))
        corrected = [each.to[0] for each in mail.outbox if "after all" in each.subject]
        assert len(corrected) == len(set(corrected)) <= len(told)
        so_far = days_so_far(morning.world.installation, [morning.student], TODAY)[morning.student]
        assert not so_far.is_unexplained or len(told) == 2
        assert not Message.objects.filter(state="waiting").exists()
