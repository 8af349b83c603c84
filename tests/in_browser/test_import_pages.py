"""A district administrator uploads a roster, sees why it is held, confirms it, and sees it applied."""

import threading

import pytest
from django.db import connection

from students.models import Enrollment, RosterRun, RunOrigin, RunStage, User
from tests.students.imports.runs import (
    administrator,
    apply,
    archive_of,
    as_,
    bring,
    district_files,
    plan,
    stand,
    without_students,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reyes() -> User:
    return administrator()


def _as_a_worker(act) -> None:
    """Let a worker do what waits, beside the live server."""

    def work() -> None:
        act(RosterRun.objects.latest("pk"))
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()


def test_a_held_roster_is_uploaded_confirmed_with_a_reason_and_applied(
    reyes: User, signed_in_page, camera, tmp_path
) -> None:
    stand(district_files(40))
    smaller = tmp_path / "roster-tuesday.zip"
    smaller.write_bytes(archive_of(without_students(district_files(40), 21)).getvalue())
    page = signed_in_page(reyes)
    page.goto("/imports/")
    page.get_by_label("The roster as a zip").set_input_files(smaller)
    page.get_by_role("button", name="Upload and compare").click()
    page.get_by_role("heading", name="Being compared with what is stored").wait_for()
    address = page.url.partition("//")[2].partition("/")[2]
    camera.shoot(f"/{address}", "import-waiting", reyes)
    _as_a_worker(plan)
    page.get_by_role("heading", name="Held:").wait_for(timeout=10_000)
    camera.shoot(f"/{address}", "import-held", reyes)
    page.get_by_role("button", name="Confirm and apply").click()
    page.get_by_text("Say why so much may end").wait_for()
    page.get_by_label("Why is this right?").fill("The academy left the district on Monday.")
    page.get_by_role("button", name="Confirm and apply").click()
    page.get_by_role("heading", name="Being applied").wait_for()
    _as_a_worker(apply)
    page.get_by_role("heading", name="Applied").wait_for(timeout=10_000)
    page.get_by_text("Confirmed: The academy left the district on Monday.").wait_for()
    assert Enrollment.objects.filter(ends_on__isnull=False).count() == 21
    camera.shoot(f"/{address}", "import-applied", reyes)


@pytest.mark.shows("import", "imports", "months")
def test_the_pages_of_imports_are_legible_everywhere(reyes: User, camera) -> None:
    camera.shoot("/imports/", "imports-empty", reyes)
    apply(plan(bring(district_files(40), origin=RunOrigin.FOLDER)))
    plan(bring(without_students(district_files(40), 21), as_(reyes)))
    files = district_files(40)
    for number in range(1, 61):
        files.add("enrollments", sourcedId=f"x{number}", classSourcedId=f"no-such-class-{number}", role="pupil",
                  schoolSourcedId="lincoln", userSourcedId="p1")  # fmt: skip
    refused = plan(bring(files, as_(reyes)))
    assert refused.stage == RunStage.REFUSED
    camera.shoot("/imports/", "imports", reyes)
    camera.shoot(f"/imports/{refused.pk}/", "import-refused", reyes)
    camera.shoot("/months/", "imports-notice", reyes)
