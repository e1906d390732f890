"""The project as apps: its commands, and the admin with our home page."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core.checks import CheckMessage, Tags, register


class SitebuilderConfig(AppConfig):
    """Holds the commands that concern the whole installation."""

    name = "sitebuilder"


class BackOfficeConfig(SimpleAdminConfig):
    """Django's admin, on our site. What it shows is registered with the addresses: most processes show nothing."""

    default_site = "sitebuilder.desk.BackOffice"

    def ready(self) -> None:
        register(check_dependencies, Tags.admin)
        register(check_back_office, Tags.admin)


def check_back_office(**about: Any) -> list[CheckMessage]:
    """Django's check of the admin, which looks at what is registered by then."""
    autodiscover()
    return check_admin_app(**about)
