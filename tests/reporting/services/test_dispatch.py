"""Months reach the workers through a real broker, and wait in their rows where there is none."""

import json

import pytest
import redis
from celery import Celery, current_app
from django.conf import settings

from attendance_site.celery import app
from reporting import tasks
from reporting.models import MonthRun, RunState
from reporting.services.leases import BUILD_TASK
from students import clock
from students.services.dispatch import hand_to_a_worker
from tests.reporting.months import AFTER, ask
from tests.world import World

QUEUE = "celery"


@pytest.fixture
def broker():
    before = current_app._get_current_object()
    app.set_current()
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete(QUEUE)
    yield client
    client.delete(QUEUE)
    before.set_current()


def _sent(broker: redis.Redis) -> list[tuple[str, list]]:
    messages = [json.loads(message)["headers"] for message in broker.lrange(QUEUE, 0, -1)]
    return [(each["task"], json.loads(each["argsrepr"])) for each in messages]


def test_a_run_is_sent_to_the_workers_and_its_message_does_not_outlive_beats_round(broker: redis.Redis) -> None:
    assert hand_to_a_worker(BUILD_TASK, 7) is True
    assert _sent(broker) == [("reporting.build_month", [7])]
    assert json.loads(broker.lindex(QUEUE, 0))["headers"]["expires"]


def test_beat_sends_each_school_that_waits_in_a_message_of_its_own(world: World, broker: redis.Redis) -> None:
    runs = [ask(world.lincoln), ask(world.washington)]
    assert tasks.take_up_months() == 2
    assert sorted(_sent(broker)) == [("reporting.build_month", [run.pk]) for run in runs]


def test_a_broker_that_is_down_is_said_and_raises_nothing() -> None:
    before = current_app._get_current_object()
    Celery("nobody", broker="redis://127.0.0.1:1/0", set_as_current=True)
    try:
        assert hand_to_a_worker(BUILD_TASK, 7) is False
    finally:
        before.set_current()


def test_the_task_builds_the_month_and_a_second_message_changes_nothing(taken_month: World) -> None:
    run = ask(taken_month.lincoln)
    with clock.stopped_at(AFTER):
        tasks.build_month(run.pk)
        tasks.build_month(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts, MonthRun.objects.count()) == (RunState.DONE, 1, 1)


def test_beat_knows_the_tasks_by_their_names() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"reporting.take_up_months"} <= scheduled <= set(app.tasks)
