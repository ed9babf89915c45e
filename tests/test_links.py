"""Where links may lead: first pages of folders, raw HTML with an id, and addresses from the top of a site."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import Write, scormgen

YML = "title: The course\n"


def pages(root: Path) -> dict[str, str]:
    """The ids of the pages of a built course, with their titles."""
    run = scormgen("build", cwd=root)
    assert run.code == 0, run.err
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as archive:
        document = html.document_fromstring(archive.read("index.html"))
    return {page.get("id"): page.find_class("sg-page-title")[0].text_content() for page in document.find_class("sg-page")}


def test_a_readme_is_the_first_page_of_a_folder_without_an_index(workspace: Write) -> None:
    root = workspace({
        "courses/c/course.yml": YML,
        "courses/c/README.md": "For authors.\n",
        "courses/c/01-two-doors/README.md": "See [the locks](02-locks.md) and [this](README.md).\n",
        "courses/c/01-two-doors/02-locks.md": "# Locks\n\nBack to [the start](README.md) or [its folder](../01-two-doors).\n",
        "courses/c/02-stairs/index.md": "---\npages: one\n---\n\nUp.\n",
        "courses/c/02-stairs/README.md": "For authors.\n",
        "courses/c/03-roof/readme.md": "---\ntitle: On top\n---\n\n# The roof\n\nAir.\n",
    })  # fmt: skip
    assert pages(root) == {
        "two-doors": "Two doors", "two-doors/locks": "Locks", "stairs": "Stairs", "roof": "The roof",
    }  # fmt: skip


def test_an_index_beside_course_yml_is_named_by_the_course(workspace: Write) -> None:
    root = workspace({"courses/c/course.yml": YML, "courses/c/index.md": "Text.\n\n## More\n\nText.\n"})
    assert pages(root) == {"index": "The course", "index/more": "More"}
