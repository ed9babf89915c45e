"""The preview in Chromium: it changes in place, shows errors, and plays every LMS that its panel offers; and who may reach it."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, Request, Route, expect

from scormgen.preview.store import Store
from scormgen.problems.report import Failure
from tests.conftest import NPM, ROOT, Write, scormgen_process
from tests.lms.learner import Learner

COURSE: dict[str, str | bytes] = {
    "courses/c/course.yml": "title: Doors\nlanguage: en-GB\n",
    "courses/c/01-a.md": "# Doors\n\nFirst page.\n\n## Locks\n\nSecond page.\n\n## Keys\n\nThird page.\n",
    "courses/c/02-b.md": "---\nassessment: {pass: 50, attempts: 2}\n---\n\n# Test\n\n### Q: What now? {#now}\n\n- [x] Look\n- [ ] Shout\n\n> **Explanation:** Look.\n",
    "courses/d/course.yml": "title: Stairs\nstructure: multi\n",
    "courses/d/01-up.md": "# Up\n\nText.\n",
    "courses/d/02-down.md": "# Down\n\nText.\n",
    "secret.txt": "secret",
}


@dataclass
class Running:
    """A preview of a workspace, in a process of its own."""

    root: Path
    process: subprocess.Popen[str]
    url: str

    @property
    def port(self) -> int:
        return int(self.url.split(":")[2].split("/")[0])

    def request(
        self, path: str, method: str = "GET", body: str | bytes | Iterable[bytes] | None = None, **headers: str
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Host": f"127.0.0.1:{self.port}"} | named)
        try:
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


Start = Callable[..., Running]


@pytest.fixture
def start(workspace: Write, processes: None) -> Iterator[Start]:
    running: list[Running] = []

    def run(*words: str, files: dict[str, str | bytes] = COURSE) -> Running:
        root = workspace(files)
        command = [sys.executable, "-m", "scormgen", "preview", "--port", "0", "--format", "json", *words]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(3)]
        running.append(Running(root, process, json.loads("".join(lines))["url"]))
        return running[-1]

    yield run
    for one in running:
        one.process.terminate()
        if one.process.stderr and one.process.stderr.closed:  # the test has read it
            continue
        _, messages = one.process.communicate(timeout=30)
        assert "Traceback" not in messages, messages


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[str], Page]]:
    faults: list[str] = []
    contexts = []

    def run(url: str, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 860}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(url)
        return page

    yield run
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "ERR_INCOMPLETE_CHUNKED" not in fault and "503 (Service" not in fault] == []


def content(page: Page) -> Frame:
    found = page.frame(url=lambda url: "/content/" in url)
    assert found
    return found


def course(page: Page) -> Any:
    return page.frame_locator("#content")


def calls(page: Page) -> list[str]:
    return page.locator("#calls tr:not(.note) td:nth-child(2)").all_text_contents()


def shown(page: Page, text: str) -> None:
    expect(course(page).locator("main")).to_contain_text(text)


def test_the_page_changes_in_place_and_an_error_keeps_the_last_good_one(start: Start, open_page: Any) -> None:
    preview = start("c")
    page = open_page(preview.url)
    shown(page, "First page.")
    course(page).get_by_role("button", name="Next").click()
    shown(page, "Second page.")
    file = preview.root / "courses/c/01-a.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("Second page.", "Second page, corrected."), "utf-8")
    shown(page, "Second page, corrected.")  # the same page, not the first
    expect(page.locator("#errors")).to_be_hidden()
    file.write_text(text.replace("Second page.", "![A door](door.svg)"), "utf-8")
    errors = page.locator("#errors")
    expect(errors).to_contain_text("courses/c/01-a.md:7:11")
    expect(errors.locator("mark")).to_have_text("door.svg")
    shown(page, "Second page, corrected.")
    expect(page.locator("#problem-count")).to_have_text("1")
    file.write_text(text.replace("Second page.", "Second page, again."), "utf-8")
    shown(page, "Second page, again.")
    expect(errors).to_be_hidden()
    expect(page.locator("#calls")).to_contain_text('LMSGetValue("cmi.core.lesson_status")')
    assert not (preview.root / "courses/c/course.lock").exists()


def test_a_course_that_was_never_good_shows_why(start: Start, open_page: Any) -> None:
    preview = start(files={"courses/c/course.yml": "titel: A\n", "courses/c/01-a.md": "Text.\n"})
    page = open_page(preview.url)
    expect(page.locator("#errors")).to_contain_text("did you mean title?")
    (preview.root / "courses/c/course.yml").write_text("title: A\n")
    shown(page, "Text.")
    expect(page.locator("#errors")).to_be_hidden()


def test_a_broken_theme_is_shown_and_fixed(start: Start, open_page: Any) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": "title: A\ntheme: ours\n", "courses/c/01-a.md": "Text.\n", "themes/ours/tokens.css": "",
        "courses/notes/stray.md": "A folder of the workspace that is no course.\n",
    }  # fmt: skip
    preview = start(files=files)
    page = open_page(preview.url)
    shown(page, "Text.")
    template = preview.root / "themes/ours/templates/sco.html"
    template.parent.mkdir()
    template.write_text("{% if %}")
    (preview.root / "themes/ours/tokens.css").write_text(":root { --sg-radius: 0; }\n")
    expect(page.locator("#errors")).to_contain_text("themes/ours/templates/sco.html:1")
    template.unlink()
    (preview.root / "themes/ours/tokens.css").write_text(".sg-header { background: url(logo.svg) }\n")
    expect(page.locator("#errors")).to_contain_text("logo.svg")
    (preview.root / "themes/ours/logo.svg").write_text("<svg/>")
    expect(page.locator("#errors")).to_be_hidden()
    assert preview.request("/content/c/player/theme/logo.svg") == (200, "<svg/>")
    shown(page, "Text.")


def begin(page: Page, button: str) -> None:
    """Presses a launch button, and waits for the new session's course."""
    before = content(page).url
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#content")).not_to_have_attribute("src", before.split("127.0.0.1")[1].partition("/")[2])
    page.wait_for_function(
        "before => !document.querySelector('#content').contentWindow.location.href.endsWith(before)",
        arg=before.rpartition("/")[2],
    )
    page.wait_for_function(
        "() => document.querySelector('#content').contentDocument.querySelector('#sg-place')?.textContent.match(/\\d/)"
    )


