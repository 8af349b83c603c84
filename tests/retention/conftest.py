"""A school year long ago."""

from pathlib import Path

import pytest

from tests.retention.old_year import OldYear, old_year
from tests.world import World


@pytest.fixture
def old(world: World, settings, tmp_path: Path) -> OldYear:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return old_year(world, tmp_path / "documents")
