"""The ASGI application: static files, then Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sitebuilder.settings")
django = get_asgi_application()

from django.conf import settings  # noqa: E402 - after Django is set up

from sitebuilder.static_files import StaticFiles  # noqa: E402

application = StaticFiles(django, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL)
