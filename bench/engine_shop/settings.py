"""Settings of the bench: those of the product, and its app of steps that do nothing."""

from sitebuilder.settings import *  # noqa: F403 - these are those settings

INSTALLED_APPS = [*INSTALLED_APPS, "bench.engine_shop"]  # noqa: F405
