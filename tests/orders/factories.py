"""Small, valid answers and orders."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation import runner
from orders import services
from orders.answers import Answers
from orders.models import Product, SiteOrder

if TYPE_CHECKING:
    from generation.models import GenerationJob

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.json"))


def facts(**changes: Any) -> dict[str, Any]:
    """The least that a site needs, as it stands in an onboarding file."""
    given: dict[str, Any] = {
        "business_name": "Burnet Road Plumbing",
        "niche": "plumber",
        "locale": "en",
        "address": {"city": "Austin"},
        "phone": "(512) 555-0134",
        "services": [{"name": "Leak repair"}],
    }
    return {**given, **changes}


def make_answers(**changes: Any) -> Answers:
    return Answers.model_validate(facts(**changes))


def make_product(**changes: Any) -> Product:
    values: dict[str, Any] = {"price": Decimal("399.00"), "currency": "USD", "delivery_days": 5, "revisions": 2}
    return Product.objects.create(name=f"Site {Product.objects.count()}", **{**values, **changes})


def place(answers: Answers | None = None, **changes: Any) -> SiteOrder:
    """An order waiting for payment; with ``answers``, its onboarding is complete."""
    customer = services.find_customer(name="Mike", email="mike@example.com")
    product = changes.pop("product", None) or make_product()
    return services.place_order(customer=customer, product=product, answers=answers, by="test", **changes)


def paid(answers: Answers | None = None, **changes: Any) -> SiteOrder:
    return services.mark_paid(order_id=place(answers, **changes).pk, by="test")


def build(order: SiteOrder, **changes: Any) -> GenerationJob:
    """Ask for the order's site, as the staff do."""
    return services.request_build(order_id=order.pk, by="test", trigger="admin", **changes).job


def run(job: GenerationJob) -> None:
    """Do the job in this process, as a worker does."""
    runner.run(job.pk, job.attempt + 1, execution=f"execution-{job.pk}", worker="test")


def reviewed(**changes: Any) -> SiteOrder:
    """An order whose first site is in review; needs the ``pipeline`` fixture."""
    order = paid(make_answers(), **changes)
    run(build(order))
    return SiteOrder.objects.get(pk=order.pk)