def test_a_session_begins_when_the_last_one_is_kept(start: Start, open_page: Any) -> None:
    """What the course says while its page goes away is on its way when the next session is asked for."""
    page = open_page(start("c").url)
    shown(page, "First page.")
    course(page).get_by_role("button", name="Next").click()
    shown(page, "Second page.")
    held: list[Route] = []
    launches: list[Request] = []
    page.route("**/api/commit", lambda route: held.append(route), times=1)
    page.on("request", lambda request: launches.append(request) if "/api/launch" in request.url else None)
    page.get_by_role("button", name="Resume", exact=True).click()
    while not held:
        page.evaluate("() => new Promise(requestAnimationFrame)")
    for _ in range(20):
        page.evaluate("() => new Promise(requestAnimationFrame)")
    assert launches == []
    held[0].continue_()
    page.wait_for_function("() => window.API?.LMSGetValue('cmi.core.entry') === 'resume'")


def test_every_button_does_what_it_says(start: Start, open_page: Any, tmp_path: Path) -> None:
    preview = start("c")
    page = open_page(preview.url)
    shown(page, "First page.")
    # widths
    for name, width in (("Phone", 360), ("Tablet", 768)):
        page.get_by_role("button", name=name).click()
        box = page.locator("#content").bounding_box()
        assert box and box["width"] == width
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Desktop").click()
    # resume: the place is kept; first visit: it is not
    course(page).get_by_role("button", name="Next").click()
    shown(page, "Second page.")
    begin(page, "Resume")
    shown(page, "Second page.")
    assert page.evaluate("API.LMSGetValue('cmi.core.entry')") == "resume"
    begin(page, "First visit")
    shown(page, "First page.")
    assert page.evaluate("API.LMSGetValue('cmi.core.entry')") == "ab-initio"
    # browse and review write nothing
    begin(page, "Browse")
    assert page.evaluate("API.LMSGetValue('cmi.core.lesson_mode')") == "browse"
    assert not [call for call in calls(page) if "LMSSetValue" in call]
    begin(page, "Review")
    assert page.evaluate("API.LMSGetValue('cmi.core.lesson_mode')") == "review"
    # another learner, who has seen nothing
    page.get_by_label("New learner").fill("Newman, Nia")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#learner option:checked")).to_have_text("Newman, Nia")
    page.wait_for_function("() => window.API?.LMSGetValue('cmi.core.student_name') === 'Newman, Nia'")
    shown(page, "First page.")
    # suspend data that was handed in
    begin(page, "Resume")
    course(page).get_by_role("button", name="Next").click()
    shown(page, "Second page.")
    data = str(page.evaluate("API.LMSGetValue('cmi.suspend_data')"))
    page.locator("#learner").select_option(label="Sample, Sam")
    page.wait_for_function("() => window.API?.LMSGetValue('cmi.core.student_name') === 'Sample, Sam'")
    page.get_by_label("Suspend data").fill(data)
    begin(page, "Launch with it")
    assert page.evaluate("API.LMSGetValue('cmi.suspend_data')") == data
    expect(course(page).locator("#sg-progress-text")).to_contain_text("2 of")
    # the record, as a file
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this attempt").click()
    download.value.save_as(tmp_path / "attempt.json")
    record = json.loads((tmp_path / "attempt.json").read_text("utf-8"))
    assert record["data"]["cmi.core.student_name"] == "Sample, Sam"
    assert "LMSInitialize" in {call["name"] for call in record["calls"]}
    assert {call["session"] for call in record["calls"]} == set(range(1, record["sessions"] + 1))


