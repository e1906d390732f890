"""Fills the shop with orders: one whole one made by the services, multiplied in SQL with values of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import BigAutoField, Model
from django.utils import timezone

from bench.report import ROOT
from generation.models import GenerationJob, SiteVersion
from orders import services
from orders.brief import make_brief
from orders.models import (
    AddOn,
    Customer,
    Onboarding,
    OrderEvent,
    OrderNumber,
    Payment,
    Product,
    SiteOrder,
    SoldAddOn,
)
from orders.onboarding_file import read_file

SAMPLE = ROOT / "samples" / "04-plumber-austin.en.json"
EVERY_SECONDS = 95  # an order: a million of them are three years' work
CUSTOMERS = 2  # orders of each
FIRST = "'{Ana,Bruno,Carla,Diego,Elena,Fabio,Grace,Hugo,Irene,James,Karen,Luis,Marta,Nora,Oscar,Paula}'::text[]"
LAST = "'{Prado,Reed,Costa,Lima,Stone,Vega,Moore,Duarte,Ramos,Hill,Nunes,Park,Rojas,Silva,Wood,Zapata}'::text[]"
TRADE = "'{Plumbing,Dental,Bakery,Law,Cleaning,Gardens,Realty,Electric}'::text[]"
WORD = "initcap(translate(substr(md5('word ' || n), 1, 6), '0123456789', 'oizeasgtbp'))"
NAME = f"({FIRST})[1 + mod(n, 16)] || ' ' || ({LAST})[1 + mod(n / 16, 16)] || ' ' || {WORD}"
STATUS = (
    "CASE WHEN mod(n, 100) < 3 THEN 'pending_payment' WHEN mod(n, 100) < 6 THEN 'onboarding_pending' "
    "WHEN mod(n, 100) < 10 THEN 'review' WHEN mod(n, 100) < 12 THEN 'failed' WHEN mod(n, 100) < 17 THEN 'cancelled' "
    "ELSE 'delivered' END"
)
ORDER_ID, JOB_ID = "md5('order ' || n)::uuid", "md5('job ' || n)::uuid"
HAS_JOB = "(mod(n, 100) BETWEEN 6 AND 11 OR mod(n, 100) > 16)"
PLACED = f"now() - make_interval(secs => (%(last)s - n) * {EVERY_SECONDS})"
COPIED = (Customer, OrderNumber, GenerationJob, SiteOrder, Onboarding, SiteVersion, SoldAddOn, Payment, OrderEvent)
MOST_COPIES, APART = 50_000_000, 1_000_000


def make_first() -> SiteOrder:
    """The order of which all others are copies, delivered, with its job and its version."""
    answers = read_file(SAMPLE)
    product = Product.objects.create(name="Site up to five pages", price=Decimal(399), currency="USD")
    hosting = AddOn.objects.create(name="Hosting", price=Decimal(10), currency="USD")
    customer = services.find_customer(name="Ana Prado", email="ana@example.com")
    order = services.place_order(customer=customer, product=product, add_ons=[hosting], answers=answers, by="bench")
    now = timezone.now()
    job = GenerationJob.objects.create(
        subject=order.pk, kind="build", trigger="admin", requested_by="bench", max_attempts=5, status="succeeded",
        attempt=1, spent=1, brief={"digest": make_brief(answers).digest()}, brief_digest=make_brief(answers).digest(),
        theme="prisma", locale="en", current_step="package", progress=100, started_at=now, finished_at=now,
    )  # fmt: skip
    SiteVersion.objects.create(subject=order.pk, number=1, job=job, manifest={}, report={}, state="published")
    Payment.objects.create(order=order, intent="pi_1", amount=Decimal(409), currency="USD", paid_at=now)
    Onboarding.objects.filter(order=order).update(locked_at=now)
    SiteOrder.objects.filter(pk=order.pk).update(
        status="delivered", current_job=job, delivered_at=now, paid_at=now, due_at=now + timedelta(days=5)
    )
    _number_apart()
    return SiteOrder.objects.get(pk=order.pk)


def multiply(first: SiteOrder, begin: int, end: int) -> None:
    """Copies of the first order, numbered from ``begin`` to ``end``."""
    with _indexes_later():
        _copies(first, begin, end)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _indexes_later() -> Iterator[None]:
    """Without the indexes that hold nothing together; they are made anew at the end, which is quicker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE NOT indisunique AND indrelid = ANY(%s::regclass[])",
            [[model._meta.db_table for model in COPIED]],
        )
        indexes = cursor.fetchall()
        cursor.execute("; ".join(f"DROP INDEX {name}" for name, _definition in indexes))
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)


