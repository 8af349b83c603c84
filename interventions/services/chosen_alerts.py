"""Queues what accounts asked to be told of: each thing at once, or as one mail a day at the hour they chose."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from interventions.models import AlertChoice, Message, MessageKind
from interventions.selectors.alert_choices import recipient_of_account, standing_choices
from interventions.selectors.alert_policies import Timings, timings
from interventions.selectors.chosen_news import News, news_of
from interventions.services.absence_alerts import name_of, sent_to
from interventions.services.messages import queue_messages
from students.access import Scope
from students.selectors.recipients import Recipient

# Of its own accord a part goes out only where the day's mail did not take it along.
UNLESS_TOLD = timedelta(days=1)


def tell_what_was_chosen(scope: Scope, student_ids: Collection[int]) -> None:
    """Queue the news about some students for whoever asked for them; what stands is left as it is."""
    choices = standing_choices(scope, student_ids)
    if not choices:
        return
    news: dict[tuple[int, str], list[News]] = defaultdict(list)
    for each in news_of(scope, {choice.student_id for choice in choices}):
        news[each.student_id, each.kind].append(each)
    when = timings(scope, {recipient_of_account(choice.account) for choice in choices})
    queue_messages(scope, list(_messages(scope, choices, news, when)))


def _messages(
    scope: Scope, choices: Iterable[AlertChoice], news: dict[tuple[int, str], list[News]], when: Timings
) -> Iterator[Message]:
    for choice in choices:
        to = recipient_of_account(choice.account)
        for each in news.get((choice.student_id, choice.kind), []):
            if each.happened_at < choice.chosen_at:
                continue
            at = when.digest_from(to)
            if at is None:
                yield _message(scope, each, to, when.sent_from(to))
            else:
                yield _message(scope, each, to, at + UNLESS_TOLD, digest=True)
                yield _digest(scope, to, at, when)


def _message(scope: Scope, news: News, to: Recipient, send_after: datetime, *, digest: bool = False) -> Message:
    return Message(
        key=f"{news.kind}:{news.student_id}:{news.key}:{name_of(to)}",
        kind=MessageKind(news.kind),
        **sent_to(to),
        student_id=news.student_id,
        about=news.about | ({"digest": True} if digest else {}),
        made_at=scope.now,
        send_after=send_after,
    )


def _digest(scope: Scope, to: Recipient, at: datetime, when: Timings) -> Message:
    local = at.astimezone(when.now.tzinfo)
    return Message(
        key=f"digest:{name_of(to)}:{local:%Y-%m-%dT%H%M}",
        kind=MessageKind.DIGEST,
        **sent_to(to),
        made_at=scope.now,
        send_after=at,
    )
