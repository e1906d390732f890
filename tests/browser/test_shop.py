"""From the first login to the delivered site, as a person does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from orders.models import Agency
from tests.orders.factories import SAMPLES, make_product

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.processes import StartProcess

    from .conftest import Visit

pytestmark = pytest.mark.one_database

PHOTO = SAMPLES[0].parent / "photos" / "patio.jpg"
A_JOB_MS = 90_000
PASSWORD = "a long password of a test"  # noqa: S105 - of a shop that lives for one test


@pytest.fixture
def people(transactional_db: None) -> None:
    """Somebody who may do everything, and something to sell; before the browser starts."""
    User.objects.create_superuser("ana", password=PASSWORD, first_name="Ana", last_name="Lima")
    Agency.objects.create(name="Norte Sites", colour="#7a2f4b")
    make_product()


def log_in(visit: Visit) -> None:
    visit.go("/admin/login/")
    visit.page.get_by_label("Username").fill("ana")
    visit.page.get_by_label("Password").fill(PASSWORD)
    visit.page.get_by_role("button", name="Log in").click()
    visit.look()


def add_order(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Add an order").click()
    visit.look()
    page.get_by_label("Name of the new customer").fill("Helena Prado")
    page.get_by_label("The order is paid").check()
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_role("listitem").filter(has_text="is placed")).to_be_visible()
    visit.look()


def import_sample(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Fill in the onboarding").click()
    visit.look()
    page.get_by_label("Onboarding file").set_input_files(SAMPLES[0])
    page.get_by_role("button", name="Import the file").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Clínica Sorriso Vivo")


def version_arrives(visit: Visit, number: int) -> None:
    """The page comes to review by itself: what a script has left in it is still there."""
    page = visit.page
    page.evaluate("window.notReloaded = true")
    visit.look()
    expect(page.get_by_role("button", name=f"Approve version {number}")).to_be_visible(timeout=A_JOB_MS)
    assert page.evaluate("window.notReloaded") is True
    expect(page.locator(".versions li")).to_have_count(number)
    visit.look()


def press(page: Page, button: str) -> None:
    """Press a button that leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def add_picture(visit: Visit) -> None:
    """A picture comes in beside answers that are being written, which stay as they are."""
    page = visit.page
    page.get_by_label("Picture").set_input_files(PHOTO)
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    page.get_by_label("Picture").set_input_files(PHOTO)
    page.get_by_label("What it shows").fill("A patio")
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_role("button", name="Remove “A patio”")).to_be_visible()
    expect(page.get_by_label("Description").first).to_have_value("Crianças são bem-vindas.")
    visit.look()


def cancel_and_retry(visit: Visit) -> None:
    """Each with the page before it; without a reason nothing is cancelled."""
    page = visit.page
    press(page, "Cancel generation")
    expect(page.get_by_text("It will be done for 1")).to_be_visible()
    visit.look()
    press(page, "Cancel generation")
    expect(page.get_by_text("Nothing has been done.")).to_be_visible()
    visit.look()
    page.get_by_label("Reason").fill("The wrong photos.")
    press(page, "Cancel generation")
    expect(page.locator(".badge").first).to_have_text("Needs attention")
    visit.look()
    press(page, "Retry")
    press(page, "Retry")
    expect(page.locator(".badge").first).to_have_text("Waiting to be generated")


def look_at_preview(visit: Visit) -> None:
    with visit.context.expect_page() as opened:
        visit.page.get_by_role("link", name="Preview").first.click()
    site = opened.value
    expect(site.get_by_role("heading", level=1)).to_be_visible()
    visit.look(site)
    site.locator("a[href='contato.html']").first.click()
    expect(site.get_by_role("heading", level=1)).to_be_visible()
    visit.look(site)
    site.close()


def test_from_login_to_the_delivered_site(people: None, visit: Visit, start_worker: StartProcess) -> None:
    page = visit.page
    log_in(visit)
    add_order(visit)
    import_sample(visit)

    press(page, "Generate site")
    expect(page.locator(".badge").first).to_have_text("Waiting to be generated")
    expect(page.locator("#progress")).to_be_visible()
    cancel_and_retry(visit)
    start_worker()
    version_arrives(visit, 1)
    look_at_preview(visit)

    page.get_by_text("Send back with a note").click()
    visit.look()
    page.get_by_label("What shall be changed").fill("Say that children are welcome.")
    press(page, "Send back")
    expect(page.get_by_text("Say that children are welcome.")).to_be_visible()
    visit.look()
    page.get_by_label("Description").first.fill("Crianças são bem-vindas.")
    add_picture(visit)
    press(page, "Save and generate the site")
    version_arrives(visit, 2)

    press(page, "Another look")
    version_arrives(visit, 3)
    press(page, "Approve version 3")
    expect(page.locator(".badge").first).to_have_text("Delivered")
    visit.look()
    assert "\n".join(visit.wrong) == ""


def test_other_pages_have_no_barriers(people: None, visit: Visit) -> None:
    log_in(visit)
    add_order(visit)
    import_sample(visit)
    for place in (
        "/admin/orders/siteorder/",
        "/admin/orders/siteorder/?q=Helena",
        "/admin/orders/agency/1/change/",
        "/admin/orders/product/",
        "/admin/orders/product/add/",
        "/admin/orders/customer/",
        "/admin/orders/onboarding/",
        "/admin/orders/onboarding/1/change/",
        "/admin/generation/generationjob/",
        "/admin/generation/siteversion/",
        "/admin/generation/backgroundattempt/",
        "/admin/generation/queuecontrol/",
        "/admin/password_change/",
    ):
        visit.go(place)
        for width in (1280, 360):
            visit.page.set_viewport_size({"width": width, "height": 800})
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, (
                f"{place} is wider than {width}"
            )
        visit.look(schemes=("light",))
        visit.page.set_viewport_size({"width": 1280, "height": 800})
    assert "\n".join(visit.wrong) == ""
