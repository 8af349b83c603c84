"""A morning's alerts under fire: several workers at once, one of them killed, each alert in the mail exactly once."""

import os
import signal
import subprocess
import sys
from functools import partial

import pytest

from interventions.models import MarksChanged, Message
from interventions.services.alerts import look_at_school
from interventions.services.outbox import drain_marks
from students.access import installation_scope
from tests.attendance.acts import open_both_schools, take
from tests.attendance.test_concurrency import at_once
from tests.interventions.alerting import mailed, mother
from tests.mail_server import mail_server
from tests.world import TODAY, World, at

_SEND = """
import sys
from datetime import datetime
import django
django.setup()
from interventions.services.messages import send_waiting
from students.access import installation_scope
send_waiting(installation_scope(datetime.fromisoformat(sys.argv[1])))
"""
TAKEN_BEFORE = 3


@pytest.mark.slow
def test_RD50_workers_at_once_and_one_that_is_killed_tell_each_absence_once(committed_world: World, settings) -> None:
    world = open_both_schools(committed_world)
    absent = [name for name in world.students if name != "Shah"]
    for name in absent:
        mother(world, name, f"{name.lower().replace('’', '')}@example.org")
    for period in "12":
        take(world, period, TODAY, **{name.replace("’", ""): "absent" for name in absent})
    assert MarksChanged.objects.count() == 2
    early = installation_scope(at(8, 30))
    at_once([partial(drain_marks, early)] * 3 + [partial(look_at_school, early, world.lincoln.pk)])
    assert Message.objects.count() == len(absent) > TAKEN_BEFORE + 2
    with mail_server(settings) as server:
        server.falls_silent_after = TAKEN_BEFORE
        worker = subprocess.Popen(
            [sys.executable, "-c", _SEND, at(10).isoformat()],
            env=os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}"},
        )
        try:
            assert server.silent.wait(30)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        server.falls_silent_after = None
        assert Message.objects.filter(state="sent").count() == len(server.letters) == TAKEN_BEFORE
        at_once([partial(mailed, 10)] * 2)
        assert len(server.letters) == len({letter["Message-ID"] for letter in server.letters}) == len(absent)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
