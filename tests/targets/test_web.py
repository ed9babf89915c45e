"""The web target as a whole: each of the repository's courses, opened from a folder, and its handout."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.conftest import ROOT, Write, scormgen

COURSES = ("act-awareness", "feature-tour", "hostile-reconnaissance", "scan")


@pytest.fixture(scope="module")
def webs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The courses for the web, unpacked."""
    dist = tmp_path_factory.mktemp("dist")
    run = scormgen("build", "--target", "web", "-o", str(dist), cwd=ROOT)
    assert run.code == 0, run.err
    folders = {}
    for archive in sorted(dist.glob("*-web.zip")):
        folders[archive.name.rsplit("-", 2)[0]] = folder = tmp_path_factory.mktemp("web")
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    return folders


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize("course", COURSES)
def test_a_course_opens_from_a_folder_and_keeps_its_place(page: Page, webs: dict[str, Path], course: str) -> None:
    page.goto((webs[course] / "index.html").as_uri())
    place = page.locator("#sg-place")
    expect(place).to_contain_text("Page 1 of")
    page.locator('[data-action="next"]').click()
    expect(place).to_contain_text("Page 2 of")
    expect(page.locator("#sg-save")).to_have_text("Saved")
    page.reload()
    expect(place).to_contain_text("Page 2 of")


@pytest.mark.parametrize("course", COURSES)
def test_the_handout_prints_every_page_and_no_key(page: Page, webs: dict[str, Path], course: str) -> None:
    index = (webs[course] / "index.html").read_text("utf-8")
    found = re.search(r'(?s)id="sg-data">(.*?)</script>', index)
    assert found
    data = json.loads(found[1])
    page.goto((webs[course] / "handout.html").as_uri())
    titles = page.locator(".sg-page-title").all_inner_texts()
    assert len(titles) == sum(row["slot"] >= 0 for row in data["pages"])
    assert page.locator(".sg-question").count() == len(data["questions"])
    assert page.locator('[data-key]:not([data-key=""])').count() == 0
    assert page.locator("button:visible").count() == page.locator(".sg-decision:visible, .sg-term:visible").count()
    pdf = webs[course] / "handout.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    text = "".join(sheet.extract_text() for sheet in PdfReader(pdf).pages)
    printed = "".join(unicodedata.normalize("NFKC", text).split())  # fi is one sign in print
    for words in (*titles, *page.locator(".sg-legend, .sg-card-title").all_inner_texts()):
        assert "".join(words.split()) in printed, words


def test_a_package_of_each_target_is_built_in_one_go(workspace: Write) -> None:
    root = workspace({
        "scormgen.yml": "targets: [scorm12, web]\n", "courses/c/course.yml": "title: C\nstructure: multi\n",
        "courses/c/01-a.md": "Text.\n", "courses/c/02-b.md": "Text.\n",
    })  # fmt: skip
    run = scormgen("build", "--format", "json", cwd=root)
    assert [(p["target"], p["scos"]) for p in run.json["packages"]] == [("scorm12", 2), ("web", 1)]
    sums = (root / "dist" / "SHA256SUMS").read_text("utf-8").split()[1::2]
    assert sums == ["c-1.0.0-questions.csv", "c-1.0.0-scorm12.zip", "c-1.0.0-web.zip"]
    assert sorted(path.name for path in (root / "dist").iterdir()) == ["SHA256SUMS", *sums]
    assert scormgen("list", cwd=root).code == 0
    assert scormgen("build", "--target", "web", cwd=root).code == 0
    assert scormgen("clean", cwd=root).code == 0
    assert list((root / "dist").iterdir()) == []


def test_an_unknown_target_is_an_error(workspace: Write) -> None:
    root = workspace(
        {"scormgen.yml": "targets: [scorm13]\n", "courses/c/course.yml": "title: C\n", "courses/c/01-a.md": "T.\n"}
    )
    for words in (["build"], ["check"]):
        problems = scormgen(*words, "--format", "json", cwd=root).json["problems"]
        assert [(p["code"], p["path"], p["line"], p["hint"]) for p in problems] == [
            ("C031", "scormgen.yml", 1, "did you mean scorm12?")
        ]
    assert scormgen("build", "--target", "moodle", cwd=root).code == 1
    assert not (root / "dist").exists()


def test_a_handout_without_the_policy_is_an_error_at_its_own_template(workspace: Write) -> None:
    template = (ROOT / "themes/default/templates/handout.html").read_text("utf-8")
    root = workspace({
        "courses/c/course.yml": "title: C\ntheme: ours\n", "courses/c/01-a.md": "T.\n",
        "themes/ours/templates/handout.html": template.replace("{{ policy }}", ""),
    })  # fmt: skip
    problems = scormgen("build", "--target", "web", "--format", "json", cwd=root).json["problems"]
    assert [(p["code"], p["path"], p["line"]) for p in problems] == [("C030", "themes/ours/templates/handout.html", 3)]
    assert scormgen("build", cwd=root).code == 0
