"""Mails: what was written to whom, whether it went out, how it looks, and the button that sends it again."""

import base64
from typing import Any
from uuid import UUID

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from generation.admin.deeds import name_of
from generation.admin.reading import ReadOnly, table, verbatim
from orders import mails
from orders.mailing import logo_of
from orders.models import Agency, Mail

# A mail holds its own style; nothing else is loaded or run, whatever stands in it.
LOOK_POLICY = {
    "default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"], "frame-ancestors": [SELF],
}  # fmt: skip


class SeenForm(forms.Form):
    """How often the mail had been sent again when the page was shown."""

    times = forms.IntegerField(min_value=0)


@admin.register(Mail)
class MailAdmin(ReadOnly, admin.ModelAdmin[Mail]):
    """Every mail. What is written in one is never changed; the customer's secret link is not shown."""

    change_form_template = "admin/orders/mail.html"
    list_display = ("created_at", "status", "event", "to", "order", "error")
    list_filter = ("status", "event", "recipient", "locale", "error_code")
    list_select_related = ("order",)
    search_fields = ("subject", "to", "order__number", "=order__id", "=id", "error_code")
    search_help_text = _("Subject, address, order number, order id or error code.")
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": (("status", "error"), "remedy", "next_attempt_at", "finished_at")}),
        (_("To"), {"fields": (("to", "reply_to", "recipient"), ("order", "event", "locale"))}),
        (_("Sending"), {"fields": ("tries", ("created_at", "requested_by", "again_of"), "repeated")}),
        (_("Text"), {"fields": ("words",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        return super().get_queryset(request).select_related("order", "again_of").defer("html", "error_traceback")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:pk>/look/", wrap(self.look_view), name="orders_mail_look"),
            path("<uuid:pk>/again/", wrap(require_POST(self.again_view)), name="orders_mail_again"),
            *super().get_urls(),
        ]

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        mail = self.get_object(request, object_id)
        shown = {
            "times": mail.again.count() if mail else 0,
            "can_send_again": bool(mail and not mail.is_active and request.user.has_perm("orders.send_mail_again")),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    @method_decorator(xframe_options_sameorigin)
    @method_decorator(csp_replace(LOOK_POLICY))
    @method_decorator(require_safe)
    def look_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The mail as a mail program shows it."""
        mail = self._mail(request, pk)
        logo = logo_of(Agency.objects.first() or Agency()) or b""
        html = mail.html.replace("cid:logo", f"data:image/png;base64,{base64.b64encode(logo).decode()}")
        return HttpResponse(html.replace(Mail.LINK, "#"))

    def again_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        mail, form = self._mail(request, pk), SeenForm(request.POST)
        if not request.user.has_perm("orders.send_mail_again"):
            raise PermissionDenied
        seen = form.cleaned_data["times"] if form.is_valid() else 0
        try:
            again = mails.send_again(mail_id=mail.pk, by=name_of(request.user), seen=seen)
        except mails.NotSentAgain as refusal:
            messages.warning(request, str(refusal))
            return redirect("admin:orders_mail_change", mail.pk)
        self.log_change(request, mail, gettext("Sent again to %(to)s") % {"to": again.to})
        messages.success(request, gettext("The mail is sent again, to %(to)s.") % {"to": again.to})
        return redirect("admin:orders_mail_change", again.pk)

    def _mail(self, request: HttpRequest, pk: UUID) -> Mail:
        mail = Mail.objects.filter(pk=pk).first()
        if mail is None:
            raise Http404
        if not self.has_view_permission(request, mail):
            raise PermissionDenied
        return mail

    @admin.display(description=_("error"), ordering="error_code")
    def error(self, mail: Mail) -> str:
        return mail.error_message

    @admin.display(description=_("what to do"))
    def remedy(self, mail: Mail) -> str:
        return mail.error_remedy

    @admin.display(description=_("text"))
    def words(self, mail: Mail) -> SafeString:
        return verbatim(mail.text.replace(Mail.LINK, gettext("(the customer's own link)")))

    @admin.display(description=_("attempts"))
    def tries(self, mail: Mail) -> SafeString:
        rows = (
            (
                each.number,
                date_format(localtime(each.started_at), "SHORT_DATETIME_FORMAT"),
                each.get_outcome_display(),
                each.error_detail or each.error_code,
            )
            for each in mail.attempts()
        )
        return table((_("number"), _("started"), _("outcome"), _("what was said")), rows)

    @admin.display(description=_("sent again as"))
    def repeated(self, mail: Mail) -> SafeString:
        again = mail.again.first()
        if again is None:
            return SafeString()
        return format_html('<a href="{}">{}</a>', reverse("admin:orders_mail_change", args=[again.pk]), again.to)
