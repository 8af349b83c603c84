"""A district's own layout is a file: it is used once it is sound, and nothing starts with one that is not."""

from pathlib import Path

import pytest
from django.core.checks import CheckMessage, run_checks

from reporting.rules.archives import members_of
from reporting.rules.layout_text import BadLayout
from reporting.rules.package import build_package
from reporting.rules.verify import verify_members, verify_zip
from reporting.selectors.layouts import OWN, layout_in_use, layouts
from reporting.services.checkups import check_layouts
from students.findings import Level
from students.rules.csv_text import read_csv
from tests.reporting.rules.worlds import AS_OF, facts
from tests.world import World

TEXT = OWN.joinpath("msis-2.toml").read_text()
# Another name for a column, other codes, and nothing that the state does not ask for.
OURS = (
    TEXT.replace('version = "msis-2"', 'version = "ours-3"')
    .replace('"AttendanceStatus"', '"Status"')
    .replace('present = "Present"', 'present = "P"')
    .replace('IN = "InstructionalDay"', 'IN = "1"')
    .replace('grade_mode = "GradeMode"', 'grade_mode = "4"')
    .replace('current = "01811"', 'current = "C"')
    .replace('name = "DaysTaught"', 'name = "Days Taught"')
)


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.LAYOUTS_FOLDER = str(tmp_path)
    return tmp_path


def test_a_months_files_are_written_by_the_districts_own_layout_and_verify_where_nobody_has_it(
    folder: Path, settings
) -> None:
    folder.joinpath("ours.toml").write_text(OURS)
    assert layout_in_use().version == "msis-2"
    settings.MONTH_LAYOUT = "ours-3"
    content = build_package(facts(), layout_in_use(), as_of=AS_OF, warnings=0).content
    folder.joinpath("ours.toml").unlink()
    assert verify_zip(content) == []
    members = members_of(content)
    assert members["layout.toml"] == OURS.encode()
    assert read_csv(members["S_2500_008_102020_Attendance.csv"])[:2] == [
        ["OrganizationIdentifier", "StudentIdentifier", "AttendanceEventType", "AttendanceEventDate", "Status"],
        ["2500-008", "000000000", "DailyAttendance", "2020-09-14", "P"],
    ]
    members["layout.toml"] = OURS.replace("ours-3", "ours-4").encode()
    assert {each.file for each in verify_members(members)} == {"layout.toml"}


def test_an_unsound_layout_stops_the_start_and_is_named_by_the_doctor_even_when_another_is_in_use(
    folder: Path, world: World
) -> None:
    folder.joinpath("ours.toml").write_text(OURS.replace('source = "grade", width = 20', 'source = "grad"', 1))
    fault, lacking = _said_at_the_start()
    assert (fault.id, fault.is_serious()) == ("reporting.E001", True)
    assert fault.msg.startswith("ours.toml: Days_Taught, column 3 (“GradeLevel”): source “grad” is unknown")
    assert "needs a column whose source is grade" in lacking.msg
    assert [(each.level, each.what) for each in check_layouts(world.installation)] == [
        (Level.WRONG, each.msg) for each in (fault, lacking)
    ]
    folder.joinpath("ours.toml").write_text(OURS)
    assert _said_at_the_start() == []
    assert [each.what for each in check_layouts(world.installation)] == ["Months are written by layout msis-2."]


def _said_at_the_start() -> list[CheckMessage]:
    return [each for each in run_checks() if each.id == "reporting.E001"]


def test_a_version_that_nobody_has_or_two_have_and_a_folder_that_is_not_there_are_named(folder: Path, settings) -> None:
    folder.joinpath("copy.toml").write_text(TEXT)
    with pytest.raises(BadLayout, match=r"copy\.toml: another layout is of version msis-2 already"):
        layouts()
    folder.joinpath("copy.toml").unlink()
    settings.MONTH_LAYOUT = "msis-9"
    with pytest.raises(BadLayout, match="MONTH_LAYOUT is msis-9, and there are msis-2"):
        layout_in_use()
    settings.LAYOUTS_FOLDER = str(folder / "nowhere")
    with pytest.raises(BadLayout, match="LAYOUTS_FOLDER: there is no folder"):
        layouts()
