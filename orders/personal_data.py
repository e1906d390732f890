"""A customer's personal data: given to them in full, or taken away.

Erasing leaves what the books need: sums, numbers, dates and states, and the rows that say who did what. It takes names,
addresses, mails, answers, photos, briefs, logs and sites, here and in generation. What Stripe knows is Stripe's: an
erasure there is asked for there.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F, Max, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from generation.services import (
    OF_THE_ENGINE,
    RequestRefused,
    asset_bytes,
    columns_of,
    discard_files,
    erase_subjects,
    erase_work,
    retrying,
    tell_subject,
    zips_of,
)

from .models import (
    OPEN,
    ApiKey,
    AuditEntry,
    Checkout,
    CheckoutState,
    Customer,
    KeptAnswer,
    Mail,
    Onboarding,
    OrderEvent,
    Photo,
    SiteOrder,
    Status,
    StripeEvent,
    WebhookCall,
    WebhookDelivery,
)
from .models.order import new_access_token
from .moves import move, record
from .stored_answers import ROWS, load
from .webhooks.events import tell

FORMAT = "site-builder customer export 1"
ERASED = "–"
SECRET = frozenset({"access_token", "digest"})
_KEPT_OF_ANSWERS = frozenset({"id", "order", "revision", "edits", "completed_at", "submitted_at", "locked_at"})


class NoSuchCustomer(RequestRefused):
    """Nobody is known by that."""


def find(text: str) -> Customer:
    """The customer with this e-mail address or number. Raises NoSuchCustomer."""
    known = Q(email__iexact=text) & ~Q(email="")
    if text.isascii() and text.isdecimal() and len(text) < 19:
        known |= Q(pk=int(text))
    customer = Customer.objects.filter(known).first()
    if customer is None:
        raise NoSuchCustomer(_("There is no customer “%(text)s”. Give an e-mail address or a number.") % {"text": text})
    return customer


# giving


def export_customer(*, customer: Customer, by: str, out: IO[bytes], caller: str = "command") -> None:
    """Write all that is held of the customer into ``out``, as a zip: data as JSON, their pictures, their sites."""
    orders = SiteOrder.objects.filter(customer=customer).order_by("number")
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        told = {
            "format": FORMAT,
            "exported_at": timezone.now(),
            "customer": columns_of(customer),
            "api_keys": [columns_of(key, SECRET) for key in ApiKey.objects.filter(customer=customer)],
            "orders": [_order(order, packed) for order in orders],
        }
        packed.writestr("data.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    AuditEntry.objects.create(caller=caller, name=by, action="customer.export", after={"customer": customer.pk})


def _order(order: SiteOrder, packed: ZipFile) -> dict[str, Any]:
    """The order as data; its files go into the zip."""
    folder = f"orders/{order.number}"
    for number, content in zips_of(order.pk):
        packed.writestr(f"{folder}/site-{number}.zip", content)
    photos = []
    for photo in Photo.objects.filter(onboarding__order=order):
        kept = f"{folder}/photos/{photo.position:02}-{'logo' if photo.is_logo else 'photo'}.{_ending(photo)}"
        with suppress(FileNotFoundError):
            if photo.sha256:
                packed.writestr(kept, asset_bytes(photo.asset))
        photos.append({**columns_of(photo), "kept_as": kept if photo.sha256 else None})
    rows: dict[str, Iterable[models.Model]] = {
        "add_ons": order.add_ons.all(),
        "history": order.events.all(),
        "mails": order.mails.all(),
        "checkouts": order.checkouts.all(),
        "payments": order.payments.all(),
        "events_of_stripe": order.stripe_events.all(),
        "webhooks": order.webhook_deliveries.all(),
        "changes_by_api": AuditEntry.objects.filter(order_id=order.pk),
    }
    return {
        **columns_of(order, SECRET),
        "onboarding": {**columns_of(order.onboarding), "answers": load(order.onboarding), "pictures": photos},
        **{name: [columns_of(row, OF_THE_ENGINE) for row in some] for name, some in rows.items()},
        "generation": tell_subject(order.pk),
    }


def _ending(photo: Photo) -> str:
    return photo.media_type.rpartition("/")[2].replace("jpeg", "jpg")


# taking away


@retrying
def erase_customer(*, customer_id: int, by: str, caller: str = "command") -> dict[str, int]:
    """Take away all that tells of the customer; open orders are cancelled. Returns how much of each went.

    Once more does no harm. Raises StillInWork while a site of theirs is being made.
    """
    customer = Customer.objects.select_for_update().get(pk=customer_id)  # nobody places an order for them now
    orders = SiteOrder.objects.filter(customer=customer).order_by("number")
    first = erase_subjects([order.pk for order in orders])
    locked = list(orders.select_for_update())
    ids = [order.pk for order in locked]
    again = erase_subjects(ids)  # jobs that were asked for in between; from here on nobody can
    taken = {name: first[name] + again[name] for name in first} | {"jobs": again["jobs"], "orders": len(ids)}
    taken["pictures"] = _erase_answers(ids)
    taken["mails"] = _erase_mails(ids)
    taken["webhooks"] = _erase_webhooks(ids)
    _erase_orders(ids)
    _erase_traces(customer, locked)
    Customer.objects.filter(pk=customer_id).update(name=ERASED, email="", phone="")
    Customer.objects.filter(pk=customer_id, erased_at=None).update(erased_at=timezone.now())
    for order in locked:
        _close(order, by=by)
    AuditEntry.objects.create(caller=caller, name=by, action="customer.erase", after={"customer": customer_id, **taken})
    return taken


def _close(order: SiteOrder, *, by: str) -> None:
    """Cancel the order if it is open, and tell those who were told of it that its data are erased."""
    if order.status in OPEN:
        move(order.pk, Status.CANCELLED, by=by)
    erased = SiteOrder.objects.filter(pk=order.pk, erased_at=None)
    if erased.update(erased_at=timezone.now(), access_token=new_access_token()) == 1:
        order.refresh_from_db()
        record(order, by=by, reason=_("personal data erased"))
        tell("order.erased", order)


def erase_old_customers(*, by: str) -> Iterator[tuple[Customer, str]]:
    """Erase those whose last order moved for the last time longer ago than PERSONAL_DATA_DAYS, one by one.

    Yields each with why it was passed over; empty where it was erased.
    """
    for customer in old_customers():
        try:
            erase_customer(customer_id=customer.pk, by=by)
        except RequestRefused as refused:
            yield customer, str(refused)
        else:
            yield customer, ""


def old_customers() -> QuerySet[Customer]:
    """Those whose data have been kept for as long as they may be; none where the setting says nothing."""
    if not settings.PERSONAL_DATA_DAYS:
        return Customer.objects.none()
    ago = timezone.now() - timedelta(days=settings.PERSONAL_DATA_DAYS)
    known = Customer.objects.annotate(moved_at=Max("orders__events__at"), placed_at=Max("orders__pending_payment_at"))
    is_old = Q(moved_at__lt=ago) & Q(placed_at__lt=ago) | Q(placed_at=None, created_at__lt=ago)
    return known.filter(is_old, erased_at=None).order_by("pk")


def _erase_answers(orders: list[UUID]) -> int:
    """Answers become those of somebody who has said nothing yet; what is counted stays. Returns how many pictures."""
    onboardings = Onboarding.objects.filter(order__in=orders)
    blank = Onboarding()
    emptied = {
        field.name: getattr(blank, field.attname)
        for field in Onboarding._meta.concrete_fields
        if field.name not in _KEPT_OF_ANSWERS
    }
    onboardings.update(**emptied, edits=F("edits") + 1)
    for rows, _part in ROWS.values():
        rows._default_manager.filter(onboarding__in=onboardings).delete()
    pictures = Photo.objects.filter(onboarding__in=onboardings)
    files = set(pictures.exclude(sha256="").values_list("sha256", flat=True))
    transaction.on_commit(lambda: discard_files(files), robust=True)
    return pictures.delete()[0]


def _erase_mails(orders: list[UUID]) -> int:
    """Mails keep what they were about and when; those that were still to go out do not."""
    mails = Mail.objects.filter(order__in=orders)
    erase_work(mails)
    known = list(mails.values_list("pk", flat=True))
    transaction.on_commit(lambda: _remove_mail_files(known), robust=True)
    return mails.update(to="", reply_to="", subject="", text="", html="")


def _remove_mail_files(mails: Iterable[UUID]) -> None:
    """What stands in the folder that takes mails where there is no server."""
    for mail in mails:
        (Path(settings.EMAIL_FILE_PATH) / f"{mail}.eml").unlink(missing_ok=True)


def _erase_webhooks(orders: list[UUID]) -> int:
    """What others were told is theirs now; here only that they were told stays."""
    told = WebhookDelivery.objects.filter(order__in=orders)
    erase_work(told)
    WebhookCall.objects.filter(delivery__in=told).update(response="", error="")
    return told.update(body="")


def _erase_orders(orders: list[UUID]) -> None:
    SiteOrder.objects.filter(pk__in=orders).update(notes="", site_url="", reason="")
    OrderEvent.objects.filter(order__in=orders, order__erased_at=None).update(reason="")
    checkouts = Checkout.objects.filter(order__in=orders)
    checkouts.update(url="", success_url="", cancel_url="")
    checkouts.filter(state=CheckoutState.OPEN).update(state=CheckoutState.EXPIRED)
    StripeEvent.objects.filter(order__in=orders).update(words="", error="")
    for entry in AuditEntry.objects.filter(order_id__in=orders):
        for values in (entry.before, entry.after):
            values.pop("site_url", None)
            values.pop("notes", None)
        entry.save(update_fields=["before", "after"])


def _erase_traces(customer: Customer, orders: list[SiteOrder]) -> None:
    """Copies of their words in what is kept for other reasons: answers to who asks twice, names in the admin's log."""
    KeptAnswer.objects.filter(order__in=[order.pk for order in orders]).delete()
    named = [str(order.pk) for order in orders] + ([customer.email] if customer.email else [])
    for words in named:  # also where they stand beside others
        KeptAnswer.objects.filter(body__contains=words).delete()
    ApiKey.objects.filter(customer=customer, revoked_at=None).update(revoked_at=timezone.now())
    ApiKey.objects.filter(customer=customer).update(name=ERASED)
    onboardings = Onboarding.objects.filter(order__in=orders).values_list("pk", flat=True)
    for model, ids in (
        (Customer, [customer.pk]),
        (SiteOrder, [order.pk for order in orders]),
        (Onboarding, onboardings),
    ):
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model), object_id__in=[str(each) for each in ids]
        )
        entries.update(object_repr=Concat(Value("#"), "object_id"), change_message="")
