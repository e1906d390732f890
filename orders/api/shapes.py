"""What the API answers with: the shape of each object, and how it is filled from rows.

The shapes of orders take them from :mod:`orders.api.reading`.
"""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from generation.services import explain, progress_of
from orders import standing
from orders.models import AddOn, Customer, Onboarding, Payment, Product, SiteOrder, SoldAddOn, Status
from orders.moves import BY_HAND, goes_by_hand

from .fields import constant, locale_field
from .shaping import shaped

Rows = serializers.ModelSerializer


class CustomerShape(Rows[Customer]):
    """Whose order it is."""

    locale = locale_field()

    class Meta:
        model = Customer
        fields = ("id", "name", "email", "phone", "locale")
        read_only_fields = fields


class ProductShape(Rows[Product]):
    """A kind of site at a fixed price."""

    object = constant("product")

    class Meta:
        model = Product
        fields = ("id", "object", "name", "price", "currency", "delivery_days", "revisions", "pages")
        read_only_fields = fields


class AddOnShape(Rows[AddOn]):
    """Something that is sold with a site."""

    object = constant("add_on")

    class Meta:
        model = AddOn
        fields = ("id", "object", "name", "price", "currency")
        read_only_fields = fields


class ThemeShape(serializers.Serializer[Any]):
    """A look that a site can have."""

    object = constant("template")
    name = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    idea = serializers.CharField(read_only=True)


class SoldShape(Rows[SoldAddOn]):
    """An add-on as it was sold."""

    class Meta:
        model = SoldAddOn
        fields = ("name", "price", "currency")
        read_only_fields = fields


class ErrorShape(serializers.Serializer[Any]):
    """Why a job stopped: a stable code, words, and what to do."""

    code = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)
    remedy = serializers.CharField(read_only=True)


