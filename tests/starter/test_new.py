"""What `scormgen new` and `scormgen schema` write is right from the start."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from scormgen import __version__
from scormgen.cli.new import QUESTION_KINDS
from scormgen.files.source import Root
from scormgen.model.question import Question
from scormgen.problems.report import Failure, Report
from scormgen.questions import KINDS
from scormgen.reading.config import SCHEMAS
from scormgen.reading.course import read_course
from scormgen.starter import add_question, question, write_workspace
from scormgen.starter.origin import read_origin, requirements
from scormgen.starter.wheel import address_of, render_wheel
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
        (["new", "course", "Lone working"], "already exists"),
        (["new", "module", "lone-wroking", "More"], "did you mean lone-working?"),
    ):
        run = scormgen(*words, cwd=root)
        assert run.code == 1
        assert message in run.err
        assert "Traceback" not in run.err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_new_questions_of_every_kind_are_clean_but_for_their_todos(workspace: Write) -> None:
    test = "---\nassessment: {shuffle: [options]}\n---\n"
    root = workspace({"courses/c/course.yml": "title: C\nlanguage: en-GB\n", "courses/c/01-a.md": test})
    page = root / "courses/c/01-a.md"
    for kind in QUESTION_KINDS:
        add_question(page, kind, None)
        add_question(page, kind, "What  now?")
    assert scormgen("new", "question", "single", "What now?", "--to", "01-a.md", cwd=page.parent).code == 0
    printed = scormgen("new", "question", "single", cwd=page.parent).out
    page.write_text(f"{page.read_text('utf-8')}\n{printed}", "utf-8")
    ids = [*(name for kind in QUESTION_KINDS for name in (f"{kind}-1", "what-now")), "what-now", "single-2"]
    numbers = iter(["", *(f"-{number}" for number in range(2, 20))])
    ids = [name + next(numbers) if name == "what-now" else name for name in ids]
    kinds = [*(kind for kind in QUESTION_KINDS for _ in range(2)), "single", "single"]
    assert [(q.id, q.kind) for q in read_questions(root)] == list(zip(ids, kinds, strict=True))
    assert f"\n\n{question('order', None)}\n" in page.read_text("utf-8")
    problems = scormgen("check", "--format", "json", cwd=root).json["problems"]
    assert {problem["code"] for problem in problems} == {"T106"}
    assert len(problems) == page.read_text("utf-8").count("TODO")


def read_questions(root: Path) -> list[Question]:
    course = read_course(Root(root), root / "courses" / "c", Report())
    assert course
    return list(course.questions)


def test_there_is_a_new_question_of_every_kind() -> None:
    assert set(QUESTION_KINDS) == set(KINDS)


@pytest.mark.parametrize("words", [["--bare"], ["--language", "de"]])
def test_a_bare_workspace_builds_and_its_only_problems_are_its_todos(tmp_path: Path, words: list[str]) -> None:
    run = scormgen("new", "x", "--title", "Fire", *words, cwd=tmp_path)
    assert (run.code, "the sample course is in English" in run.err) == (0, words != ["--bare"]), run.err
    root = tmp_path / "x"
    strict = [] if "de" in words else ["--strict"]  # German has no words of the player yet, which is a warning
    assert scormgen("build", "--locked", *strict, cwd=root).code == 0
    for name in ("02-more", "03-more-2"):
        assert f"courses/fire/{name}.md written" in scormgen("new", "module", "fire", "More", cwd=root).err
    assert scormgen("new", "course", "Other", *words, cwd=root).code == 0
    assert sorted(path.name for path in (root / "courses/fire").iterdir()) == [
        "01-welcome.md", "02-more.md", "03-more-2.md", "90-assessment.md", "course.lock", "course.yml",
    ]  # fmt: skip
    check = scormgen("check", "--strict", "--format", "json", cwd=root)
    problems = [problem for problem in check.json["problems"] if problem["code"] != "C017" or strict]
    assert (check.code, {problem["code"] for problem in problems}) == (1, {"T106"})
    todos = sum(path.read_text("utf-8").count("TODO") for path in root.glob("courses/*/*.[my]*"))
    assert len(problems) == todos


def test_what_would_not_work_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    for words, message in (
        (["--language", "??"], "language must be a language code, not “??”"),
        (["--title", "x" * 300], "title must be text of at most 255 characters"),
        (["--from", "nothing.whl"], "“nothing.whl” does not exist: give a wheel"),
    ):
        run = scormgen("new", "x", *words, cwd=tmp_path)
        assert (run.code, message in run.err, "Traceback" in run.err) == (1, True, False), run.err
        assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (".", "a folder on this machine, which the workflow cannot reach"),
        ("scormgen-1.0-py3-none-any.whl", "is not a wheel of scormgen"),
        ("other-1.0.whl", "is not a wheel of scormgen"),
        ("", "is not an address"),
        ("https://x.example.org/scormgen other", "is not an address"),
        ("https://[x.example.org", "is not an address"),
        ("https://me:s3cret@x.example.org/simple", "the address of x.example.org has a user name or a password"),
        ("git+https://s3cret@x.example.org/a.git", "requirements.txt is committed"),
        ("https://x.example.org/team/scormgen", "does not show what it is"),
        ("http://x.example.org/simple", "must begin with https://"),
        ("git+file:///x/a.git", "which is on this machine"),
        ("ftp://x.example.org/simple", "does not show what it is"),
    ],
)
def test_an_address_that_a_workflow_cannot_use_is_refused(tmp_path: Path, address: str, message: str) -> None:
    for name in ("scormgen-1.0-py3-none-any.whl", "other-1.0.whl"):
        (tmp_path / name).write_text("no zip")
    with pytest.raises(Failure, match=re.escape(message)) as failure:
        read_origin(address, tmp_path)
    assert "s3cret" not in str(failure.value)


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("https://x.example.org/team/scormgen.git", ["scormgen @ git+https://x.example.org/team/scormgen.git"]),
        ("git+https://x.example.org/scormgen@v1#egg=scormgen", ["scormgen @ git+https://x.example.org/scormgen@v1#egg=scormgen"]),
        ("git@x.example.org:team/scormgen.git", ["scormgen @ git+ssh://git@x.example.org/team/scormgen.git"]),
        ("https://x.example.org/simple/", ["--index-url https://x.example.org/simple/", f"scormgen=={__version__}"]),
        ("https://x.example.org/scormgen-1.0-py3-none-any.whl", ["scormgen @ https://x.example.org/scormgen-1.0-py3-none-any.whl"]),
        ("https://x.example.org/scormgen-1.0.tar.gz?raw=1", ["scormgen @ https://x.example.org/scormgen-1.0.tar.gz?raw=1"]),
    ],
)  # fmt: skip
def test_an_address_becomes_a_requirement(tmp_path: Path, address: str, lines: list[str]) -> None:
    assert requirements(read_origin(address, tmp_path)).splitlines()[1:] == lines


def make_wheel(folder: Path) -> Path:
    """scormgen as a wheel, without its build tool; of a version that no environment has."""
    path = folder / "scormgen-99.0-py3-none-any.whl"
    info = "scormgen-99.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        for top, name in (("scormgen", "scormgen"), ("themes", "scormgen/themes")):
            for file in sorted((ROOT / top).rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    wheel.write(file, f"{name}/{file.relative_to(ROOT / top).as_posix()}")
        wheel.write(ROOT / "LICENSE", "scormgen/LICENSE")
        wheel.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: scormgen\nVersion: 99.0\nRequires-Dist: click>=8.1\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/entry_points.txt", "[console_scripts]\nscormgen = scormgen.cli:main\n")
        wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in [*wheel.namelist(), f"{info}/RECORD"]))
    return path


def run_workflow(root: Path, environment: Path) -> list[tuple[int, str]]:
    """Every command of the workflow in an empty environment, as its runner does it: to the first that fails."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    packages = Path(sysconfig.get_path("purelib"))  # what scormgen needs, and pip; not scormgen itself
    inside = next((environment / "lib").glob("python*/site-packages"))
    others = environment / "others"
    others.mkdir()
    for entry in packages.iterdir():
        if "scormgen" not in entry.name and entry.suffix != ".pth":
            (others / entry.name).symlink_to(entry)
    (inside / "tests.pth").write_text(f"{others}\n")
    path = f"{environment / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"
    steps = yaml.safe_load((root / ".github/workflows/courses.yml").read_text())["jobs"]["build"]["steps"]
    found: list[tuple[int, str]] = []
    for step in steps:
        if "run" in step and not (found and found[-1][0]):
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]], cwd=root, capture_output=True, text=True, check=False,
                env={"PATH": path, "HOME": str(environment), "PIP_NO_INDEX": "1", "PIP_NO_COMPILE": "1"},
            )  # fmt: skip
            found.append((done.returncode, done.stdout + done.stderr))
    return found


