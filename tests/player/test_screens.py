"""What learners see and can reach in the packaged page: after Exit, with the contents open, while a sound plays, on a narrow screen."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, expect

from tests.lms.harness import Lms, Package
from tests.lms.learner import Learner

Build = Callable[[dict[str, str | bytes]], Package]
FILES: dict[str, str | bytes] = {
    "courses/screens/course.yml": "title: Screens\nversion: 1.0.0\n",
    "courses/screens/01-one.md": (
        "# One\n\nSome words, and a [link](#two).\n\n### Q: First? {#first}\n\n- [x] Yes\n- [ ] No\n\n## Two {#two}\n\nThe end.\n"
    ),
}


def shown(frame: Frame) -> list[str]:
    """Each line of text that is rendered, but for the footer with the course's version."""
    lines: list[str] = frame.evaluate("document.body.innerText.split(/\\n+/).filter(Boolean)")
    return [line for line in lines if not line.startswith("Screens 1.0.0")]


def reachable(frame: Frame) -> set[str]:
    """The classes of everything that Tab or the pointer finds, besides the end itself and the empty page."""
    found: set[str] = set(
        frame.evaluate("""() => {
          const names = new Set();
          for (let x = 5; x < innerWidth; x += 20) for (let y = 5; y < innerHeight; y += 10) names.add(document.elementFromPoint(x, y));
          return [...names].filter((e) => !e.closest('#sg-end, .sg-footer') && e !== document.body && e !== document.documentElement)
            .map((e) => e.className);
        }""")
    )
    for _ in range(12):
        frame.page.keyboard.press("Tab")
        found.add(
            frame.evaluate("(e => e.matches('body, #sg-end, #sg-end *') ? '' : e.className)(document.activeElement)")
        )
    return found - {""}


def try_everything(frame: Frame) -> None:
    """Keys and addresses that mean something in a course."""
    for key in ("Escape", "ArrowRight", "PageDown", "Home", "Alt+ArrowRight"):
        frame.page.keyboard.press(key)
    frame.evaluate("location.hash = '#two'")


END = "You have left the course"
UNSAVED = [
    "Not saved yet",
    "Your latest progress has not reached the learning system. Check that you are online and still signed in, then try again.",
    "Try againGo back to the courseLeave without saving",
]


@pytest.mark.parametrize(
    ("options", "fault", "words"),
    [
        ({}, None, [END, "Your progress is saved. You can close this window now."]),
        ({"mode": "review"}, None, [END, "Nothing was recorded. You can close this window now."]),
        ({"viewport": (360, 640)}, "refuse", UNSAVED),
    ],
)
def test_after_exit_nothing_of_the_course_is_left(
    lms: Lms, build: Build, options: Any, fault: str | None, words: list[str]
) -> None:
    session = lms.launch(build(FILES), **options)
    learner = Learner(session.frame)
    session.fault(fault)
    if fault:
        learner.take_page()
    learner.exit()
    calls = len(session.calls)
    for _ in range(2):
        assert [" ".join(line.split()) for line in shown(session.frame)] == words
        assert reachable(session.frame) == set()
        try_everything(session.frame)
    if not fault:
        assert len(session.calls) == calls
        return
    for button in ("Go back to the course", "Leave without saving"):
        session.frame.get_by_role("button", name=button).click()
        if "back" in button:
            assert "First?" in shown(session.frame)
            assert learner.page.locator(".sg-page-title").evaluate("e => e === document.activeElement")
            learner.next()
            assert learner.title() == "Two"
            learner.exit()
    assert shown(session.frame) == [END, "Your latest progress could not be saved. You can close this window now."]
    assert reachable(session.frame) == set()


def test_after_exit_nothing_plays_on(lms: Lms, packages: dict[str, Package]) -> None:
    session = lms.launch(packages["feature-tour"])
    sound = session.frame.locator("audio")
    sound.evaluate("sound => { sound.muted = sound.loop = true; return sound.play(); }")
    Learner(session.frame).exit()
    assert sound.evaluate("sound => sound.paused")


IN_VIEW = """e => {
  const { left, top, bottom } = e.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && e.contains(document.elementFromPoint(left + 15, (top + bottom) / 2));
}"""


def test_a_notice_is_in_view_wherever_the_learner_is_on_the_page(lms: Lms, build: Build) -> None:
    text = "Some words.\n\n" * 40
    files = FILES | {"courses/screens/01-one.md": f"# One\n\n{text}### Q: First? {{#first}}\n\n- [x] Yes\n- [ ] No\n"}
    session = lms.launch(build(files))
    notice = session.frame.locator("#sg-notice")
    session.fault("refuse")
    Learner(session.frame).take_page()
    expect(notice).to_contain_text("not saved at the moment")
    assert session.frame.evaluate("scrollY") > 0
    for place in ("scrollY", "0", "100_000"):
        session.frame.evaluate(f"scrollTo(0, {place})")
        assert notice.evaluate(IN_VIEW)
    again = session.frame.get_by_role("button", name="Try again")
    session.frame.evaluate("scrollTo(0, 0)")
    again.focus()
    assert again.evaluate(IN_VIEW)  # and what has the focus is not behind it


