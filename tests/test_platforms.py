"""What differs between Linux, Windows and macOS and can be tried on any of them: names, order, line ends, addresses."""

from __future__ import annotations

import os
import re
from pathlib import Path, PureWindowsPath

import pytest
import yaml

from scormgen.files.source import Root, in_order, is_spelt
from scormgen.preview.app import _file
from scormgen.preview.server import open_socket
from scormgen.preview.store import Store
from scormgen.rendering.media import caption_files
from tests.conftest import ROOT, Write, scormgen
from tests.same_packages import differences

COURSE: dict[str, str | bytes] = {"courses/c/course.yml": "title: Course\n", "courses/c/01-a.md": "# A\n\nText.\n"}


def test_a_name_in_another_case_is_not_the_files_name() -> None:
    names = {PureWindowsPath("w"): {"Assets"}, PureWindowsPath("w/Assets"): {"Hot.svg", "caf\u00e9.png"}}

    def spelt(path: str) -> bool:
        return is_spelt(PureWindowsPath(path), PureWindowsPath("w"), names.__getitem__)

    assert spelt("w/Assets/Hot.svg")
    assert not spelt("w/Assets/hot.svg")
    assert not spelt("w/assets/Hot.svg")
    assert spelt("w/Assets/cafe\u0301.png")  # macOS and Git write an accent in two ways
    assert is_spelt(Path("w/hot.svg"), Path("w"), lambda _: None)  # a folder that cannot be listed


def test_paths_have_one_order_everywhere(tmp_path: Path) -> None:
    paths = [PureWindowsPath(name) for name in ("b.md", "B.md", "a.md", "C.md", "a/b.md")]
    assert [path.as_posix() for path in in_order(paths)] == ["B.md", "C.md", "a/b.md", "a.md", "b.md"]  # type: ignore[arg-type]
    for name in ("b", "B", "a"):
        (tmp_path / name).touch()
    assert [path.name for path in Root(tmp_path).entries(tmp_path, None)] == ["B", "a", "b"]  # type: ignore[arg-type]


def test_captions_are_those_of_the_files_own_name(tmp_path: Path) -> None:
    for name in ("film.vtt", "film.fr.vtt", "Film.vtt", "film2.vtt"):
        (tmp_path / name).touch()
    found = caption_files(tmp_path / "film.mp4")
    assert [(path.name, code) for path, code in found] == [("film.fr.vtt", "fr"), ("film.vtt", "")]


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("![A picture](assets\\a.svg)", ("L001", 3)),
        ("[Next](more\\b.md)", ("L003", 3)),
        ('{% include "more\\b.md" %}', ("M003", 3)),
    ],
)
def test_an_address_with_backslashes_is_an_error_everywhere(
    workspace: Write, page: str, problem: tuple[str, int]
) -> None:
    """Windows would find the file. Here one of that very name is there, which is as near as another system comes."""
    course = {**COURSE, "courses/c/01-a.md": f"# A\n\n{page}\n", "courses/c/assets\\a.svg": "<svg/>"}
    root = workspace({**course, "courses/c/more\\b.md": "Text.\n"})
    found = scormgen("build", "--format", "json", cwd=root).json["problems"]
    assert problem in [(p["code"], p["line"]) for p in found]
    hints = {p["hint"] for p in found if p["code"] == problem[0]}
    assert "write / between the names of folders, on Windows too" in hints


def test_a_style_sheet_with_backslashes_is_an_error(workspace: Write) -> None:
    sheet = ".sg-header { background: url('a\\\\b.svg') }\n"
    course = {**COURSE, "courses/c/course.yml": "title: Course\ntheme: ours\n", "themes/ours/tokens.css": sheet}
    found = scormgen("build", "--format", "json", cwd=workspace(course)).json["problems"]
    assert [(p["code"], p["hint"]) for p in found] == [("L010", "write / between the names of folders, on Windows too")]


