"""The page on which the API is tried: from this installation alone, under its policy, with a key or a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from orders.api.keys import make_key
from orders.models import Scope
from tests.orders.factories import place

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from orders.models import SiteOrder

    from .conftest import Visit

pytestmark = pytest.mark.one_database

WORDS = "correct horse"


@pytest.fixture
def order(transactional_db: None) -> SiteOrder:
    """To be asked for before the browser, which keeps the ORM away."""
    User.objects.create_superuser("root", None, WORDS)
    return place()


@pytest.fixture
def secret(transactional_db: None) -> str:
    return make_key(name="docs", scope=Scope.READ)[1]


def _open(page: Page, operation: str) -> None:
    page.locator(f"[id$={operation}] .opblock-summary-control").click()
    page.locator(f"[id$={operation}] button:has-text('Try it out')").click()


def test_an_order_is_read_with_a_key(order: SiteOrder, secret: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.address}/api/docs")
    page.locator("button.authorize").click()
    page.locator("input[aria-label=auth-bearer-value], #auth-bearer-value").first.fill(secret)
    page.locator(".modal-ux button.authorize").first.click()
    page.locator(".modal-ux button.btn-done").first.click()

    _open(page, "get_order")
    page.locator("[id$=get_order] tr[data-param-name=id] input").fill(str(order.pk))
    page.locator("[id$=get_order] button.execute").click()

    expect(page.locator("[id$=get_order] .live-responses-table")).to_contain_text('"status": "pending_payment"')
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html.dark-mode")).to_have_count(int(scheme == "dark"))
    assert visit.wrong == []


def test_an_order_is_moved_with_a_session(order: SiteOrder, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.address}/admin/login/")
    page.fill("[name=username]", "root")
    page.fill("[name=password]", WORDS)
    page.click("[type=submit]")
    page.wait_for_url(f"{visit.address}/admin/")

    page.goto(f"{visit.address}/api/docs")
    _open(page, "patch_order_status")
    page.locator("[id$=patch_order_status] tr[data-param-name=id] input").fill(str(order.pk))
    page.locator("[id$=patch_order_status] button.execute").click()

    answer = page.locator("[id$=patch_order_status] .live-responses-table")
    expect(answer).to_contain_text('"status": "onboarding_pending"')
    assert visit.wrong == []
