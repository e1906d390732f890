"""Who sells, who buys, and what is for sale."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from generation.contracts import AssetRef, Locale

from .fields import CURRENCY, LOCALES, currency_field, known_value, locale_field, price_field, sold_for


def check_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone; write it like America/Sao_Paulo."), params={"name": name})


class Agency(models.Model):
    """The agency whose installation this is: one row. Seen on pages, mails and reports, never on sold sites.

    ``logo`` is an AssetRef as JSON.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=160)
    logo = models.JSONField(_("logo"), null=True, blank=True, editable=False)
    colour = models.CharField(_("colour"), max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")])
    address = models.TextField(_("address"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    currency = currency_field(default="USD")
    default_locale = locale_field(_("default language"), default=Locale.EN.value)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agency")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="orders_agency_is_one"),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY), name="orders_agency_currency_is_iso"),
            known_value("agency", "default_locale", dict(LOCALES)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_asset(self) -> AssetRef | None:
        """What is kept of the logo."""
        return AssetRef.model_validate(self.logo) if self.logo else None


class Customers(models.QuerySet["Customer"]):
    def with_email(self, email: str) -> "Customers":
        """Whoever has this address, in capitals or not: at most one, by the index that allows no second."""
        return self.exclude(email="").alias(small=Lower("email")).filter(small=Lower(models.Value(email)))


class Customer(models.Model):
    """Somebody who buys sites."""

    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    locale = locale_field(_("language"), default=Locale.EN.value)
    created_at = models.DateTimeField(_("created"), db_default=models.functions.Now(), editable=False)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True, editable=False)

    objects = Customers.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["name", "pk"]
        permissions = [
            ("export_customer", "Can export the personal data of a customer"),
            ("erase_customer", "Can erase the personal data of a customer"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="orders_customer_email_once"),
            known_value("customer", "locale", dict(LOCALES)),
        ]
        indexes = [models.Index(fields=["name"], name="orders_customer_name")]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """A kind of site at a fixed price; ``delivery_days`` count from the complete onboarding."""

    name = models.CharField(_("name"), max_length=160)
    price = price_field()
    currency = currency_field()
    delivery_days = models.PositiveSmallIntegerField(_("delivery days"), default=5)
    revisions = models.PositiveSmallIntegerField(_("revisions included"), default=2)
    pages = models.PositiveSmallIntegerField(_("pages"), default=5)
    is_active = models.BooleanField(_("for sale"), default=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), condition=Q(is_active=True), name="orders_product_name_once"),
            models.CheckConstraint(condition=Q(pages__gte=1), name="orders_product_has_pages"),
            *sold_for("product"),
        ]

    def __str__(self) -> str:
        return self.name


class AddOn(models.Model):
    """Something that is sold with a site."""

    name = models.CharField(_("name"), max_length=160)
    price = price_field()
    currency = currency_field()
    is_active = models.BooleanField(_("for sale"), default=True)

    class Meta:
        verbose_name = _("add-on")
        verbose_name_plural = _("add-ons")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), condition=Q(is_active=True), name="orders_addon_name_once"),
            *sold_for("addon"),
        ]

    def __str__(self) -> str:
        return self.name
