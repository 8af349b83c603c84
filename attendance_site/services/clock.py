"""The demo's clock: a Tuesday of October 2020 that stands still while the demo is switched off.

The file says which instant of the demo's time fell on which real one; every process adds the difference. The
supervisor touches the file while it lives, so its age tells when the demo was last alive.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from .errors import ServiceError

# Tuesday, 10:00 in Mississippi, after the end of the second reporting month.
DEMO_START = datetime(2020, 10, 27, 10, 0, tzinfo=timezone(timedelta(hours=-5)))


@dataclass(frozen=True)
class DemoClock:
    """The clock kept in the file `path`."""

    path: Path

    def resume(self, now: datetime) -> datetime:
        """Sets it going at the real instant `now`, from where it stood when last seen; returns the demo's instant."""
        demo = self._last_seen() if self.path.exists() else DEMO_START
        anchor = {"demo": demo.isoformat(), "real": now.astimezone(UTC).isoformat()}
        making = self.path.with_name(f"{self.path.name}.new")
        making.write_text(json.dumps(anchor) + "\n")
        making.replace(self.path)
        self.touch(now)
        return demo

    def touch(self, now: datetime) -> None:
        """Notes that the demo was alive at the real instant `now`."""
        os.utime(self.path, (now.timestamp(), now.timestamp()))

    def _last_seen(self) -> datetime:
        try:
            anchor = json.loads(self.path.read_text())
            demo, real = datetime.fromisoformat(anchor["demo"]), datetime.fromisoformat(anchor["real"])
        except (ValueError, KeyError, TypeError):
            raise ServiceError(
                f"{self.path} cannot be read. Delete it, and the demo begins anew at its start."
            ) from None
        alive = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        return demo + max(alive - real, timedelta(0))