def test_sources_with_windows_line_ends_give_the_same_package(
    workspace: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = {
        "courses/c/course.yml": "title: Course\ntheme: ours\n",
        "courses/c/01-a.md": "---\ntitle: A\n---\n\nText.\n\n### Q: What? {#q}\n\n- [x] This\n  > Yes.\n- [ ] That\n",
        "courses/c/glossary.yml": "Text: What is written.\n",
        "themes/ours/tokens.css": ":root {\n  --sg-accent: #5a2a82;\n}\n",
    }
    packages = []
    for end in ("\n", "\r\n"):
        root = tmp_path_factory.mktemp("ends")
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(text.replace("\n", end).encode())
        run = scormgen("build", cwd=root)
        assert run.code == 0, run.err
        packages.append((root / "dist/c-1.0.0-scorm12.zip").read_bytes())
        lock = (root / "courses/c/course.lock").read_bytes()
        assert b"\r" not in lock
        (root / "courses/c/course.lock").write_bytes(lock.replace(b"\n", end.encode()))
        assert scormgen("build", "--locked", cwd=root).code == 0
    assert packages[0] == packages[1]


def test_what_is_packed_as_it_is_has_one_kind_of_line_ends() -> None:
    """Git for Windows would write others: .gitattributes says no."""
    assert "* text=auto eol=lf\n" in (ROOT / ".gitattributes").read_text("utf-8")
    texts = [*(ROOT / "scormgen").rglob("*"), *(ROOT / "themes").rglob("*")]
    with_returns = [
        path
        for path in texts
        if path.suffix in (".js", ".css", ".html", ".json", ".yml", ".md") and b"\r" in path.read_bytes()
    ]
    assert with_returns == []


def test_no_command_hangs_on_the_machines_encoding(tmp_path: Path) -> None:
    """Python warns where a file is opened without naming an encoding: it is not UTF-8 on Windows."""
    warn = {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "always::EncodingWarning"}
    for words in (["new", "x"], ["-C", "x", "build"], ["-C", "x", "check", "--fix"]):
        command = [*words[2:], *words[:2]] if words[0] == "-C" else words
        run = scormgen(*command, cwd=tmp_path, **warn)
        assert run.code == 0, run.err
        assert not re.search(r"scormgen[^\n]*EncodingWarning", run.err), run.err
    store = Store(tmp_path / "records" / "preview.sqlite")
    store.close()
    assert (tmp_path / "records" / ".gitignore").read_bytes() == b"*\n"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.js", "text/javascript"), ("a.css", "text/css"), ("a.vtt", "text/vtt"), ("a.webp", "image/webp"), ("a.m4a", "audio/mp4"), ("a.woff2", "font/woff2"), ("a.svg", "image/svg+xml")],
)  # fmt: skip
def test_the_preview_names_types_that_do_not_hang_on_the_machine(name: str, kind: str) -> None:
    assert _file({name: b"x"}, name).media_type == kind


def test_two_previews_do_not_share_a_port() -> None:
    first = open_socket(0)
    second = open_socket(first.getsockname()[1])
    assert first.getsockname()[1] != second.getsockname()[1]
    first.close()
    second.close()


def test_paths_in_problems_have_forward_slashes(workspace: Write) -> None:
    root = workspace({**COURSE, "courses/c/02-m/01-b.md": "# B\n\n![x](none.png)\n"})
    (problem,) = scormgen("build", "--format", "json", cwd=root).json["problems"]
    assert problem["path"] == "courses/c/02-m/01-b.md"
    assert os.altsep != "/" or "\\" not in problem["path"]


def test_the_workflow_compares_packages_and_releases_all_that_a_build_writes(workspace: Write, tmp_path: Path) -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]
    upload = next(step for step in jobs["test"]["steps"] if "upload-artifact" in step.get("uses", ""))
    root = workspace(COURSE)
    for folder in ("one", "other"):
        assert scormgen("build", "-o", folder, cwd=root).code == 0
    uploaded = {
        path.name for pattern in upload["with"]["path"].split() for path in root.glob(pattern.replace("dist/", "one/"))
    }
    assert uploaded == {path.name for path in (root / "one").iterdir()}
    assert differences(root / "one", root / "other") == []
    (root / "other/c-1.0.0-questions.csv").write_bytes(b"x")
    assert differences(root / "one", root / "other") == ["c-1.0.0-questions.csv: "]
    assert set(jobs["release"]["needs"]) == {name for name in jobs if name != "release"}
    steps = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert any("tests.same_packages of-linux dist" in step for step in steps)
