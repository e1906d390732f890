"""How quick the API is at a million orders on PostgreSQL, beside a bare view that runs the same statements.

Both are served by uvicorn with the same settings, over HTTP, from connections that stay open. Writes
docs/benchmarks/api.md. ORDERS=20000 for a short try. Exit code 0: every figure is within its limit; 1: one falls short.
"""

import contextlib
import http.client
import itertools
import json
import os
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from .api_shop.scripts import Script, Statement, taken_down
from .processes import process, pss, until
from .report import ROOT, Figure, said, say, write_report

ORDERS = int(os.environ.get("ORDERS", "1000000"))
FEW = 1000
ROUNDS, REQUESTS = int(os.environ.get("ROUNDS", "9")), int(os.environ.get("REQUESTS", "100"))
LEAST = 0.7
READ_IN_TURN = 50
LISTENERS = 200
BASE = "/api/site-orders"
BIG = ("orders_siteorder", "orders_customer", "orders_onboarding", "generation_generationjob", "generation_siteversion")
INTRODUCTION = f"""\
# The API

Written by `make bench BENCH=api`, with {ORDERS:,} orders on PostgreSQL. The rival is a view of Django's REST framework
without middleware, keys, limits, models and serializers, which sends the statements of ours word for word and renders
an answer that is ready. Figures are medians of ratios of requests a second, one after the other on a connection that
stays open, both measured in turns in one run; times are of the machine that it ran on. The rival is served by Django's
own handler, ours by sitebuilder/handler.py. Both open a connection to the database for each request, which is much of
the time of either and brings the two nearer to each other. The listeners come in one burst.
"""


@dataclass(frozen=True)
class Request:
    """One kind of request: what to send the n-th time, to us and to the rival."""

    name: str
    words: str
    paths: tuple[str, ...]
    orders: tuple[str, ...] = ("",)
    is_timed: bool = True

    @property
    def is_post(self) -> bool:
        return self.name == "create"


def main() -> int:
    """The database in a process around ours, then the report."""
    if "--run" in sys.argv:
        print(json.dumps([asdict(figure) for figure in measure()]))
        return 0
    with tempfile.TemporaryDirectory(prefix="sb-") as folder:
        env = {**os.environ, "VAR_DIR": folder, "BENCH_SCRIPTS": folder, "LOG_LEVEL": "ERROR"}
        env |= {"DJANGO_SETTINGS_MODULE": "sitebuilder.settings", "REDIS_URL": ""}
        env |= dict.fromkeys(("API_CALLER_REQUESTS_A_MINUTE", "API_ADDRESS_REQUESTS_A_MINUTE"), "1000000")
        command = [sys.executable, str(ROOT / "tools" / "postgres.py"), sys.executable, "-m", "bench.api", "--run"]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    figures = [Figure(**figure) for figure in json.loads(done.stdout.splitlines()[-1])]
    return write_report("api", INTRODUCTION, {f"{ORDERS:,} orders": figures})


def measure() -> list[Figure]:
    """All figures, one after the other."""
    import django

    django.setup()
    from django.core.management import call_command

    from generation import dispatch

    from .api_shop.orders import make_first, multiply

    call_command("migrate", verbosity=0)
    with process("broker"):
        until(dispatch.is_answering, 20)
        first = make_first()
        multiply(first, 2, FEW)
        few = statements(take_down())
        began = time.perf_counter()
        multiply(first, FEW + 1, ORDERS)
        say(f"{ORDERS:,} orders made in {time.perf_counter() - began:.0f} s")
        scripts = take_down()
        return said(itertools.chain(constant(few, statements(scripts)), plans(scripts), over_http(scripts)))


# statements


