"""What staff write on an order, and what they say when they add one by hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as Invalid

from generation.contracts import Locale
from generation.services import known_themes, retrying
from orders import onboarding_file, services
from orders.answers import Answers
from orders.findings import Refused, findings_of
from orders.models import Customer, Product, SiteOrder
from orders.models.fields import LOCALES
from orders.services import DEFAULT_THEME
from orders.web_addresses import WEB_ADDRESS

EDITABLE = ("site_url", "due_at", "notes")


def web_address(given: str) -> str:
    """The address, or nothing; a form's error says what is wrong with it."""
    try:
        return given and WEB_ADDRESS.validate_python(given)
    except Invalid as error:
        raise ValidationError([str(finding) for finding in findings_of(error)]) from error


class OrderForm(forms.ModelForm[SiteOrder]):
    """What staff may write on an order by hand."""

    due_at = forms.DateTimeField(
        label=_("Due"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"),
    )

    class Meta:
        model = SiteOrder
        fields = EDITABLE

    def clean_site_url(self) -> str:
        return web_address(self.cleaned_data["site_url"])


class FileForm(forms.Form):
    """An onboarding file; ``answers`` is what stands in it, once the form is valid."""

    file = forms.FileField(
        label=_("Onboarding file"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=_("A JSON file of at most 256 KB; docs/onboarding-file.md tells its fields."),
    )
    answers: Answers | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            try:
                self.answers = onboarding_file.parse(file.read(onboarding_file.MAX_BYTES + 1))
            except Refused as refused:
                raise ValidationError([str(finding) for finding in refused.findings]) from refused
        return file


class EntryForm(FileForm):
    """An order that comes in by telephone or by hand."""

    customer = forms.ModelChoiceField(
        Customer.objects.all(), label=_("Customer"), required=False, empty_label=_("A new customer")
    )
    name = forms.CharField(label=_("Name of the new customer"), max_length=160, required=False)
    email = forms.EmailField(
        label=_("E-mail of the new customer"),
        required=False,
        help_text=_("If a customer with this address is known, the order is theirs."),
    )
    phone = forms.CharField(label=_("Phone of the new customer"), max_length=40, required=False)
    product = forms.ModelChoiceField(Product.objects.filter(is_active=True), label=_("Product"), empty_label=None)
    is_paid = forms.BooleanField(label=_("The order is paid"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=lambda: [(name, name.title()) for name in known_themes()])
    locale = forms.ChoiceField(
        label=_("Language of the site"), choices=[("", _("As the onboarding says")), *LOCALES], required=False
    )
    site_url = forms.CharField(
        label=_("Address of the site"), required=False, help_text=_("Like https://example.com, if it is known.")
    )
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("customer", "name", "email", "phone", "product", "is_paid", "theme", "locale", "site_url", "file")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].required = False
        if not Product.objects.filter(is_active=True).exists():
            link = format_html('<a href="{}">{}</a>', reverse("admin:orders_product_add"), gettext("Add a product"))
            self.fields["product"].help_text = format_html("{} {}", gettext("Nothing is sold yet."), link)
        self.fields["theme"].initial = DEFAULT_THEME

    def clean_site_url(self) -> str:
        return web_address(self.cleaned_data["site_url"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("customer") and not given.get("name"):
            self.add_error("name", gettext("Choose a customer, or give the name of a new one."))
        return given

    @retrying
    def place(self, by: str) -> SiteOrder:
        """The order as the form says, all or nothing. Raises Refused."""
        given = self.cleaned_data
        locale = Locale(given["locale"]) if given["locale"] else None
        new = {name: given[name] for name in ("name", "email", "phone")}
        customer = given["customer"] or services.find_customer(**new, locale=locale or Locale.EN)
        wanted = {name: given[name] for name in ("product", "theme", "site_url", "notes")}
        order = services.place_order(customer=customer, locale=locale, answers=self.answers, by=by, **wanted)
        return services.mark_paid(order_id=order.pk, by=by) if given["is_paid"] else order
