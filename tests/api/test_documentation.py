"""docs/api.md, run as it stands against a web and a worker; the page to try the API, without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from generation.models import GenerationJob
from orders.api.keys import make_key
from orders.models import AuditEntry, Scope, SiteOrder
from tests.orders.factories import make_product
from tests.support.images import encoded
from tests.support.processes import ROOT, wait_until
from tests.support.web import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.processes import StartProcess

pytestmark = pytest.mark.django_db(transaction=True)
BLOCKS = re.findall(r"^```(sh|python)\n(.*?)^```$", (ROOT / "docs" / "api.md").read_text(), re.MULTILINE | re.DOTALL)


@pytest.fixture
def environment(start_worker: StartProcess, start_process: StartProcess, tmp_path: Path) -> dict[str, str]:
    """What the examples expect: a shop, a key, a product and a photo."""
    start_worker()
    port = free_port()
    web = start_process("web", f"--port={port}")
    wait_until(lambda: "The web listens" in web.output(), 30, "the web listens")
    (tmp_path / "workshop.jpg").write_bytes(encoded())
    (tmp_path / ".curlrc").write_text("fail-with-body\nshow-error\n")  # an error ends the examples
    _key, secret = make_key(name="docs", scope=Scope.ADMIN)
    return {
        "PATH": os.environ["PATH"],
        "CURL_HOME": str(tmp_path),
        "SHOP": f"http://127.0.0.1:{port}",
        "KEY": secret,
        "PRODUCT": str(make_product().pk),
        "PHOTO": str(tmp_path / "workshop.jpg"),
    }


def test_the_shell_examples_take_an_order_from_placed_to_delivered(environment: dict[str, str]) -> None:
    commands = "\n".join(code for kind, code in BLOCKS if kind == "sh")

    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", commands], env=environment, capture_output=True, text=True, timeout=240
    )

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    order = SiteOrder.objects.get()
    assert (order.status, order.current_job and order.current_job.status) == ("delivered", "succeeded")
    assert order.onboarding.photo_rows.count() == 1
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"order.place", "order.status", "onboarding.answer", "order.build", "order.approve"} <= actions


def test_the_python_examples_run(environment: dict[str, str]) -> None:
    code = "\n".join(code for kind, code in BLOCKS if kind == "python")

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, capture_output=True, text=True, timeout=240
    )

    assert done.returncode == 0, done.stderr
    order = SiteOrder.objects.get()
    assert order.revisions_used == 1
    assert GenerationJob.objects.filter(subject=order.pk).count() == 2


def test_the_document_is_current() -> None:
    call_command("schemas", "--check")