@pytest.mark.usefixtures("processes")
def test_the_workflow_is_green_on_the_first_push(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    wheel = make_wheel(tmp_path / "here")
    run = scormgen("new", "x", "--from", f"here/{wheel.name}", cwd=tmp_path)
    assert (run.code, "requirements.txt where" in run.err) == (0, False), run.err
    root = tmp_path / "x"
    wheel.unlink()  # what is pushed is the workspace alone
    found = run_workflow(root, tmp_path / "environment")
    assert [code for code, _ in found] == [0, 0, 0, 0], found
    assert "Successfully installed scormgen-99.0" in found[1][1]
    assert sorted(path.name for path in (root / "dist").iterdir()) == [
        "SHA256SUMS", "my-course-1.0.0-questions.csv", "my-course-1.0.0-scorm12.zip",
    ]  # fmt: skip


@pytest.mark.usefixtures("processes")
def test_without_an_address_the_workflow_gets_the_scormgen_that_made_the_workspace(tmp_path: Path) -> None:
    """The tests run from a checkout, which no workflow reaches: the workspace gets a wheel of it."""
    run = scormgen("new", "x", cwd=tmp_path)
    root = tmp_path / "x"
    assert (run.code, "requirements.txt where" in run.err) == (0, False), run.err
    first, *needs = (root / "requirements.txt").read_text("utf-8").splitlines()[1:]
    assert first == f"./wheels/scormgen-{__version__}-py3-none-any.whl"
    assert {f"click=={metadata.version('click')}", f"markupsafe=={metadata.version('markupsafe')}"} < set(needs)
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][\w.+!]*", line) for line in needs)
    assert not {line.partition("==")[0] for line in needs} & {"pytest", "mypy"}  # of the extra `test`
    found = run_workflow(root, tmp_path / "environment")
    assert [code for code, _ in found] == [0, 0, 0, 0], found
    assert f"Successfully installed scormgen-{__version__}" in found[1][1]
    assert (root / "dist/SHA256SUMS").is_file()


