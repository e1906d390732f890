"""Keys of the API: made here, shown once, revoked; and what was changed through them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from generation.admin.reading import ReadOnly
from orders.api.keys import make_key, revoke_key
from orders.api.rights import scopes_of
from orders.models import ApiKey, AuditEntry, Scope


class KeyForm(forms.ModelForm[ApiKey]):
    """What is asked for a new key: no more than whoever makes it may do themselves."""

    class Meta:
        model = ApiKey
        fields = ("name", "scope", "customer", "expires_at")

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(_("That has passed already."))
        return moment


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin[ApiKey]):
    """A key is made and revoked, never changed or deleted: what it did stays on record with it."""

    form = KeyForm
    list_display = ("name", "prefix", "scope", "customer", "state", "expires_at", "last_used_at", "created_by")
    list_filter = ("scope", "revoked_at")
    list_select_related = ("customer", "created_by")
    search_fields = ("name", "prefix", "customer__name", "customer__email")
    autocomplete_fields = ("customer",)
    actions = ("revoke",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orders.revoke_apikey")

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "scope":
            options["choices"] = [(scope.value, scope.label) for scope in scopes_of(request.user)]
        return super().formfield_for_choice_field(db_field, request, **options)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and bool(scopes_of(request.user))

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        given = form.cleaned_data
        key, request.api_secret = make_key(  # type: ignore[attr-defined]  # for the page that follows, and nobody else
            name=given["name"], scope=Scope(given["scope"]), customer=given["customer"],
            expires_at=given["expires_at"], by=request.user,  # type: ignore[arg-type]  # staff are users
        )  # fmt: skip
        obj.pk, obj.prefix = key.pk, key.prefix

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        """The secret, on this page alone: no message, which would be kept in a cookie or session."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("The key is made"),
            "key": obj,
            "secret": request.api_secret,  # type: ignore[attr-defined]
        }
        response = TemplateResponse(request, "admin/orders/new_key.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @admin.display(description=_("state"))
    def state(self, key: ApiKey) -> Any:
        if key.revoked_at:
            return _("revoked")
        return _("expired") if key.expires_at and key.expires_at <= timezone.now() else _("good")

    @admin.action(description=_("Revoke the chosen keys"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        revoked = [key for key in queryset if revoke_key(key_id=key.pk)]
        for key in revoked:
            self.log_change(request, key, "revoked")
        words = ngettext("%(count)s key is revoked.", "%(count)s keys are revoked.", len(revoked))
        self.message_user(request, words % {"count": len(revoked)}, messages.SUCCESS)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, admin.ModelAdmin[AuditEntry]):
    """Who changed what through the API: which caller, what, before and after."""

    list_display = ("at", "name", "action", "order_id", "before", "after")
    list_filter = ("action",)
    search_fields = ("caller", "name", "=order_id")
    date_hierarchy = "at"
    show_full_result_count = False
