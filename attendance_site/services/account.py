"""Who the servers run as: PostgreSQL refuses to run as root, so root lends them an account without rights."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import ServiceError

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """An account of this machine that the servers are started under."""

    name: str
    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        """What `subprocess` needs to become this account; the supplementary groups of root are dropped."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def servers_account() -> Account | None:
    """The account for the servers, or None when we are not root and they simply run as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise ServiceError(
            f"PostgreSQL does not run as root, and this machine has no account '{UNPRIVILEGED}' to run it as. "
            "Run this as an ordinary user."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def give_to(path: Path, account: Account | None) -> None:
    """Makes the account the owner of a file or folder; nothing to do when the servers run as ourselves."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def is_open_to_everyone(path: Path) -> bool:
    """Whether any account may reach `path`, which need not exist yet, through all of its parent folders."""
    resolved = path.resolve()
    existing = [folder for folder in (resolved, *resolved.parents) if folder.exists()]
    return all(folder.stat().st_mode & 0o001 for folder in existing)
