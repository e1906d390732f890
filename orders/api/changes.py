"""A change through the API: one transaction with its audit row and, where a key was sent, its kept answer."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from rest_framework.request import Request
from rest_framework.response import Response

from generation.services import retrying
from orders.models import AuditEntry, Photo, SiteOrder

from . import idempotency
from .callers import Caller

MARK_LETTERS = 12
_OF_ORDER = ("status", "theme", "locale", "variation", "site_url", "due_at", "revisions_used", "product_id", "price",
             "currency", "customer_id", "current_job_id")  # fmt: skip
_OF_ANSWERS = ("revision", "edits", "completed_at", "submitted_at", "locked_at")
_PHOTOS = Photo.objects.filter(onboarding__order=OuterRef("pk")).order_by().values("onboarding").values(n=Count("pk"))
_WATCHED = (
    *((name, name) for name in _OF_ORDER),
    ("notes", "notes"),
    ("job_status", "current_job__status"),
    *((f"onboarding.{name}", f"onboarding__{name}") for name in _OF_ANSWERS),
    ("onboarding.photos", "photos"),
)


def change(
    request: Request,
    caller: Caller,
    action: str,
    order_id: UUID | None,
    do: Callable[[], Response],
    *,
    in_parts: bool = False,
) -> Response:
    """Answer a request that changes something; what is refused changes nothing and leaves no row.

    A POST is done once a key. ``order_id`` is the order concerned, if there is one already. What is done ``in_parts``
    has a transaction for each of them, and goes on where it was when it is asked for again.
    """

    def work(keep: idempotency.Keep) -> Response:
        before = state_of(order_id)
        response = do()
        concerned = order_id or _made(response)
        after = state_of(concerned)
        if before != after or concerned is None:
            changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
            AuditEntry.objects.create(
                caller=caller.id, name=caller.name, action=action, order_id=concerned,
                before={name: before[name] for name in before if name in changed},
                after={name: after[name] for name in after if name in changed} or _counts(response),
            )  # fmt: skip
        keep(response, concerned)
        return response

    whole = work if in_parts else retrying(work)
    if request.method == "POST":
        return idempotency.once(request, caller, whole, order_id)
    return whole(lambda response, order: None)


def state_of(order_id: UUID | None) -> dict[str, Any]:
    """What an audit row tells of an order: states, numbers and choices; of what people wrote only whether it is the
    same."""
    if order_id is None:
        return {}
    rows = SiteOrder.objects.annotate(photos=Coalesce(Subquery(_PHOTOS), 0))
    found = rows.values_list(*(column for _name, column in _WATCHED)).get(pk=order_id)
    state = {name: value for (name, _column), value in zip(_WATCHED, found, strict=True)}
    state["notes"] = state["notes"] and sha256(state["notes"].encode()).hexdigest()[:MARK_LETTERS]
    return {n: v if v is None or isinstance(v, str | int | bool) else str(v) for n, v in state.items()}


def _made(response: Response) -> UUID | None:
    given = response.data.get("id") if isinstance(response.data, dict) else None
    return UUID(str(given)) if given else None


def _counts(response: Response) -> dict[str, Any]:
    """Of an operation on the whole shop: what its answer counts."""
    data = response.data if isinstance(response.data, dict) else {}
    return {name: value for name, value in data.items() if isinstance(value, int)}