def test_a_result_is_shown_from_its_beginning(lms: Lms, build: Build) -> None:
    questions = "".join(f"### Q: Question {n}? {{#q{n}}}\n\n- [x] Yes\n- [ ] No\n\n" for n in range(15))
    test = f"---\ntitle: Test\nassessment: {{pass: 50}}\n---\n\n{questions}"
    session = lms.launch(build({"courses/c/course.yml": "title: C\n", "courses/c/01-test.md": test}))
    learner = Learner(session.frame)
    learner.start()
    for _ in range(15):
        learner.next_question()
    assert learner.page.get_by_role("heading", name="Before you submit").evaluate(IN_VIEW)
    learner.submit()  # at the end of a long list of questions without an answer
    assert learner.page.locator(".sg-result-title").evaluate(IN_VIEW)


Open = Callable[..., Page]


@pytest.fixture
def open_sco(browser: Browser) -> Iterator[Open]:
    """Opens a SCO in a window of its own, of a size in CSS pixels, on a device with a touch screen."""
    contexts = []

    def open_one(package: Package, size: tuple[int, int], sco: int = 0) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True)
        contexts.append(context)
        page = context.new_page()
        page.goto((package.folder / package.scos[sco][1]).as_uri())
        page.locator("#sg-save").get_by_text("Not recorded").wait_for()
        return page

    yield open_one
    for context in contexts:
        context.close()


def centre(control: Locator) -> tuple[float, float]:
    box = control.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def at(page: Page, point: tuple[float, float]) -> str:
    """The class of what a finger at this point meets."""
    name: str = page.evaluate("([x, y]) => document.elementFromPoint(x, y).className", list(point))
    return name


def test_the_header_is_one_line_in_a_small_window_in_the_order_of_the_keyboard(
    packages: dict[str, Package], open_sco: Open
) -> None:
    page = open_sco(packages["hostile-reconnaissance"], (650, 660))
    header = page.locator(".sg-header")
    assert [" ".join(line.split()) for line in header.locator("> *").all_inner_texts()] == [
        "Contents", "Hostile Reconnaissance", "1 of 25 pages seen", "Not recorded", "Exit",
    ]  # fmt: skip
    lefts = header.locator("> *").evaluate_all("parts => parts.map((part) => part.getBoundingClientRect().left)")
    assert lefts == sorted(lefts)
    assert header.evaluate("header => header.offsetHeight") <= 64


DIMMED = """() => {
  const found = [];
  for (let x = 0; x < innerWidth; x += 10) for (let y = 0; y < innerHeight; y += 10)
    if (document.elementFromPoint(x, y).className === 'sg-shade') found.push([x, y]);
  return found;
}"""


@pytest.mark.parametrize("size", [(360, 640), (650, 660)])
def test_the_open_contents_are_all_that_can_be_reached(
    packages: dict[str, Package], open_sco: Open, size: tuple[int, int]
) -> None:
    page = open_sco(packages["feature-tour"], size)
    menu, drawer = page.get_by_role("button", name="Contents"), page.locator("#sg-menu")
    close, title = drawer.get_by_role("button", name="Close"), page.locator(".sg-page:not([hidden]) .sg-page-title")
    covered = [centre(page.locator(f'[data-action="{name}"]')) for name in ("exit", "next")]
    page.touchscreen.tap(*centre(menu))
    assert drawer.is_visible()
    assert drawer.evaluate("e => e.contains(document.activeElement)")
    assert "sg-menu-close" in at(page, centre(close))
    dimmed = page.evaluate(DIMMED)
    assert {y for _, y in dimmed} == set(range(0, size[1], 10))  # a strip from the top to the bottom
    for point in covered:
        assert page.evaluate(
            "([x, y]) => !document.elementFromPoint(x, y)?.closest('.sg-header, .sg-main')", list(point)
        )
    outside = set()
    for _ in range(page.locator(".sg-menu-link").count() + 8):
        page.keyboard.press("Tab")
        outside.add(
            page.evaluate("document.activeElement.closest('#sg-menu, body').id || document.activeElement.className")
        )
    assert outside <= {"sg-menu", "sg-body sg-menu-open"}
    before = title.inner_text()
    page.touchscreen.tap(*covered[0])  # where Exit is, under the shade or the drawer
    assert page.locator("#sg-end").is_hidden()
    if drawer.is_hidden():
        page.touchscreen.tap(*centre(menu))
    leave: list[Callable[[], object]] = [
        lambda: page.touchscreen.tap(*dimmed[0]),
        lambda: page.mouse.click(*dimmed[-1]),
        lambda: page.touchscreen.tap(*centre(close)),
        lambda: page.keyboard.press("Escape"),
    ]
    for way in leave:
        way()
        expect(drawer).to_be_hidden()
        assert page.locator("#sg-end").is_hidden()
        assert title.inner_text() == before
        assert menu.evaluate("e => e === document.activeElement && e.getAttribute('aria-expanded') === 'false'")
        page.touchscreen.tap(*centre(menu))
        expect(drawer).to_be_visible()
    link = drawer.get_by_role("link", name="Matching")
    link.scroll_into_view_if_needed()
    page.touchscreen.tap(*centre(link))
    expect(title).to_have_text("Matching")
    expect(drawer).to_be_hidden()
    page.touchscreen.tap(*centre(menu))
    page.set_viewport_size({"width": 1280, "height": 800})  # there the contents stand beside the page
    expect(close).to_be_hidden()
    page.mouse.click(*centre(page.locator('[data-action="exit"]')))
    assert page.locator("#sg-end").is_visible()


