"""The ASGI application: static files, then listeners to orders, then Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sitebuilder.settings")
django = get_asgi_application()

from django.conf import settings  # noqa: E402 - after Django is set up

from orders.api.streams import Streams  # noqa: E402
from sitebuilder.static_files import StaticFiles  # noqa: E402

application = StaticFiles(Streams(django), root=settings.STATIC_ROOT, prefix=settings.STATIC_URL)
