"""The schedules that orders ship: ordinary rows from then on, to be edited or deleted. Safe before a deploy."""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

SHIPPED = (
    (_("Reset empty generations"), "reset_empty_generations", "*/30 * * * *"),
    (_("Start the sites of stuck orders"), "auto_start_stuck_orders", "*/10 * * * *"),
    (_("Remind of open onboardings and reviews"), "remind", "0 9 * * *"),
)


def add(apps: Any, schema_editor: Any) -> None:
    schedules = apps.get_model("generation", "Schedule").objects
    for name, task, cron in SHIPPED:
        with override(settings.LANGUAGE_CODE):
            name = gettext(name)
        schedules.get_or_create(name=name, defaults={"task": task, "cron": cron, "zone": settings.TIME_ZONE})


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_api_keys_audit_and_kept_answers"), ("generation", "0004_shipped_schedules")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
