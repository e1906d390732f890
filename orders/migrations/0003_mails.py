"""Mails. Safe before the deploy: it only adds a table."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_regeneration_permissions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "queue",
                    models.CharField(
                        choices=[
                            ("high", "High"),
                            ("default", "Default"),
                            ("low", "Low"),
                            ("maintenance", "Maintenance"),
                        ],
                        default="default",
                        max_length=16,
                        verbose_name="queue",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("retrying", "Waiting to try again"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("attempt", models.PositiveIntegerField(default=0, verbose_name="attempt")),
                ("spent", models.PositiveIntegerField(default=0, verbose_name="attempts spent")),
                ("max_attempts", models.PositiveIntegerField(verbose_name="attempts allowed")),
                ("dispatch", models.PositiveIntegerField(default=0, verbose_name="messages sent")),
                ("message_seen_at", models.DateTimeField(blank=True, null=True, verbose_name="message last seen")),
                ("lease", models.CharField(blank=True, max_length=64, verbose_name="lease")),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="lease until")),
                ("deadline", models.DateTimeField(blank=True, null=True, verbose_name="deadline")),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True, verbose_name="next attempt")),
                ("error_code", models.CharField(blank=True, max_length=64, verbose_name="error")),
                ("error_detail", models.TextField(blank=True, verbose_name="error detail")),
                ("error_traceback", models.TextField(blank=True, verbose_name="traceback")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="created"),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("paid", "Payment received"),
                            ("onboarding", "Onboarding open"),
                            ("onboarding_reminder", "Reminder of the onboarding"),
                            ("review", "Site in review"),
                            ("review_reminder", "Reminder of the review"),
                            ("revision", "Revision asked for"),
                            ("delivered", "Site delivered"),
                            ("failed", "Site failed"),
                        ],
                        max_length=32,
                        verbose_name="about",
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[("customer", "Customer"), ("staff", "Staff")], max_length=16, verbose_name="who"
                    ),
                ),
                ("occurrence", models.CharField(max_length=64, verbose_name="occurrence")),
                ("requested_by", models.CharField(blank=True, max_length=160, verbose_name="by")),
                ("to", models.CharField(max_length=254, verbose_name="to")),
                ("reply_to", models.CharField(blank=True, max_length=254, verbose_name="answers to")),
                (
                    "locale",
                    models.CharField(
                        choices=[("en", "English"), ("pt-BR", "Brazilian Portuguese"), ("es", "Spanish")],
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(max_length=250, verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("html", models.TextField(verbose_name="HTML")),
                (
                    "again_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="again",
                        to="orders.mail",
                        verbose_name="repeats",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="orders.siteorder",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["-created_at"],
                "permissions": [("send_mail_again", "Can have a mail sent again")],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["status", "message_seen_at"], name="orders_mail_due"),
                    models.Index(fields=["status", "lease_until"], name="orders_mail_lease"),
                    models.Index(fields=["-created_at"], name="orders_mail_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["queued", "running", "retrying", "succeeded", "failed", "cancelled"])
                        ),
                        name="orders_mail_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("queue__in", ["high", "default", "low", "maintenance"])),
                        name="orders_mail_queue_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("spent__lte", models.F("attempt"))),
                        name="orders_mail_spent_within_attempts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="orders_mail_running_has_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "event__in",
                                [
                                    "paid",
                                    "onboarding",
                                    "onboarding_reminder",
                                    "review",
                                    "review_reminder",
                                    "revision",
                                    "delivered",
                                    "failed",
                                ],
                            )
                        ),
                        name="orders_mail_event_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recipient__in", ["customer", "staff"])), name="orders_mail_recipient_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locale__in", ["en", "pt-BR", "es"])), name="orders_mail_locale_known"
                    ),
                    models.UniqueConstraint(
                        fields=("order", "event", "recipient", "occurrence"), name="orders_mail_once_an_occurrence"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("order__isnull", True)),
                        fields=("event", "recipient", "occurrence"),
                        name="orders_mail_of_no_order_once",
                    ),
                ],
            },
        ),
    ]
