"""Schedules: when each runs next, how its last run went, and what staff may do with it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timeuntil
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from generation import background, schedules
from generation.models import Schedule, ScheduleRun
from generation.schedules import Unfit, UnknownSchedule
from generation.ticks import upcoming, zone_named

from .deeds import Deeds, name_of
from .jobs import FAILURE
from .reading import ReadOnly, duration, outline, table, verbatim
from .schedule_deeds import DEEDS
from .schedule_forms import ScheduleForm

PREVIEWED = 5
TIMES = ("cron", "every_seconds", "once_at", "zone")
SHOWN_RUNS = 10


def _task_label(name: str) -> str:
    known = background.tasks().get(name)
    return str(known.label) if known else gettext("unknown: %(name)s") % {"name": name}


def _in_zone(moment: datetime, zone: str) -> str:
    """A moment as it is in the schedule's zone."""
    return date_format(moment.astimezone(zone_named(zone)), "DATETIME_FORMAT")


def outcome(run: ScheduleRun) -> str:
    """What a run did, counted, in the reader's language."""
    return " · ".join(f"{gettext(label)}: {count}" for label, count in run.outcome.items())


def preview_of(schedule: Schedule) -> SafeString:
    """The next runs in the schedule's zone, or why there are none."""
    try:
        rule = schedules.rule_of(schedule)
    except Unfit as unfit:
        return format_html("<p>{}</p>", str(unfit))
    ticks = [(_in_zone(tick, schedule.zone),) for tick in upcoming(rule, timezone.now(), PREVIEWED)]
    if not ticks:
        return format_html("<p>{}</p>", gettext("It never runs."))
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", ticks))


