"""The schedule that erases what has been kept long enough: it does nothing until PERSONAL_DATA_DAYS is set. Safe before
a deploy."""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

NAME = _("Erase personal data that have been kept long enough")


def add(apps: Any, schema_editor: Any) -> None:
    with override(settings.LANGUAGE_CODE):
        name = gettext(NAME)
    defaults = {"task": "erase_old_customers", "cron": "30 3 * * *", "zone": settings.TIME_ZONE}
    apps.get_model("generation", "Schedule").objects.get_or_create(name=name, defaults=defaults)


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_payments_webhooks_and_erasure"), ("generation", "0004_shipped_schedules")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
