# ruff: noqa: T201 - this talks to the person at the terminal
"""Finds the Chromium for the browser tests; `python -m tests.browser` installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# The shell has no windows to draw, and takes a third less time than a browser that hides its own.
COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# By apt; older systems know the latter alone.
PACKAGES = ("chromium-headless-shell", "chromium")
# Where Playwright keeps its browsers on Linux and macOS.
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PROGRAMS = (
    "chromium_headless_shell-*/chrome-headless-shell-*/chrome-headless-shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
INSTALL_TIMEOUT = 600  # seconds for one attempt

MISSING = """
**********************************************************************
  NO CHROMIUM: THE BROWSER TESTS WILL NOT RUN.
  Install one (`apt-get install chromium`), or name one:
  CHROMIUM=/path/to/chromium make test
**********************************************************************
"""


@cache
def chromium_path() -> str | None:
    """The first Chromium that runs: the one CHROMIUM names, Playwright's own, the system's. None without any."""
    return next(filter(_runs, _candidates()), None)


def install() -> str | None:
    """The same, after trying to install one by Playwright, then as root by apt."""
    for attempt in (_by_playwright, _by_apt):
        if chromium_path():
            break
        attempt()
        chromium_path.cache_clear()
    return chromium_path()


def main() -> int:
    """1 where the browser tests must run (CI) and cannot."""
    if install():
        return 0
    print(MISSING, file=sys.stderr)
    return 1 if os.environ.get("CI", "").lower() not in ("", "0", "false") else 0


def _candidates() -> Iterator[str]:
    if named := os.environ.get("CHROMIUM"):
        yield named
    for folder in (os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), *CACHES):
        for pattern in PROGRAMS if folder else ():
            yield from map(str, sorted(Path(folder).expanduser().glob(pattern), reverse=True))
    yield from filter(None, map(shutil.which, COMMANDS))


def _runs(program: str) -> bool:
    """Some are mere stubs that ask for a snap, or lack a library."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _by_playwright() -> None:
    _try("Installing Chromium by Playwright ...", [sys.executable, "-m", "playwright", "install", "chromium"])


def _by_apt() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try("Installing Chromium by apt ...", ["apt-get", "update", "-q"])
        for package in PACKAGES:
            if not chromium_path():
                _try("", ["apt-get", "install", "-q", "-y", "--no-install-recommends", package])
                chromium_path.cache_clear()


def _try(what: str, command: list[str]) -> None:
    print(what, flush=True)
    try:
        subprocess.run(
            command, check=False, timeout=INSTALL_TIMEOUT, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
