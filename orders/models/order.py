"""An order, what was sold with it, and its history."""

import secrets
import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .catalogue import Customer, Product
from .fields import LOCALES, currency_field, known_value, locale_field, price_field, sold_for


class Status(models.TextChoices):
    """Where an order stands; the lawful moves are in :mod:`orders.moves`."""

    PENDING_PAYMENT = "pending_payment", _("Waiting for payment")
    PAID = "paid", _("Paid")
    ONBOARDING_PENDING = "onboarding_pending", _("Waiting for the onboarding")
    BUILDING = "building", _("Waiting to be generated")
    GENERATING = "generating", _("Being generated")
    REVIEW = "review", _("In review")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Needs attention")
    CANCELLED = "cancelled", _("Cancelled")


IN_WORK = (Status.BUILDING, Status.GENERATING)
OPEN = tuple(status for status in Status if status not in (Status.DELIVERED, Status.CANCELLED))


def new_access_token() -> str:
    """256 random bits for a link."""
    return secrets.token_urlsafe(32)


class OrderNumber(models.Model):
    """Allots an order's number for people by its own key, which two transactions at once never share."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class SiteOrder(models.Model):
    """One site sold to one customer.

    ``id`` is the subject by which generation knows the site, and opens nothing by itself; ``access_token``
    is the customer's link and never logged. What was sold is a copy: a product may change afterwards.
    ``locale`` and ``site_url`` are empty where those of the onboarding hold. Once ``erased_at`` is set nothing is built
    for it any more. ``reason`` says why the order
    stands where it stands, where that needs saying. ``<status>_at`` is when it last came into that state.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)
    access_token = models.CharField(max_length=64, unique=True, default=new_access_token, editable=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders", verbose_name=_("customer"))
    product = models.ForeignKey(
        Product, models.SET_NULL, null=True, blank=True, related_name="orders", verbose_name=_("product")
    )
    product_name = models.CharField(_("what was sold"), max_length=160)
    price = price_field()
    currency = currency_field()
    delivery_days = models.PositiveSmallIntegerField(_("delivery days"))
    revisions = models.PositiveSmallIntegerField(_("revisions included"))
    revisions_used = models.PositiveSmallIntegerField(_("revisions used"), default=0)
    pages = models.PositiveSmallIntegerField(_("pages"))
    theme = models.CharField(_("theme"), max_length=40)
    variation = models.PositiveIntegerField(_("variation"), default=0)
    locale = locale_field(_("language"), blank=True)
    site_url = models.CharField(_("address of the site"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=24, choices=Status, default=Status.PENDING_PAYMENT)
    previous_status = models.CharField(max_length=24, choices=Status, blank=True, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    stripe_session = models.CharField(_("Stripe session"), max_length=255, unique=True, null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    current_job = models.OneToOneField(
        "generation.GenerationJob", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("current job"),
    )  # fmt: skip
    pending_payment_at = models.DateTimeField(_("placed"), db_default=Now())
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    onboarding_pending_at = models.DateTimeField(_("onboarding asked for"), null=True, blank=True)
    building_at = models.DateTimeField(_("generation asked for"), null=True, blank=True)
    generating_at = models.DateTimeField(_("generation begun"), null=True, blank=True)
    review_at = models.DateTimeField(_("in review"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-number"]
        permissions = [
            ("generate_site", "Can ask for the site of an order to be generated"),
            ("mark_paid", "Can mark an order as paid"),
            ("approve_site", "Can approve the site of an order"),
            ("send_back_site", "Can send the site of an order back"),
            ("reset_empty_generations", "Can have the sites of all empty generations made anew"),
            ("auto_start_stuck_orders", "Can have all stuck orders started"),
            ("rotate_access_token", "Can give an order a new link for its customer"),
        ]
        constraints = [
            known_value("order", "status", Status.values),
            known_value("order", "previous_status", ["", *Status.values]),
            known_value("order", "locale", ["", *dict(LOCALES)]),
            models.CheckConstraint(
                condition=Q(revisions_used__lte=F("revisions")), name="orders_order_revisions_within_sold"
            ),
            models.CheckConstraint(condition=Q(pages__gte=1), name="orders_order_has_pages"),
            models.CheckConstraint(
                condition=~Q(status__in=["building", "generating"]) | Q(current_job__isnull=False),
                name="orders_order_in_work_has_job",
            ),
            *sold_for("order"),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="orders_order_status_due"),
            models.Index(fields=["-pending_payment_at", "-number"], name="orders_order_newest"),
            *(
                models.Index(fields=[name, "-pending_payment_at", "-number"], name=f"orders_order_newest_{name}")
                for name in ("status", "theme", "locale")
            ),
            models.Index(fields=["due_at", "number"], name="orders_order_next_due"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def total(self) -> Decimal:
        """What the customer pays for it, add-ons included."""
        prices: list[Decimal] = [self.price, *(each.price for each in self.add_ons.all())]
        return sum(prices, Decimal(0))


class SoldAddOn(models.Model):
    """An add-on as it was sold with an order."""

    order = models.ForeignKey(SiteOrder, models.CASCADE, related_name="add_ons", verbose_name=_("order"))
    name = models.CharField(_("name"), max_length=160)
    price = price_field()
    currency = currency_field()

    class Meta:
        verbose_name = _("add-on sold")
        verbose_name_plural = _("add-ons sold")
        ordering = ["pk"]
        constraints = [*sold_for("soldaddon")]

    def __str__(self) -> str:
        return self.name


class OrderEvent(models.Model):
    """Something that happened to an order; a move where the two states differ."""

    order = models.ForeignKey(SiteOrder, models.CASCADE, related_name="events", verbose_name=_("order"))
    at = models.DateTimeField(_("when"), db_default=Now())
    moved_from = models.CharField(_("from"), max_length=24, choices=Status, blank=True)
    moved_to = models.CharField(_("to"), max_length=24, choices=Status)
    by = models.CharField(_("by"), max_length=160)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("order event")
        verbose_name_plural = _("order events")
        ordering = ["pk"]
        constraints = [
            known_value("orderevent", "moved_from", ["", *Status.values]),
            known_value("orderevent", "moved_to", Status.values),
        ]
        indexes = [models.Index(fields=["order", "at"], name="orders_event_of_order")]

    def __str__(self) -> str:
        return f"{self.moved_from} → {self.moved_to}"
