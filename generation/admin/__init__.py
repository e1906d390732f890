"""The admin pages of generation: they show, and change nothing but schedules."""

from . import jobs, schedules, versions

__all__ = ["jobs", "schedules", "versions"]
