"""Small, valid rows and contracts for the engine's tests."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from generation import services
from generation.contracts import Brief
from generation.models import GenerationJob, JobKind, Trigger


def make_brief(**changes: Any) -> Brief:
    """The facts of a small plumbing shop."""
    facts: dict[str, Any] = {
        "business_name": "Burnet Road Plumbing",
        "niche": "plumber",
        "locale": "en",
        "address": {"city": "Austin", "state": "TX", "country": "US"},
        "phone": "(512) 555-0134",
        "services": [{"name": "Leak repair", "description": "We find the leak before we open a wall."}],
    }
    return Brief.model_validate({**facts, **changes})


def request(subject: UUID | None = None, *, brief: Brief | None = None, variation: int = 0) -> GenerationJob:
    """Ask for a generation as a command does; returns the job that answers."""
    return services.request_generation(
        subject=subject or uuid4(),
        brief=brief or make_brief(),
        kind=JobKind.BUILD,
        trigger=Trigger.COMMAND,
        requested_by="test",
        theme="prisma",
        variation=variation,
    ).job
