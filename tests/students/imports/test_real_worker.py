"""A worker as it runs in a district, from beat's message to the applied roster."""

import time
from collections.abc import Iterator

import pytest
from celery import current_app

from attendance_site.celery import app
from students.models import RosterRun, RunOrigin, RunStage
from students.tasks import sweep_imports
from tests.students.imports.runs import bring, district_files
from tests.workers import running_worker

PATIENCE_SECONDS = 60


@pytest.fixture
def worker() -> Iterator[None]:
    """A worker that has said it takes tasks."""
    before = current_app._get_current_object()
    app.set_current()
    try:
        with running_worker():
            yield
    finally:
        before.set_current()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_nightly_set_goes_from_beats_message_to_the_end(worker: None) -> None:
    run = bring(district_files(), origin=RunOrigin.FOLDER)
    assert sweep_imports() == 1
    deadline = time.monotonic() + PATIENCE_SECONDS
    while RosterRun.objects.get(pk=run.pk).is_open and time.monotonic() < deadline:
        time.sleep(0.2)
    assert RosterRun.objects.get(pk=run.pk).stage == RunStage.APPLIED
