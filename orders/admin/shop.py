"""The agency, and what it sells."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from generation.services import MAX_ASSET_BYTES, AssetPurpose, AssetRefused, store_asset
from orders.models import AddOn, Agency, Product


class AgencyForm(forms.ModelForm[Agency]):
    """The agency, whose logo comes as a file and is kept as an AssetRef."""

    picture = forms.FileField(label=_("New logo"), required=False, help_text=_("A picture file; mails show it."))
    without_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    class Meta:
        model = Agency
        fields = "__all__"  # noqa: DJ007 - nothing in it is secret

    def clean_picture(self) -> None:
        if given := self.cleaned_data["picture"]:
            try:
                self.instance.logo = store_asset(given.read(MAX_ASSET_BYTES + 1), AssetPurpose.LOGO).model_dump()
            except AssetRefused as refused:
                raise ValidationError(str(refused)) from refused

    def clean_without_logo(self) -> bool:
        if self.cleaned_data["without_logo"]:
            self.instance.logo = None
        return bool(self.cleaned_data["without_logo"])


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin[Agency]):
    """The one agency of this installation: made once, changed, never deleted."""

    form = AgencyForm
    list_display = ("name", "email", "phone", "time_zone", "currency", "default_locale")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Agency.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin[Product]):
    list_display = ("name", "price", "currency", "delivery_days", "revisions", "pages", "is_active")
    list_filter = ("is_active", "currency")
    search_fields = ("name",)


@admin.register(AddOn)
class AddOnAdmin(admin.ModelAdmin[AddOn]):
    list_display = ("name", "price", "currency", "is_active")
    list_filter = ("is_active", "currency")
    search_fields = ("name",)
