"""The stand-in's ASGI application: the same Django with other addresses."""

from django.conf import settings
from django.core.asgi import get_asgi_application

from sitebuilder.static_files import StaticFiles

settings.ROOT_URLCONF = "sitebuilder.standin.urls"
application = StaticFiles(get_asgi_application(), root=settings.STATIC_ROOT, prefix=settings.STATIC_URL)
