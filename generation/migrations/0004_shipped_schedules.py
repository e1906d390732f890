"""The schedule that generation ships: an ordinary row from then on, to be edited or deleted. Safe before a deploy."""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils.translation import gettext, override


def add(apps: Any, schema_editor: Any) -> None:
    with override(settings.LANGUAGE_CODE):
        name = gettext("Purge old logs, superseded versions and files")
    apps.get_model("generation", "Schedule").objects.get_or_create(
        name=name, defaults={"task": "purge", "cron": "30 3 * * *", "zone": settings.TIME_ZONE}
    )


class Migration(migrations.Migration):
    dependencies = [("generation", "0003_schedules")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
