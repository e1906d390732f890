"""The admin pages of generation: they show rows, and what is done to them is done by services."""

from . import jobs, queues, versions

__all__ = ["jobs", "queues", "versions"]
