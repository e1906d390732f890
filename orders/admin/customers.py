"""Customers, and what they may ask for: all that is held of them, or that it goes."""

from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from generation.admin.deeds import name_of
from generation.services import StillInWork
from orders import personal_data
from orders.models import Customer


class SureForm(forms.Form):
    """Who erases types the number of the customer."""

    number = forms.CharField(
        label=_("Number of the customer"),
        max_length=20,
        help_text=_("Type it, so that nobody else is erased by mistake."),
    )

    def __init__(self, customer: Customer, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.customer = customer

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip().removeprefix("#")
        if number != str(self.customer.pk):
            raise forms.ValidationError(_("That is not the number of this customer."))
        return number


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin[Customer]):
    change_form_template = "admin/orders/customer.html"
    list_display = ("name", "email", "phone", "locale", "created_at", "erased_at")
    list_filter = ("locale", ("erased_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "email", "phone")
    date_hierarchy = "created_at"
    readonly_fields = ("created_at", "erased_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.erased_at)

    def get_urls(self) -> list[URLPattern]:
        wrap, both = self.admin_site.admin_view, require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("<int:pk>/export/", wrap(both(self.export_view)), name="orders_customer_export"),
            path("<int:pk>/erase/", wrap(both(self.erase_view)), name="orders_customer_erase"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        can = request.user.has_perm
        shown = {"can_export": can("orders.export_customer"), "can_erase": can("orders.erase_customer")}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def export_view(self, request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
        """What is in the file; then the file."""
        customer = self._customer(request, pk, "orders.export_customer")
        if request.method != "POST":
            return self._page(request, "admin/orders/export.html", gettext("Export everything"), customer)
        file = TemporaryFile()  # noqa: SIM115 - the answer closes it
        personal_data.export_customer(
            customer=customer, by=name_of(request.user), caller=f"user:{request.user.pk}", out=file
        )
        self.log_change(request, customer, gettext("Personal data exported"))
        file.seek(0)
        answer = FileResponse(file, as_attachment=True, filename=f"customer-{customer.pk}.zip")
        answer["Cache-Control"] = "no-store"
        return answer

    def erase_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What goes and what stays; then it goes."""
        customer = self._customer(request, pk, "orders.erase_customer")
        form = SureForm(customer, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                personal_data.erase_customer(customer_id=pk, by=name_of(request.user), caller=f"user:{request.user.pk}")
            except StillInWork as refused:
                messages.error(request, str(refused))
                return redirect("admin:orders_customer_erase", pk)
            erased = Customer.objects.get(pk=pk)
            self.log_change(request, erased, gettext("Personal data erased"))
            messages.success(request, gettext("The personal data of customer %(id)s are gone.") % {"id": pk})
            return redirect("admin:orders_customer_change", pk)
        title = gettext("Erase personal data")
        return self._page(request, "admin/orders/erase.html", title, customer, form=form)

    def _customer(self, request: HttpRequest, pk: int, permission: str) -> Customer:
        if not (self.has_view_permission(request) and request.user.has_perm(permission)):
            raise PermissionDenied
        customer = Customer.objects.filter(pk=pk).first()
        if customer is None:
            raise Http404
        return customer

    def _page(
        self, request: HttpRequest, template: str, title: str, customer: Customer, **context: Any
    ) -> HttpResponse:
        orders = customer.orders.select_related("current_job").order_by("number")
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "customer": customer,
            "orders": orders,
            "alive": [order for order in orders if order.current_job and order.current_job.is_active],
        }
        return TemplateResponse(request, template, {**shown, **context})
