"""What comes out of the printer: every word of everything, and each action card and the certificate on one A4 page."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from lxml import html
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.lms.harness import Package
from tests.lms.learner import Learner, answer_key

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


def printed(page: Page, *, asked: bool = True) -> list[str]:
    """The words of each page that the printer gets, all of them A4. `asked`: whether the page itself asks for the printer."""
    assert not asked or page.evaluate("window.asked"), "nothing asked for the printer"
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in pages} == {A4}
    if asked:
        page.evaluate("window.asked = false; window.dispatchEvent(new Event('afterprint'))")
    # The font joins letters, such as ff: NFKC takes them apart.
    return [" ".join(unicodedata.normalize("NFKC", one.extract_text()).split()) for one in pages]


def dense(text: str) -> str:
    """Text without its white space, which a PDF places by its own rules."""
    return "".join(unicodedata.normalize("NFKC", text).split())


# What paper has no use for: controls, what is for screen readers alone, answers, the assessment before it is begun and the
# certificate before the course is done. The end of a scenario says whether the way there was right.
LEFT_OUT = """script|button[not(contains(@class, 'sg-decision') or contains(@class, 'sg-term'))]|select|audio|video
    |*[contains(@class, 'sg-visually-hidden') or contains(@class, 'sg-feedback') or contains(@class, 'sg-assessment-run')
    or @class='sg-certificate']
    |div[@class='sg-scene' and not(.//button)]"""


def words_of(package: Package, sco: int = 0) -> dict[str, list[str]]:
    """The texts of each page of a SCO, as its document has them."""
    document = html.parse(package.folder / package.scos[sco][1], html.HTMLParser(encoding="utf-8"))
    left_out = "|".join(f".//{part.strip()}" for part in LEFT_OUT.split("|"))
    found = {}
    for article in document.iter("article"):
        for element in article.xpath(left_out):
            element.drop_tree() if element.getparent() is not None else None
        found[article.get("id")] = [dense(text) for text in article.itertext() if text.strip()]
    return found


def missing(texts: dict[str, list[str]], paper: str) -> dict[str, list[str]]:
    """The texts that are not on paper, by their page."""
    return {page: gone for page, found in texts.items() if (gone := [text for text in found if text not in paper])}


CONTROLS = (
    "Printthispage",
    "Printeverything",
    "Contents",
    "Checkanswer",
    "Startthe",
    "Skipto",
    "Printthiscard",
    "Next",
    "Moveup",
)


@pytest.mark.parametrize("course", ["feature-tour", "hostile-reconnaissance", "scan"])
def test_everything_has_the_words_of_every_page(open_alone: Open, packages: dict[str, Package], course: str) -> None:
    package = packages[course]
    page = open_alone(package, 0)
    page.get_by_role("button", name="Print everything").click()
    sheets = printed(page)
    paper, texts = dense("".join(sheets)), words_of(package)
    assert missing(texts, paper) == {}
    modules = {dense(name) for name in page.locator(".sg-page-module").all_text_contents()}
    assert [sheet for sheet in sheets if dense(sheet) in modules] == []  # a heading goes with what it is of
    assert [control for control in CONTROLS if control in paper] == []
    open_words = "".join(
        text for found in texts.values() for text in found
    )  # a source that the tour shows has its answers
    for form in page.locator("form.sg-question").all():
        key = answer_key(form)
        told = [*key.get("feedback", {}).values(), *(key.get(name, "") for name in ("correct", "wrong", "explanation"))]
        secrets = [dense("".join(map(str, html.fromstring(text).itertext()))) for text in told if text]
        assert [secret for secret in secrets if secret in paper and secret not in open_words] == []
    assert page.locator("details[open]").count() == 0  # as they were before


def test_the_browsers_own_print_has_all_tabs_and_folded_parts_of_the_page(
    open_alone: Open, packages: dict[str, Package]
) -> None:
    texts = words_of(packages["feature-tour"])
    page = open_alone(packages["feature-tour"], 0)
    for name in ("text/parts", "text/pictures"):
        page.locator(f'.sg-menu-link[href="#{name}"]').click()
        paper = dense("".join(printed(page, asked=False)))
        assert missing({name: texts[name]}, paper) == {}
        assert texts["text/lists"][-1] not in paper
    assert "Inside" in texts["text/parts"]
    assert any("Sohasthisone" in text for text in texts["text/pictures"])


def test_without_script_every_page_is_on_the_screen_and_on_paper(
    browser: Browser, packages: dict[str, Package]
) -> None:
    package = packages["feature-tour"]
    context = browser.new_context(java_script_enabled=False, viewport={"width": 650, "height": 660})
    page = context.new_page()
    page.goto((package.folder / package.scos[0][1]).as_uri())
    for article in page.locator(".sg-page, .sg-tab, .sg-tab-title, .sg-menu").all():
        assert article.is_visible(), article.get_attribute("id")
    assert (
        not page.locator(".sg-feedback, .sg-pager, .sg-exit, .sg-menu-button, [data-action]")
        .locator("visible=true")
        .count()
    )
    paper = dense("".join(printed(page, asked=False)))
    assert missing(words_of(package), paper) == {}
    context.close()


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
