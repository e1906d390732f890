"""Webhooks: who is told of what, what they were told, and what they answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from generation.admin.deeds import name_of
from generation.admin.reading import ReadOnly, table, verbatim
from generation.services import AddressRefused, check_address
from orders.models import WebhookCall, WebhookDelivery, WebhookEndpoint
from orders.webhooks import endpoints
from orders.webhooks.events import TYPES

LATEST = 20


def _choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """All of a family, or single types of it."""
    return [
        (label, [*([(f"{family}.*", _("all of these"))] if len(types) > 1 else []), *((each, each) for each in types)])
        for family, (label, types) in TYPES.items()
    ]


class EndpointForm(forms.ModelForm[WebhookEndpoint]):
    """An address, and what it is told."""

    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one event.")},
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("name", "url", "events", "is_active")

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        try:
            check_address(url)
        except AddressRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return url


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(admin.ModelAdmin[WebhookEndpoint]):
    """A webhook's secret is shown once, when it is made; switching one off leaves what it was told on record."""

    form = EndpointForm
    change_form_template = "admin/orders/webhook.html"
    list_display = ("name", "url", "is_active", "last_success_at", "failing_since", "switched_off_why")
    list_filter = ("is_active",)
    search_fields = ("name", "url")
    fields = ("name", "url", "is_active", "events", ("last_success_at", "failing_since"),
              ("switched_off_at", "switched_off_why"), "latest")  # fmt: skip
    readonly_fields = ("last_success_at", "failing_since", "switched_off_at", "switched_off_why", "latest")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/test/", wrap(require_POST(self.test_view)), name="orders_webhookendpoint_test"),
            path("<int:pk>/secret/", wrap(require_POST(self.secret_view)), name="orders_webhookendpoint_secret"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj else ("name", "url", "events")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        can = request.user.has_perm
        shown = {"can_test": can("orders.test_webhook"), "can_rotate": can("orders.rotate_webhook_secret")}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def save_model(self, request: HttpRequest, obj: WebhookEndpoint, form: Any, change: bool) -> None:
        given = form.cleaned_data
        if change:
            endpoints.change_endpoint(
                endpoint_id=obj.pk, changes={name: given[name] for name in form.changed_data if name in given}
            )
            return
        made, secret = endpoints.add_endpoint(name=given["name"], url=given["url"], events=given["events"])
        obj.pk, request.webhook_secret = made.pk, secret  # type: ignore[attr-defined]  # for the page that follows

    def response_add(
        self, request: HttpRequest, obj: WebhookEndpoint, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._secret_page(request, obj, request.webhook_secret)  # type: ignore[attr-defined]

    def secret_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._endpoint(request, pk, "orders.rotate_webhook_secret")
        secret = endpoints.rotate_secret(endpoint_id=pk)
        self.log_change(request, endpoint, gettext("New secret"))
        return self._secret_page(request, endpoint, secret)

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._endpoint(request, pk, "orders.test_webhook")
        try:
            delivery = endpoints.send_test(endpoint_id=pk, by=name_of(request.user))
        except endpoints.DeliveryRefused as refused:
            messages.warning(request, str(refused))
            return redirect("admin:orders_webhookendpoint_change", pk)
        self.log_change(request, endpoint, gettext("Test sent"))
        messages.success(request, gettext("A test is sent; look here at what is answered."))
        return redirect("admin:orders_webhookdelivery_change", delivery.pk)

    def _endpoint(self, request: HttpRequest, pk: int, permission: str) -> WebhookEndpoint:
        if not (self.has_view_permission(request) and request.user.has_perm(permission)):
            raise PermissionDenied
        endpoint = WebhookEndpoint.objects.filter(pk=pk).first()
        if endpoint is None:
            raise Http404
        return endpoint

    def _secret_page(self, request: HttpRequest, endpoint: WebhookEndpoint, secret: str) -> HttpResponse:
        """The secret, on this page alone: no message, which would be kept in a cookie or session."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("The webhook has a secret"),
            "endpoint": endpoint,
            "secret": secret,
        }
        response = TemplateResponse(request, "admin/orders/new_webhook_secret.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @admin.display(description=_("latest deliveries"))
    def latest(self, endpoint: WebhookEndpoint) -> SafeString:
        rows = (
            (_link(each), each.get_status_display(), each.status_code or "", _moment(each.created_at))
            for each in endpoint.deliveries.order_by("-created_at")[:LATEST]
        )
        return table((_("event"), _("status"), _("last answer"), _("created")), rows)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnly, admin.ModelAdmin[WebhookDelivery]):
    """What was told to whom, with each call and its answer."""

    change_form_template = "admin/orders/webhook_delivery.html"
    list_display = ("created_at", "event_type", "endpoint", "order", "status", "status_code", "error")
    list_filter = ("status", "endpoint", "event_type", "error_code")
    list_select_related = ("endpoint", "order")
    search_fields = ("event_id", "order__number", "=order__id", "=id", "error_code")
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": (("status", "error"), "remedy", "next_attempt_at", "finished_at")}),
        (_("What"), {"fields": (("endpoint", "order"), ("event_type", "event_id"))}),
        (_("Calls"), {"fields": ("tries", ("created_at", "requested_by", "again_of"))}),
        (_("Body"), {"fields": ("told",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        return super().get_queryset(request).defer("error_traceback")

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(self.again_view))
        return [path("<uuid:pk>/again/", again, name="orders_webhookdelivery_again"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        delivery = self.get_object(request, object_id)
        is_over = bool(delivery and not delivery.is_active and delivery.body)
        shown = {"can_resend": is_over and request.user.has_perm("orders.resend_webhook")}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def again_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if not (self.has_view_permission(request) and request.user.has_perm("orders.resend_webhook")):
            raise PermissionDenied
        delivery = WebhookDelivery.objects.filter(pk=pk).first()
        if delivery is None:
            raise Http404
        try:
            again = endpoints.resend(delivery_id=pk, by=name_of(request.user))
        except endpoints.DeliveryRefused as refused:
            messages.warning(request, str(refused))
            return redirect("admin:orders_webhookdelivery_change", pk)
        self.log_change(request, delivery, gettext("Delivered again"))
        messages.success(request, gettext("It is delivered again."))
        return redirect("admin:orders_webhookdelivery_change", again.pk)

    @admin.display(description=_("error"), ordering="error_code")
    def error(self, delivery: WebhookDelivery) -> str:
        return delivery.error_message

    @admin.display(description=_("what to do"))
    def remedy(self, delivery: WebhookDelivery) -> str:
        return delivery.error_remedy

    @admin.display(description=_("body"))
    def told(self, delivery: WebhookDelivery) -> SafeString:
        return verbatim(delivery.body)

    @admin.display(description=_("calls"))
    def tries(self, delivery: WebhookDelivery) -> SafeString:
        rows = (
            (
                each.attempt,
                _moment(each.at),
                each.milliseconds,
                each.status_code or "",
                each.error or verbatim(each.response),
            )
            for each in delivery.calls()
        )
        return table((_("attempt"), _("when"), _("milliseconds"), _("status"), _("answer")), rows)


def _said(call: WebhookCall) -> str:
    return call.error or verbatim(call.response)


def _moment(at: datetime) -> str:
    return str(localize(timezone.localtime(at)))


def _link(delivery: WebhookDelivery) -> SafeString:
    page = reverse("admin:orders_webhookdelivery_change", args=[delivery.pk])
    return format_html('<a href="{}">{}</a>', page, delivery.event_type)
