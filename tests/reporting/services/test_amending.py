"""A certified month that changes: its new package lies beside the first and says what is otherwise, and why."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from attendance.models import AmendedDay
from attendance.services.excuses import enter_excuse
from reporting.models import ExportFile
from reporting.rules.archives import members_of
from reporting.rules.verify import verify_zip
from reporting.selectors.certifications import checked_chain
from reporting.services.certifying import certify
from students.rules.csv_text import read_csv
from tests.reporting.months import AFTER, FIRST, MONDAY, build, take_month
from tests.reporting.signing import approved, certified
from tests.world import World

WHY = "The doctor's letter came by mail."


def test_an_amended_month_is_packed_beside_the_first_with_its_differences_and_certified_again(
    committed_world: World,
) -> None:
    world = committed_world
    take_month(world, world.lincoln, absent=[("Abara", FIRST)])
    first = certified(world, build(world.lincoln))
    later = AFTER + timedelta(hours=1)
    with transaction.atomic():
        enter_excuse(
            world.scope("okafor", later).amending(WHY),
            world.students["Abara"].pk,
            submission_id=uuid4(),
            starts_on=FIRST,
            ends_on=FIRST,
            reason="illness",
            document_kind="medical",
            document_seen_on=MONDAY,
        )
    assert AmendedDay.objects.get().became == "absent excused 0/330"
    amended = approved(world, build(world.lincoln)).run
    package = ExportFile.objects.get(run=amended)
    assert (package.name, first.run.package.name) == ("S_2500_008_112020_A1.zip", "S_2500_008_112020.zip")
    assert verify_zip(bytes(package.content)) == []
    _, *lines = read_csv(members_of(bytes(package.content))["S_2500_008_112020_Differences.csv"])
    state_id = world.students["Abara"].state_id
    row = f"{state_id}; {FIRST.isoformat()}"
    assert ["Attendance", "Changed", row, "AttendanceStatus", "UnexcusedAbsence", "ExcusedAbsence", WHY] in lines
    second = certify(world.scope("reyes", later + timedelta(hours=1)), amended.pk)
    assert second.amends == first
    assert checked_chain(world.installation).holds
