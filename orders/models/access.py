"""Who may use the API, what was changed through it, and the answers that are kept for those who ask twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .catalogue import Customer
from .fields import known_value


class Scope(models.TextChoices):
    """What a key may do; each may what those before it may."""

    READ = "read", _("Read")
    ORDERS = "orders", _("Place and change orders")
    OPERATE = "operate", _("Operate: build, retry, cancel, move")
    ADMIN = "admin", _("Administer the whole shop")

    @property
    def rank(self) -> int:
        return list(Scope).index(self)

    def covers(self, other: "Scope") -> bool:
        return self.rank >= other.rank


class ApiKey(models.Model):
    """A key to the API. Only the SHA-256 of its secret is kept; ``prefix`` is the part that may be seen.

    With a customer it reaches that customer's orders alone. ``last_used_at`` is exact to a minute.
    """

    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=16, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=16, choices=Scope, default=Scope.READ)
    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, blank=True, related_name="api_keys", verbose_name=_("only orders of")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-pk"]
        permissions = [("revoke_apikey", "Can revoke API keys")]
        constraints = [known_value("apikey", "scope", Scope.values)]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class AuditEntry(models.Model):
    """One change that was made through the API: who, what, and the values before and after.

    Holds states, numbers and choices, never names or texts of people: it stays when their data goes.
    """

    at = models.DateTimeField(_("when"), db_default=Now(), db_index=True)
    caller = models.CharField(_("caller"), max_length=64, db_index=True)
    name = models.CharField(_("by"), max_length=160)
    action = models.CharField(_("what"), max_length=64)
    order_id = models.UUIDField(_("order id"), null=True, db_index=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        verbose_name = _("change by API")
        verbose_name_plural = _("changes by API")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.order_id or ''}".strip()


class KeptAnswer(models.Model):
    """The answer to a POST with an Idempotency-Key, for whoever sends it again; ``body`` is its JSON, word for word.

    ``lease`` names the request that works on it, until ``lease_until``; without ``status`` it is not answered yet.
    ``order`` is the id of the order that it tells of, whose words may stand in it.
    """

    caller = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    lease = models.UUIDField()
    lease_until = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField()
    order = models.UUIDField(null=True, db_index=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="orders_keptanswer_key_once"),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__gte=200, status__lt=500),
                name="orders_keptanswer_is_no_defect",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.caller}: {self.key}"
