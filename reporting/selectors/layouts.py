"""The layouts that this installation knows: the one that comes with First Bell, and the district's own files."""

from pathlib import Path

from django.conf import settings

from reporting.rules.layout_text import LARGEST_LAYOUT, BadLayout, read_layout
from reporting.rules.layouts import Layout

OWN = Path(__file__).parents[1].joinpath("layouts")


def layouts() -> dict[str, Layout]:
    """Every layout by its version. Raises BadLayout with every fault of every file."""
    found: dict[str, Layout] = {}
    faults: list[str] = []
    for path in [*_files(OWN), *_files(Path(settings.LAYOUTS_FOLDER) if settings.LAYOUTS_FOLDER else None)]:
        try:
            layout = _read(path)
        except BadLayout as fault:
            faults += fault.faults
            continue
        if layout.version in found:
            faults.append(f"{path.name}: another layout is of version {layout.version} already; give this one its own.")
        found.setdefault(layout.version, layout)
    if faults:
        raise BadLayout(faults)
    return found


def layout_in_use() -> Layout:
    """The layout by which months are written. Raises BadLayout where it, or any file of a layout, is unsound."""
    known = layouts()
    if settings.MONTH_LAYOUT not in known:
        raise BadLayout([f"MONTH_LAYOUT is {settings.MONTH_LAYOUT}, and there are {', '.join(sorted(known))}."])
    return known[settings.MONTH_LAYOUT]


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    if not folder.is_dir():
        raise BadLayout([f"LAYOUTS_FOLDER: there is no folder {folder}."])
    return sorted(folder.glob("*.toml"))


def _read(path: Path) -> Layout:
    try:
        with path.open("rb") as opened:
            return read_layout(opened.read(LARGEST_LAYOUT + 1), path.name)
    except OSError as fault:
        raise BadLayout([f"{path.name}: cannot be read ({fault.strerror})."]) from fault
