"""Files are small, named for what they hold, and found by the tests."""

from pathlib import Path

import pytest

from tests.architecture.sources import APPS, ROOT, sources

MOST_LINES = 400
WRITTEN = {"*.py", "*.html", "*.css", "*.js", "*.txt"}
OURS = [*APPS, "attendance_site", "tests", "bench", "templates", "static"]
WITHOUT_MEANING = {"common", "utils", "util", "helpers", "helper", "core", "misc", "shared", "base_utils"}


def written_files() -> list[Path]:
    found = {path for folder in OURS for kind in WRITTEN for path in (ROOT / folder).rglob(kind)}
    # Migrations are written by Django, one line to a field, and never read as prose; vendored scripts are not ours.
    return sorted(path for path in found if not {"migrations", "vendor"} & set(path.parts))


def folders_with_python() -> list[Path]:
    return sorted({path.parent for folder in [*APPS, "tests"] for path in (ROOT / folder).rglob("*.py")})


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in written_files()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}
    assert len(lengths) >= 250


def test_no_migration_is_named_by_the_machine() -> None:
    names = [path.name for app in APPS for path in (ROOT / app / "migrations").glob("[0-9]*.py")]
    assert [name for name in names if "_auto_" in name or name.removesuffix(".py").isdigit()] == []
    assert len(names) >= 5


def test_no_module_is_a_drawer_for_whatever_fits_nowhere_else() -> None:
    parts = {part.removesuffix(".py") for source in sources(*APPS) for part in source.path.split("/")}
    assert parts & WITHOUT_MEANING == set()
    assert len(parts) >= 150


def test_there_is_no_fifth_app() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {*APPS, "attendance_site", "tests", "bench"}


@pytest.mark.parametrize("folder", folders_with_python(), ids=lambda folder: str(folder.relative_to(ROOT)))
def test_every_folder_of_python_is_a_package(folder: Path) -> None:
    # Without one, `tests/attendance` would shadow the real `attendance`.
    assert (folder / "__init__.py").exists()


def test_enough_folders_were_looked_at() -> None:
    assert len(folders_with_python()) >= 30
