"""The admin pages of generation: they show rows, and what is done to them is done by services."""

from . import jobs, queues, schedules, versions

__all__ = ["jobs", "queues", "schedules", "versions"]
