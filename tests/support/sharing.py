"""Test runs side by side that share their tests: each takes the next one that no other has taken.

``pytest -p tests.support.sharing --share FOLDER``, in as many processes as there is room for; FOLDER is empty at first,
and of these runs alone.
"""

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--share", type=Path, help="the folder in which runs that share their tests say what they take")


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    folder: Path | None = session.config.getoption("share")
    if not folder or session.testsfailed or session.config.option.collectonly:
        return None  # as pytest does by itself
    # Those that start processes take longest: what comes last should be short, so that all end together.
    items = sorted(session.items, key=lambda item: "start_process" not in getattr(item, "fixturenames", ()))
    mine = (item for number, item in enumerate(items) if _take(folder / str(number)))
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


def _take(place: Path) -> bool:
    """Whether nobody was there before."""
    try:
        place.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
