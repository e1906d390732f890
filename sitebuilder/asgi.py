"""The ASGI application: static files, then listeners to orders, then Django."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sitebuilder.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - after Django is set up

from orders.api.streams import Streams  # noqa: E402
from sitebuilder.handler import Handler  # noqa: E402
from sitebuilder.static_files import StaticFiles  # noqa: E402

application = StaticFiles(
    Streams(Handler(settings.REQUESTS_AT_ONCE)), root=settings.STATIC_ROOT, prefix=settings.STATIC_URL
)
