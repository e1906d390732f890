"""Jobs, with everything that happened to them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, QuerySet
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from generation import errors, services
from generation.models import Artifact, GenerationJob, GenerationLog, JobAttempt, JobEvent, JobStatus, StepRun

from .deeds import Deeds
from .job_deeds import JOB_DEEDS
from .reading import ReadOnly, Rows, as_json, duration, outline, verbatim

FAILURE = _("What went wrong")


def step_label(name: str) -> str:
    """What the step does, in words."""
    # imported here: it brings the libraries that render, and few processes need them
    from generation.pipeline.steps import LABELS

    return gettext(LABELS[name]) if name in LABELS else name


class ReasonFilter(admin.AllValuesFieldListFilter):
    """Filters by error code, and shows its words."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": errors.message(str(choice["display"])) or gettext("No error")}


class Ran:
    """Columns of attempts and steps."""

    @admin.display(description=_("error"))
    def error(self, run: JobAttempt | StepRun) -> str:
        return errors.message(run.error_code, run.error_detail)

    @admin.display(description=_("duration"))
    def took(self, run: JobAttempt | StepRun) -> str:
        return duration(run.started_at, run.ended_at)


class Attempts(Ran, Rows[JobAttempt, GenerationJob]):
    model = JobAttempt
    fields = ("number", "worker", "outcome", "error", "started_at", "took")


class Steps(Ran, Rows[StepRun, GenerationJob]):
    model = StepRun
    fields = ("name", "status", "attempt", "error", "started_at", "took")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StepRun]:
        return super().get_queryset(request).defer("output")

    @admin.display(description=_("step"))
    def name(self, run: StepRun) -> SafeString:
        label = step_label(run.step)
        address = reverse("admin:generation_steprun_change", args=[run.pk])
        return format_html('<a href="{}">{}</a>', address, f"{label}: {run.part}" if run.part else label)


class Events(Rows[JobEvent, GenerationJob]):
    model = JobEvent
    fields = ("at", "moved_from", "moved_to", "by", "why")

    @admin.display(description=_("reason"))
    def why(self, event: JobEvent) -> str:
        return errors.message(event.reason)


class Lines(Rows[GenerationLog, GenerationJob]):
    model = GenerationLog
    fields = ("at", "attempt", "step_name", "level", "text")

    @admin.display(description=_("step"))
    def step_name(self, line: GenerationLog) -> str:
        return step_label(line.step)

    @admin.display(description=_("message"))
    def text(self, line: GenerationLog) -> str:
        return line.text


class Artifacts(Rows[Artifact, GenerationJob]):
    model = Artifact
    fields = ("kind", "name", "size", "sha256")


@admin.register(GenerationJob)
class JobAdmin(ReadOnly, Deeds[GenerationJob]):
    """Every job, and on its page all that is known of it, with what can be done."""

    deeds = JOB_DEEDS
    refusals = (services.RequestRefused,)
    change_form_template = "admin/generation/job.html"
    list_display = (
        "created_at",
        "business",
        "kind",
        "status",
        "step",
        "error",
        "took",
        "queue",
        "trigger",
        "requested_by",
    )
    list_filter = ("status", "kind", "trigger", "queue", "theme", "locale", ("error_code", ReasonFilter))
    search_fields = ("id", "subject", "brief__business_name", "error_code", "requested_by")
    search_help_text = _("Business, job, subject (the order's id), error code, or who asked for it.")
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    inlines = (Steps, Attempts, Events, Lines, Artifacts)
    fieldsets = (
        (None, {"fields": ("business", "subject", ("status", "step"), "result")}),
        (FAILURE, {"fields": ("error", "remedy", "traceback")}),
        (_("Request"), {"fields": (("kind", "trigger", "requested_by"), "note", "based_on")}),
        (_("Look"), {"fields": (("theme", "variation", "locale"),)}),
        (_("Times"), {"fields": (("created_at", "started_at", "finished_at"), ("took", "next_attempt_at"))}),
        (_("Queue"), {"fields": (("queue", "dispatch", "message_seen_at"), ("lease", "lease_until"))}),
        (_("Attempts"), {"fields": (("attempt", "spent", "max_attempts"), ("tokens", "cost"))}),
        (_("Brief"), {"classes": ("collapse",), "fields": ("brief_digest", "facts")}),
    )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        job = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if job and self.has_view_permission(request, job):
            stands = None if job.status == JobStatus.SUCCEEDED else services.explain(job)
            shown = {"explanation": stands, **self.offered(request, job)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def row_name(self, row: GenerationJob) -> str:
        return f"{self.business(row)} ({str(row.pk)[:8]})"

    def get_fieldsets(self, request: HttpRequest, obj: GenerationJob | None = None) -> Any:
        every = super().get_fieldsets(request, obj)
        return every if obj and obj.error_code else [fieldset for fieldset in every if fieldset[0] != FAILURE]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GenerationJob]:
        jobs = super().get_queryset(request).select_related("based_on", "version")
        sites = (f"{version}__{column}" for version in ("based_on", "version") for column in ("manifest", "report"))
        return jobs.annotate(business=KT("brief__business_name")).defer("brief", "error_traceback", *sites)

    @admin.display(description=_("business"), ordering="business")
    def business(self, job: GenerationJob) -> str:
        return str(job.business)  # type: ignore[attr-defined]  # annotated above

    @admin.display(description=_("step"))
    def step(self, job: GenerationJob) -> str:
        return " ".join(
            filter(None, (job.current_step and step_label(job.current_step), f"{job.progress}\N{NO-BREAK SPACE}%"))
        )

    @admin.display(description=_("error"), ordering="error_code")
    def error(self, job: GenerationJob) -> str:
        return job.error_message

    @admin.display(description=_("what to do"))
    def remedy(self, job: GenerationJob) -> str:
        return job.error_remedy

    @admin.display(description=_("result"))
    def result(self, job: GenerationJob) -> str:
        if not hasattr(job, "version"):
            return ""
        address = reverse("admin:generation_siteversion_change", args=[job.version.pk])
        return format_html('<a href="{}">{}</a>', address, job.version)

    @admin.display(description=_("duration"), ordering=F("finished_at") - F("started_at"))
    def took(self, job: GenerationJob) -> str:
        return duration(job.started_at, job.finished_at)

    @admin.display(description=_("facts"))
    def facts(self, job: GenerationJob) -> SafeString:
        return outline(job.brief)

    @admin.display(description=_("traceback"))
    def traceback(self, job: GenerationJob) -> SafeString:
        return verbatim(job.error_traceback)


@admin.register(StepRun)
class StepAdmin(Ran, ReadOnly, admin.ModelAdmin[StepRun]):
    """One step with what it gave; reached from its job."""

    fields = (
        "job", "step_name", "part", "status", "attempt", "started_at", "ended_at", "took", "error", "input_hash",
        "gave",
    )  # fmt: skip
    readonly_fields = ("step_name", "took", "error", "gave")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("step"))
    def step_name(self, run: StepRun) -> str:
        return step_label(run.step)

    @admin.display(description=_("output"))
    def gave(self, run: StepRun) -> SafeString:
        return as_json(run.output)
