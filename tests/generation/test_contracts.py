"""The contracts keep their bytes, whatever has kept them meanwhile."""

from __future__ import annotations

from generation.contracts import Brief, FileRef, Package, SiteFiles
from generation.contracts.fields import Frozen, learn_contracts

ONE, TWO = FileRef(sha256="a" * 64, size=1), FileRef(sha256="b" * 64, size=2)


def test_files_are_in_the_order_of_their_paths_however_a_database_returns_them() -> None:
    by_length = {"z.txt": ONE, "about.html": TWO}  # as PostgreSQL's jsonb orders keys

    assert list(SiteFiles(files=by_length).files) == ["about.html", "z.txt"]
    assert list(Package(zip=ONE, report=ONE, spec=ONE, manifest=by_length).manifest) == ["about.html", "z.txt"]


def test_what_a_worker_learns_before_it_forks_need_not_be_worked_out_by_its_children() -> None:
    class Small(Frozen):
        name: str

    assert not Small.__pydantic_complete__
    learn_contracts()
    assert Small.__pydantic_complete__
    assert Brief.__pydantic_complete__