def _copies(first: SiteOrder, begin: int, end: int) -> None:
    _copy(Customer, first.customer.pk, (begin + 1) // CUSTOMERS, end // CUSTOMERS, {
        "id": f"{first.customer.pk} + n", "name": NAME, "email": "'owner' || n || '@example.com'",
    })  # fmt: skip
    _copy(OrderNumber, first.number, begin, end, {"id": "n"})
    _copy(GenerationJob, first.current_job_id, begin, end, {"id": JOB_ID, "subject": ORDER_ID}, HAS_JOB)
    _copy(SiteOrder, first.pk, begin, end, {
        "id": ORDER_ID, "number": "n", "access_token": "md5('token ' || n) || 'of the bench'",
        "customer_id": f"{first.customer.pk} + n / {CUSTOMERS}", "status": STATUS,
        "current_job_id": f"CASE WHEN {HAS_JOB} THEN {JOB_ID} END", "pending_payment_at": PLACED,
        "due_at": f"CASE WHEN mod(n, 100) > 5 THEN {PLACED} + interval '5 days' END",
    })  # fmt: skip
    _copy(Onboarding, first.onboarding.pk, begin, end, {
        "id": "10000000 + n", "order_id": ORDER_ID, "business_name": f"{NAME} || ' ' || ({TRADE})[1 + mod(n, 8)]",
    })  # fmt: skip
    _copy(SiteVersion, SiteVersion.objects.get(subject=first.pk).pk, begin, end, {
        "id": "n", "subject": ORDER_ID, "job_id": JOB_ID,
    }, HAS_JOB)  # fmt: skip
    _copy(SoldAddOn, first.add_ons.get().pk, begin, end, {"id": "20000000 + n", "order_id": ORDER_ID}, "mod(n, 3) = 0")
    _copy(Payment, first.payments.get().pk, begin, end, {
        "id": "n", "order_id": ORDER_ID, "intent": "'pi_' || n",
    }, "mod(n, 100) > 2")  # fmt: skip
    _copy(OrderEvent, first.events.earliest("pk").pk, begin, end, {
        "id": "30000000 + n", "order_id": ORDER_ID, "at": PLACED,
    })  # fmt: skip


def _number_apart() -> None:
    """What comes from now on has numbers that no other table has: in a statement each says whose it is."""
    models = [model for app in ("generation", "orders") for model in apps.get_app_config(app).get_models()]
    serial = [model for model in models if isinstance(model._meta.pk, BigAutoField)]
    with connection.cursor() as cursor:
        for place, model in enumerate(serial):
            sequence = f"pg_get_serial_sequence('{model._meta.db_table}', 'id')"
            cursor.execute(f"SELECT setval({sequence}, {MOST_COPIES + place * APART})")


def _copy(model: type[Model], pk: Any, begin: int, end: int, changes: dict[str, str], only: str = "true") -> None:
    """Copies of one row, with an expression over ``n`` for each column that differs."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(changes.get(str(column), f'first."{column}"') for column in columns)
    table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the keys fit: no trigger needs to look them up
        cursor.execute(
            f"INSERT INTO {table} ({names}) "  # noqa: S608 - of our own words
            f"SELECT {values} FROM {table} first, generate_series(%(begin)s, %(end)s) n "
            f"WHERE first.{model._meta.pk.column} = %(pk)s AND {only}",
            {"begin": begin, "end": end, "pk": pk, "last": end},
        )
        cursor.execute("RESET session_replication_role")
