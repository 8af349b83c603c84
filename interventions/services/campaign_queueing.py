"""Queues a campaign's messages as work that a worker holds by a lease: batch by batch, each in one transaction under
the campaign's row, so that a killed worker's batch is whole or not there, and a stopped one gets no further (MD-09).

Taken up again it queues everybody anew; whoever stands queued already is left as it is, by the message's key.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef

from interventions.models import Campaign, CampaignState, CampaignStudent, Message, MessageKind, MessageState
from interventions.rules.campaign_pace import goes_at
from interventions.selectors.alert_policies import Timings, timings
from interventions.selectors.campaign_audience import GUARDIAN, USER, Person, Reach, reach
from interventions.services.messages import queue_messages
from students.access import Scope
from students.selectors.recipients import Recipient
from students.services import leases
from students.services.leases import Instants, Lease, LeaseLost, Work

log = logging.getLogger(__name__)

# People in a transaction.
CHUNK = 500
QUEUE_TASK = "interventions.queue_campaign"
CAMPAIGNS = Work(
    model=Campaign,
    state_field="state",
    waiting=CampaignState.QUEUED,
    running=CampaignState.PREPARING,
    failed=CampaignState.FAILED,
    asked_first=("queued_at", "id"),
    named="campaign",
    again="send it again from its page",
)


def waiting_campaigns(scope: Scope, *, at: datetime) -> list[int]:
    """Ids of campaigns that nobody queues: waiting ones, and those whose worker let the lease run out."""
    return leases.waiting_work(scope, CAMPAIGNS, at=at)


def queue_campaign(scope: Scope, campaign_id: int, *, instants: Instants) -> None:
    """Queue every message of a campaign that waits; nothing where another worker has it, or it was stopped."""
    lease = leases.take_up(scope, CAMPAIGNS, campaign_id, at=instants())
    if lease is None:
        return
    try:
        _queue(scope, lease, instants)
    except LeaseLost:
        log.warning("Campaign %s was stopped, or taken up by another worker; this one stops.", campaign_id)
    except Exception as fault:
        log.exception("Queueing campaign %s failed.", campaign_id)
        leases.give_back(lease, at=instants(), problem=f"The last attempt failed ({type(fault).__name__}).")


def settle_campaigns(scope: Scope) -> int:
    """Say of each campaign of which nothing waits any more that it is sent; how many."""
    waiting = Message.objects.filter(campaign=OuterRef("pk"), state=MessageState.WAITING)
    done = Campaign.objects.filter(~Exists(waiting), state=CampaignState.SENDING)
    return done.update(state=CampaignState.SENT, finished_at=scope.now)


def _queue(scope: Scope, lease: Lease, instants: Instants) -> None:
    campaign = Campaign.objects.get(pk=lease.run_id)
    found = reach(scope, campaign)
    for number, people in enumerate(_chunks(found.people)):
        at = instants()
        with transaction.atomic():
            # Holds the row: whoever stops the campaign waits, and then finds this batch whole.
            leases.renew(lease, at=at)
            _queue_some(scope, campaign, people, number * CHUNK)
    _finish(lease, found)


def _chunks(people: Sequence[Person]) -> Sequence[Sequence[Person]]:
    return [people[start : start + CHUNK] for start in range(0, len(people), CHUNK)]


def _queue_some(scope: Scope, campaign: Campaign, people: Sequence[Person], first: int) -> None:
    children = {each for person in people for each in person.student_ids}
    CampaignStudent.objects.bulk_create(
        (CampaignStudent(campaign=campaign, student_id=each) for each in sorted(children)), ignore_conflicts=True
    )
    quiet = timings(scope, [_recipient(each) for each in people])
    queue_messages(scope, [_message(scope, campaign, person, first + n, quiet) for n, person in enumerate(people)])


def _message(scope: Scope, campaign: Campaign, person: Person, position: int, quiet: Timings) -> Message:
    at = goes_at(position, scope.now).astimezone(ZoneInfo(scope.zone))
    return Message(
        key=f"campaign:{campaign.pk}:{person.kind}:{person.pk}",
        kind=MessageKind.CAMPAIGN,
        campaign=campaign,
        made_at=scope.now,
        send_after=replace(quiet, now=at).sent_from(_recipient(person)),
        **{f"{person.kind}_id": person.pk},
    )


def _recipient(person: Person) -> Recipient:
    """As hours of quiet know somebody; a partner has the district's alone."""
    return Recipient(
        guardian_id=person.pk if person.kind == GUARDIAN else None, user_id=person.pk if person.kind == USER else None
    )


def _finish(lease: Lease, found: Reach) -> None:
    with transaction.atomic():
        row: Campaign = leases.locked(lease)
        row.state, row.lease_token, row.leased_until, row.problem = CampaignState.SENDING, None, None, ""
        row.people, row.left_out = len(found.people), dict(found.left_out)
        row.save()