def choose(page: Page, fault: str) -> None:
    page.get_by_label(fault).check()


def stored(preview: Running, page: Page) -> dict[str, str]:
    """What the LMS's records hold of this attempt."""
    href = page.locator("#download").get_attribute("href")
    assert href
    found: dict[str, str] = json.loads(preview.request(href)[1])["data"]
    return found


def test_the_lms_misbehaves_as_it_is_told(start: Start, open_page: Any) -> None:
    preview = start("c")
    page = open_page(preview.url)
    shown(page, "First page.")
    choose(page, "refuses commits")
    course(page).get_by_role("button", name="Next").click()
    shown(page, "Second page.")
    expect(page.locator("#calls .note.failed").first).to_contain_text("101")
    expect(course(page).locator("#sg-save")).not_to_have_attribute("data-state", "saved")
    assert "locks" not in stored(preview, page).get("cmi.core.lesson_location", "")
    choose(page, "as it should")
    expect(course(page).locator("#sg-save")).to_have_attribute("data-state", "saved")
    location = stored(preview, page)["cmi.core.lesson_location"]
    choose(page, "has lost its connection")
    course(page).get_by_role("button", name="Next").click()
    shown(page, "Third page.")
    expect(page.locator("#calls tr").filter(has_text="LMSCommit").last).to_contain_text("true")
    assert stored(preview, page)["cmi.core.lesson_location"] == location
    choose(page, "slow")
    course(page).get_by_role("button", name="Back").click()
    shown(page, "Second page.")
    took = page.locator("#calls tr:not(.note) td:last-child").last.text_content()
    assert took and int(took.split()[0]) >= 500
    choose(page, "has vanished")
    course(page).get_by_role("button", name="Next").click()
    shown(page, "Third page.")
    expect(page.locator("#calls tr.failed:not(.note)").last).to_contain_text("(threw)")
    choose(page, "as it should")


