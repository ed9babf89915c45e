"""The three courses as content: sources, reading age, pictures, cards, and assessments that do not give themselves away."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from scormgen.model.course import Course
from scormgen.model.question import Question
from scormgen.pipeline.compile import compile_course
from scormgen.problems.report import Report
from scormgen.reading.workspace import find_workspace
from tests.conftest import ROOT
from tests.reading_age import page_ages

COURSES = ("act-awareness", "hostile-reconnaissance", "scan")
MODULES = [path for name in COURSES for path in sorted((ROOT / "courses" / name).glob("0*"))]
SHARED = ROOT / "courses" / "_shared"


class Read(NamedTuple):
    course: Course
    folder: Path


@pytest.fixture(scope="module", params=COURSES)
def read(request: pytest.FixtureRequest) -> Read:
    workspace = find_workspace(ROOT, Report())
    folder = ROOT / "courses" / str(request.param)
    compiled = compile_course(workspace, folder, Report())
    assert compiled
    return Read(compiled.course, folder)


def text_of(module: Path) -> str:
    files = sorted(module.glob("*.md")) if module.is_dir() else [module]
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("module", MODULES, ids=[f"{path.parent.name}-{path.stem}" for path in MODULES])
def test_every_module_names_its_sources(module: Path) -> None:
    text = text_of(module)
    found = re.search(r"^(?:#+ .*[Ss]ources.*\n\n(?P<below>\S.+)|Sources: (?P<line>.+))", text, re.MULTILINE)
    assert found, "name the pages that the facts come from"
    named = " ".join(filter(None, found.groups())) + text[found.end() :]
    assert re.search(r"ProtectUK|NPSA|GOV\.UK|gov\.uk|Police|Policing|SCaN programme", named)


@pytest.mark.parametrize("module", MODULES, ids=[f"{path.parent.name}-{path.stem}" for path in MODULES])
def test_every_module_has_its_parts(module: Path) -> None:
    """What one will be able to do, a case from a workplace, knowledge checks of several kinds, and a summary."""
    text = text_of(module)
    assert re.search(r"^After this module you will be able to:\n\n(- .+\n){2,}", text, re.MULTILINE)
    assert re.search(r"^#+ At work: ", text, re.MULTILINE)
    assert re.search(
        r"^##+ Summary( \{.*\}| and sources \{.*\}| of the course \{.*\})?\n\n(- .+\n){2,}", text, re.MULTILINE
    )


def test_every_module_asks_in_several_ways(read: Read) -> None:
    for module in read.course.modules:
        pages = {page.id for page in module.pages if not page.assessment}
        kinds = {question.kind for page in module.pages if page.id in pages for question in page.questions}
        assert not pages or len(kinds - {"survey"}) >= 2, (module.title, kinds)


def test_first_and_last_page_say_that_it_is_unofficial(read: Read) -> None:
    content = [page for page in read.course.pages if not page.assessment]
    for page in (content[0], content[-1]):
        words = page.source.text
        assert 'include "unofficial.md"' in words, page.id
    assert "not issued or endorsed" in (SHARED / "unofficial.md").read_text("utf-8")


def test_it_says_when_it_was_reviewed(read: Read) -> None:
    settings = read.course.settings
    assert settings.reviewed and settings.review_by > settings.reviewed
    assert read.course.glossary


def test_no_page_reads_above_the_age_of_eleven(read: Read) -> None:
    ages = page_ages(read.folder.name)
    assert len(ages) > 5
    assert {page: age for page, age in ages.items() if age > 11} == {}


def test_the_assessment_draws_twelve_of_twenty_five_or_more_by_objective(read: Read) -> None:
    (assessment,) = read.course.assessments
    questions = list(assessment.questions)
    assert len(questions) >= 25
    assert sum(pool.draw or 0 for pool in assessment.pools) == 12
    for pool in assessment.pools:
        (objective,) = {question.objective for question in pool.questions}
        assert objective in read.course.settings.objectives
    assert {question.objective for question in questions} == set(read.course.settings.objectives)


def singles(course: Course) -> list[Question]:
    (assessment,) = course.assessments
    return [question for question in assessment.questions if question.kind == "single"]


def test_the_place_of_the_right_answer_tells_nothing(read: Read) -> None:
    places = Counter(next(n for n, option in enumerate(q.options) if option.right) for q in singles(read.course))
    expected = sum(1 / len(question.options) for question in singles(read.course))
    for place in range(3):
        assert 0.5 * expected <= places[place] <= 1.5 * expected, places


def test_the_length_of_the_right_answer_tells_nothing(read: Read) -> None:
    """Who always takes the longest, or always the shortest, is right about as often as by chance."""
    known = singles(read.course)
    chance = sum(1 / len(question.options) for question in known)
    for pick in (max, min):
        hits = sum(pick(question.options, key=lambda option: len(option.plain)).right for question in known)
        assert hits <= 1.5 * chance, (pick.__name__, hits, chance)


def test_every_course_has_a_scenario_whose_ends_explain_themselves(read: Read) -> None:
    scenarios = [question for question in read.course.questions if question.kind == "scenario"]
    assert scenarios
    for scenario in scenarios:
        ends = [part for part in scenario.parts if not part.options]
        assert len(ends) >= 3
        for end in ends:
            words = " ".join(block.text for block in end.text)
            assert "**Better:**" in words or "**Why it ends well:**" in words, end.title
        assert max(end.score or 0 for end in ends) == 1


def test_the_cards_are_shared_and_all_are_used() -> None:
    names = {path.name for path in SHARED.glob("card-*.md")} | {"report-it.md"}
    assert len(names) == 6
    used = set(re.findall(r'include "((?:card-|report-it)[^"]*)"', "\n".join(map(text_of, MODULES))))
    assert used == names


def test_the_pictures_are_what_their_parts_make(tmp_path: Path) -> None:
    """`make pictures` writes them; all are used."""
    before = {path.name: path.read_bytes() for path in (SHARED / "assets").glob("*.svg")}
    out = subprocess.run(
        [sys.executable, str(SHARED / "draw.py"), str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert out.stderr == ""
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.svg")} == before
    assert len(before) >= 20
    everything = "\n".join(path.read_text("utf-8") for path in (ROOT / "courses").rglob("*.md"))
    assert [name for name in before if f"assets/{name}" not in everything] == []


def test_packages_are_small(dist: Path) -> None:
    for name in COURSES:
        (package,) = dist.glob(f"{name}-*.zip")
        assert package.stat().st_size < 3_000_000
