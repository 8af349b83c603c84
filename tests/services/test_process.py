from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from attendance_site.services.children import Children
from attendance_site.services.errors import ServiceError
from attendance_site.services.process import Command

from .standin import ROOT, require_gone, wait_until

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("up", flush=True)
time.sleep(60)
"""
NOTING = """
import signal, time
signal.signal(signal.SIGTERM, lambda *_: open({name!r}, "w") and exit())
print("up", flush=True)
time.sleep(60)
"""
ORPHANING = """
import sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from attendance_site.services.process import Command, Process
log = Path({log!r})
print(Process(Command("Child", ["sleep", "60"], log, Path("/"), {{}}), []).pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def children() -> Children:
    return Children([])


def _command(tmp_path: Path, program: str, **how: float) -> Command:
    return Command("Child", [sys.executable, "-c", program], tmp_path / "log", tmp_path, dict(os.environ), **how)


def test_one_that_will_not_end_is_killed_in_time_with_its_own_children(tmp_path: Path, children: Children) -> None:
    process = children.start(_command(tmp_path, STUBBORN, stop_timeout=0.5))
    children.wait_until(lambda child: "up" in child.output(), process)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children()]
    assert len(family) == 2
    before = time.monotonic()
    children.stop()
    assert time.monotonic() - before < 2
    require_gone(family)


def test_one_that_ends_by_itself_is_named_with_the_end_of_its_output(tmp_path: Path, children: Children) -> None:
    process = children.start(_command(tmp_path, "for n in range(100): print('line', n)\nraise SystemExit(7)"))
    wait_until(lambda: process.exit_code() is not None)
    with pytest.raises(
        ServiceError, match=r"(?s)Child ended unexpectedly \(exit code 7\).*    line 80\n.*line 99"
    ) as told:
        children.require_running()
    assert "line 79" not in str(told.value)


def test_a_signal_that_ended_one_is_named(tmp_path: Path, children: Children) -> None:
    process = children.start(_command(tmp_path, "import os; os.kill(os.getpid(), 9)"))
    wait_until(lambda: process.exit_code() is not None)
    with pytest.raises(ServiceError, match="SIGKILL"):
        children.require_running()


def test_a_command_gives_its_output_or_says_that_it_failed(tmp_path: Path, children: Children) -> None:
    assert children.run(_command(tmp_path, "print('done')")) == "done\n"
    with pytest.raises(ServiceError, match=r"(?s)Child failed \(exit code 1\).*ZeroDivisionError"):
        children.run(_command(tmp_path, "1/0"))


def test_children_are_stopped_in_the_reverse_order(tmp_path: Path, children: Children) -> None:
    for name in ("first", "second"):
        command = _command(tmp_path, NOTING.format(name=name), stop_timeout=10)
        children.wait_until(lambda child: "up" in child.output(), children.start(command))
    children.stop()
    assert (tmp_path / "second").stat().st_mtime_ns < (tmp_path / "first").stat().st_mtime_ns


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux for a signal on the parent's death")
def test_a_child_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    program = ORPHANING.format(root=str(ROOT), log=str(tmp_path / "log"))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
        require_gone([child])