class TaskFilter(admin.AllValuesFieldListFilter):
    """Filters by task, and shows what it is called."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for choice in super().choices(changelist):
            known = background.tasks().get(str(choice["display"]))
            yield {**choice, "display": known.label if known else choice["display"]}


@admin.register(Schedule)
class ScheduleAdmin(Deeds[Schedule]):
    """Schedules, to be edited, run now, paused and resumed."""

    form = ScheduleForm
    change_form_template = "admin/generation/schedule.html"
    list_display = ("name", "what", "when", "next_run", "last_run", "state")
    list_filter = ("enabled", ("task", TaskFilter), "queue")
    search_fields = ("name", "task")
    deeds = DEEDS
    refusals = (Unfit, UnknownSchedule)
    readonly_fields = ("what", "preview", "history", "why")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("preview/", wrap(require_safe(self.preview_view)), name="generation_schedule_preview"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Schedule]:
        newest = ScheduleRun.objects.filter(schedule=OuterRef("pk")).order_by("-tick")
        return super().get_queryset(request).annotate(last=Subquery(newest.values("pk")[:1]))

    def get_fieldsets(self, request: HttpRequest, obj: Schedule | None = None) -> Any:
        arguments = [name for name, _field in self.form(**self._begun(request, obj)).arguments]
        return (
            (None, {"fields": ("name", "what", "task", "enabled", *(("why",) if obj and not obj.enabled else ()))}),
            *(((_("What it is given"), {"fields": arguments}),) if arguments else ()),
            (_("When it runs: give one of these three"), {"fields": (*TIMES, "preview")}),
            (_("How"), {"fields": ("queue", "misfire")}),
            *(((_("Last runs"), {"fields": ("history",)}),) if obj else ()),
        )

    def _begun(self, request: HttpRequest, obj: Schedule | None) -> dict[str, Any]:
        return {"instance": obj} if obj else {"initial": {"task": self._task_chosen(request)}}

    def _task_chosen(self, request: HttpRequest) -> str:
        return request.POST.get("task") or request.GET.get("task") or ""

    def get_form(self, request: HttpRequest, obj: Schedule | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form; its fields come with the task, so that the admin need not know them beforehand."""
        kwargs["fields"] = ScheduleForm.Meta.fields
        return super().get_form(request, obj, change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"task": self._task_chosen(request), "zone": timezone.get_default_timezone_name()}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """First the task is chosen, then the rest, since the arguments hang on it."""
        if self.has_add_permission(request) and self._task_chosen(request) not in background.tasks():
            tasks = sorted(background.tasks().values(), key=lambda task: str(task.label))
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": gettext("What shall run?"),
                "tasks": tasks,
            }
            return TemplateResponse(request, "admin/generation/schedule_task.html", context)
        return super().add_view(request, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        schedule = self.get_object(request, object_id)
        offered = self.offered(request, schedule) if schedule else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **offered})

    def save_model(self, request: HttpRequest, obj: Schedule, form: Any, change: bool) -> None:
        if not change or not obj.next_run_at or {*TIMES, "enabled"} & set(form.changed_data):
            schedules.plan(obj, timezone.now())  # otherwise a run that is due already would be lost
        if not obj.enabled and (not change or "enabled" in form.changed_data):
            obj.disabled_why = (gettext("Paused by %(name)s.") % {"name": name_of(request.user)})[:300]
        super().save_model(request, obj, form, change)

    # columns

    @admin.display(description=_("task"), ordering="task")
    def what(self, schedule: Schedule) -> str:
        return _task_label(schedule.task) if schedule.task else ""

    @admin.display(description=_("when"))
    def when(self, schedule: Schedule) -> str:
        if schedule.cron:
            return f"{schedule.cron} ({schedule.zone})".replace(" ", "\N{NO-BREAK SPACE}")
        if (seconds := schedule.every_seconds) is not None:
            return ngettext("every %(count)s second", "every %(count)s seconds", seconds) % {"count": seconds}
        return gettext("once")

    @admin.display(description=_("next run"), ordering="next_run_at")
    def next_run(self, schedule: Schedule) -> str:
        if not schedule.next_run_at:
            return ""
        about = {"in": timeuntil(schedule.next_run_at), "when": _in_zone(schedule.next_run_at, schedule.zone)}
        return gettext("in %(in)s: %(when)s (%(zone)s)") % {**about, "zone": schedule.zone}

    @admin.display(description=_("last run"))
    def last_run(self, schedule: Schedule) -> str:
        run = ScheduleRun.objects.filter(pk=schedule.last).first()  # type: ignore[attr-defined]  # annotated above
        return _linked(run) if run else ""

    @admin.display(description=_("enabled"), ordering="enabled")
    def state(self, schedule: Schedule) -> str:
        return gettext("enabled") if schedule.enabled else schedule.disabled_why or gettext("not enabled")

    @admin.display(description=_("why it is not enabled"))
    def why(self, schedule: Schedule) -> str:
        return schedule.disabled_why

    @admin.display(description=_("next runs"))
    def preview(self, schedule: Schedule) -> SafeString:
        shown = preview_of(schedule) if schedule.pk else ""
        return format_html(
            '<div hx-get="{}" hx-trigger="load, input from:#schedule_form delay:300ms" hx-include="#schedule_form"'
            ' hx-params="{}" aria-live="polite">{}</div>',
            reverse("admin:generation_schedule_preview"),
            ",".join(TIMES),
            shown,
        )

    @admin.display(description=_("last runs"))
    def history(self, schedule: Schedule) -> SafeString:
        runs = schedule.runs.all()[:SHOWN_RUNS]
        rows = [(_linked(run), run.asked_by, run.error_message or outcome(run)) for run in runs]
        shown = table((_("run"), _("asked for by"), _("outcome")), rows)
        every = f"{reverse('admin:generation_schedulerun_changelist')}?schedule__id__exact={schedule.pk}"
        return format_html('{}<p><a href="{}">{}</a></p>', shown, every, gettext("All runs")) if shown else shown

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """The next runs of what stands in the form; nothing is kept."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form = ScheduleForm(request.GET)
        form.is_valid()
        if wrong := [error for name in TIMES for error in form.errors.get(name, ())]:
            return HttpResponse(format_html_join("", "<p>{}</p>", zip(wrong)))
        schedule = Schedule(**{name: form.cleaned_data.get(name) for name in TIMES})
        return HttpResponse(preview_of(schedule))


def _linked(run: ScheduleRun) -> SafeString:
    """A run with when and how it went, as a link to its page."""
    address = reverse("admin:generation_schedulerun_change", args=[run.pk])
    words = f"{_in_zone(run.tick, run.schedule.zone)}: {run.get_status_display()}"
    return format_html('<a href="{}">{}</a>', address, words)


@admin.register(ScheduleRun)
class ScheduleRunAdmin(ReadOnly, admin.ModelAdmin[ScheduleRun]):
    """Runs of schedules, with their attempts."""

    list_display = ("tick", "schedule", "status", "asked_by", "what_it_did", "error", "took")
    list_filter = ("status", "schedule", ("task", TaskFilter))
    list_select_related = ("schedule",)
    search_fields = ("schedule__name", "error_code", "asked_by", "=id")
    date_hierarchy = "tick"
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("schedule", ("tick", "asked_by"), ("status", "what_it_did"))}),
        (FAILURE, {"fields": ("error", "remedy", "traceback")}),
        (_("Task"), {"fields": ("what", "given")}),
        (_("Times"), {"fields": (("created_at", "started_at", "finished_at"), ("took", "next_attempt_at"))}),
        (_("Attempts"), {"fields": (("attempt", "spent", "max_attempts"), "attempts")}),
        (_("Queue"), {"fields": (("queue", "dispatch", "message_seen_at"), ("lease", "lease_until"))}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: ScheduleRun | None = None) -> Any:
        every = super().get_fieldsets(request, obj)
        return every if obj and obj.error_code else [fieldset for fieldset in every if fieldset[0] != FAILURE]

    @admin.display(description=_("outcome"))
    def what_it_did(self, run: ScheduleRun) -> str:
        return outcome(run)

    @admin.display(description=_("error"), ordering="error_code")
    def error(self, run: ScheduleRun) -> str:
        return run.error_message

    @admin.display(description=_("what to do"))
    def remedy(self, run: ScheduleRun) -> str:
        return run.error_remedy

    @admin.display(description=_("traceback"))
    def traceback(self, run: ScheduleRun) -> SafeString:
        return verbatim(run.error_traceback)

    @admin.display(description=_("task"))
    def what(self, run: ScheduleRun) -> str:
        return _task_label(run.task)

    @admin.display(description=_("arguments"))
    def given(self, run: ScheduleRun) -> SafeString:
        return outline(run.arguments)

    @admin.display(description=_("duration"))
    def took(self, run: ScheduleRun) -> str:
        return duration(run.started_at, run.finished_at)

    @admin.display(description=_("attempts"))
    def attempts(self, run: ScheduleRun) -> SafeString:
        rows = [
            (
                each.number,
                each.worker,
                each.get_outcome_display(),
                each.error_code,
                duration(each.started_at, each.ended_at),
            )
            for each in run.attempt_rows
        ]
        return table((_("number"), _("worker"), _("outcome"), _("error"), _("duration")), rows)