def test_a_page_that_is_still_closed_says_so_in_the_open_contents(build: Build, open_sco: Open) -> None:
    package = build(
        FILES
        | {
            "courses/screens/course.yml": "title: Screens\nnavigation: guided\n",
            "courses/screens/02-three.md": "".join(f"# Page {number}\n\nText.\n\n" for number in range(30)),
        }
    )
    page = open_sco(package, (360, 640))
    page.get_by_role("button", name="Contents").tap()
    page.locator(".sg-menu-link").last.tap(force=True)  # at the end of a long list
    note = page.locator("#sg-menu").get_by_text("This page opens when you have seen the pages before it.")
    assert note.evaluate(IN_VIEW)


def sound(seconds: int) -> bytes:
    """A silent WAV file."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(b"\x80" * 8000 * seconds)
    return content.getvalue()


def test_captions_of_a_sound_stand_below_it(build: Build, open_sco: Open) -> None:
    files: dict[str, str | bytes] = {
        "courses/screens/course.yml": "title: Screens\nlanguage: en-GB\n",
        "courses/screens/01-one.md": "![Two words](two.wav)\n\n![More words](more.wav)\n\n" + "Text.\n\n" * 9,
        "courses/screens/two.wav": sound(9), "courses/screens/more.wav": sound(9),
        "courses/screens/two.vtt": "WEBVTT\n\n00:00.000 --> 00:04.000\nThe <i>first</i> words.\n\n00:06.000 --> 00:09.000\nThe last words.\n",
        "courses/screens/two.de.vtt": "WEBVTT\n\n00:00.000 --> 00:09.000\nDie Worte.\n",
        "courses/screens/more.vtt": "WEBVTT\n\n00:00.000 --> 00:09.000\nMore.\n",
    }  # fmt: skip
    page = open_sco(build(files), (320, 640))
    box = page.locator(".sg-caption").first
    player = page.locator("audio").first
    assert box.is_hidden()
    player.evaluate("player => { player.muted = true; return player.play(); }")
    expect(box).to_have_text("The first words.")
    assert box.locator("i").inner_text() == "first"
    assert box.evaluate(
        "e => e.checkVisibility() && e.getBoundingClientRect().top >= document.querySelector('audio').getBoundingClientRect().bottom"
    )
    player.evaluate("player => { player.pause(); player.currentTime = 7; }")
    expect(box).to_have_text("The last words.")
    height = box.evaluate("e => e.offsetHeight")
    player.evaluate("player => { player.currentTime = 5; }")
    expect(box).to_have_text("")
    assert box.evaluate("e => e.offsetHeight") == height  # what is below does not jump
    page.get_by_label("Captions").select_option("Deutsch")
    expect(box).to_have_text("Die Worte.")
    assert page.get_by_label("Captions").count() == 1
    page.emulate_media(forced_colors="active")  # where grounds are not drawn, the box has an edge
    assert box.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


CLIPPED = """() => {
  const pages = [...document.querySelectorAll('.sg-page')];
  const found = [];
  for (const page of pages) {
    for (const other of pages) other.hidden = other !== page;
    if (document.documentElement.scrollWidth > innerWidth) found.push([page.id, 'the page scrolls sideways']);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode: text } = texts;
      const parent = text.parentElement;
      if (!text.data.trim() || parent.closest('script, .sg-visually-hidden, .sg-skip, select') || !parent.checkVisibility()) continue;
      let [low, high] = [0, innerWidth];
      for (let e = parent; e; e = e.parentElement) {
        const overflow = getComputedStyle(e).overflowX;
        const isScrolled = ['auto', 'scroll'].includes(overflow) && e.scrollWidth > e.clientWidth;
        if (isScrolled && !e.closest('.sg-card')) [low, high] = [-Infinity, Infinity];
        const box = e.getBoundingClientRect();
        if (overflow !== 'visible' && high < Infinity) [low, high] = [Math.max(low, box.left), Math.min(high, box.right)];
      }
      const range = document.createRange();
      range.selectNode(text);
      if ([...range.getClientRects()].some((box) => box.width && (box.left < low - 1 || box.right > high + 1)))
        found.push([page.id, text.data.trim()]);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("course", ["act-awareness", "feature-tour", "hostile-reconnaissance", "scan"])
def test_no_text_is_cut_at_320_pixels(packages: dict[str, Package], open_sco: Open, course: str) -> None:
    package = packages[course]
    for sco in range(len(package.scos)):
        page = open_sco(package, (320, 640), sco)
        assert page.evaluate(CLIPPED) == []
        page.context.close()
