"""From the first mail to the delivered site, as its customer does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from orders.models import Agency
from tests.orders.factories import SAMPLES, paid

if TYPE_CHECKING:
    from tests.support.processes import StartProcess

    from .conftest import Visit

pytestmark = pytest.mark.one_database

PHOTO = SAMPLES[0].parent / "photos" / "patio.jpg"
A_JOB_MS = 90_000


@pytest.fixture
def link(transactional_db: None) -> str:
    """The link in the customer's mail; made before the browser starts."""
    Agency.objects.create(name="Norte Sites", colour="#7a2f4b", email="hello@norte.example")
    return f"/order/{paid().access_token}/"


def go_on(visit: Visit, heading: str) -> None:
    visit.page.get_by_role("button", name="Save and go on").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(heading)
    visit.look()


def answer(visit: Visit) -> None:
    """All seven steps, with a mistake that is mended and a row that a script adds."""
    page = visit.page
    page.get_by_label("Name of your business").fill("Reed Plumbing")
    go_on(visit, "Niche and place")
    page.get_by_label("Country").fill("Texas")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved yet.")
    visit.look()
    page.get_by_label("Country").fill("US")
    page.get_by_label("City").fill("Austin")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("Saved. Still missing here:")).to_be_visible()
    visit.look()
    page.get_by_label("What kind of business is it?").select_option("Plumber")
    go_on(visit, "Services")
    page.get_by_label("Name").first.fill("Leak repair")
    page.get_by_role("button", name="Another row").click()
    page.get_by_label("Name").last.fill("Drain cleaning")
    go_on(visit, "Site and pages")
    go_on(visit, "Look")
    page.get_by_label("Picture").set_input_files(PHOTO)
    page.get_by_label("What it shows").fill("A patio")
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_role("button", name="Remove “A patio”")).to_be_visible()
    visit.look()
    go_on(visit, "Hours and contact")
    page.get_by_label("Phone").fill("(512) 555-0134")
    go_on(visit, "Content and search engines")
    page.get_by_label("What should visitors know").fill("We come at once.")
    page.get_by_role("button", name="Save and look over all").click()
    expect(page.get_by_text("Drain cleaning")).to_be_visible()
    visit.look()


def comes_to_review(visit: Visit, start_worker: StartProcess) -> None:
    """Once there is a worker, by itself: what a script has left on the page is still there."""
    page = visit.page
    expect(page.get_by_role("progressbar")).to_be_visible()
    visit.look()
    page.evaluate("window.notReloaded = true")
    start_worker()
    expect(page.get_by_role("button", name="Approve the site")).to_be_visible(timeout=A_JOB_MS)
    assert page.evaluate("window.notReloaded") is True
    expect(page).to_have_title("Your site is ready to look at · Norte Sites")
    visit.look()


def look_at_site(visit: Visit) -> None:
    with visit.context.expect_page() as opened:
        visit.page.get_by_role("link", name="Open your site").click()
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    opened.value.close()


def test_from_the_mail_to_the_delivered_site(link: str, visit: Visit, start_worker: StartProcess) -> None:
    page = visit.page
    visit.go(link)
    page.get_by_role("link", name="Begin").click()
    visit.look()
    page.get_by_role("link", name="Identity").click()
    visit.look()
    answer(visit)
    page.get_by_role("button", name="Hand in your answers").click()
    comes_to_review(visit, start_worker)
    look_at_site(visit)

    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_label("What shall be changed").fill("Say that we come on Sundays too.")
    page.get_by_role("button", name="Ask for these changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We are changing your site")
    visit.look()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Approve the site").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your site is delivered")
    visit.look()
    assert "\n".join(visit.wrong) == ""