LANGUAGE = "cmi.student_preference.language"


def save(page: Page, value: str) -> str:
    """Sets an element that the course leaves alone and commits; the answer."""
    answer: str = page.evaluate(
        "([name, value]) => (API.LMSSetValue(name, value), API.LMSCommit(''))", [LANGUAGE, value]
    )
    return answer


def wait_until_stored(preview: Running, page: Page, value: str) -> None:
    while stored(preview, page).get(LANGUAGE) != value:
        page.evaluate("() => new Promise(requestAnimationFrame)")


def test_the_lms_can_be_moodle_or_open_edx(start: Start, open_page: Any) -> None:
    preview = start("c")
    page = open_page(preview.url)
    shown(page, "First page.")
    strict = page.locator("#download").get_attribute("href")
    lms = page.get_by_role("combobox", name="LMS")
    lms.select_option(label="Moodle")
    page.wait_for_function("() => window.API?.LMSGetValue('cmi.core.total_time') === '00:00:00'")
    shown(page, "First page.")
    # a value that a failed commit held is sent again only after it has changed
    choose(page, "refuses commits")
    assert save(page, "de") == "false"
    choose(page, "as it should")
    assert save(page, "de") == "true"
    assert LANGUAGE not in stored(preview, page)
    assert save(page, "en") == "true"
    assert stored(preview, page)[LANGUAGE] == "en"
    choose(page, "has lost its connection")
    assert save(page, "de") == "true"
    choose(page, "as it should")
    assert save(page, "de") == "true"
    assert stored(preview, page)[LANGUAGE] == "en"
    page.evaluate("API.LMSSetValue('cmi.interactions.0.id', 'one'), API.LMSGetValue('cmi.interactions._count')")
    expect(page.locator("#calls tr").filter(has_text="_count").last).to_contain_text("1 (a number)")
    # the choice is kept, and each LMS has its own records
    course(page).get_by_role("button", name="Next").click()
    shown(page, "Second page.")
    page.reload()
    shown(page, "Second page.")
    expect(page.locator("#lms option:checked")).to_have_text("Moodle")
    lms.select_option(label="Open edX")
    page.wait_for_function("() => window.API?.LMSGetValue('cmi.core.student_name') === null")
    shown(page, "First page.")
    # a save that fails is not reported, and the same value set again is sent again
    choose(page, "refuses commits")
    assert save(page, "de") == "true"
    choose(page, "as it should")
    assert save(page, "en") == "true"
    wait_until_stored(preview, page, "en")
    assert save(page, "de") == "true"
    wait_until_stored(preview, page, "de")
    lms.select_option(label="strict")
    page.wait_for_function("() => window.API?.LMSGetValue('cmi.core.total_time').startsWith('0000:')")
    assert page.locator("#download").get_attribute("href") == strict


def test_a_pass_reaches_the_catalogue_and_lasts_until_the_next_run(start: Start, open_page: Any) -> None:
    preview = start()
    page = open_page(preview.url)
    expect(page.get_by_role("heading", level=2)).to_have_text(["Doors", "Stairs"])
    page.get_by_role("link", name="Doors").click()
    shown(page, "First page.")
    for _ in range(2):
        course(page).get_by_role("button", name="Next").click()
    shown(page, "Third page.")
    course(page).get_by_role("button", name="Next").click()
    Learner(content(page)).take_assessment(1)
    page.wait_for_function("() => window.API.LMSGetValue('cmi.core.lesson_status') === 'passed'")
    assert page.locator("#warning-count").is_hidden(), page.locator(".note").all_text_contents()
    page.get_by_role("link", name="All courses").click()
    expect(page.locator("article").first).to_contain_text("passed · 100 %")
    page.get_by_role("link", name="Down").click()
    shown(page, "Text.")
    expect(page.locator("#sco option:checked")).to_have_text("Down")
    page.context.close()
    preview.process.terminate()
    preview.process.wait(timeout=30)
    again = start()
    page = open_page(again.url)
    expect(page.locator("article").first).to_contain_text("passed · 100 %")


