"""Test runs side by side that share their tests: each takes the next group of them that no other has taken.

``pytest -p tests.support.sharing --share FOLDER``, in as many processes as there is room for; FOLDER is empty at first,
and of these runs alone.
"""

from collections import defaultdict
from hashlib import sha256
from pathlib import Path

import pytest

FORKING = "tests/faults/"
"""Where tests fork themselves, which is quick in a run that has loaded no others: one that is given these alone."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--share", type=Path, help="the folder in which runs that share their tests say what they take")


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    folder: Path | None = session.config.getoption("share")
    if not folder or session.testsfailed or session.config.option.collectonly:
        return None  # as pytest does by itself
    mine = (item for group in _groups(session.items) if _take(folder, group[0]) for item in group[1])
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


def _groups(items: list[pytest.Item]) -> list[tuple[str, list[pytest.Item]]]:
    """What one run takes at once, by its name: a test that starts processes, or all others of a file, so that what they
    have in common is made once.

    As pytest-django has it, those that empty the database come after those that leave it as it was. Of each, those that
    start processes come first, then the big groups: what is last should be short, so that all runs end together. Those
    of ``FORKING`` are left for last, and of them what starts processes: another run has begun with what forks.
    """
    groups = defaultdict[tuple[bool, bool, bool, str], list[pytest.Item]](list)
    for item in items:
        mark, fixtures = item.get_closest_marker("django_db"), getattr(item, "fixturenames", ())
        empties = "transactional_db" in fixtures or bool(mark and mark.kwargs.get("transaction"))
        is_quiet, forks = "start_process" not in fixtures, item.nodeid.startswith(FORKING)
        name = str(item.path) if is_quiet else item.nodeid
        groups[empties, forks, is_quiet != forks, name].append(item)
    in_turn = sorted(groups.items(), key=lambda group: (*group[0][:3], -len(group[1]), group[0][3]))
    return [(repr(key), group) for key, group in in_turn]


def _take(folder: Path, group: str) -> bool:
    """Whether nobody has taken it before."""
    try:
        (folder / sha256(group.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
