"""The API is tested as programs meet it: through HTTP, with keys; the engine runs its pipeline of tiny steps."""

from __future__ import annotations

import pytest
from django.test import Client

from orders.models import Scope
from tests.generation.conftest import pipeline

from .support import Api

__all__ = ["pipeline"]


@pytest.fixture
def api(db: None) -> Api:
    """A program that may do everything."""
    return Api.with_key(Scope.ADMIN)


@pytest.fixture
def anybody() -> Api:
    """A program without a key."""
    return Api(Client(), {})
