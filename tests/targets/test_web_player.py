"""The player of the web target: a course opened from a folder, whose state is in the browser's own storage."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import scormgen as installed
from scormgen.rendering.strings import load_strings
from tests.lms.harness import Package
from tests.lms.learner import Learner

Build = Callable[[dict[str, str | bytes]], Package]

PLAYER = Path(installed.__file__).parent / "player" / "web.js"
DATA = re.compile(r'(?s)(<script type="application/json" id="sg-data">)(.*?)(</script>)')
COURSE: dict[str, str | bytes] = {
    "courses/c/course.yml": "id: c\ntitle: Course\ncertificate: yes\n",
    "courses/c/01-one.md": "# One\n\n### Q: Ready? {#ready}\n\n- [x] Yes\n- [ ] No\n\n### Q: Sure? {#sure}\n\n- [x] Yes\n- [ ] No\n",
    "courses/c/02-two.md": "# Two\n\nText.\n",
    "courses/c/03-three.md": "# Three\n\nText.\n",
    "courses/c/09-test.md": "---\ntitle: Test\nassessment: {pass: 50, attempts: 3, review: all}\n---\n\n"
    "### Q: First? {#first}\n\n- [x] Yes\n- [ ] No\n\n### Q: Second? {#second}\n\n- [x] Yes\n- [ ] No\n",
}  # fmt: skip


def web(package: Package) -> Path:
    """The course for the web: the package with the web's player and the words of that target."""
    shutil.copyfile(PLAYER, package.folder / "player" / "player.js")
    index = package.folder / "index.html"
    found = DATA.search(text := index.read_text("utf-8"))
    assert found
    data = json.loads(found[2]) | {"strings": load_strings("en")}
    index.write_text(text.replace(found[2], json.dumps(data).replace("<", "\\u003c")), "utf-8")
    return package.folder


@pytest.fixture
def folder(build: Build) -> Path:
    return web(build(COURSE))


