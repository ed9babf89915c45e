"""The packages in wagtail-lms: uploaded as an administrator does, played in Chromium, and what its database then holds."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.lms.learner import Learner
from tests.lms.wagtail import Wagtail


def sign_in(browser: Browser, wagtail: Wagtail, name: str, then: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{wagtail.origin}/admin/login/?next={then}")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", name)
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url(f"**{then}")
    return page


def upload(browser: Browser, wagtail: Wagtail, archive: Path) -> int:
    """Uploads a package through the admin's form; returns its id in the database."""
    page = sign_in(browser, wagtail, "admin", "/admin/scormpackage/new/")
    page.fill("input[name=title]", archive.stem)
    page.set_input_files("input[type=file]", archive)
    page.locator("form:has(input[type=file]) [type=submit]").first.click()
    page.wait_for_url("**/admin/scormpackage/")
    page.context.close()
    found = wagtail.rows("select id, launch_url from wagtail_lms_scormpackage order by id desc")
    assert found[0][1], "the LMS found no SCO to launch"
    return int(str(found[0][0]))


def course_frame(page: Page) -> Frame:
    page.frame_locator("#scorm-frame").locator("#sg-save[data-state=saved]").wait_for(state="attached")
    return next(frame for frame in page.frames if "/scorm-content/" in frame.url)


def settle(wagtail: Wagtail, page: Page, package: int, key: str, value: str) -> dict[str, str]:
    """The data elements of the learner's attempt, once one has its value: this LMS stores each call by itself."""
    deadline = time.monotonic() + 20
    found: dict[str, str] = {}
    while found.get(key) != value or "cmi.core.session_time" not in found:
        assert time.monotonic() < deadline, found
        page.evaluate("() => new Promise(requestAnimationFrame)")
        rows = wagtail.rows(
            "select d.key, d.value from wagtail_lms_scormdata d "
            f"join wagtail_lms_scormattempt a on a.id = d.attempt_id where a.scorm_package_id = {package}"
        )
        found = {str(name): str(stored) for name, stored in rows}
    return found


def attempt(wagtail: Wagtail, package: int) -> tuple[object, ...]:
    """What the server made of the learner's one attempt."""
    (found,) = wagtail.rows(
        "select completion_status, score_raw, score_min, score_max, location, suspend_data from wagtail_lms_scormattempt "
        f"where scorm_package_id = {package}"
    )
    return found


@pytest.mark.parametrize(
    ("course", "attempts", "status", "raw"),
    [
        ("act-awareness", [3, 12], "passed", 100.0),
        ("act-awareness", [2, 3, 1], "failed", 25.0),
        ("feature-tour", [0, 4], "passed", 100.0),
        ("hostile-reconnaissance", [3, 12], "passed", 100.0),
        ("scan", [3, 9], "passed", 75.0),
    ],
)
def test_a_resume_a_fail_and_a_pass_are_in_the_servers_database(
    browser: Browser, wagtail: Wagtail, dist: Path, course: str, attempts: list[int], status: str, raw: float
) -> None:
    """`attempts` are the right answers given in each, the last of which settles the result."""
    package = upload(browser, wagtail, next(dist.glob(f"{course}-*.zip")))
    if course == "scan":  # the LMS launches one SCO of a package: here, the one with the assessment
        wagtail.launch(package, "assessment.html")
    play = f"/lms/scorm-lesson/{wagtail.add_lesson(package)}/play/"
    page = sign_in(browser, wagtail, "learner", play)
    learner = Learner(course_frame(page))
    if not learner.page.locator(".sg-assessment").count():
        learner.take_page()
        learner.take_pages(right=None, stop=4)
        left = learner.page.get_attribute("id") or ""
        settle(wagtail, page, package, "cmi.core.lesson_location", left)
        page.goto(wagtail.origin + play)
        learner = Learner(course_frame(page))
        assert learner.page.get_attribute("id") == left
        learner.take_pages(right=None)
    for right in attempts[:-1]:
        learner.take_assessment(right)
        assert "Not passed" in learner.page.locator(".sg-result-title").inner_text()
        expect(learner.frame.locator("#sg-save")).to_have_text("Saved", timeout=120_000)
        found = settle(wagtail, page, package, "cmi.core.lesson_location", "assessment")
        assert found["cmi.core.exit"] == "suspend"
        assert attempt(wagtail, package) == ("incomplete", None, None, None, "assessment", found["cmi.suspend_data"])
        page.goto(wagtail.origin + play)
        learner = Learner(course_frame(page))
        assert "Not passed" in learner.page.locator(".sg-result-title").inner_text()
    learner.take_assessment(attempts[-1])
    expect(learner.frame.locator("#sg-save")).to_have_text("Saved", timeout=120_000)
    found = settle(wagtail, page, package, "cmi.core.lesson_status", status)
    score = {key.rpartition(".")[2]: float(value) for key, value in found.items() if key.startswith("cmi.core.score.")}
    assert score == {"raw": raw, "min": 0, "max": 100}
    assert found["cmi.core.exit"] == ("" if status == "passed" else "suspend")
    assert found["cmi.core.lesson_location"] == "assessment"
    assert found["cmi.suspend_data"].isascii()
    results = [value for key, value in found.items() if key.endswith(".result")]
    assert results.count("correct") >= sum(attempts)  # of all sessions, though this LMS knows no _count
    objectives = [value for key, value in found.items() if re.fullmatch(r"cmi\.objectives\.\d+\.id", key)]
    assert len(objectives) == len(set(objectives)) > 1
    assert attempt(wagtail, package) == (status, raw, 0.0, 100.0, "assessment", found["cmi.suspend_data"])
    page.context.close()


def test_the_first_sco_of_a_multi_sco_package_completes(browser: Browser, wagtail: Wagtail, dist: Path) -> None:
    """wagtail-lms launches the first SCO of a package and knows no others."""
    package = upload(browser, wagtail, next(dist.glob("scan-*.zip")))
    page = sign_in(browser, wagtail, "learner", f"/lms/scorm-lesson/{wagtail.add_lesson(package)}/play/")
    Learner(course_frame(page)).take_pages()
    found = settle(wagtail, page, package, "cmi.core.lesson_status", "completed")
    assert "cmi.core.score.raw" not in found
    page.context.close()
