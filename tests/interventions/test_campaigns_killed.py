"""Campaigns whose worker is killed in the middle: nobody is written to twice, and nobody is forgotten."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from interventions.models import Message
from interventions.services.campaign_queueing import queue_campaign, settle_campaigns
from interventions.services.messages import send_waiting
from students.access import installation_scope
from students.services.leases import LEASE
from tests.interventions.campaigning import a_draft, many, queued, sent_off
from tests.mail_server import MailServer, mail_server
from tests.world import NOW, World


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


# Queues the first batch alone, then waits in the middle of the work until it is killed.
_HOLD = """
import sys, time
from datetime import datetime
import django
django.setup()
from interventions.services import campaign_queueing
from students.access import installation_scope
campaign_queueing.CHUNK = 500
def told(instant=datetime.fromisoformat(sys.argv[2]), readings=[]):
    readings.append(instant)
    if len(readings) == 4:
        print("two batches queued", flush=True)
        time.sleep(600)
    return instant
scope = installation_scope(datetime.fromisoformat(sys.argv[2]))
campaign_queueing.queue_campaign(scope, int(sys.argv[1]), instants=told)
"""
# Sends as a worker does, to the server whose port it is told.
_SEND = """
import sys
from datetime import datetime
import django
from django.conf import settings
django.setup()
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[2])
settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
from interventions.services.messages import send_waiting
from students.access import installation_scope
send_waiting(installation_scope(datetime.fromisoformat(sys.argv[1])), most=100_000)
"""


def worker(program: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ, text=True)


def killed(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.slow
def test_a_campaign_to_5000_whose_worker_is_killed_in_mid_batch_repeats_and_loses_nothing(
    committed_world: World,
) -> None:
    world = committed_world
    many(world, 5_000)
    campaign = sent_off(world, a_draft(world))
    queueing = worker(_HOLD, campaign.pk, NOW.isoformat())
    try:
        assert queueing.stdout.readline() == "two batches queued\n"
    finally:
        killed(queueing)
    assert Message.objects.count() == 1_000
    queue_campaign(world.installation, campaign.pk, instants=lambda: NOW)
    assert Message.objects.count() == 1_000
    queue_campaign(world.installation, campaign.pk, instants=lambda: NOW + LEASE * 1.1)
    campaign.refresh_from_db()
    assert (Message.objects.count(), campaign.state, campaign.people) == (5_000, "sending", 5_000)
    assert Message.objects.values("guardian").distinct().count() == 5_000


@pytest.mark.slow
def test_a_worker_killed_while_it_sends_a_campaign_repeats_and_loses_nothing(
    committed_world: World, server: MailServer
) -> None:
    world, later = committed_world, NOW + timedelta(hours=1)
    many(world, 40)
    queued(world, a_draft(world))
    sending = worker(_SEND, later.isoformat(), server.port)
    while len(server.letters) < 10:
        assert sending.poll() is None
        time.sleep(0.01)
    killed(sending)
    assert 10 <= len(server.letters) < 40
    for _round in range(100):
        # The database learns of the killed worker's end when it answers it, and frees its row then.
        send_waiting(installation_scope(later))
        if not Message.objects.filter(state="waiting").exists():
            break
        time.sleep(0.1)
    # The letter in the killed worker's hand may have been taken by the server before the database heard of it: it goes
    # out once more under its Message-ID.
    assert len({letter["Message-ID"] for letter in server.letters}) == len(set(server.addresses)) == 40
    assert len(server.letters) in (40, 41)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert settle_campaigns(world.installation) == 1
