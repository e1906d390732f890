"""The admin of the whole installation, and RQ's own pages in it, for those who may see and use them."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from django_rq.admin import QueueAdmin
from django_rq.models import Dashboard
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError

from generation import dispatch
from generation.admin.reading import ReadOnly

from . import rq_buttons

apps.get_app_config("django_rq").verbose_name = _("Queues")

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# The model has no table, and the page of schedulers is that of a package which is not used.
WITHOUT_A_PAGE = (
    *(f"django_rq_dashboard_{page}" for page in ("add", "change", "delete", "history")),
    "django_rq_scheduler_jobs",
    None,
)
ONLY_ASKS = "django_rq_confirm_action"
# Those pages are written with script and style in them; nothing else of ours may be.
INLINE = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}
GONE = (
    NoSuchJobError,
    AssertionError,
    ValueError,
)  # how those pages take it that a job, or a worker, is not there any more

Page = Callable[..., HttpResponse]


@admin.register(LogEntry)
class RecordAdmin(ReadOnly, admin.ModelAdmin[LogEntry]):
    """Who changed what in the admin, and when."""

    list_display = ("action_time", "user", "content_type", "object_repr", "get_change_message")
    list_select_related = ("user", "content_type")
    list_filter = ("content_type", "action_flag")
    search_fields = ("user__username", "object_id", "object_repr", "change_message")
    date_hierarchy = "action_time"


@admin.register(Dashboard)
class GuardedQueueAdmin(QueueAdmin):
    """RQ's pages. Of themselves they obey any staff user and record nothing; here every address is guarded.

    To look, one needs ``django_rq.admin``; whatever is not looking needs ``generation.change_queues`` too, and is
    recorded before it is done. Where a message is ours, the button acts on its row (:mod:`sitebuilder.rq_buttons`).
    There is no other way to these pages, nor a token that opens one.
    """

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("django_rq.admin")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request) and request.user.has_perm("generation.change_queues")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        every = super().get_urls()  # type: ignore[no-untyped-call]  # django-rq says no types here
        patterns = [pattern for pattern in every if pattern.name not in WITHOUT_A_PAGE]
        for pattern in patterns:
            guarded = self.admin_site.admin_view(self._guarded(pattern.callback, pattern.name))
            pattern.callback = csp_replace(INLINE)(guarded)
        return patterns

    def _guarded(self, page: Page, name: str) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            looks = request.method in SAFE_METHODS
            if not (self.has_view_permission(request) if looks else self.has_change_permission(request)):
                raise PermissionDenied
            if kwargs.get("queue_index", 0) >= len(settings.RQ_QUEUES):
                raise Http404
            if not looks and name != ONLY_ASKS:
                self._record(request, name, **kwargs)
            try:
                if request.method != "POST" or name == ONLY_ASKS:
                    return page(request, **kwargs)
                return rq_buttons.press(
                    request,
                    name.removeprefix("django_rq_"),
                    kwargs.get("queue_index", 0),
                    kwargs.get("job_id", ""),
                    partial(page, request, **kwargs),
                )
            except GONE as error:
                raise Http404 from error
            except (RedisError, dispatch.Unreachable):
                return HttpResponse(dispatch.missing_broker(), status=503, content_type="text/plain; charset=utf-8")

        return guarded

    def _record(self, request: HttpRequest, name: str, queue_index: int = 0, job_id: str = "", **_: Any) -> None:
        queue = rq_buttons.queue_name(queue_index)
        what = f"{name.removeprefix('django_rq_')} {request.POST.get('action', '')}".strip()
        LogEntry.objects.create(
            user_id=str(request.user.pk),
            content_type=ContentType.objects.get_for_model(Dashboard),
            object_id=queue,
            object_repr=f"{queue}: {what}"[:200],
            action_flag=CHANGE,
            change_message=job_id or ", ".join(request.POST.getlist("job_ids")),
        )
