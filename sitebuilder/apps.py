"""The project as apps: its commands, and the admin with our home page."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class SitebuilderConfig(AppConfig):
    """Holds the commands that concern the whole installation."""

    name = "sitebuilder"


class BackOfficeConfig(AdminConfig):
    """Django's admin, on our site."""

    default_site = "sitebuilder.desk.BackOffice"
