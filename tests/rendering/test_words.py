"""The player's words: a workspace's own are what learners see, and each that is missing or wrong is reported."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

from scormgen.pipeline.build import Options, build
from scormgen.problems.report import Problem, Report
from scormgen.reading.workspace import find_workspace
from scormgen.rendering.strings import load_strings
from tests.conftest import Write, scormgen
from tests.lms.harness import unpack

PAGE = "# Bonjour\n\n### Q: Où? {#ou}\n\n- [x] Ici\n- [ ] Là\n\n## Fin\n\nAu revoir.\n"


def _files(language: str, **strings: str) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": f"title: Cours\nlanguage: {language}\n",
        "courses/c/01-a.md": PAGE,
    }
    return files | {f"strings/{name}.yml": text for name, text in strings.items()}


def _build(root: Path) -> list[Problem]:
    report = Report()
    workspace = find_workspace(root, report)
    return build(workspace, workspace.folders, Options(workspace.dist), report, lambda _: None).problems


def _seen(root: Path, folder: Path, browser: Browser) -> str:
    package = unpack(next((root / "dist").glob("*.zip")), folder)
    page = browser.new_page()
    page.goto((package.folder / "index.html").as_uri())
    page.wait_for_selector("#sg-place:not(:empty)")
    text = page.locator("body").inner_text()
    page.close()
    return " ".join(text.split())


def test_a_language_without_words_is_a_warning_at_its_key(workspace: Write) -> None:
    problems = _build(workspace(_files("fr-FR", de="next: Weiter\n")))
    assert [(p.code, p.severity, p.place.path, p.place.line, p.place.column) for p in problems] == [
        ("C017", "warning", "courses/c/course.yml", 2, 11)
    ]
    assert "“fr-FR”" in problems[0].message
    assert "in English" in problems[0].message
    assert problems[0].hint == (
        "write them in strings/fr.yml; scormgen new strings fr-FR writes a file with all of them"
    )


def test_english_of_any_country_has_its_words(workspace: Write) -> None:
    assert _build(workspace(_files("en-AU"))) == []


def test_learners_see_the_words_of_the_workspace(workspace: Write, tmp_path: Path, browser: Browser) -> None:
    """Those of fr-FR over those of fr, and English for the rest, which is a warning."""
    own = {"fr": "next: Suite\nback: Retour\npage_of: Page {page} sur {all}\n", "fr-FR": "next: Suivant <b>\n"}
    root = workspace(_files("fr-FR", **own))
    problems = _build(root)
    assert [(p.code, p.place.path, p.place.line) for p in problems] == [("C019", "strings/fr-FR.yml", 0)]
    count = len(load_strings("en"))
    assert f"{count - 3} of the player's {count} texts are missing" in problems[0].message
    seen = _seen(root, tmp_path / "out", browser)
    assert "Retour Page 1 sur 2 Suivant <b>" in seen
    assert "Check answer" in seen


def test_a_workspace_may_change_english_words(workspace: Write, tmp_path: Path, browser: Browser) -> None:
    root = workspace(_files("en-GB", en="check_answer: Mark it\n"))
    assert _build(root) == []
    assert "Mark it" in _seen(root, tmp_path / "out", browser)


def test_a_word_that_is_wrong_is_an_error_with_its_place(workspace: Write) -> None:
    wrong = "nxet: Suivant\nback: Retour\npage_of: Page {n}\nexit: Sortie {n}\nhint:\n"
    problems = [p for p in _build(workspace(_files("fr", fr=wrong))) if p.code != "C019"]
    assert [(p.code, p.place.line, p.place.column, p.message, p.hint) for p in problems] == [
        ("C018", 1, 1, "“nxet” is not one of the player's texts", "did you mean next?"),
        ("C004", 3, 10, "page_of must be text with {all} and {page}, not “Page {n}”", 'write page_of: "Page {page} of {all}", translated'),
        ("C004", 4, 7, "exit must be text without braces, not “Sortie {n}”", 'write exit: "Exit", translated'),
        ("C004", 5, 1, "hint must be text, not nothing", 'write hint: "Hint", translated'),
    ]  # fmt: skip


def test_new_strings_writes_all_words_to_translate(workspace: Write) -> None:
    root = workspace(_files("cy"))
    run = scormgen("new", "strings", "cy", cwd=root)
    assert run.code == 0, run.err
    path = root / "strings" / "cy.yml"
    text = path.read_text("utf-8")
    count = len(load_strings("en"))
    assert [(p.code, f"{count} of the player's {count}" in p.message) for p in _build(root)] == [("C019", True)]
    path.write_text(re.sub(r'(?m)^# (\w+: ")', r"\1X ", text), "utf-8")
    assert _build(root) == []
    again = scormgen("new", "strings", "cy", cwd=root)
    assert (again.code, "already exists" in again.err) == (1, True)
    assert scormgen("new", "strings", "../cy", cwd=root).code == 1
