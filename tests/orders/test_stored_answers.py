"""Answers come back from the database as they went in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from orders import models
from orders.answers import Answers
from orders.brief import accept, make_brief
from orders.models import Agency, Customer, Onboarding, Photo, Product, SiteOrder
from orders.onboarding_file import read_file
from orders.services import brief_of, save_onboarding
from orders.stored_answers import load

from .factories import SAMPLES, make_answers, make_product, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_each_sample_is_stored_as_given_and_gives_the_same_brief(path: Path) -> None:
    answers = read_file(path)
    order = place(answers)
    assert accept(load(order.onboarding)) == answers
    assert brief_of(order) == make_brief(answers)


def test_every_field_has_its_column() -> None:
    answers = make_answers(
        logo={"file": "logo.png", "alt": "Logo"},
        photos=[{"file": "van.jpg", "alt": "Van"}],
        social={"x": "@burnet", "pinterest": "burnet"},
        hours=[{"days": ["fri", "sat"], "opens": "22:00", "closes": "02:30"}],
        team=[{"name": "Ana"}],
        seo={"keywords": ["plumber austin"]},
        years_in_business=0,
        site_url="https://burnet.example",
    )
    assert Answers.model_validate(load(place(answers).onboarding)) == answers


def test_saving_replaces_what_was_there() -> None:
    order = place(make_answers(team=[{"name": "Ana"}, {"name": "Bia"}], tone="premium"))
    save_onboarding(order_id=order.pk, answers=make_answers(team=[{"name": "Caio"}]), by="test")
    assert Answers.model_validate(load(Onboarding.objects.get(order=order))) == make_answers(team=[{"name": "Caio"}])


def test_a_nul_is_kept_as_a_character_that_is_cleaned_and_said() -> None:
    order = place(make_answers(description="Leaks\x00 fixed."))
    brief = brief_of(order)
    assert brief.description == "Leaks fixed."
    assert [(notice.code, notice.where) for notice in brief.warnings] == [("characters_removed", "description")]


def test_the_database_itself_holds_the_rules() -> None:
    order = place(make_answers(testimonials=[{"author": "A", "text": "t"}]))
    orders, onboardings = SiteOrder.objects.filter(pk=order.pk), Onboarding.objects.filter(order=order)
    product = make_product()
    breaks: list[Callable[[], object]] = [
        lambda: orders.update(status="lost"),
        lambda: orders.update(price=-1),
        lambda: orders.update(currency="usd"),
        lambda: orders.update(revisions_used=3),
        lambda: orders.update(status="building"),
        lambda: orders.update(locale="fr"),
        lambda: orders.update(number=place().number),
        lambda: orders.update(access_token=place().access_token),
        lambda: [SiteOrder.objects.filter(pk=each).update(stripe_session="cs_1") for each in (order.pk, place().pk)],
        lambda: onboardings.update(niche="bakery"),
        lambda: onboardings.update(submitted_at=order.pending_payment_at, completed_at=None),
        lambda: models.Testimonial.objects.update(rating=6),
        lambda: models.Testimonial.objects.create(onboarding=order.onboarding, position=0, author="B", text="t"),
        lambda: Photo.objects.create(onboarding=order.onboarding, position=0, file="a", alt="b", sha256="0" * 64),
        lambda: Agency.objects.create(id=2, name="Second"),
        lambda: Customer.objects.create(name="Twin", email="MIKE@example.com"),
        lambda: Product.objects.create(name=product.name.upper(), price=1, currency="USD"),
        lambda: Product.objects.create(name="Nothing", price=1, currency="USD", pages=0),
    ]
    for broken in breaks:
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()
    Agency.objects.create(name="First")
