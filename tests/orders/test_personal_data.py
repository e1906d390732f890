"""A customer gets all that is held of them, and is gone without a trace when they want to; what was counted stays."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from generation.models import GenerationJob, GenerationLog, JobAttempt, JobEvent, SiteVersion, StepRun
from generation.runner import GenerationFailed
from generation.services import StillInWork, UnknownStep
from orders import personal_data, services
from orders.api.keys import find_key, make_key
from orders.builds import ErasedOrder
from orders.findings import Refused
from orders.models import (
    AuditEntry,
    Customer,
    KeptAnswer,
    Mail,
    OrderEvent,
    Payment,
    Photo,
    Scope,
    SiteOrder,
    Status,
    WebhookDelivery,
)
from orders.onboarding_file import read_file
from orders.pictures import keep, read_pictures
from orders.services import Party
from orders.webhooks.endpoints import add_endpoint
from tests.api.support import Api
from tests.support.processes import ROOT
from tests.support.staff import staff

from .factories import build, make_answers, make_product, paid, place, run

if TYPE_CHECKING:
    from pytest_django import Settings
    from redis import Redis

    from orders.answers import Answers
    from tests.generation.conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)
FILE = ROOT / "samples" / "photos" / "garden-boise.en.json"
WORDS = (
    "Marta Reyes-Quill", "quill@foothill.example", "+1 208 555 0147", "Foothill Garden", "hello@foothillgarden",
    "Owen Clark", "208) 555-0147", "2085550147", "dry summers", "foothillgardenworks.com", "gate on Elm Street",
)  # fmt: skip
"""What tells of the customer: their name and address, and words of their business, answers, notes and site."""


@pytest.fixture(autouse=True)
def _places(settings: Settings, tmp_path: Path) -> None:
    """Storage and mail folder of this test alone."""
    settings.STORAGES = {
        **settings.STORAGES,
        "sites": {"BACKEND": "generation.artifacts.SitesStorage", "OPTIONS": {"location": tmp_path / "sites"}},
    }
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_STAFF = "staff@example.com"


def with_a_photo() -> Answers:
    """Answers with a logo and a photo."""
    answers = read_file(FILE)
    return answers.model_copy(update={"photos": answers.photos[:1]})


def whole_customer() -> Customer:
    """A customer with an order that has come all the way, by every door."""
    add_endpoint(name="CRM", url="https://crm.example/hook", events=["order.*", "job.*", "review.*", "delivered"])
    customer = services.find_customer(name="Marta Reyes-Quill", email="quill@foothill.example", phone="+1 208 555 0147")
    make_key(name="Marta Reyes-Quill's shop", scope=Scope.READ, customer=customer)
    answers = with_a_photo()
    order = services.place_order(
        customer=customer, product=make_product(), answers=answers, pictures=keep(read_pictures(answers, FILE.parent)),
        notes="gate on Elm Street", by="Ana",
    )  # fmt: skip
    services.mark_paid(order_id=order.pk, by="Ana", reason="Marta Reyes-Quill has paid in cash")
    Payment.objects.create(order=order, intent="pi_1", amount=order.price, currency="USD", paid_at=timezone.now())
    run(build(order))
    services.send_back(order_id=order.pk, note="Owen Clark is a partner", by="customer", party=Party.CUSTOMER)
    services.approve(order_id=order.pk, by="Ana")
    services.amend_order(order_id=order.pk, changes={"site_url": "https://foothillgardenworks.com"}, by="Ana")
    body = json.dumps({"id": str(order.pk), "customer": {"name": customer.name}})
    now = timezone.now()
    KeptAnswer.objects.create(
        caller="key:1", key="k", fingerprint="f", lease=order.pk, lease_until=now, created_at=now, status=201, body=body
    )
    shop = Api.with_key(Scope.ORDERS)
    for field, status in (("business_name", 200), ("phone", 422)):
        draft = {"answers": {field: "Foothill Garden Works"}}
        assert shop.post(f"/{order.pk}/onboarding", draft, Idempotency_Key=field).status_code == status
    AuditEntry.objects.create(
        caller="key:1", name="API", action="order.place", order_id=order.pk,
        after={"status": "paid", "site_url": "https://foothillgardenworks.com"},
    )  # fmt: skip
    page = staff("orders.change_customer", "orders.view_customer")
    changed = {"name": customer.name, "email": customer.email, "phone": customer.phone, "locale": "pt-BR"}
    assert page.post(f"/admin/orders/customer/{customer.pk}/change/", changed).status_code == 302
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir()
    for mail in Mail.objects.all():
        (folder / f"{mail.pk}.eml").write_text(mail.text)
    return customer


def found_in_database() -> list[str]:
    """Each of the words that stands anywhere in the database, and in which table."""
    found = []
    tables = connection.introspection.table_names()
    for model in (each for each in apps.get_models() if each._meta.db_table in tables):
        text = json.dumps(list(model._default_manager.values()), default=str, ensure_ascii=False)
        found += [f"{model.__name__}: {words}" for words in WORDS if words in text]
    return found


def found_in(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [f"{path.name}: {words}" for path in files for words in WORDS if words.encode() in path.read_bytes()]


def test_after_an_erasure_no_word_of_the_customer_is_left_and_what_was_counted_is(tmp_path: Path) -> None:
    customer = whole_customer()
    order = SiteOrder.objects.get()
    photos = list(Photo.objects.values_list("sha256", flat=True))
    link = order.access_token
    before = {line.partition(":")[0] for line in found_in_database()}
    assert {"Customer", "Onboarding", "GenerationJob", "StepRun", "SiteVersion", "Mail", "WebhookDelivery",
            "OrderEvent", "KeptAnswer", "ApiKey", "LogEntry", "AuditEntry", "SiteOrder"} <= before  # fmt: skip
    assert found_in(tmp_path / "sites")

    taken = personal_data.erase_customer(customer_id=customer.pk, by="Ana")
    assert found_in_database() == []
    assert found_in(tmp_path / "sites") == []
    assert found_in(tmp_path / "mail") == []
    stored = {path.name for path in (tmp_path / "sites").rglob("*")}
    assert len(photos) == 2
    assert not stored & set(photos)

    order.refresh_from_db()
    assert order.status == Status.DELIVERED
    assert order.total == 399
    assert order.access_token != link
    assert Payment.objects.get().amount == 399
    job = GenerationJob.objects.get()
    assert (job.status, job.brief) == ("succeeded", {})
    assert job.finished_at
    assert JobAttempt.objects.count() == 1
    assert JobEvent.objects.filter(job=job).count() >= 3
    assert OrderEvent.objects.filter(order=order, moved_to=Status.DELIVERED).count() >= 1
    assert [model.objects.count() for model in (GenerationLog, StepRun, SiteVersion)] == [0, 0, 0]
    assert Mail.objects.filter(event="delivered").count() == 1
    audit = AuditEntry.objects.get(action="customer.erase")
    assert (audit.name, audit.after["orders"], audit.after["mails"]) == ("Ana", 1, taken["mails"])
    assert AuditEntry.objects.filter(action="order.place").count() == 1
    told = json.loads(WebhookDelivery.objects.get(event_type="order.erased").body)
    assert told["data"]["order"]["id"] == str(order.pk)

    again = personal_data.erase_customer(customer_id=customer.pk, by="Ana")
    assert again["log_lines"] == again["pictures"] == 0
    assert found_in_database() == []
    with pytest.raises(Refused):
        build(order)


def test_pages_and_links_of_an_erased_order_still_open(tmp_path: Path) -> None:
    customer = whole_customer()
    order = SiteOrder.objects.get()
    personal_data.erase_customer(customer_id=customer.pk, by="Ana")
    root = staff(is_superuser=True)
    for page in (
        f"orders/siteorder/{order.pk}/change/", f"orders/customer/{customer.pk}/change/", "orders/mail/",
        f"generation/generationjob/{order.current_job_id}/change/", "orders/siteorder/", "orders/customer/",
        f"orders/mail/{Mail.objects.first().pk}/change/",  # type: ignore[union-attr]  # there are some
    ):  # fmt: skip
        assert root.get(f"/admin/{page}").status_code == 200, page


@pytest.mark.usefixtures("pipeline")
def test_pictures_that_somebody_else_has_too_stay(tmp_path: Path) -> None:
    answers = with_a_photo()
    kept = keep(read_pictures(answers, FILE.parent))
    orders = [
        services.place_order(
            customer=Customer.objects.create(name=name), product=make_product(), answers=answers, pictures=kept, by="t"
        )
        for name in ("Ana", "Bia")
    ]
    personal_data.erase_customer(customer_id=orders[0].customer_id, by="test")
    stored = {path.name for path in (tmp_path / "sites").rglob("*")}
    assert set(Photo.objects.values_list("sha256", flat=True)) <= stored
    assert Photo.objects.filter(onboarding__order=orders[1]).count() == 2


@pytest.mark.usefixtures("pipeline")
def test_nothing_is_erased_while_a_job_is_alive() -> None:
    order = paid(make_answers())
    build(order)
    with pytest.raises(StillInWork):
        personal_data.erase_customer(customer_id=order.customer_id, by="test")
    order.refresh_from_db()
    assert order.customer.name == "Mike"
    assert order.onboarding.business_name
    assert AuditEntry.objects.count() == 0


def test_open_orders_are_cancelled_and_can_be_neither_built_nor_reset_nor_retried(pipeline: TinyPipeline) -> None:
    order = paid(make_answers())
    job = build(order)

    def fail() -> None:
        raise OSError(28, "full")

    pipeline.inside["verify"] = fail
    with pytest.raises(GenerationFailed):
        run(job)
    personal_data.erase_customer(customer_id=order.customer_id, by="test")
    order.refresh_from_db()
    assert order.status == Status.CANCELLED
    with pytest.raises(Refused):
        build(order)
    with pytest.raises(ErasedOrder):
        services.retry_build(order_id=order.pk, by="test")
    with pytest.raises(UnknownStep):
        services.reset_site(order_id=order.pk, by="test", trigger="admin", first_step="verify")
    assert GenerationJob.objects.count() == 1
    assert GenerationJob.objects.get().status == "failed"


@pytest.mark.usefixtures("pipeline")
def test_a_key_of_an_erased_customer_opens_nothing() -> None:
    order = place()
    _key, secret = make_key(name="theirs", scope=Scope.READ, customer=order.customer)
    personal_data.erase_customer(customer_id=order.customer_id, by="test")
    assert find_key(secret) is None


def test_the_broker_forgets_the_messages_of_an_erased_customer(broker: Redis) -> None:
    order = paid()
    sent = Mail.objects.filter(order=order).count()
    assert sent
    assert len(list(broker.scan_iter("rq:job:*"))) == sent
    personal_data.erase_customer(customer_id=order.customer_id, by="test")
    assert list(broker.scan_iter("rq:job:*")) == []
    assert Mail.objects.exclude(status="cancelled").count() == 0


# export


def test_an_export_holds_everything_with_pictures_and_sites_and_no_secret(tmp_path: Path) -> None:
    customer = whole_customer()
    order = SiteOrder.objects.get()
    out, file = StringIO(), tmp_path / "out.zip"
    call_command("export_customer", "QUILL@foothill.example", out=file, stdout=out)

    assert file.stat().st_mode & 0o077 == 0
    with ZipFile(file) as packed:
        names = packed.namelist()
        text = packed.read("data.json").decode()
        site = packed.read(f"orders/{order.number}/site-1.zip")
    assert len([name for name in names if "/photos/" in name]) == 2
    assert site[:2] == b"PK"
    assert [words for words in WORDS if words not in text and words != "2085550147"] == []
    told = json.loads(text)
    assert told["customer"]["id"] == customer.pk
    (of_order,) = told["orders"]
    assert of_order["onboarding"]["answers"]["team"][0]["name"] == "Marta Reyes"
    assert of_order["generation"]["jobs"][0]["brief"]["business_name"] == "Foothill Garden Works"
    assert of_order["generation"]["jobs"][0]["log"]
    assert {"mails", "payments", "webhooks", "history", "checkouts", "changes_by_api"} <= of_order.keys()
    assert order.access_token not in text
    assert AuditEntry.objects.get(action="customer.export").after == {"customer": customer.pk}


def test_an_export_never_overwrites_a_file(tmp_path: Path) -> None:
    place()
    file = tmp_path / "there.zip"
    file.write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_customer", "mike@example.com", out=file)
    assert file.read_text() == "mine"


@pytest.mark.parametrize("who", ["nobody@example.com", "", "0", "9" * 40, "mike@example.com' or 1=1", "١"])
def test_a_customer_who_is_none_is_said_so(tmp_path: Path, who: str) -> None:
    place()
    with pytest.raises(CommandError, match="There is no customer"):
        call_command("export_customer", who, out=tmp_path / "x.zip")
    with pytest.raises(CommandError, match="There is no customer"):
        call_command("erase_customer", who, yes=True)
    assert not (tmp_path / "x.zip").exists()
    assert Customer.objects.get().name == "Mike"


def test_the_command_asks_before_it_erases(monkeypatch: pytest.MonkeyPatch) -> None:
    order = place()
    monkeypatch.setattr("builtins.input", lambda _question: "y")
    with pytest.raises(CommandError, match="Nothing has changed"):
        call_command("erase_customer", str(order.customer_id))
    assert Customer.objects.get().name == "Mike"
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    call_command("erase_customer", str(order.customer_id), stdout=StringIO())
    assert Customer.objects.get().name == personal_data.ERASED


# retention


def _aged(days: int, **changes: Any) -> Customer:
    order = place(**changes)
    customer = Customer.objects.create(name=f"Old {days}", email=f"old{days}@example.com")
    then = timezone.now() - timedelta(days=days)
    SiteOrder.objects.filter(pk=order.pk).update(customer=customer, pending_payment_at=then)
    OrderEvent.objects.filter(order=order).update(at=then)
    Customer.objects.filter(pk=customer.pk).update(created_at=then)
    return customer


def test_what_was_kept_long_enough_is_erased_and_nothing_else(settings: Settings) -> None:
    old, new = _aged(400), _aged(10)
    assert list(personal_data.erase_old_customers(by="schedule")) == []
    settings.PERSONAL_DATA_DAYS = 365
    assert list(personal_data.erase_old_customers(by="schedule")) == [(old, "")]
    assert list(personal_data.erase_old_customers(by="schedule")) == []
    new.refresh_from_db()
    assert new.name == "Old 10"