def test_the_wheel_of_a_workspace_holds_what_runs() -> None:
    content = render_wheel()
    assert content == render_wheel()
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        names = wheel.namelist()
        record = wheel.read(f"scormgen-{__version__}.dist-info/RECORD").decode().splitlines()
        assert wheel.read("scormgen/player/player.js") == (ROOT / "scormgen/player/player.js").read_bytes()
    assert {"scormgen/themes/default/style.css", "scormgen/LICENSE", "scormgen/starter/gitignore"} < set(names)
    assert [line.partition(",")[0] for line in record] == names
    assert not [name for name in names if "__pycache__" in name or name.startswith("scormgen/tests")]


@pytest.mark.parametrize(
    ("direct", "address"),
    [
        ({"url": "https://x.example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}}, "git+https://x.example.org/a.git@0a1b"),
        ({"url": "https://x.example.org/scormgen-1.0.tar.gz", "archive_info": {}}, "https://x.example.org/scormgen-1.0.tar.gz"),
        ({"url": "https://me:s3cret@x.example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}}, None),
        ({"url": "file:///x/scormgen", "dir_info": {"editable": True}}, None),
        ({"url": "file:///x/scormgen-1.0-py3-none-any.whl", "archive_info": {}}, None),
    ],
)  # fmt: skip
def test_where_pip_got_scormgen_is_where_the_workflow_gets_it(direct: dict[str, Any], address: str | None) -> None:
    assert address_of(direct) == address


def test_a_release_of_a_workspace_is_made_of_what_was_built(tmp_path: Path) -> None:
    assert scormgen("new", "x", cwd=tmp_path).code == 0
    root = tmp_path / "x"
    assert scormgen("build", cwd=root).code == 0
    workflow = yaml.safe_load((root / ".github/workflows/courses.yml").read_text("utf-8"))
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML reads `on` as a truth value; tags are pushes
    build, release = workflow["jobs"]["build"], workflow["jobs"]["release"]
    assert release["needs"] == "build" and "refs/tags/v" in release["if"]
    assert release["permissions"] == {"contents": "write"} and workflow["permissions"] == {"contents": "read"}
    uploaded, downloaded = build["steps"][-1]["with"], release["steps"][0]["with"]
    assert (downloaded["name"], downloaded["path"]) == (uploaded["name"], uploaded["path"].rstrip("/"))
    check, create = [step["run"] for step in release["steps"][1:]]
    subprocess.run(["bash", "-e", "-c", check], cwd=root, check=True, stdout=subprocess.DEVNULL)
    assert create.startswith('gh release create "$GITHUB_REF_NAME" dist/* ')


@pytest.mark.usefixtures("processes")
def test_a_workspace_that_does_not_say_where_scormgen_is_stops_at_once_and_says_what_to_write(tmp_path: Path) -> None:
    root = tmp_path / "x"
    write_workspace(root, "Fire", "en-GB", bare=False, origin=None)  # as where scormgen is not installed
    for number, text in enumerate((None, "# scormgen\n", "other==1\n")):
        if text:
            (root / "requirements.txt").write_text(text)
        ((code, said),) = run_workflow(root, tmp_path / f"environment-{number}")
        assert code == 1
        assert (
            "requirements.txt does not say where to install scormgen from. Add a line with a wheel, a repository"
            in said
        )
    assert "wheels/scormgen-" in requirements(None) and "git+https://" in requirements(None)


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
