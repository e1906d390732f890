"""Test runs side by side that share their tests: each takes the next one that no other has taken.

``pytest -p tests.support.sharing --share FOLDER``, in as many processes as there is room for; FOLDER is empty at first,
and of these runs alone.
"""

from hashlib import sha256
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--share", type=Path, help="the folder in which runs that share their tests say what they take")


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    folder: Path | None = session.config.getoption("share")
    if not folder or session.testsfailed or session.config.option.collectonly:
        return None  # as pytest does by itself
    mine = (item for item in sorted(session.items, key=_turn) if _take(folder, item))
    item = next(mine, None)
    while item:
        following = next(mine, None)
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True


def _turn(item: pytest.Item) -> tuple[bool, bool]:
    """As pytest-django has it, those that empty the database come after those that leave it as it was. Of each, those
    that start processes come first: what is last should be short, so that all runs end together."""
    mark, fixtures = item.get_closest_marker("django_db"), getattr(item, "fixturenames", ())
    empties = "transactional_db" in fixtures or bool(mark and mark.kwargs.get("transaction"))
    return empties, "start_process" not in fixtures


def _take(folder: Path, item: pytest.Item) -> bool:
    """Whether nobody has taken it before."""
    try:
        (folder / sha256(item.nodeid.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
