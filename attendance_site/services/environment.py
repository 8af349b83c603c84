"""`.data/services.env`: how commands run beside the services find them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def write_environment(path: Path, variables: Mapping[str, str]) -> None:
    """Writes the variables, readable by ourselves alone, all at once."""
    text = "".join(f"{name}={value}\n" for name, value in variables.items())
    _write_private(path, f"# Written by the running services, and removed when they stop.\n{text}")


def secret_key(path: Path) -> str:
    """The key that signs sessions, made once: all processes must share it, and it outlives a restart."""
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_private(path: Path, text: str) -> None:
    making = path.with_name(f"{path.name}.new")
    making.unlink(missing_ok=True)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    making.replace(path)
