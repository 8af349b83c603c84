from __future__ import annotations

from pathlib import Path

import environ
import pytest

from attendance_site.services.environment import secret_key, write_environment


def test_the_file_is_for_ourselves_alone_even_where_an_open_one_stood(tmp_path: Path) -> None:
    path = tmp_path / "services.env"
    path.write_text("old")
    path.chmod(0o644)
    write_environment(path, {"REDIS_URL": "unix:///tmp/x/redis.sock"})
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["services.env"]


def test_settings_read_back_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "services.env"
    variables = {"FIRST_BELL_A": "postgresql://first_bell@/first_bell?host=/tmp/x", "FIRST_BELL_B": "a_b-c="}
    write_environment(path, variables)
    for name in variables:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    environ.Env.read_env(path)
    assert {name: environ.Env()(name) for name in variables} == variables


def test_the_key_of_the_sessions_outlives_a_restart_and_is_no_one_elses(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "key")
    assert len(key) >= 50
    assert secret_key(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
