"""The build as a whole: the same bytes, all or nothing, what it prints and writes, and how it is installed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Write, scormgen, scormgen_process
from tests.lms.harness import Package

COURSE: dict[str, str | bytes] = {
    "courses/c/course.yml": "title: Course\nversion: 1.10\nlanguage: no\n",
    "courses/c/01-page.md": "# Page\n\n### Q: Which? {#which}\n\n- [x] =Yes\n- [ ] No\n",
}


def contents(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


@pytest.mark.usefixtures("processes")
def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two" / "deeper"
    for root in (first, second):
        shutil.copytree(ROOT / "courses", root / "courses")
    shutil.copytree(ROOT / "themes", second / "themes")
    before = os.umask(0o077)
    try:
        one = scormgen_process("build", "--jobs", "1", cwd=first, TZ="UTC", LANG="C", PYTHONHASHSEED="1")
    finally:
        os.umask(before)
    two = scormgen_process(
        "build", "--jobs", "3", cwd=second / "courses" / "scan", TZ="Asia/Tokyo", LANG="de_DE.UTF-8", PYTHONHASHSEED="2"
    )
    assert (one.code, two.code) == (0, 0), one.err + two.err
    assert contents(first / "dist") == contents(second / "dist")
    assert len(contents(first / "dist")) == 9
    assert {stat.S_IMODE(p.stat().st_mode) for p in (first / "dist").iterdir()} == {0o644}


def test_entries_have_fixed_times_and_modes(workspace: Write) -> None:
    root = workspace(COURSE)
    for epoch, wanted in (("", (1980, 1, 1, 0, 0, 0)), ("1700000000", (2023, 11, 14, 22, 13, 20))):
        assert scormgen("build", cwd=root, SOURCE_DATE_EPOCH=epoch).code == 0
        with zipfile.ZipFile(root / "dist" / "c-1.10-scorm12.zip") as opened:
            assert {entry.date_time for entry in opened.infolist()} == {wanted}
            assert {entry.external_attr >> 16 for entry in opened.infolist()} == {0o100644}
            assert opened.namelist()[0] == "imsmanifest.xml"


def test_the_committed_locks_are_up_to_date(tmp_path: Path) -> None:
    run = scormgen("build", "--locked", "--strict", "-o", str(tmp_path), cwd=ROOT)
    assert run.code == 0, run.err


def test_checksums_and_questions_lie_beside_the_package(workspace: Write) -> None:
    root = workspace(COURSE)
    assert scormgen("build", cwd=root).code == 0
    dist = root / "dist"
    for line in (dist / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == digest
    assert (dist / "c-1.10-questions.csv").read_text("utf-8-sig") == (
        "interaction,module,page,use,kind,question,letter,option,right,pattern,objective,type\n"
        "which,page,page,check,single,Which?,a,'=Yes,yes,a,,choice\n"
        "which,page,page,check,single,Which?,b,No,no,a,,choice\n"
    )
    assert scormgen("build", cwd=workspace({"courses/c/course.yml": "title: C\nversion: 2\n"})).code == 0
    assert len((dist / "SHA256SUMS").read_text().splitlines()) == 4


def test_json_names_what_was_built(workspace: Write) -> None:
    root = workspace(COURSE)
    found = scormgen("build", "--format", "json", cwd=root).json
    package = found["packages"][0]
    archive = root / package["path"]
    assert list(package) == [
        "course", "version", "language", "target", "path", "sha256", "content_sha256", "bytes", "files", "scos", "pages", "questions", "suspend_data_max",
    ]  # fmt: skip
    assert (package["course"], package["version"], package["language"]) == ("c", "1.10", "no")
    assert package["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert package["bytes"] == archive.stat().st_size
    assert (package["files"], package["scos"], package["pages"], package["questions"]) == (5, 1, 1, 1)
    assert [problem["code"] for problem in found["problems"]] == ["C017"]  # there are no Norwegian words


def test_a_failed_build_leaves_the_last_good_one(workspace: Write) -> None:
    root = workspace(COURSE)
    assert scormgen("build", cwd=root).code == 0
    before = contents(root / "dist")
    lock = (root / "courses/c/course.lock").read_text()
    workspace({"courses/c/02-more.md": "# More\n\n![a](missing.png)\n"})
    run = scormgen("build", cwd=root)
    assert run.code == 1
    assert contents(root / "dist") == before
    assert (root / "courses/c/course.lock").read_text() == lock


def test_locked_refuses_a_change(workspace: Write) -> None:
    root = workspace(COURSE)
    assert "C012" in scormgen("build", "--locked", cwd=root).err
    assert scormgen("build", cwd=root).code == 0
    assert scormgen("build", "--locked", cwd=root).code == 0
    workspace({"courses/c/02-more.md": "# More\n\nText.\n"})
    run = scormgen("build", "--locked", cwd=root)
    assert (run.code, "C012" in run.err) == (1, True)


def test_a_course_is_named_by_id_folder_or_path(workspace: Write) -> None:
    root = workspace(COURSE | {"courses/d/course.yml": "title: D\nid: dee\n", "courses/d/01-a.md": "# A\n\nText.\n"})
    for name in ("dee", "d", "courses/d"):
        assert [p["course"] for p in scormgen("build", name, "--format", "json", cwd=root).json["packages"]] == ["dee"]


def test_a_course_alone_is_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("title: Alone\n")
    (tmp_path / "one.md").write_text("# One\n\nText.\n")
    assert scormgen("build", cwd=tmp_path).code == 0
    assert len(list((tmp_path / "dist").glob("*.zip"))) == 1


def test_list_and_clean(workspace: Write) -> None:
    root = workspace(COURSE)
    assert scormgen("list", cwd=root).out == "c  1.10  single  1 module, 1 page, 1 question  Course\n"
    assert scormgen("list", "--format", "json", cwd=root).json["courses"][0]["questions"] == 1
    assert scormgen("build", cwd=root).code == 0
    (root / "dist" / "mine.txt").write_text("kept")
    assert "3 files" in scormgen("clean", cwd=root).err
    assert [path.name for path in (root / "dist").iterdir()] == ["mine.txt"]


def test_schemas_are_copied_when_asked_for(workspace: Write) -> None:
    root = workspace(COURSE | {"scormgen.yml": "schemas: xsd\n", "xsd/imscp_rootv1p1p2.xsd": "<x/>"})
    assert scormgen("build", cwd=root).code == 0
    with zipfile.ZipFile(root / "dist" / "c-1.10-scorm12.zip") as opened:
        assert opened.read("imscp_rootv1p1p2.xsd") == b"<x/>"
        assert b'<file href="imscp_rootv1p1p2.xsd"/>' in opened.read("imsmanifest.xml")


def test_a_theme_of_the_workspace_wins_and_the_rest_is_default(workspace: Write) -> None:
    root = workspace(COURSE | {"themes/own/style.css": ".own { color: red }\n"})
    workspace({"courses/c/course.yml": "title: Course\ntheme: own\n"})
    assert scormgen("build", cwd=root).code == 0
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as opened:
        assert opened.read("player/style.css") == b".own{color:red}\n"
        assert b"sg-header" in opened.read("index.html")


def test_tokens_of_a_theme_come_behind_the_default_style(build: Callable[[dict[str, str | bytes]], Package]) -> None:
    tokens = ":root { --sg-accent: #5a2a82; }\n"
    files: dict[str, str | bytes] = {**COURSE, "themes/ours/tokens.css": tokens}
    files["courses/c/course.yml"] = "title: Course\ntheme: ours\n"
    style = (build(files).folder / "player" / "style.css").read_text("utf-8")
    assert style.endswith(":root{--sg-accent:#5a2a82}\n")
    assert ".sg-body" in style


def test_the_player_is_small(dist: Path) -> None:
    import gzip

    with zipfile.ZipFile(next(dist.glob("act-*.zip"))) as opened:
        files = [opened.read(name) for name in ("player/player.js", "player/style.css")]
    assert sum(len(gzip.compress(content, 9)) for content in files) <= 34_000


def test_no_answer_lies_open_in_the_source(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("act-*.zip"))) as opened:
        text = opened.read("index.html").decode()
    assert "You will hardly ever be sure" not in text
    assert not re.search(r'"right"|correct-answer', text.replace('"right":"Correct"', ""))


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["build", "--help"]])
def test_starting_up_imports_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys; sys.argv = ['scormgen', *sys.argv[1:]]\n"
        "from scormgen.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('jinja2', 'lxml', 'markdown', 'markdown_it', 'yaml', 'rich', 'webvtt') if m in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stderr.strip() == "[]"


@pytest.mark.usefixtures("processes")
def test_a_wheel_works_far_from_the_repository(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", tmp_path, ROOT], check=True, env=environment)
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", tmp_path / "site", next(tmp_path.glob("*.whl"))],
        check=True,
        env=environment,
    )
    code = "import scormgen; print(scormgen.__file__); from scormgen.cli import main; main()"
    (tmp_path / "empty").mkdir()
    for folder, words in (("empty", ["new", "x"]), ("empty/x", ["build", "--strict", "--format", "json"])):
        run = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=tmp_path / folder,
            capture_output=True, text=True, check=True, env=environment | {"PYTHONPATH": str(tmp_path / "site")},
        )  # fmt: skip
    where, _, built = run.stdout.partition("\n")
    with zipfile.ZipFile(tmp_path / "empty/x" / json.loads(built)["packages"][0]["path"]) as opened:
        assert opened.read("player/licence.txt").endswith((ROOT / "LICENSE").read_bytes())
    assert where.startswith(str(tmp_path / "site"))
    assert json.loads(built)["packages"][0]["pages"] == 4
