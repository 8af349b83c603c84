"""Settings as a district sets them: in files where they are secret, and without a warning where TLS stands in front."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT

LONG_KEY = "chalk-and-tardy-slips-" + "0123456789abcdef" * 3


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # What the browser tests need is no part of a deployment.
    around = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**around, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_district_behind_tls_passes_the_deployment_checks_without_a_warning() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", HTTPS="true", SECRET_KEY=LONG_KEY)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_deployment_checks_see_what_is_missing() -> None:
    asked = ["check", "--deploy", "--tag", "security", "--fail-level", "WARNING"]
    done = manage(*asked, HTTPS="false", SECRET_KEY="short")
    assert done.returncode == 1
    assert "security.W009" in done.stderr
    assert "security.W012" in done.stderr


def test_secrets_stand_in_files_and_an_editors_last_newline_is_no_part_of_them(tmp_path: Path) -> None:
    given = {
        "SECRET_KEY": LONG_KEY,
        "DATABASE_URL": "postgresql://first_bell:p@postgres:5432/first_bell",
        "DATABASE_OWNER_URL": "postgresql://first_bell_owner:o@postgres:5432/first_bell",
        "REDIS_URL": "redis://redis:6379/0",
        "EMAIL_URL": "smtp+tls://user:word@mail.example:587",
    }
    for name, value in given.items():
        (tmp_path / name).write_text(f"{value}\n")
    files = {f"{name}_FILE": str(tmp_path / name) for name in given}
    code = (
        "from django.conf import settings as s; d = s.DATABASES; "
        "print(s.SECRET_KEY, s.SECRET_KEY_IS_KEPT, d['default']['USER'], d['default']['NAME'], d['owner']['PASSWORD'], "
        "s.REDIS_URL, s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, sep='|')"
    )
    done = manage("shell", "--no-imports", "--command", code, **files)
    said = [LONG_KEY, "True", "first_bell", "first_bell", "o", "redis://redis:6379/0", "mail.example", "587", "True"]
    assert done.stdout == "|".join(said) + "\n", done.stderr
