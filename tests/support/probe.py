"""Django settings with probes: worker processes that count their steps, and can be held before or inside one.

Started with ``DJANGO_SETTINGS_MODULE=tests.support.probe`` and PROBE_DIR, a folder shared with the test: each
step appends its name to ``calls``; while a file ``hold-<step>`` is there, the step waits after it has been
counted; ``fail-<step>`` makes it raise what the file says.
"""

from sitebuilder.settings import *  # noqa: F403 - these are those settings, and one app more

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.probes"]  # noqa: F405