class JobShape(serializers.Serializer[Any]):
    """One generation of the site. ``progress`` is in per cent."""

    id = serializers.UUIDField(read_only=True)
    object = constant("job")
    kind = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(
        choices=["queued", "running", "retrying", "succeeded", "failed", "cancelled"], read_only=True
    )
    trigger = serializers.CharField(read_only=True)
    requested_by = serializers.CharField(read_only=True)
    queue = serializers.CharField(read_only=True)
    step = serializers.CharField(source="current_step", read_only=True)
    progress = serializers.IntegerField(read_only=True)
    attempt = serializers.IntegerField(read_only=True)
    attempts_spent = serializers.IntegerField(source="spent", read_only=True)
    max_attempts = serializers.IntegerField(read_only=True)
    next_attempt_at = serializers.DateTimeField(read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(read_only=True)
    started_at = serializers.DateTimeField(read_only=True, allow_null=True)
    finished_at = serializers.DateTimeField(read_only=True, allow_null=True)
    error = serializers.SerializerMethodField()

    @extend_schema_field(ErrorShape(allow_null=True))
    def get_error(self, job: Any) -> dict[str, str] | None:
        if not job.error_code:
            return None
        return {"code": job.error_code, "message": job.error_message, "remedy": job.error_remedy}


WAITING = ("queued", "retrying")


class NextShape(serializers.Serializer[Any]):
    """What comes next: in words, and whose turn it is."""

    words = serializers.CharField(read_only=True)
    turn = serializers.ChoiceField(choices=[each.value for each in standing.Turn], read_only=True)


class RevisionsShape(serializers.Serializer[Any]):
    included = serializers.IntegerField(read_only=True)
    used = serializers.IntegerField(read_only=True)


class SeenShape(serializers.Serializer[Any]):
    """What somebody has before their eyes: the newest version (0: none) and the count of changes to the answers.
    Sent back with a decision, it makes sure that the decision is about this."""

    version = serializers.IntegerField(read_only=True)
    edits = serializers.IntegerField(read_only=True)


class OnboardingState(Rows[Onboarding]):
    """Where the answers stand; ``open`` are those that may be changed."""

    complete = serializers.SerializerMethodField()
    open = serializers.SerializerMethodField()

    class Meta:
        model = Onboarding
        fields = ("complete", "open", "revision", "edits", "note", "submitted_at")
        read_only_fields = fields

    def get_complete(self, onboarding: Onboarding) -> bool:
        return onboarding.completed_at is not None

    def get_open(self, onboarding: Onboarding) -> bool:
        return onboarding.locked_at is None


DATES = tuple(f"{status.value}_at" for status in Status if status is not Status.PENDING_PAYMENT)


class OrderShape(Rows[SiteOrder]):
    """An order. Amounts of money are text, times are ISO 8601 in UTC."""

    object = constant("site_order")
    status = serializers.ChoiceField(choices=Status.values, read_only=True)
    next = serializers.SerializerMethodField()
    allowed_moves = serializers.SerializerMethodField()
    customer = CustomerShape(read_only=True)
    product = serializers.SerializerMethodField()
    add_ons = SoldShape(source="sold", many=True, read_only=True)
    revisions = serializers.SerializerMethodField()
    locale = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(source="pending_payment_at", read_only=True)
    dates = serializers.SerializerMethodField()
    onboarding = OnboardingState(read_only=True)
    seen = serializers.SerializerMethodField()
    job = JobShape(source="current_job", read_only=True, allow_null=True)

    class Meta:
        model = SiteOrder
        fields: tuple[str, ...] = (
            "id", "object", "number", "status", "reason", "next", "allowed_moves", "customer", "product", "add_ons",
            "price", "currency", "pages", "delivery_days", "revisions", "theme", "locale", "variation", "site_url",
            "notes", "due_at", "created_at", "dates", "onboarding", "seen", "job",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(NextShape)
    def get_next(self, order: SiteOrder) -> dict[str, str]:
        return {"words": standing.next_step(order), "turn": standing.turn(order).value}

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=[s.value for s in BY_HAND])))
    def get_allowed_moves(self, order: SiteOrder) -> list[str]:
        return [status.value for status in goes_by_hand(Status(order.status))]

    @extend_schema_field({"type": "object", "properties": {"id": {"type": "integer", "nullable": True},
                          "name": {"type": "string"}}, "required": ["id", "name"]})  # fmt: skip
    def get_product(self, order: SiteOrder) -> dict[str, Any]:
        return {"id": order.product_id, "name": order.product_name}

    @extend_schema_field(locale_field(allow_null=True))
    def get_locale(self, order: SiteOrder) -> str | None:
        """The order's own; null where that of the onboarding holds."""
        return order.locale or None

    @extend_schema_field(RevisionsShape)
    def get_revisions(self, order: SiteOrder) -> dict[str, int]:
        return {"included": order.revisions, "used": order.revisions_used}

    @extend_schema_field({"type": "object", "properties": {
        name: {"type": "string", "format": "date-time"} for name in DATES}})  # fmt: skip
    def get_dates(self, order: SiteOrder) -> dict[str, Any]:
        """When it last came into each state that it has been in."""
        return {name: at for name in DATES if (at := getattr(order, name))}

    @extend_schema_field(SeenShape)
    def get_seen(self, order: SiteOrder) -> dict[str, int]:
        return {"version": order.newest, "edits": order.onboarding.edits}  # type: ignore[attr-defined]


class ProgressShape(serializers.Serializer[Any]):
    """How far the job is, with the last thing that it said."""

    percent = serializers.IntegerField(read_only=True)
    line = serializers.CharField(read_only=True)
    steps = serializers.SerializerMethodField()

    @extend_schema_field(
        {"type": "array", "items": {"type": "object", "properties": {"label": {"type": "string"},
         "state": {"type": "string"}}, "required": ["label", "state"]}}
    )  # fmt: skip
    def get_steps(self, progress: Any) -> list[dict[str, str]]:
        return [{"label": label, "state": state} for label, state in progress.steps]


class WhyShape(serializers.Serializer[Any]):
    """Why the job is not running: a stable code (`no_worker`, `paused`, `broker_unreachable`, …), words and remedy."""

    code = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)
    remedy = serializers.CharField(read_only=True)
    since = serializers.DateTimeField(read_only=True, allow_null=True)
    until = serializers.DateTimeField(read_only=True, allow_null=True)


class PaymentShape(Rows[Payment]):
    """Money that has come in for the order, what of it went back, and when the customer's bank has disputed it."""

    object = constant("payment")

    class Meta:
        model = Payment
        fields = ("object", "amount", "currency", "paid_at", "refunded", "refunded_at", "disputed_at", "dispute_reason")
        read_only_fields = fields


