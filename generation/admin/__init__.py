"""The admin pages of generation: they show, and change nothing."""

from . import jobs, versions

__all__ = ["jobs", "versions"]
