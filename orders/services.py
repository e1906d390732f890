"""What can be done with an order. Keyword-only, typed, one transaction each, no network.

Lock order: the job's row, then the order's, then the onboarding's. So generation is asked before the order's
row is written, and whether the order may move at all shows when it does: if not, all is rolled back.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from generation.contracts import Locale
from generation.services import UnknownTheme, approve_version, known_themes, latest_version, retrying

from . import mails
from .amendments import amend_order as amend_order
from .amendments import cancel_order as cancel_order
from .answers import Answers
from .brief import NO_PICTURES
from .builds import Refusal as Refusal
from .builds import Settled as Settled
from .builds import auto_start_stuck_orders as auto_start_stuck_orders
from .builds import cancel_build as cancel_build
from .builds import empty_generations as empty_generations
from .builds import request_build as request_build
from .builds import reset_empty_generations as reset_empty_generations
from .builds import reset_site as reset_site
from .builds import retry_build as retry_build
from .builds import start_after_commit
from .builds import stuck_orders as stuck_orders
from .decisions import Outdated, Seen, check_note
from .drafts import save_draft as save_draft
from .editing import AnswersChanged as AnswersChanged
from .editing import OnboardingLocked as OnboardingLocked
from .editing import Party as Party
from .editing import open_answers
from .models import (
    AddOn,
    Customer,
    MailEvent,
    Onboarding,
    OrderEvent,
    OrderNumber,
    Product,
    SiteOrder,
    SoldAddOn,
    Status,
)
from .models.order import new_access_token
from .moves import MoveRefused, move, record
from .pictures import Kept
from .reminders import send_reminders as send_reminders
from .stored_answers import brief_of as brief_of
from .stored_answers import store
from .uploads import add_photo as add_photo
from .uploads import remove_photo as remove_photo
from .webhooks.events import tell, tell_move

DEFAULT_THEME = "prisma"


class NoRevisionsLeft(Exception):
    """The customer has used all revisions that were sold."""

    def __init__(self, order: SiteOrder) -> None:
        super().__init__(_("The revisions included (%(revisions)s) are used up.") % {"revisions": order.revisions})


@retrying
def find_customer(*, name: str, email: str = "", phone: str = "", locale: Locale = Locale.EN) -> Customer:
    """The customer with this e-mail address as they are known, else a new one."""
    given = {"name": name, "phone": phone, "locale": locale}
    if not email:
        return Customer.objects.create(**given)
    return Customer.objects.with_email(email).get_or_create(defaults={"email": email, **given})[0]


@retrying
def place_order(
    *,
    customer: Customer,
    product: Product,
    add_ons: Iterable[AddOn] = (),
    theme: str = DEFAULT_THEME,
    locale: Locale | None = None,
    site_url: str = "",
    notes: str = "",
    answers: Answers | None = None,
    pictures: Kept = NO_PICTURES,
    by: str,
) -> SiteOrder:
    """A new order waiting for payment, with a copy of what is sold and, if given, its complete onboarding.

    ``pictures`` are the kept ones of those that the answers name.

    Raises UnknownTheme and Refused.
    """
    if theme not in known_themes():
        raise UnknownTheme(theme)
    order = SiteOrder.objects.create(
        number=OrderNumber.objects.create().pk,
        customer=customer, product=product, product_name=product.name, price=product.price,
        currency=product.currency, delivery_days=product.delivery_days, revisions=product.revisions,
        pages=product.pages, theme=theme, locale=locale or "", site_url=site_url, notes=notes,
    )  # fmt: skip
    SoldAddOn.objects.bulk_create(
        SoldAddOn(order=order, name=each.name, price=each.price, currency=each.currency) for each in add_ons
    )
    Onboarding.objects.create(order=order)
    tell_move(order, OrderEvent.objects.create(order=order, moved_to=Status.PENDING_PAYMENT, by=by))
    if answers:
        submit_onboarding(order_id=order.pk, answers=answers, pictures=pictures, by=by)
        order.refresh_from_db()
    return order


@retrying
def mark_paid(*, order_id: UUID, by: str, reason: str = "") -> SiteOrder:
    """Take the order as paid, and wait for its onboarding unless that is complete. Raises MoveRefused."""
    order = move(order_id, Status.PAID, by=by, reason=reason)
    if order.onboarding.completed_at:
        return order
    return move(order_id, Status.ONBOARDING_PENDING, by=by)


@retrying
def save_onboarding(
    *,
    order_id: UUID,
    answers: Answers,
    pictures: Kept = NO_PICTURES,
    by: str,
    party: Party = Party.STAFF,
    edits: int | None = None,
) -> Onboarding:
    """Keep these answers in place of the former. Answers that a job has taken become a new revision.

    A picture that is named as before stays. ``edits`` is the count of changes that the writer knew of, if that
    matters. Raises Refused, AnswersChanged where there have been more, and OnboardingLocked where a customer may not
    change them.
    """
    order = SiteOrder.objects.get(pk=order_id)
    brief_of(order, answers)
    onboarding = open_answers(order, party, edits)
    store(onboarding, answers, pictures)
    record(order, by=by, reason=_("answers saved"))
    return onboarding


@retrying
def submit_onboarding(
    *,
    order_id: UUID,
    by: str,
    answers: Answers | None = None,
    pictures: Kept = NO_PICTURES,
    party: Party = Party.STAFF,
    edits: int | None = None,
) -> SiteOrder:
    """Hand the answers in (those stored, or ``answers``): complete from now on, which sets the date of delivery.

    Once a customer has handed them in, the site of a paid order is begun; staff have a button for that. ``edits`` as in
    save_onboarding. Raises Refused where they do not suffice for a site, AnswersChanged and OnboardingLocked.
    """
    now = timezone.now()
    order = SiteOrder.objects.select_for_update().get(pk=order_id)
    if answers:
        save_onboarding(order_id=order_id, answers=answers, pictures=pictures, by=by, party=party, edits=edits)
    brief_of(order)
    onboarding = Onboarding.objects.get(order=order)
    if not onboarding.completed_at:
        onboarding.completed_at = now
        order.due_at = now + timedelta(days=order.delivery_days)
        order.save(update_fields=["due_at"])
    onboarding.submitted_at = now
    onboarding.save(update_fields=["completed_at", "submitted_at"])
    record(order, by=by, reason=_("onboarding handed in"))
    if party is Party.CUSTOMER:
        start_after_commit(order_id=order_id, by=by, trigger="onboarding")
    return order


@retrying
def approve(*, order_id: UUID, by: str, seen: Seen | None = None) -> SiteOrder:
    """Publish the newest version; the order is delivered.

    Raises NothingToApprove, MoveRefused, and Outdated where that is not what was ``seen``.
    """
    version = approve_version(subject=order_id, by=by)
    order = move(order_id, Status.DELIVERED, by=by)
    answers = Onboarding.objects.filter(Q(edits=seen.edits) if seen else Q(), order=order)
    locked = answers.update(locked_at=Coalesce("locked_at", timezone.now()))
    if seen and (locked != 1 or version.number != seen.version):
        raise Outdated
    return order


@retrying
def send_back(*, order_id: UUID, note: str, by: str, party: Party, seen: Seen | None = None) -> SiteOrder:
    """Ask for changes to a site in review: it stays there with the note, and its answers are open again.

    A customer's wish uses one revision, unless the answers were open already. Raises NoteRefused, MoveRefused,
    NoRevisionsLeft, and Outdated where the site or the answers are not what was ``seen``.
    """
    check_note(note)
    reviewed = SiteOrder.objects.filter(pk=order_id, status=Status.REVIEW)
    is_reviewed = reviewed.update(reason=note)
    order = SiteOrder.objects.get(pk=order_id)
    if not is_reviewed:
        raise MoveRefused(order, Status.REVIEW)
    answers = Onboarding.objects.filter(order=order)
    opened = answers.filter(locked_at__isnull=False).update(locked_at=None, revision=F("revision") + 1)
    known = answers.filter(Q(edits=seen.edits) if seen else Q())
    if known.update(note=note, edits=F("edits") + 1) != 1 or (seen and seen.version != _newest(order_id)):
        raise Outdated
    if opened and party is Party.CUSTOMER:
        left = reviewed.filter(revisions_used__lt=F("revisions"))
        if not left.update(revisions_used=F("revisions_used") + 1):
            raise NoRevisionsLeft(order)
    event = record(order, by=by, reason=note)
    order = SiteOrder.objects.get(pk=order_id)
    tell("review.changes_requested", order, note=note, party=party.value)
    if party is Party.CUSTOMER:
        mails.tell(order, MailEvent.REVISION, occurrence=str(event.pk))
    return order


def _newest(order_id: UUID) -> int:
    version = latest_version(order_id)
    return version.number if version else 0


@retrying
def rotate_access_token(*, order_id: UUID, by: str) -> str:
    """A new secret for the customer's link; the old one opens nothing any more."""
    token = new_access_token()
    SiteOrder.objects.filter(pk=order_id).update(access_token=token)
    record(SiteOrder.objects.get(pk=order_id), by=by, reason=_("new link for the customer"))
    return token
