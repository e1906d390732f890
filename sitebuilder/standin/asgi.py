"""The stand-in's ASGI application: the same Django with other addresses."""

from django.conf import settings
from django.core.asgi import get_asgi_application

from sitebuilder.environment import BASE_DIR
from sitebuilder.static_files import StaticFiles

settings.ROOT_URLCONF = "sitebuilder.standin.urls"
# its own files, as they are: the web may still be collecting those of all
application = StaticFiles(get_asgi_application(), root=BASE_DIR / "sitebuilder" / "static", prefix=settings.STATIC_URL)
