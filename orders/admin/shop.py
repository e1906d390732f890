"""The agency, and what it sells."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from orders.models import AddOn, Agency, Product


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin[Agency]):
    """The one agency of this installation: made once, changed, never deleted."""

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
