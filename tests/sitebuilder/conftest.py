"""Installations of a test's own."""

import shutil
from pathlib import Path

import pytest


def installation(folder: Path, migrated_database: Path) -> dict[str, str]:
    """What tells commands of an installation below ``folder``, migrated before: of a start, that takes longest."""
    (folder / "var").mkdir(0o700)
    shutil.copy(migrated_database, folder / "var")
    return {"VAR_DIR": str(folder / "var"), "DATABASE_URL": ""}


@pytest.fixture
def alone(migrated_database: Path, tmp_path: Path) -> dict[str, str]:
    """An installation of the test's own."""
    return installation(tmp_path, migrated_database)