class Window(NamedTuple):
    """A window that shows the course."""

    page: Page
    learner: Learner

    def saved(self) -> None:
        expect(self.page.locator("#sg-save")).to_have_text("Saved")

    def go(self, title: str) -> None:
        self.page.locator(".sg-menu-link", has_text=re.compile(f"^{title}")).click()
        expect(self.learner.page.locator(".sg-page-title")).to_have_text(title)

    def check(self, name: str) -> None:
        self.learner.check(self.page.locator(f"#q-{name}"))

    def reload(self) -> None:
        self.page.reload()
        self.page.wait_for_selector("#sg-place:not(:empty)")

    def export(self, path: Path) -> Path:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Save progress to a file").click()
        assert download.value.suggested_filename == "c-progress.json"
        download.value.save_as(path)
        return path

    def read(self, path: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Read progress from a file").click()
        chooser.value.set_files(path)

    def take_test(self, *, right: bool) -> None:
        self.go("Test")
        self.learner.start()
        for _ in range(2):
            self.learner.answer(right=right)
        self.page.locator('[data-action="submit"]').click()
        self.learner.page.locator(".sg-result").wait_for()

    def text(self) -> str:
        return self.page.locator("body").inner_text()


def show(context: BrowserContext, folder: Path) -> Window:
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("#sg-place:not(:empty)")
    return Window(page, Learner(page.main_frame))


@contextmanager
def browsing(browser: Browser, *, own: str = "file:") -> Iterator[BrowserContext]:
    """A browser of its own; nothing may be asked of any host, and nothing may fail in the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    requests: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert [url for url in requests if not url.startswith((own, "data:", "blob:"))] == []
    assert errors == []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browsing(browser) as context:
        yield context


def test_what_the_learner_did_is_there_after_a_reload(context: BrowserContext, folder: Path) -> None:
    window = show(context, folder)
    window.check("ready")
    window.go("Three")
    window.saved()
    window.reload()
    window.saved()
    assert window.learner.title() == "Three"
    window.go("One")
    assert window.page.locator("#q-ready .sg-feedback-title").inner_text() == "Correct"
    assert window.page.locator("#q-sure .sg-feedback").is_hidden()
    assert window.page.locator("#sg-progress-text").inner_text() == "2 of 4 pages seen"


def test_a_half_finished_attempt_is_resumed(context: BrowserContext, folder: Path) -> None:
    window = show(context, folder)
    window.go("Test")
    window.learner.start()
    first = window.learner.question.get_attribute("id")
    window.learner.answer(right=True)
    window.reload()
    assert window.learner.page.locator(".sg-assessment-place").inner_text() == "Question 2 of 2"
    window.page.locator('[data-action="previous-question"]').click()
    assert window.learner.question.get_attribute("id") == first
    assert window.learner.question.locator("input:checked").count() == 1


def test_a_pass_opens_the_certificate_and_claims_nothing_to_anyone(context: BrowserContext, folder: Path) -> None:
    window = show(context, folder)
    for title in ("Two", "Three"):
        window.go(title)
    window.take_test(right=False)
    assert "Not passed this time" in window.text()
    assert "You have 2 attempts left." in window.text()
    assert window.page.locator(".sg-review-item").count() == 2
    window.page.locator(".sg-retry").click()
    for _ in range(2):
        window.learner.answer(right=True)
    window.page.locator('[data-action="submit"]').click()
    expect(window.learner.page.locator(".sg-completion-title")).to_have_text("The course is complete")
    assert "learning system" not in window.text()
    window.saved()
    window.reload()
    assert "2 of 2" in window.learner.page.locator(".sg-result").inner_text()
    window.go("Your certificate")
    sheet = window.page.locator('#sg-certificate [data-field="sheet"]').inner_text()
    assert "has passed" in sheet
    assert "Best score: 2 of 2" in sheet


def test_after_exit_a_button_opens_the_course_again(context: BrowserContext, folder: Path) -> None:
    window = show(context, folder)
    window.go("Two")
    window.page.locator('[data-action="exit"]').click()
    end = window.page.locator("#sg-end")
    assert end.locator("h1").inner_text() == "The course is closed"
    assert end.locator("p").inner_text() == "Your progress is kept in this browser. You can close this window now."
    end.get_by_role("button", name="Open the course again").click()
    expect(window.page.locator("#sg-end")).to_be_hidden()
    assert window.learner.title() == "Two"


def test_two_windows_lose_nothing_of_each_other(context: BrowserContext, folder: Path) -> None:
    first, second = show(context, folder), show(context, folder)
    first.check("ready")
    expect(second.page.locator("#q-ready .sg-feedback-title")).to_have_text("Correct")  # while it is open
    second.check("sure")
    second.go("Three")
    first.go("Two")
    for window in (first, second):
        window.saved()
    first.take_test(right=False)
    expect(second.page.locator("#sg-progress-text")).to_have_text("4 of 4 pages seen")
    second.go("Test")
    assert "Not passed this time" in second.text()
    assert "You have 2 attempts left." in second.text()
    second.page.locator(".sg-retry").click()
    for window in (first, second):
        window.page.close()
    third = show(context, folder)
    third.go("One")
    assert third.page.locator(".sg-feedback-title:visible").all_inner_texts() == ["Correct", "Correct"]
    third.go("Test")
    expect(third.learner.page.locator(".sg-assessment-place")).to_have_text("Question 1 of 2")


def test_a_window_that_the_browser_did_not_tell_adds_to_what_is_stored(context: BrowserContext, folder: Path) -> None:
    """Browsers differ in whether windows of a folder hear of each other."""
    context.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    first, second = show(context, folder), show(context, folder)
    first.check("ready")
    first.take_test(right=False)
    first.saved()
    assert second.page.locator("#q-ready .sg-feedback").is_hidden()
    second.check("sure")
    second.saved()
    assert second.page.locator(".sg-feedback-title:visible").all_inner_texts() == ["Correct", "Correct"]
    first.reload()
    first.go("One")
    assert first.page.locator(".sg-feedback-title:visible").all_inner_texts() == ["Correct", "Correct"]
    first.go("Test")
    assert "You have 2 attempts left." in first.text()


def test_courses_of_one_folder_do_not_share_their_state(context: BrowserContext, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    index = other / "index.html"
    index.write_text(index.read_text("utf-8").replace('"course": "c"', '"course": "d"'), "utf-8")
    show(context, folder).go("Three")
    assert show(context, other).learner.title() == "One"
    assert show(context, folder).learner.title() == "Three"


def test_progress_goes_to_another_browser_in_a_file(browser: Browser, folder: Path, tmp_path: Path) -> None:
    with browsing(browser) as context:
        window = show(context, folder)
        window.check("ready")
        window.take_test(right=False)
        window.go("Three")
        path = window.export(tmp_path / "progress.json")
    file = json.loads(path.read_text("utf-8"))
    assert (file["format"], file["formatVersion"], file["course"], file["title"]) == (
        "scormgen-progress",
        1,
        "c",
        "Course",
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", file["date"])
    with browsing(browser) as context:
        window = show(context, folder)
        window.check("sure")
        for _ in range(2):  # to read it twice changes nothing
            window.read(path)
            expect(window.page.locator("#sg-notice")).to_contain_text(
                "The progress in the file has been added to yours."
            )
            assert window.learner.title() == "Three"
            window.saved()
        window.reload()
        assert window.learner.title() == "Three"
        window.go("One")
        assert window.page.locator(".sg-feedback-title:visible").all_inner_texts() == ["Correct", "Correct"]
        window.go("Test")
        assert "You have 2 attempts left." in window.text()


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    context: BrowserContext, folder: Path, tmp_path: Path
) -> None:
    window = show(context, folder)
    window.go("Two")
    good = json.loads(window.export(tmp_path / "good.json").read_text("utf-8"))
    path = tmp_path / "bad.json"
    damaged = "This is not a file with progress, or it is damaged."
    newer = "This file comes from a newer version of the course. Open the newest version to read it."
    cases: list[tuple[str, str]] = [
        ("", damaged),
        ("\0\1\2", damaged),
        ("[1, 2]", damaged),
        ("null", damaged),
        (json.dumps({**good, "format": "other"}), damaged),
        (json.dumps({**good, "state": 7}), damaged),
        (json.dumps({**good, "state": "1xxxx.AA"}), damaged),
        (json.dumps({**good, "formatVersion": 2}), newer),
        (json.dumps({**good, "state": "2" + good["state"][1:]}), newer),
        (json.dumps({**good, "course": "d", "title": "Another <b>"}), "This file is for another course: Another <b>"),
        (json.dumps({**good, "sco": "d"}), "This file is for another course: Course"),
    ]
    for text, message in cases:
        path.write_text(text, "utf-8")
        window.read(path)
        expect(window.page.locator('.sg-menu [role="status"]').last).to_have_text(message)
        assert window.learner.title() == "Two"
    window.read(tmp_path / "good.json")
    expect(window.page.locator('.sg-menu [role="status"]').last).to_be_empty()


def test_where_the_browser_refuses_storage_it_says_not_saved(browser: Browser, folder: Path, tmp_path: Path) -> None:
    site = "http://course.test/"
    outer = folder / "outer.html"  # a sandboxed frame has no storage
    outer.write_text('<iframe src="index.html" sandbox="allow-scripts allow-downloads" width="1200" height="700">')
    with browsing(browser, own=site) as context:
        context.route(f"{site}**", lambda route: route.fulfill(path=folder / route.request.url.removeprefix(site)))
        page = context.new_page()
        page.goto(f"{site}outer.html")
        frame = page.frames[1]
        frame.wait_for_selector("#sg-place:not(:empty)")
        expect(frame.locator("#sg-save")).to_have_text("Not saved")
        assert "This browser does not let the course keep your progress." in frame.locator("#sg-notice").inner_text()
        frame.locator(".sg-menu-link", has_text="Two").click()
        with page.expect_download() as download:
            frame.get_by_role("button", name="Save progress to a file").click()
        download.value.save_as(tmp_path / "progress.json")
        frame.locator('[data-action="exit"]').click()
        assert frame.locator("#sg-end h1").inner_text() == "Not saved yet"
        assert "could not be kept in this browser" in frame.locator("#sg-end").inner_text()
    with browsing(browser) as context:
        window = show(context, folder)
        window.read(tmp_path / "progress.json")
        expect(window.page.locator("#sg-progress-text")).to_have_text("2 of 4 pages seen")


def test_where_the_storage_is_full_it_says_not_saved_until_there_is_room(context: BrowserContext, folder: Path) -> None:
    window = show(context, folder)
    window.saved()
    window.page.evaluate(
        """() => {
            for (let size = 1 << 22; size >= 1; size /= 2)
                for (let n = 0; n < 8; n++)
                    try { localStorage.setItem(`full ${size} ${n}`, 'x'.repeat(size)); } catch { break; }
        }"""
    )
    window.check("ready")
    window.check("sure")
    window.go("Three")
    expect(window.page.locator("#sg-save")).to_have_text("Not saved")
    assert "learning system" not in window.text()
    window.page.evaluate(
        "for (const name of Object.keys(localStorage)) if (name.startsWith('full')) localStorage.removeItem(name)"
    )
    window.saved()
    window.reload()
    assert window.learner.title() == "Three"


def test_packages_for_an_lms_hold_no_word_of_it(build: Build) -> None:
    package = build(COURSE)
    texts = [path.read_text("utf-8") for path in package.folder.rglob("*") if path.suffix in (".html", ".js")]
    assert not [text for text in texts if "web_" in text or "localStorage" in text or "scormgen-progress" in text]


def test_the_player_is_small(folder: Path) -> None:
    files = [(folder / "player" / name).read_bytes() for name in ("player.js", "style.css")]
    assert sum(len(gzip.compress(content, 9)) for content in files) <= 34_000
