"""Queues the word of an unexplained absence to every lawful contact, and the word that it was none (RD-50).

Twice is once: a message's key names student, day and recipient. Where a message was dropped because the absence had
been explained meanwhile, and it then turned out unexplained after all, a second key follows.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from interventions.models import MailTopic, Message, MessageKind, MessageState
from interventions.rules.alerts import is_corrected
from interventions.selectors.alert_facts import days_so_far
from interventions.selectors.alert_policies import timings
from interventions.selectors.opted_out import opted_out
from interventions.services.messages import NO_LONGER_SO, queue_messages
from students.access import Scope
from students.selectors.recipients import Recipient, told_about

# A day that is corrected later than this is no news to anybody.
CORRECTED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    """What stands under a key, or a later key for the same."""

    states: Mapping[str, tuple[str, str]]

    def next_key(self, key: str) -> str | None:
        """The key of a message that is still to be queued; None where one waits, or was settled for good."""
        attempt = 1
        while (wanted := key if attempt == 1 else f"{key}:{attempt}") in self.states:
            state, problem = self.states[wanted]
            if state != MessageState.DROPPED or problem != NO_LONGER_SO:
                return None
            attempt += 1
        return wanted


def tell_absences(scope: Scope, student_ids: Collection[int]) -> None:
    """Queue today's absences of some students, to go out from the policy's hour on; what stands is left as it is."""
    day = scope.today
    missed = [each for each, so_far in days_so_far(scope, student_ids, day).items() if so_far.is_unexplained]
    if not missed:
        return
    lawful = told_about(scope, missed)
    recipients = {each for student_id in missed for each in lawful[student_id]}
    when, silent = timings(scope, recipients), opted_out(scope, MailTopic.ABSENCES, recipients)
    if not when.policy.is_on:
        return
    told = _told(MessageKind.ABSENCE, missed)
    queue_messages(
        scope,
        (
            Message(
                key=key,
                kind=MessageKind.ABSENCE,
                **sent_to(to),
                student_id=student_id,
                about={"date": day.isoformat()},
                made_at=scope.now,
                send_after=when.sent_from(to, when.policy.told_from),
            )
            for student_id in missed
            for to in lawful[student_id]
            if to not in silent and (key := told.next_key(f"absence:{student_id}:{day}:{name_of(to)}"))
        ),
    )


def tell_corrections(scope: Scope, student_ids: Collection[int]) -> None:
    """Queue a word to whoever was told of an absence of the last days that is none."""
    sent = list(
        Message.objects.filter(
            kind=MessageKind.ABSENCE,
            state=MessageState.SENT,
            student__in=list(student_ids),
            made_at__gte=scope.now - CORRECTED_WITHIN,
        )
    )
    corrected = _corrected(scope, sent)
    wrong = [each for each in sent if (each.student_id, _day(each)) in corrected]
    if not wrong:
        return
    recipients = {recipient_of(each) for each in wrong}
    when, told = timings(scope, recipients), _told(MessageKind.CORRECTED, {each.student_id for each in wrong})
    queue_messages(
        scope,
        (
            Message(
                key=key,
                kind=MessageKind.CORRECTED,
                guardian_id=each.guardian_id,
                user_id=each.user_id,
                student_id=each.student_id,
                about=each.about,
                made_at=scope.now,
                send_after=when.sent_from(recipient_of(each)),
            )
            for each in wrong
            if (key := told.next_key(f"corrected:{each.pk}"))
        ),
    )


def _corrected(scope: Scope, sent: Iterable[Message]) -> set[tuple[int | None, date]]:
    students: dict[date, set[int]] = {}
    for each in sent:
        if each.student_id is not None:
            students.setdefault(_day(each), set()).add(each.student_id)
    return {
        (student_id, day)
        for day, some in students.items()
        for student_id, so_far in days_so_far(scope, some, day).items()
        if is_corrected(so_far)
    }


def _told(kind: MessageKind, student_ids: Collection[int | None]) -> Told:
    rows = Message.objects.filter(kind=kind, student__in=list(student_ids)).values_list("key", "state", "problem")
    return Told({key: (state, problem) for key, state, problem in rows})


def _day(message: Message) -> date:
    return date.fromisoformat(message.about["date"])


def recipient_of(message: Message) -> Recipient:
    """The guardian or account that a message is for."""
    return Recipient(guardian_id=message.guardian_id, user_id=message.user_id)


def sent_to(to: Recipient) -> dict[str, int | None]:
    """A recipient as the fields of a message."""
    return {"guardian_id": to.guardian_id, "user_id": to.user_id}


def name_of(to: Recipient) -> str:
    """A recipient in a key: g4 is a guardian, u7 an account."""
    return f"u{to.user_id}" if to.guardian_id is None else f"g{to.guardian_id}"
