"""The project as an app: its commands."""

from django.apps import AppConfig


class SitebuilderConfig(AppConfig):
    """Holds the commands that concern the whole installation."""

    name = "sitebuilder"
