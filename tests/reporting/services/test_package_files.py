"""A disk that fills up while a package is written leaves what was there, and nothing half written."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from reporting.services.package_files import make_folder, write_whole
from students.refusals import Refused

_WRITE = """
import sys
from pathlib import Path
from reporting.services.package_files import write_whole
from students.refusals import Refused
try:
    write_whole(Path(sys.argv[1]), "month.zip", b"x" * 20_000)
except Refused as refusal:
    print(refusal)
"""


def _little_room() -> None:
    import signal

    # Python ignores the signal already, so that the write fails as on a full disk; a child must not undo that.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


def test_a_package_for_which_there_is_no_room_is_not_there_and_the_reason_is_said(tmp_path: Path) -> None:
    write_whole(tmp_path, "month.zip", b"the package of last week")
    said = subprocess.run(
        [sys.executable, "-c", _WRITE, str(tmp_path)],
        preexec_fn=_little_room,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "month.zip was not written: File too large. Make room" in said
    assert [each.name for each in tmp_path.iterdir()] == ["month.zip"]
    assert (tmp_path / "month.zip").read_bytes() == b"the package of last week"


def test_a_folder_that_cannot_be_made_or_written_into_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refused, match=r"cannot be made: (File exists|Not a directory)"):
        make_folder(tmp_path / "file")
    with pytest.raises(Refused, match=r"cannot be made: Not a directory"):
        make_folder(tmp_path / "file" / "deeper")
    with pytest.raises(Refused, match=r"was not written: No such file or directory"):
        write_whole(tmp_path / "gone", "month.zip", b"x")
