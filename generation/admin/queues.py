"""Queues: what each has to do, its pause and its limits. And the attempts at work other than generation."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from generation import errors, services
from generation.load import loads
from generation.models import BackgroundAttempt, Queue, QueueControl
from generation.transactions import retrying

from .deeds import name_of, record
from .reading import ReadOnly, duration

MOST_AT_ONCE = 10_000


class PauseForm(forms.Form):
    """Why a queue is paused, and until when if that is known."""

    why = forms.CharField(label=gettext_lazy("Why"), max_length=300)
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: until somebody lets it go on."),
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until <= timezone.now():
            raise forms.ValidationError(_("This moment is over. Give one that is still to come, or none."))
        return until


class LimitsForm(forms.Form):
    """How much of a queue may run; empty for no limit."""

    max_running = forms.IntegerField(
        label=gettext_lazy("How many at once"), min_value=1, max_value=MOST_AT_ONCE, required=False
    )
    max_starts_a_minute = forms.IntegerField(
        label=gettext_lazy("How many a minute"), min_value=1, max_value=MOST_AT_ONCE, required=False
    )


@admin.register(QueueControl)
class QueueControlAdmin(ReadOnly, admin.ModelAdmin[QueueControl]):
    """One page for all queues. Who may pause a queue may also limit it; each change is on record."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.control_view))
        return [path("<str:queue>/do/<str:name>/", view, name="generation_queuecontrol_do"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request)

    def change_view(self, request: HttpRequest, *_arguments: Any, **_options: Any) -> HttpResponse:
        """A queue has no page of its own."""
        return redirect("admin:generation_queuecontrol_changelist")

    def control_view(self, request: HttpRequest, queue: str, name: str) -> HttpResponse:
        """Pause a queue, let it go on, or limit it."""
        if queue not in Queue.values or name not in CONTROLS:
            raise Http404
        if not (self.has_view_permission(request) and request.user.has_perm("generation.pause_queue")):
            raise PermissionDenied
        form_class, control = CONTROLS[name]
        form = form_class(request.POST, prefix=f"{queue}-{name}")
        if not form.is_valid():
            return self._page(request, form)
        said = _control(request, Queue(queue), name, control, form.cleaned_data)
        messages.success(request, said)
        return redirect("admin:generation_queuecontrol_changelist")

    def _page(self, request: HttpRequest, given: forms.Form | None = None) -> HttpResponse:
        rows = []
        for load in loads():
            pause = PauseForm(prefix=f"{load.queue}-pause")
            limits = LimitsForm(prefix=f"{load.queue}-limits", initial=vars(load.control))
            if given and given.prefix == pause.prefix:
                pause = given  # type: ignore[assignment]  # its prefix says what it is
            if given and given.prefix == limits.prefix:
                limits = given  # type: ignore[assignment]
            rows.append((load, pause, limits))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": capfirst(self.opts.verbose_name_plural),
            "rows": rows,
            "is_failed": given is not None,
            "can_control": request.user.has_perm("generation.pause_queue"),
        }
        return TemplateResponse(request, "admin/generation/queues.html", context)


Control = Callable[[Queue, str, dict[str, Any]], tuple[str, str]]
"""Does it for a queue, by somebody, with what the form gave; returns what to say, and what to keep of it on record."""


@retrying
def _control(request: HttpRequest, queue: Queue, name: str, control: Control, given: dict[str, Any]) -> str:
    """Do it, with its line in the record, or neither."""
    said, kept = control(queue, name_of(request.user), given)
    record(request, QueueControl.objects.get_or_create(queue=queue)[0], name, kept)
    return said


def _pause(queue: Queue, by: str, given: dict[str, Any]) -> tuple[str, str]:
    services.pause_queue(queue=queue, by=by, **given)
    until = f" (until {given['until'].isoformat()})" if given["until"] else ""
    said = _("The queue “%(queue)s” is paused: nothing of it starts any more. What runs goes on.")
    return said % {"queue": queue.label}, f"{given['why']}{until}"


def _resume(queue: Queue, _by: str, _given: dict[str, Any]) -> tuple[str, str]:
    services.resume_queue(queue=queue)
    return _("The queue “%(queue)s” goes on.") % {"queue": queue.label}, ""


def _limit(queue: Queue, _by: str, given: dict[str, Any]) -> tuple[str, str]:
    services.set_limits(queue=queue, **given)
    kept = ", ".join(f"{name} {number or 'unlimited'}" for name, number in given.items())
    return _("The limits of the queue “%(queue)s” are set.") % {"queue": queue.label}, kept


CONTROLS: dict[str, tuple[type[forms.Form], Control]] = {
    "pause": (PauseForm, _pause),
    "resume": (forms.Form, _resume),
    "limits": (LimitsForm, _limit),
}


@admin.register(BackgroundAttempt)
class BackgroundAttemptAdmin(ReadOnly, admin.ModelAdmin[BackgroundAttempt]):
    """Every try at mail, web hooks and the like."""

    list_display = ("started_at", "kind", "number", "outcome", "error", "took", "queue", "worker", "work")
    list_filter = ("kind", "outcome", "queue")
    search_fields = ("=work", "error_code", "worker")
    search_help_text = gettext_lazy("Id of the work, error code or worker.")
    date_hierarchy = "started_at"
    ordering = ("-started_at",)
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=gettext_lazy("error"), ordering="error_code")
    def error(self, attempt: BackgroundAttempt) -> str:
        return errors.message(attempt.error_code, attempt.error_detail)

    @admin.display(description=gettext_lazy("duration"))
    def took(self, attempt: BackgroundAttempt) -> str:
        return duration(attempt.started_at, attempt.ended_at)
