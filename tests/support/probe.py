"""Django settings with probes: worker processes that count their steps, and can be held, failed and killed anywhere.

Started with ``DJANGO_SETTINGS_MODULE=tests.support.probe`` and PROBE_DIR, a folder shared with the test: what stands
in it is described in tests/support/probes/. With PROBE_TINY=1 the steps are tiny, with 8 there is one more.
"""

from sitebuilder.settings import *  # noqa: F403 - these are those settings, and one app more

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.probes"]  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["OPTIONS"]["timeout"] = 5  # noqa: F405 - tests that lock the file need not wait for long
