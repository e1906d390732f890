"""Indexes for every order and filter of the API's lists. Safe before a deploy; orders cannot be written meanwhile."""

from django.db import migrations, models


def newest(name: str = "") -> migrations.AddIndex:
    columns, suffix = [name, "-pending_payment_at", "-number"], f"_{name}" if name else ""
    index = models.Index(fields=[each for each in columns if each], name=f"orders_order_newest{suffix}")
    return migrations.AddIndex("siteorder", index)


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_schedule_of_erasure")]
    operations = [
        migrations.RemoveIndex("siteorder", "orders_order_newest"),
        *map(newest, ("", "status", "theme", "locale")),
        migrations.AddIndex("siteorder", models.Index(fields=["due_at", "number"], name="orders_order_next_due")),
    ]
