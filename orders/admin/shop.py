"""The agency, and what it sells."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from generation.contracts import AssetRef
from generation.services import MAX_ASSET_BYTES, Asset, AssetPurpose, AssetRefused, keep_asset, read_asset
from orders.models import AddOn, Agency, Product


class AgencyForm(forms.ModelForm[Agency]):
    """The agency with a new logo, or without the one it has."""

    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        help_text=_("At least 64 pixels wide. It stands on every page of the shop, never on a site that is sold."),
    )
    drop_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    logo: Asset | None = None

    class Meta:
        model = Agency
        fields = ("name", "colour", "address", "email", "phone", "time_zone", "currency", "default_locale")

    def clean_new_logo(self) -> object:
        file = self.cleaned_data["new_logo"]
        if file:
            try:
                self.logo = read_asset(file.read(MAX_ASSET_BYTES + 1), AssetPurpose.LOGO)
            except AssetRefused as refused:
                raise ValidationError(str(refused)) from refused
        return file

    def kept_logo(self) -> AssetRef | None:
        """The logo that the agency has from now on."""
        if self.logo:
            return keep_asset(self.logo)
        return None if self.cleaned_data["drop_logo"] else self.instance.logo_asset


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin[Agency]):
    """The one agency of this installation: made once, changed, never deleted."""

    form = AgencyForm
    fields = ("name", "new_logo", "drop_logo", *AgencyForm.Meta.fields[1:])
    list_display = ("name", "email", "phone", "time_zone", "currency", "default_locale")

    def save_model(self, request: HttpRequest, obj: Agency, form: Any, change: bool) -> None:
        logo = form.kept_logo()
        obj.logo = logo and logo.model_dump()
        super().save_model(request, obj, form, change)

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
