"""The app of what was sold."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from generation import background

        from . import builds, checks, mailing, models, receivers, tasks  # they need the models
        from .payments import events
        from .webhooks import delivering

        register(checks.check_closed_jobs_are_received, background.CHECKS)
        receivers.connect()
        background.register_reconciler(builds.mend_orders)
        background.register_reconciler(events.mend_events)
        background.register(models.Mail, do=mailing.send, policy=mailing.POLICY)
        background.register(models.WebhookDelivery, do=delivering.deliver, policy=delivering.POLICY)
        tasks.register()
