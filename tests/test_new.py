"""What `scormgen new` and `scormgen schema` write is right from the start."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from scormgen.cli.new import QUESTION_KINDS
from scormgen.config import SCHEMAS
from scormgen.course import read_course
from scormgen.diagnostics import Report
from scormgen.model import Question
from scormgen.questions import KINDS
from scormgen.source import Root
from scormgen.starter import question
from tests.conftest import ROOT, Write, scormgen
from tests.lms.harness import Lms, unpack
from tests.lms.learner import Learner


def test_a_new_workspace_builds_and_its_course_can_be_passed(lms: Lms, tmp_path: Path) -> None:
    run = scormgen("new", "x", "--title", 'Fire: "safety" & more', cwd=tmp_path)
    assert run.code == 0, run.err
    assert "cd x && scormgen preview" in run.err
    check = scormgen("check", "--strict", cwd=tmp_path / "x")
    assert check.code == 0, check.err
    build = scormgen("build", "--strict", cwd=tmp_path / "x")
    assert build.code == 0, build.err
    package = unpack(next((tmp_path / "x" / "dist").glob("*.zip")), tmp_path / "out")
    assert package.name == "fire-safety-more-1.0.0"
    assert package.scos[0][0] == 'Fire: "safety" & more'
    session = lms.launch(package)
    learner = Learner(session.frame)
    for _ in range(3):
        learner.next()
    learner.take_assessment(3)
    assert session.cmi["core"]["lesson_status"] == "passed"
    assert session.errors == []


def test_courses_and_modules_are_added_and_nothing_is_overwritten(tmp_path: Path) -> None:
    assert scormgen("new", "x", cwd=tmp_path).code == 0
    root = tmp_path / "x"
    assert scormgen("new", "course", "Lone working", cwd=root).code == 0
    assert scormgen("new", "module", "lone-working", "On the road", cwd=root / "courses").code == 0
    page = root / "courses" / "lone-working" / "03-on-the-road.md"
    assert page.read_text("utf-8").startswith("# On the road\n")
    assert scormgen("build", "--strict", cwd=root).code == 0
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for words, message in (
        (["new", "."], "not empty"),
        (["new", "course", "Lone working"], "there already"),
        (["new", "module", "lone-wroking", "More"], "did you mean lone-working?"),
    ):
        run = scormgen(*words, cwd=root)
        assert run.code == 1
        assert message in run.err
        assert "Traceback" not in run.err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_a_new_question_is_clean(workspace: Write, kind: str) -> None:
    root = workspace({"courses/c/course.yml": "title: C\nlanguage: en-GB\n", "courses/c/01-a.md": "# A\n\nText."})
    assert scormgen("new", "question", kind, "--to", "courses/c/01-a.md", cwd=root).code == 0
    assert scormgen("new", "question", kind, "What now?", "--to", "01-a.md", cwd=root / "courses/c").code == 0
    page = (root / "courses/c/01-a.md").read_text("utf-8")
    assert page == f"# A\n\nText.\n\n{question(kind, None)}\n{question(kind, 'What now?')}"
    assert question(kind, "What now?").startswith(("### Q: What now? {#what-now", "### S"))
    assert scormgen("new", "question", kind, "What now?").out == question(kind, "What now?")
    checked = scormgen("check", "--format", "json", cwd=root)
    assert {problem["code"] for problem in checked.json["problems"]} == {"T106"}
    assert [q.kind for q in read_questions(root)] == [kind, kind]


def read_questions(root: Path) -> list[Question]:
    course = read_course(Root(root), root / "courses" / "c", Report())
    assert course
    return list(course.questions)


def test_there_is_a_new_question_of_every_kind() -> None:
    assert set(QUESTION_KINDS) == set(KINDS)


def test_a_bare_workspace_builds_and_says_what_is_to_be_written(tmp_path: Path) -> None:
    assert scormgen("new", "x", "--title", "Fire", "--bare", cwd=tmp_path).code == 0
    root = tmp_path / "x"
    assert scormgen("new", "module", "fire", "More", cwd=root).code == 0
    assert scormgen("new", "course", "Other", "--bare", cwd=root).code == 0
    assert sorted(path.name for path in (root / "courses/fire").iterdir()) == [
        "01-welcome.md", "02-more.md", "90-assessment.md", "course.yml",
    ]  # fmt: skip
    assert scormgen("build", "--strict", cwd=root).code == 0
    problems = scormgen("check", "--format", "json", cwd=root).json["problems"]
    assert {problem["code"] for problem in problems} == {"T106", "Q108"}


def test_a_question_needs_a_file_that_is_there(tmp_path: Path) -> None:
    run = scormgen("new", "question", "single", "--to", "none.md", cwd=tmp_path)
    assert (run.code, "none.md cannot be read" in run.err) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_json_names_what_was_written(tmp_path: Path) -> None:
    run = scormgen("new", "x", "--format", "json", cwd=tmp_path)
    assert all((tmp_path / path).is_file() for path in run.json["written"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_one(name: str) -> None:
    schema = json.loads(scormgen("schema", name).out)
    jsonschema.Draft7Validator.check_schema(schema)
    assert all(found["description"] for found in schema["properties"].values())


def test_editors_and_build_agree_on_course_yml(workspace: Write, tmp_path: Path) -> None:
    schema = jsonschema.Draft7Validator(json.loads(scormgen("schema").out))
    for path in ROOT.glob("courses/*/course.yml"):
        assert list(schema.iter_errors(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))) == [], path
    for text, right in (
        ("title: 2\nversion: 1.10\nlanguage: en\n", True),
        ("title: A\nduration: 45 min\nkeywords: [a, b]\ncompletion: {require: [pages], status: completed}\n", True),
        ("title: A\nvariables: {hotline: 0800}\nobjectives: {hot: Hot}\n", True),
        ("version: 1\n", False),
        ("title: A\nlangauge: en\n", False),
        ("title: A\nstructure: both\n", False),
        ("title: A\nid: 1 course\n", False),
        ("title: A\nreviewed: soon\n", False),
        ("title: A\ncompletion: {requires: [pages]}\n", False),
        ("title: A\nduration: soon\n", False),
    ):
        root = workspace({"courses/c/course.yml": text, "courses/c/01-a.md": "# A\n\nText.\n"})
        assert (scormgen("build", cwd=root).code == 0) == right, text
        assert (not list(schema.iter_errors(yaml.load(text, yaml.BaseLoader)))) == right, text
