"""What comes out of the printer: each action card and the certificate on one A4 page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.lms.harness import Package
from tests.lms.learner import Learner

A4 = (595, 842)  # points
CARDS = {
    "act-awareness": ["Report it", "Unattended and suspicious items", "Bomb threat", "Firearms and weapons attack"],
    "feature-tour": ["In short"],
    "hostile-reconnaissance": ["Deny, detect, deter", "Report it"],
    "scan": ["Report it", "See, check, notify"],
}
Open = Callable[[Package, int], Page]


@pytest.fixture
def open_alone(browser: Browser) -> Iterator[Open]:
    """Opens a SCO in a window of its own, whose print command waits for `printed`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script("window.print = () => { window.asked = true; }")

    def open_sco(package: Package, sco: int) -> Page:
        page = context.new_page()
        page.goto((package.folder / package.scos[sco][1]).as_uri())
        page.locator("#sg-save").get_by_text("Not recorded").wait_for()
        return page

    yield open_sco
    context.close()


def printed(page: Page) -> list[str]:
    """The words of each page that the printer gets, all of them A4."""
    assert page.evaluate("window.asked"), "nothing asked for the printer"
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in pages} == {A4}
    page.evaluate("window.asked = false; window.dispatchEvent(new Event('afterprint'))")
    return [" ".join(one.extract_text().split()) for one in pages]


@pytest.mark.parametrize("course", CARDS)
def test_each_card_is_one_page_with_its_words_and_its_course(
    open_alone: Open, packages: dict[str, Package], course: str
) -> None:
    package = packages[course]
    found = []
    for sco in range(len(package.scos)):
        page = open_alone(package, sco)
        if not page.locator("#sg-take-away").count():
            continue
        page.locator('.sg-menu-link[href="#sg-take-away"]').click()
        for card in page.locator("#sg-take-away .sg-card").all():
            title = card.locator(".sg-card-title").inner_text()
            button = card.get_by_role("button", name="Print this card")
            last = card.locator(":scope > :not(button)").last.inner_text().split()[-1]
            footer = page.locator(".sg-footer").inner_text()
            button.click()
            (words,) = printed(page)
            assert words.startswith(title)
            assert last in words
            assert words.endswith(footer)
            assert "Print this card" not in words
            found.append(title)
    assert found == CARDS[course]


def test_the_form_for_bomb_threats_has_room_to_write(open_alone: Open, packages: dict[str, Package]) -> None:
    page = open_alone(packages["act-awareness"], 0)
    page.locator('.sg-menu-link[href="#sg-take-away"]').click()
    page.get_by_role("button", name="Print this card").nth(2).click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 658, "height": 900})  # A4 without its margins, in pixels
    fields = page.locator("#sg-take-away .sg-print-this td:empty")
    assert fields.count() == 9
    for field in fields.all():
        box = field.bounding_box()
        assert box and box["width"] >= 380 and box["height"] >= 36  # about 10 cm by 1 cm


def test_the_certificate_of_one_sco_prints_what_that_sco_knows(open_alone: Open, packages: dict[str, Package]) -> None:
    page = open_alone(packages["scan"], len(packages["scan"].scos) - 1)
    Learner(page.main_frame).take_assessment(10)
    page.locator('.sg-menu-link[href="#sg-certificate"]').click()
    page.locator('#sg-certificate [data-action="print-page"]').click()
    (words,) = printed(page)
    assert "has passed the assessment Final assessment of the course SCaN: See, Check and Notify How" in words
    assert "Best score: 10 of 12" in words


def test_the_certificate_is_one_page(open_alone: Open, packages: dict[str, Package]) -> None:
    page = open_alone(packages["feature-tour"], 0)
    learner = Learner(page.main_frame)
    learner.take_pages(right=None)
    learner.take_assessment(4)
    page.locator('.sg-menu-link[href="#sg-certificate"]').click()
    page.locator('#sg-certificate [data-action="print-page"]').click()
    (words,) = printed(page)
    assert "Feature tour" in words
    assert "Every form of text" in words  # what the course says of itself: the three say that they are unofficial
    assert "Best score: 4 of 4" in words
    assert "Back" not in words