class OrderDetail(OrderShape):
    """An order with the progress of its job, and for keys that may place orders the secret of its customer's link."""

    payments = PaymentShape(many=True, read_only=True)
    progress = serializers.SerializerMethodField()
    why_not_running = serializers.SerializerMethodField()
    access_token = serializers.SerializerMethodField()

    class Meta(OrderShape.Meta):
        fields = (*OrderShape.Meta.fields, "payments", "progress", "why_not_running", "access_token")
        read_only_fields = fields

    @extend_schema_field(ProgressShape(allow_null=True))
    def get_progress(self, order: SiteOrder) -> dict[str, Any] | None:
        job = order.current_job
        return shaped(ProgressShape, progress_of(job)) if job and job.is_active else None

    @extend_schema_field(WhyShape(allow_null=True))
    def get_why_not_running(self, _order: SiteOrder) -> None:
        return None  # not for all: see detail()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_access_token(self, _order: SiteOrder) -> None:
        return None  # not for all: see detail()


def detail(order: SiteOrder, *, shows_token: bool, explains: bool) -> dict[str, Any]:
    """An order in all its parts. Why its job does not run is asked of the broker, so not while something is changed,
    unless it is known to be away: no transaction waits for it."""
    told, job = shaped(OrderDetail, order), order.current_job
    if shows_token:
        told["access_token"] = order.access_token
    if explains and job and job.status in WAITING:
        told["why_not_running"] = shaped(WhyShape, explain(job))
    return told


class EventShape(serializers.Serializer[Any]):
    """A line of the log of an order's jobs."""

    id = serializers.IntegerField(read_only=True)
    object = constant("log_line")
    job = serializers.UUIDField(source="job_id", read_only=True)
    at = serializers.DateTimeField(read_only=True)
    attempt = serializers.IntegerField(read_only=True)
    step = serializers.CharField(read_only=True)
    level = serializers.ChoiceField(choices=["info", "warning", "error"], read_only=True)
    text = serializers.CharField(read_only=True)


class DeliverableShape(serializers.Serializer[Any]):
    """Something that a job made. ``content`` is data; of a site there are links, which expire."""

    object = constant("deliverable")
    kind = serializers.ChoiceField(choices=["brief", "plan", "copy", "report", "site"], read_only=True)
    version = serializers.IntegerField(read_only=True)
    content = serializers.DictField(allow_null=True, read_only=True)
    preview_url = serializers.URLField(allow_null=True, read_only=True)
    zip_url = serializers.URLField(allow_null=True, read_only=True)
    expires_at = serializers.DateTimeField(allow_null=True, read_only=True)


class VersionShape(serializers.Serializer[Any]):
    """A finished site. Its content never changes; its links expire."""

    object = constant("version")
    number = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(choices=["draft", "approved", "published", "superseded"], read_only=True)
    job = serializers.UUIDField(source="job_id", read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    published_at = serializers.DateTimeField(allow_null=True, read_only=True)
    preview_url = serializers.URLField(read_only=True)
    zip_url = serializers.URLField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)


class PhotoShape(serializers.Serializer[Any]):
    """A picture of the onboarding, as it is kept. Sizes in pixels."""

    id = serializers.IntegerField(read_only=True)
    object = constant("photo")
    file = serializers.CharField(read_only=True)
    alt = serializers.CharField(read_only=True)
    is_logo = serializers.BooleanField(read_only=True)
    width = serializers.IntegerField(allow_null=True, read_only=True)
    height = serializers.IntegerField(allow_null=True, read_only=True)


class ProblemField(serializers.Serializer[Any]):
    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    remedy = serializers.CharField()


@extend_schema_serializer(component_name="Problem")
class ProblemShape(serializers.Serializer[Any]):
    """RFC 9457. ``code`` is stable and for programs; title, detail and remedy are for people, in their language."""

    type = serializers.CharField()
    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    detail = serializers.CharField()
    remedy = serializers.CharField()
    errors = ProblemField(many=True)  # type: ignore[assignment]  # RFC 9457 leaves the name to us
    allowed = serializers.ListField(child=serializers.CharField(), required=False)
    status_now = serializers.CharField(required=False)
    order = serializers.UUIDField(required=False)


def listing(item: type[serializers.BaseSerializer[Any]]) -> serializers.BaseSerializer[Any]:
    """The shape of a list of these: some of them, and whether there are more."""
    name = item.__name__.removesuffix("Shape").removesuffix("Detail")
    fields = {
        "object": constant("list"),
        "url": serializers.CharField(read_only=True),
        "has_more": serializers.BooleanField(read_only=True),
        "data": item(many=True, read_only=True),
        "__doc__": "Some of them, and whether there are more.",
    }
    shape: serializers.BaseSerializer[Any] = type(f"{name}List", (serializers.Serializer,), fields)()
    return shape