def requests() -> list[Request]:
    """What is asked for, of the orders as they are now."""
    from orders.models import SiteOrder

    numbers = SiteOrder.objects.filter(status="delivered")
    read = [str(pk) for pk in numbers.values_list("pk", flat=True)[10 : 10 + READ_IN_TURN]]
    middle = SiteOrder.objects.get(number=SiteOrder.objects.count() // 2)
    word = middle.customer.name.split()[-1]
    one = SiteOrder.objects.get(number=SiteOrder.objects.count() // 3).customer
    return [
        Request("create", "POST: an order of a new customer", (f"{BASE}/",)),
        Request("read", "GET one order", tuple(f"{BASE}/{pk}" for pk in read), tuple(read)),
        Request("list", "the first page", (f"{BASE}/",)),
        Request("filter", "a page of those in review", (f"{BASE}/?status=review",)),
        Request("deep", "a page from the middle, by cursor", (f"{BASE}/?starting_after={middle.pk}",)),
        Request("search", "a page found by a customer's name", (f"{BASE}/?search={word}",)),
        Request(
            "email", "a page found by an address", (f"{BASE}/?customer_email={one.email.upper()}",), is_timed=False
        ),
        Request("due", "a page of those due first", (f"{BASE}/?order=due",), is_timed=False),
        Request("late", "a page of those due last", (f"{BASE}/?order=-due",), is_timed=False),
        Request(
            "early",
            "a page of those placed before",
            (f"{BASE}/?created_before={middle.pending_payment_at:%Y-%m-%d}",),
            is_timed=False,
        ),
    ]


@dataclass
class Taken:
    """A request with its script, and the number of statements for a page of 10 and of 100."""

    request: Request
    script: Script
    counts: tuple[int, ...]


def take_down() -> list[Taken]:
    """Every request through our view, in this process, with a key."""
    from django.test import Client

    headers = {"Authorization": f"Bearer {make_key()}"}
    client = Client(SERVER_NAME="127.0.0.1", headers=headers)
    client.get(f"{BASE}/")  # the key's use is noted once a minute
    found = []
    for request in requests():
        if request.is_post:
            send = partial(client.post, f"{BASE}/", body(), "application/json", headers=fresh())
            taken, answer = sent(send)
            found.append(Taken(request, Script(taken, {"": answer}).named(made(taken, answer)), (len(taken),)))
            continue
        taken, answers = [], {}
        for path, order in zip(request.paths, request.orders, strict=True):
            taken, answers[order] = sent(lambda path=path: client.get(path))  # type: ignore[misc]
        script = Script(taken, answers).named({"order": order} if order else {})
        pages = [f"{path}{'&' if '?' in path else '?'}limit={limit}" for limit in (10, 100)] if not order else []
        counts = [len(sent(lambda page=page: client.get(page))[0]) for page in pages]  # type: ignore[misc]
        found.append(Taken(request, script, (len(taken), *counts)))
    return found


def sent(send: Callable[[], Any]) -> tuple[list[Statement], str]:
    """The statements of a request, and its answer as text."""
    with taken_down() as found:
        response = send()
    if response.status_code >= 400:
        raise RuntimeError(response.content)
    return found, response.content.decode()


def made(taken: list[Statement], answer: str) -> dict[str, Any]:
    """The values that are fresh in each order placed, by the names that the rival has for them."""
    from django.apps import apps

    from orders.models import KeptAnswer

    order = json.loads(answer)
    kept = KeptAnswer.objects.latest("pk")
    tables = {model._meta.db_table: model for model in apps.get_models()}
    ids = {each.returns: tables[each.returns].objects.latest("pk").pk for each in taken if each.returns}  # type: ignore[attr-defined]
    return ids | {
        "order": order["id"], "token": order["access_token"], "email": order["customer"]["email"],
        "lease": kept.lease, "key": kept.key,
    }  # fmt: skip


def statements(taken: list[Taken]) -> dict[str, set[int]]:
    return {each.request.name: set(each.counts) for each in taken}


def constant(few: dict[str, set[int]], many: dict[str, set[int]]) -> Iterator[Figure]:
    """The number of statements, whatever there is."""
    for name, counts in many.items():
        every = sorted(counts | few[name])
        shown = ", ".join(map(str, every))
        name = f"statements of “{name}”, at {FEW:,} and {ORDERS:,} orders, pages of 10, 20 and 100"
        yield Figure(name, shown, "", max(every), "the same", len(every) == 1)


def plans(taken: list[Taken]) -> Iterator[Figure]:
    """Whether the database walks through a whole table of those that grow."""
    from django.db import connection

    walked: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for each in taken:
            values = dict.fromkeys(("order", "lease"), each.request.orders[0] or str(uuid4()))
            for statement in each.script.statements:
                if statement.sql.startswith("SELECT") and not (each.request.is_post and statement.whole):
                    cursor.execute(
                        f"EXPLAIN (FORMAT JSON) {statement.sql}", values | dict.fromkeys(("email", "key"), "x")
                    )
                    for table in set(walks(cursor.fetchone()[0][0]["Plan"])):
                        walked.setdefault(table, set()).add(each.request.name)
    for table, names in walked.items():
        say(f"  walked through: {table} by {', '.join(sorted(names))}")
    yield Figure("whole tables walked through", str(len(walked)), "", len(walked), "0", not walked)


def walks(plan: dict[str, Any]) -> Iterator[str]:
    """The growing tables that a plan reads from end to end."""
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in BIG:
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from walks(part)


# requests a second


def over_http(taken: list[Taken]) -> Iterator[Figure]:
    """The same requests to the shop and to the rival, in turns."""
    for each in taken:
        Path(os.environ["BENCH_SCRIPTS"], f"{each.request.name}.json").write_text(each.script.write(), encoding="utf-8")
    ports = free_port(), free_port()
    rival = [sys.executable, "-m", "bench.api_shop.serve", str(ports[1])]
    with process("web", "--port", str(ports[0])) as web, process(*rival, manage=False):
        for port in ports:
            until(lambda port=port: is_listening(port), 30)  # type: ignore[misc]
        key = make_key()
        timed = [each for each in taken if each.request.is_timed]
        for each in sorted(timed, key=lambda each: each.request.is_post):  # after it lists are others
            yield compared(each, key, *map(connected, ports))
        yield from listeners(web.pid, ports[0], key)


def compared(taken: Taken, key: str, ours: http.client.HTTPConnection, rival: http.client.HTTPConnection) -> Figure:
    """The median of the ratios of several rounds, and the rates of the round that has it."""
    request = taken.request
    send_ours = sender(request, ours, request.paths, {"Authorization": f"Bearer {key}"})
    send_rival = sender(request, rival, tuple(f"/{request.name}/{order}".rstrip("/") for order in request.orders), {})
    if not request.is_post and send_ours(0) != send_rival(0):
        raise RuntimeError(f"{request.name}: the rival answers something else")
    pairs = []
    for _round in range(ROUNDS):
        for connection in (ours, rival):
            connection.close()  # it was idle for the other's turn, and may be closed at the other end
        own, other = rate(send_ours), rate(send_rival)
        pairs.append((own / other, own, other))
    ratio, own, other = sorted(pairs)[ROUNDS // 2]
    count = f"{len(taken.script.statements)} statements"
    return Figure(
        f"{request.name}: {request.words}, {count}", f"{own:.0f}/s", f"{other:.0f}/s", ratio, f"≥ {LEAST}",
        ratio >= LEAST,
    )  # fmt: skip


def sender(
    request: Request, connection: http.client.HTTPConnection, paths: tuple[str, ...], headers: dict[str, str]
) -> Callable[[int], bytes]:
    def send(number: int) -> bytes:
        path = paths[number % len(paths)]
        if request.is_post:
            connection.request(
                "POST", path, json.dumps(body()), {**headers, **fresh(), "Content-Type": "application/json"}
            )
        else:
            connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        content = response.read()
        if response.status >= 400:
            raise RuntimeError(content[:2000])
        return content

    return send


def rate(send: Callable[[int], bytes]) -> float:
    """Requests a second, after a few that warm up."""
    for number in range(5):
        send(number)
    start = time.perf_counter()
    for number in range(REQUESTS):
        send(number)
    return REQUESTS / (time.perf_counter() - start)


def body() -> dict[str, Any]:
    """An order of a customer who is new."""
    from orders.models import AddOn, Product

    global _SOLD
    if _SOLD is None:
        _SOLD = Product.objects.get().pk, AddOn.objects.get().pk
    email = f"{uuid4().hex}@example.com"
    customer = {"name": "Mike Reed", "email": email, "phone": "(512) 555-0134", "locale": "en"}
    return {"customer": customer, "product": _SOLD[0], "add_ons": [_SOLD[1]], "theme": "prisma", "locale": "en",
            "site_url": "https://burnetroadplumbing.com", "notes": "Domain moves in May."}  # fmt: skip


_SOLD: tuple[int, int] | None = None


def fresh() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


def make_key() -> str:
    from orders.api import keys
    from orders.models import Scope

    return keys.make_key(name="bench", scope=Scope.OPERATE)[1]


# listeners


def listeners(web: int, port: int, key: str) -> Iterator[Figure]:
    """Many listeners to one order, who come in one burst: who gets in, who hears of a change, and what they take."""
    from orders.models import SiteOrder

    order = SiteOrder.objects.filter(status="review").first()
    send = f"GET {BASE}/{order.pk}/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n\r\n".encode()  # type: ignore[union-attr]
    before = pss(web)
    with contextlib.ExitStack() as stack:
        selector = stack.enter_context(selectors.DefaultSelector())
        heard: dict[socket.socket, bytes] = {}

        def hear(word: bytes) -> int:
            for ready, _events in selector.select(0):
                heard[ready.fileobj] += ready.fileobj.recv(65536)  # type: ignore[index,union-attr]
            return sum(word in text for text in heard.values())

        start = time.perf_counter()
        for _number in range(LISTENERS):  # in one burst: nobody waits for another's answer
            listener = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            listener.sendall(send)
            selector.register(listener, selectors.EVENT_READ)
            heard[listener] = b""
        with contextlib.suppress(TimeoutError):
            until(lambda: hear(b"event: state") == LISTENERS, 60)
        came_in, let_in = time.perf_counter() - start, hear(b"event: state")
        during = pss(web)
        cancel(order, port, key)
        start = time.perf_counter()
        with contextlib.suppress(TimeoutError):
            until(lambda: hear(b"event: order") == LISTENERS, 30)
        took, count = time.perf_counter() - start, hear(b"event: order")
    each = (during - before) * 1024 / LISTENERS
    burst = f"of {LISTENERS} listeners who come in one burst, those who get in"
    yield Figure(burst, str(let_in), f"in {came_in:.1f} s", let_in, str(LISTENERS), let_in == LISTENERS)
    everybody = f"of {LISTENERS} listeners at once, those who heard of a change"
    yield Figure(everybody, str(count), "", count, str(LISTENERS), count == LISTENERS)
    yield Figure("seconds until the last of them had", f"{took:.1f} s", "", took, "≤ 3", took <= 3)
    yield Figure("memory of the web process with them (PSS)", f"{during:.0f} MB", f"without: {before:.0f} MB", during,
                 "told", True)  # fmt: skip
    yield Figure("memory of each of them", f"{each:.0f} KB", "", each, "told", True)


def cancel(order: Any, port: int, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    connection = connected(port)
    connection.request("PATCH", f"{BASE}/{order.pk}/status", json.dumps({"status": "cancelled"}), headers)
    response = connection.getresponse()
    if response.status != 200:
        raise RuntimeError(response.read())


def connected(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def is_listening(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
