"""The API is tested as programs meet it: through HTTP, with keys; the engine runs its pipeline of tiny steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from generation import dispatch
from orders.models import Scope
from orders.throttles import counter
from tests.generation.conftest import pipeline

from .support import Api

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pipeline"]


@pytest.fixture(autouse=True)
def _own_counts() -> Iterator[None]:
    """Nobody has asked anything yet, and the broker is tried anew."""
    counter.cache_clear()
    yield
    counter.cache_clear()
    dispatch._broker.cache_clear()


@pytest.fixture
def api(db: None) -> Api:
    """A program that may do everything."""
    return Api.with_key(Scope.ADMIN)


@pytest.fixture
def anybody() -> Api:
    """A program without a key."""
    return Api(Client(), {})
