"""Settings of the bench: those of the product, and its app of steps that do nothing."""

import sys

sys.modules["rich"] = None  # type: ignore[assignment]  # the checks' own, which structlog would load: no shop has it

from sitebuilder.settings import *  # noqa: E402, F403 - these are those settings

INSTALLED_APPS = [*INSTALLED_APPS, "bench.engine_shop"]  # noqa: F405
