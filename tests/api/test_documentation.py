"""docs/api.md, run as it stands against an open shop; and the document of the API, which is current."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from http.cookiejar import CookieJar
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener
from zipfile import ZipFile

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.support.forms import fields_of
from tests.support.processes import ROOT, kill_all_with, start_manage, wait_until
from tests.support.web import ask, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.request import OpenerDirector

    from selectolax.lexbor import LexborNode

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
DOCUMENT = (ROOT / "docs" / "api.md").read_text()
OPENING = re.findall(r"^\$ (\w+)=(\w+) make up$", DOCUMENT, re.MULTILINE)
BLOCKS = re.findall(r"^```(sh|python)\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A new shop, opened as the document says; and what its reader then tells the examples."""
    folder, port = tmp_path_factory.mktemp("shop"), free_port()
    own = {"VAR_DIR": str(folder / "var"), "DATABASE_URL": "", "STRIPE_STANDIN_PORT": str(free_port())}
    env = {**dict(OPENING), "SB_TEST": str(folder), **own}
    opened = start_manage("up", f"--port={port}", log=folder / "up.log", env=env)
    try:
        wait_until(lambda: "Log in as" in opened.output() or opened.process.poll() is not None, 90, "the shop opens")
        login = re.search(r"^Log in as (\S+) with the password (\S+)$", opened.output(), re.MULTILINE)
        assert login, opened.output()
        (folder / ".curlrc").write_text("fail-with-body\nshow-error\n")  # an error ends the examples
        address = f"http://127.0.0.1:{port}"
        known = {"PATH": os.environ["PATH"], "CURL_HOME": str(folder), "TMPDIR": str(folder)}
        yield {**known, "SHOP": address, "KEY": prepare(f"{address}/admin/", *login.groups())}
    finally:
        opened.process.kill()  # how a shop is closed is tested elsewhere, and takes longer
        opened.process.wait(10)
        kill_all_with("SB_TEST", str(folder))


def prepare(back_office: str, name: str, password: str) -> str:
    """Do in the back office what the document asks for, and return the secret of the key."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    fill_in(browser, f"{back_office}login/?next=/admin/", username=name, password=password)
    fill_in(browser, f"{back_office}orders/product/add/", name="Site", price="399", currency="USD")
    page = fill_in(browser, f"{back_office}orders/apikey/add/", name="docs", scope="admin")
    return one(page, "textarea.secret").text()


def fill_in(browser: OpenerDirector, address: str, **fields: str) -> LexborHTMLParser:
    """Send the form of this page with these fields filled in, and return the page that comes then."""
    form = one(LexborHTMLParser(browser.open(address).read()), "#content form")
    token = one(form, f"[name={TOKEN}]").attributes["value"]
    sent = urlencode({**fields_of(form), TOKEN: token, **fields}, doseq=True).encode()
    return LexborHTMLParser(browser.open(address, sent).read())


def one(page: LexborHTMLParser | LexborNode, which: str) -> LexborNode:
    found = page.css_first(which)
    assert found, page.html
    return found


def examples(kind: str) -> str:
    return "\n".join(code for each, code in BLOCKS if each == kind)


def fetch(address: str, **headers: str) -> bytes:
    parts = urlsplit(address)
    assert parts.port
    answer = ask(parts.port, "GET", f"{parts.path}?{parts.query}", **headers)
    assert answer.status == 200, answer
    return answer.body


def read(shop: dict[str, str], path: str) -> Any:
    """What the API says."""
    return json.loads(fetch(f"{shop['SHOP']}/api/site-orders/{path}", Authorization=f"Bearer {shop['KEY']}"))


def test_the_shell_examples_take_an_order_from_checkout_to_delivered(shop: dict[str, str]) -> None:
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", examples("sh")], cwd=ROOT, env=shop, capture_output=True, text=True, timeout=240
    )

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert "event: state" in done.stdout
    order = read(shop, read(shop, "?search=mike&status=delivered")["data"][0]["id"])
    assert (order["payments"][0]["amount"], order["revisions"]["used"], order["seen"]["version"]) == ("399.00", 1, 2)
    jobs = read(shop, f"{order['id']}/jobs")["data"]
    assert [(job["trigger"], job["status"]) for job in jobs] == [("api", "succeeded"), ("onboarding", "succeeded")]
    assert len(read(shop, f"{order['id']}/onboarding")["photos"]) == 1
    site = read(shop, f"{order['id']}/deliverables?kind=site")["data"][0]
    assert "Foothill Garden Works" in fetch(site["preview_url"]).decode()
    with ZipFile(BytesIO(fetch(site["zip_url"]))) as files:
        assert "index.html" in files.namelist()


def test_the_python_examples_do_the_same(shop: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", examples("python")],
        env=shop, capture_output=True, text=True, timeout=240,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    order = read(shop, read(shop, "?search=ana&status=delivered")["data"][0]["id"])
    assert (order["payments"][0]["amount"], order["revisions"]["used"], order["seen"]["version"]) == ("399.00", 1, 2)
