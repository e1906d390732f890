"""Jobs, their attempts, steps and logs, and the versions that come out. Safe before the deploy: it only adds tables."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="GenerationJob",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.UUIDField(db_index=True, verbose_name="subject")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("build", "Build"),
                            ("reset", "Reset"),
                            ("revision", "Revision"),
                            ("render", "Render"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("first_step", models.CharField(blank=True, max_length=32, verbose_name="first step")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("variation", models.PositiveIntegerField(default=0, verbose_name="variation")),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("api", "API"),
                            ("onboarding", "Onboarding"),
                            ("payment", "Payment"),
                            ("admin", "Admin"),
                            ("command", "Command"),
                            ("schedule", "Schedule"),
                            ("reconcile", "Reconciliation"),
                        ],
                        max_length=16,
                        verbose_name="trigger",
                    ),
                ),
                ("requested_by", models.CharField(max_length=160, verbose_name="requested by")),
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
                ("brief", models.JSONField(verbose_name="brief")),
                ("brief_digest", models.CharField(max_length=64, verbose_name="brief digest")),
                ("theme", models.CharField(max_length=40, verbose_name="theme")),
                ("locale", models.CharField(max_length=8, verbose_name="locale")),
                ("attempt", models.PositiveIntegerField(default=0, verbose_name="attempt")),
                ("spent", models.PositiveIntegerField(default=0, verbose_name="attempts spent")),
                ("max_attempts", models.PositiveIntegerField(verbose_name="attempts allowed")),
                ("dispatch", models.PositiveIntegerField(default=0, verbose_name="messages sent")),
                ("message_seen_at", models.DateTimeField(blank=True, null=True, verbose_name="message last seen")),
                ("lease", models.CharField(blank=True, max_length=64, verbose_name="lease")),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="lease until")),
                ("current_step", models.CharField(blank=True, max_length=32, verbose_name="current step")),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="progress in per cent")),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True, verbose_name="next attempt")),
                ("error_code", models.CharField(blank=True, max_length=64, verbose_name="error")),
                ("error_detail", models.TextField(blank=True, verbose_name="error detail")),
                ("error_traceback", models.TextField(blank=True, verbose_name="traceback")),
                ("tokens", models.PositiveIntegerField(default=0, verbose_name="tokens")),
                (
                    "cost",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=12, null=True, verbose_name="cost"),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="created"),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
            ],
            options={
                "verbose_name": "generation job",
                "verbose_name_plural": "generation jobs",
                "ordering": ["-created_at"],
                "permissions": [("change_queues", "Can empty queues and stop, delete or requeue their messages")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["queued", "running", "retrying"])),
                        fields=("subject",),
                        name="generation_one_active_job_a_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["queued", "running", "retrying", "succeeded", "failed", "cancelled"])
                        ),
                        name="generation_job_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("spent__lte", models.F("attempt"))),
                        name="generation_job_spent_within_attempts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="generation_running_job_has_lease",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["status", "message_seen_at"], name="generation_job_due"),
                    models.Index(fields=["status", "lease_until"], name="generation_job_lease"),
                    models.Index(fields=["-created_at"], name="generation_job_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when")),
                (
                    "moved_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("retrying", "Waiting to try again"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=16,
                        verbose_name="from",
                    ),
                ),
                (
                    "moved_to",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("retrying", "Waiting to try again"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=16,
                        verbose_name="to",
                    ),
                ),
                ("by", models.CharField(max_length=160, verbose_name="by")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="generation.generationjob",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SiteVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField(db_index=True, verbose_name="subject")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("manifest", models.JSONField(verbose_name="manifest")),
                ("report", models.JSONField(verbose_name="report")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="created"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version",
                        to="generation.generationjob",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "verbose_name": "site version",
                "verbose_name_plural": "site versions",
                "ordering": ["-created_at", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "number"), name="generation_version_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("subject",),
                        name="generation_one_published_version_a_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "approved", "published", "superseded"])),
                        name="generation_version_state_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="generationjob",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="followed_by",
                to="generation.siteversion",
                verbose_name="based on",
            ),
        ),
        migrations.CreateModel(
            name="StepRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=32, verbose_name="step")),
                ("part", models.CharField(blank=True, max_length=64, verbose_name="part")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "status",
                    models.CharField(
                        choices=[("running", "Running"), ("succeeded", "Succeeded"), ("failed", "Failed")],
                        default="running",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("attempt", models.PositiveIntegerField(verbose_name="attempt")),
                ("input_hash", models.CharField(max_length=64, verbose_name="input hash")),
                ("output", models.JSONField(blank=True, null=True, verbose_name="output")),
                ("error_code", models.CharField(blank=True, max_length=64, verbose_name="error")),
                ("error_detail", models.TextField(blank=True, verbose_name="error detail")),
                (
                    "started_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="started"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="generation.generationjob",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["job", "position", "part"],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "step", "part"), name="generation_step_once_a_job"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "succeeded"), _negated=True), ("output__isnull", False), _connector="OR"
                        ),
                        name="generation_finished_step_has_output",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Artifact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("site_file", "File of the site"),
                            ("zip", "Zip"),
                            ("report", "Report"),
                            ("spec", "Specification"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("path", models.CharField(max_length=200, verbose_name="path")),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="artifacts",
                        to="generation.generationjob",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "verbose_name": "artifact",
                "verbose_name_plural": "artifacts",
                "ordering": ["job", "kind", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "kind", "name"), name="generation_artifact_once_a_job")
                ],
            },
        ),
        migrations.CreateModel(
            name="GenerationLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when")),
                ("attempt", models.PositiveIntegerField(verbose_name="attempt")),
                ("step", models.CharField(blank=True, max_length=32, verbose_name="step")),
                (
                    "level",
                    models.CharField(
                        choices=[("info", "Info"), ("warning", "Warning"), ("error", "Error")],
                        default="info",
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                ("message", models.TextField(verbose_name="message")),
                ("values", models.JSONField(default=dict, verbose_name="values")),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="logs",
                        to="generation.generationjob",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "verbose_name": "log line",
                "verbose_name_plural": "log lines",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["job", "id"], name="generation_log_of_job")],
            },
        ),
        migrations.CreateModel(
            name="JobAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("worker", models.CharField(max_length=160, verbose_name="worker")),
                ("lease", models.CharField(max_length=64, verbose_name="lease")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("interrupted", "Interrupted"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="running",
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("error_code", models.CharField(blank=True, max_length=64, verbose_name="error")),
                ("error_detail", models.TextField(blank=True, verbose_name="error detail")),
                (
                    "started_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="started"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="generation.generationjob",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt",
                "verbose_name_plural": "attempts",
                "ordering": ["job", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "number"), name="generation_attempt_number_once")
                ],
            },
        ),
    ]