def test_records_from_before_there_were_several_lmss_are_kept(tmp_path: Path) -> None:
    records = tmp_path / "preview.sqlite"
    with closing(sqlite3.connect(records, isolation_level=None)) as old:
        old.execute(
            "CREATE TABLE attempt (id INTEGER PRIMARY KEY, course TEXT NOT NULL, sco TEXT NOT NULL, learner INTEGER NOT NULL,"
            " mode TEXT NOT NULL, sessions INTEGER NOT NULL, data TEXT NOT NULL)"
        )
        data = json.dumps({"cmi.suspend_data": "kept", "cmi.core.entry": "resume"})
        old.execute("INSERT INTO attempt VALUES (7, 'c', 'sco', 1, 'normal', 1, ?)", (data,))
    for _ in range(2):
        with closing(Store(records)) as store:
            again = store.launch("c", "sco", 1, "resume", "", None)
            assert (again.attempt, again.data["cmi.suspend_data"], again.data["cmi.core.entry"]) == (
                7,
                "kept",
                "resume",
            )
            moodle = store.launch("c", "sco", 1, "resume", "", None, "moodle")
            assert (moodle.attempt, moodle.data) == (8, {})


def test_only_the_preview_itself_is_served(start: Start) -> None:
    preview = start()
    assert preview.request("/")[0] == 200
    assert preview.request("/content/c/index.html")[0] == 200
    assert preview.request("/content/c/imsmanifest.xml")[0] == 404  # a build's, not a preview's
    for path in ("/content/c/../../secret.txt", "/content/c/%2e%2e/%2e%2e/secret.txt", "/content/c//etc/passwd", "/static/../app.py",
                 "/static/%2e%2e/app.py", "/secret.txt", "/content/c/course.yml", "/content/none/index.html", "/course/none",
                 "/static/", "/api/attempts/99"):  # fmt: skip
        code, body = preview.request(path)
        assert code == 404, path
        assert "secret" not in body
    body = json.dumps({"course": "c", "sco": 0, "learner": 1, "how": "first"})
    own = f"http://127.0.0.1:{preview.port}"
    assert preview.request("/api/launch", "POST", body, Content_Type="application/json", Origin=own)[0] == 200
    foreign: list[dict[str, str]] = [
        {"Host": "evil.example"}, {"Host": f"evil.example:{preview.port}"}, {"Host": "127.0.0.1"}, {"Origin": "https://evil.example"},
        {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
    ]  # fmt: skip
    for headers in foreign:
        assert preview.request("/content/c/index.html", **headers)[0] == 403, headers
        assert preview.request("/api/launch", "POST", body, Content_Type="application/json", **headers)[0] == 403, (
            headers
        )
    assert preview.request("/api/launch", "POST", body, Content_Type="text/plain")[0] == 403
    for wrong in ("{", "[]", '{"course": "none"}', '{"course": "c", "sco": 9, "learner": 1, "how": "first"}',
                  '{"course": "c", "sco": 0, "learner": 9, "how": "first"}', '{"course": "c", "sco": 0, "learner": 1, "how": "x"}'):  # fmt: skip
        assert preview.request("/api/launch", "POST", wrong, Content_Type="application/json")[0] == 400, wrong


JUNK: list[bytes] = [
    b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"\xc3": 1}', b"NaN", b"[" * 100_000, b'{"a":' * 100_000, b"9" * 10_000,
    *(b'{"course": %s, "sco": 0, "learner": 1, "how": "first"}' % value for value in (b"1", b"null", b'["c"]', b'{"c": 1}', b'"none"', rb'"\ud800"')),
    *(b'{"course": "c", "sco": %s, "learner": 1, "how": "first"}' % value for value in (b'"x"', b"-1", b"1.5", b"NaN", b"9" * 30, b"true", b"[0]", b"1e999")),
    *(b'{"course": "c", "sco": 0, "learner": %s, "how": "first"}' % value for value in (b"null", b"-1", b"99", b"9" * 30, b"9" * 5000, b"{}")),
    *(b'{"course": "c", "sco": 0, "learner": 1, "how": "first", %s}' % more for more in (b'"lms": 1', b'"lms": "x"', b'"suspend_data": 5', b'"how": []')),
    *(b'{"attempt": 1, "session": 1, "changes": %s, "calls": %s}' % (value, value) for value in (
        b"null", b"1", b'"x"', b'[1]', b'{"a": 1}', b'[{"number": "x"}]', b'[{"number": 1e400}]', b'[{"number": 1, "a": {}}]', b'{"a": NaN}', b'[{}]')),
    b'{"attempt": 99999, "changes": {}, "calls": [{"number": 99999999999999999999999}]}', b'{"name": 5}', b'{"name": " "}', rb'{"name": "\udc80"}',
]  # fmt: skip


def test_junk_is_refused_and_is_no_error_of_ours(start: Start) -> None:
    preview = start()
    for path in ("launch", "commit", "calls", "learners"):
        for body in JUNK:
            answer = preview.request(f"/api/{path}", "POST", body, Content_Type="application/json")
            assert answer[0] == 400, (path, body[:80], answer)
            assert json.loads(answer[1])["error"]
    for path in ("9" * 30, "9" * 5000, "-1", "x", "%C2%B2", "1.5", "1%00"):
        assert preview.request(f"/api/attempts/{path}")[0] == 400, path
        assert preview.request(f"/api/courses?learner={path}")[0] == 400, path
    large = b'{"attempt": 1, "changes": {"a": "%s"}}' % (b"x" * 5_000_000)
    assert preview.request("/api/commit", "POST", large, Content_Type="application/json")[0] == 413
    assert (
        preview.request("/api/commit", "POST", iter([large[:3_000_000]] * 2), Content_Type="application/json")[0] == 413
    )
    # half a surrogate pair is what JavaScript may hold: it is kept
    asked = rb'{"course": "c", "sco": 0, "learner": 1, "how": "first", "suspend_data": "\ud800"}'
    code, begun = preview.request("/api/launch", "POST", asked, Content_Type="application/json")
    assert (code, json.loads(begun)["data"]["cmi.suspend_data"]) == (200, "\ud800")
    code, record = preview.request(f"/api/attempts/{json.loads(begun)['attempt']}")
    assert (code, json.loads(record)["data"]["cmi.suspend_data"]) == (200, "\ud800")


def raw(preview: Running, request: bytes, *, waits: bool = True) -> bytes:
    """The first line of the answer to bytes on the wire; nothing where the client goes away at once."""
    with socket.create_connection(("127.0.0.1", preview.port), timeout=30) as connection:
        connection.sendall(request.replace(b"HOST", b"127.0.0.1:%d" % preview.port))
        return connection.makefile("rb").readline() if waits else b""


def test_no_request_on_the_wire_reaches_another_file_or_host(start: Start) -> None:
    preview = start()
    (preview.root / "courses/c/link.txt").symlink_to("../../secret.txt")
    for path in (b"/content/c/..%2f..%2fsecret.txt", b"/content/c/%2e%2e%2f%2e%2e%2fsecret.txt", b"/content/c/..%5c..%5csecret.txt",
                 b"/content/c/index.html%00.txt", b"/content/c/%00", b"/static/..%2fapp.py", b"/content/c/link.txt", b"/content/..%2fd/index.html",
                 b"/content/c/%ff%fe", b"//127.0.0.1/content/c/index.html", b"/course/%00"):  # fmt: skip
        assert raw(preview, b"GET %s HTTP/1.1\r\nHost: HOST\r\n\r\n" % path).split()[1] == b"404", path
    for headers in (
        b"", b"Host: evil.example\r\n", b"Host: HOST\r\nHost: evil.example\r\n", b"Host: evil.example\r\nHost: HOST\r\n", b"Host: HOST.evil.example\r\n",
        b"Host: HOST\r\nOrigin: null\r\n", b"Host: HOST\r\nOrigin: https://HOST\r\n", b"Host: HOST\r\nOrigin: ftp://HOST\r\n",
        b"Host: HOST\r\nOrigin: HOST\r\n", b"Host: HOST\r\nOrigin: http://127.0.0.1\r\n", b"Host: HOST\r\nOrigin: http://HOST\r\nOrigin: null\r\n",
        b"Host: HOST\r\nOrigin: \r\n", b"Host: HOST\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n",
    ):  # fmt: skip
        assert raw(preview, b"GET / HTTP/1.1\r\n" + headers + b"\r\n").split()[1] in (b"400", b"403"), headers
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    for origin in (b"https://evil.example", b"http://HOST"):
        request = b"GET /events HTTP/1.0\r\nHost: HOST\r\nOrigin: %s\r\n%s\r\n" % (origin, upgrade)
        assert raw(preview, request).split()[1] != b"101", origin
    assert preview.request("/", Origin=f"http://127.0.0.1:{preview.port}")[0] == 200
    assert raw(preview, b"\x00\xff\r\n\r\n").split()[1] == b"400"
    half = b"POST /api/commit HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
    raw(preview, half, waits=False)
    assert preview.request("/")[0] == 200


def test_parts_of_media_are_served(start: Start) -> None:
    video = bytes(range(256)) * 4
    preview = start("c", files={
        "courses/c/course.yml": "title: A\n", "courses/c/01-a.md": "![A film](film.mp4)\n", "courses/c/film.mp4": video,
        "courses/c/film.transcript.md": "A film.\n",
    })  # fmt: skip
    path = next(
        p
        for p in ("/content/c/assets/film.mp4", "/content/c/film.mp4", "/content/c/media/film.mp4")
        if preview.request(p, "HEAD")[0] == 200
    )

    def part(wanted: str, method: str = "GET") -> tuple[int, str | None, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
        connection.request(method, path, headers={"Range": wanted} if wanted else {})
        with closing(connection):
            answer = connection.getresponse()
            assert answer.headers["Accept-Ranges"] == "bytes"
            return answer.status, answer.headers["Content-Range"], answer.read()

    assert part("") == (200, None, video)
    assert part("", "HEAD") == (200, None, b"")
    assert part("bytes=0-") == (206, "bytes 0-1023/1024", video)
    assert part("bytes=10-19") == (206, "bytes 10-19/1024", video[10:20])
    assert part("bytes=1000-9999") == (206, "bytes 1000-1023/1024", video[1000:])
    assert part("bytes=-24") == (206, "bytes 1000-1023/1024", video[1000:])
    assert part("bytes=10-19", "HEAD") == (206, "bytes 10-19/1024", b"")
    for wanted in ("bytes=1024-", "bytes=-0"):
        assert part(wanted) == (416, "bytes */1024", b"")
    for wanted in (
        "bytes=-",
        "bytes=9-1",
        "lines=1-2",
        "bytes=1-2,4-5",
        "bytes=x-",
        f"bytes={'9' * 5000}-",
        "bytes=²-",
    ):
        assert part(wanted.encode().decode("latin-1"))[0] == 200, wanted


def test_records_that_cannot_be_written_are_not_saved_and_the_terminal_says_so_once(
    start: Start, open_page: Any
) -> None:
    preview = start("c")
    page = open_page(preview.url)
    shown(page, "First page.")
    saved = course(page).locator("#sg-save")
    with closing(sqlite3.connect(preview.root / ".scormgen/preview.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        course(page).get_by_role("button", name="Next").click()
        shown(page, "Second page.")
        expect(saved).to_have_attribute("data-state", re.compile("^(?!saved)"))
        assert preview.request("/content/c/index.html")[0] == 200
        body = json.dumps({"attempt": 1, "changes": {}})
        code, answer = preview.request("/api/commit", "POST", body, Content_Type="application/json")
        assert (code, "database is locked" in answer) == (503, True)
        other.execute("ROLLBACK")
    expect(saved).to_have_attribute("data-state", "saved")
    page.context.close()
    preview.process.terminate()
    messages = preview.process.communicate(timeout=30)[1]
    assert messages.count("the records cannot be used, so nothing is saved: database is locked\n") == 1, messages


def test_a_full_disk_or_a_damaged_file_is_told(tmp_path: Path) -> None:
    records = tmp_path / "preview.sqlite"
    with closing(Store(records)) as store:
        attempt = store.launch("c", "sco", 1, "first", "", None).attempt
        store._db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            store.commit(attempt, {"cmi.suspend_data": "x" * 100_000})
        store._db.execute("PRAGMA max_page_count = 1000000")
        store.commit(attempt, {"cmi.suspend_data": "y"})
        store._db.execute("UPDATE attempt SET data = '[1'")
        with pytest.raises(sqlite3.DatabaseError, match="damaged"):
            store.launch("c", "sco", 1, "resume", "", None)
        assert store.launch("c", "sco", 1, "first", "", None).attempt == attempt + 1
    records.write_bytes(b"no database" * 1000)
    with pytest.raises(Failure, match="delete it to start again"):
        Store(records)


def test_an_authors_film_is_streamed_and_can_be_skipped_through(start: Start, tmp_path: Path) -> None:
    film = "courses/c/assets/film.mp4"
    preview = start(files={**COURSE, "courses/c/01-a.md": "# A\n\n![Film](assets/film.mp4)\n", film: "0123456789"})
    address = "/content/c/assets/film.mp4"
    assert preview.request(address) == (200, "0123456789")
    assert preview.request(address, Range="bytes=2-4") == (206, "234")
    secret = tmp_path.parent / f"{tmp_path.name}-secret.txt"
    secret.write_text("secret")
    (preview.root / film).unlink()
    (preview.root / film).symlink_to(secret)
    assert preview.request(address)[0] == 404
    (preview.root / film).unlink()
    os.mkfifo(preview.root / film)
    assert preview.request(address)[0] == 404


def test_a_new_course_appears_in_the_catalogue(start: Start, open_page: Any) -> None:
    preview = start()
    page = open_page(preview.url)
    expect(page.locator("article")).to_have_count(2)
    new = preview.root / "courses" / "e"
    new.mkdir()
    (new / "01-a.md").write_text("Text.\n")
    (new / "course.yml").write_text("title: Exits\n")
    expect(page.get_by_role("link", name="Exits")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_previews_pages_are_accessible(start: Start, open_page: Any, scheme: str) -> None:
    preview = start()
    axe = (NPM / "axe-core" / "axe.min.js").read_text("utf-8")
    page = open_page(preview.url, color_scheme=scheme, bypass_csp=True)
    expect(page.locator("article")).to_have_count(2)
    for address in (None, f"{preview.url}course/c"):
        if address:
            page.goto(address)
            shown(page, "First page.")
            page.evaluate("document.querySelectorAll('.panel details').forEach(one => { one.open = true; })")
        page.evaluate(axe)
        found = page.evaluate(
            "axe.run({exclude: [['iframe']]}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
        )
        assert found == []


def test_an_unknown_course_is_told(workspace: Write) -> None:
    done = scormgen_process("preview", "cc", cwd=workspace(COURSE))
    assert done.code == 1
    assert "S004" in done.err
