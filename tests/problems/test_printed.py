"""What is printed: nothing of authors, learners or file names that a terminal, a workflow or a spreadsheet would obey."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scormgen.problems.formats import format_github, format_json, format_text
from scormgen.problems.report import Place, Problem
from scormgen.text import read_cell, safe_cell, visible
from tests.conftest import ROOT, Write, scormgen, scormgen_process

HOSTILE = "\x1b[31m\x07\x9b2J\x85\u202eabc\u2066\x7f"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
YML = "title: C\n"


def test_what_a_terminal_would_obey_is_shown() -> None:
    assert visible(HOSTILE) == r"\x1b[31m\x07\x9b2J\x85\u202eabc\u2066\x7f"
    assert visible("a\nb\r\udc80\t“é” 😀") == r"a\nb\r\udc80" + "\t“é” 😀"
    assert visible("a\n ::error::b\n##[x]\nc::d", lines=True) == "a\n \\::error::b\n\\##[x]\nc::d"


def test_problems_are_shown_in_every_format() -> None:
    problem = Problem(
        "Q012",
        "error",
        f"m{HOSTILE}\n::set-env::x",
        f"h{HOSTILE}",
        Place(f"a{HOSTILE}\n::b,c:d.md", 3, 12, 2, f"{HOSTILE}xy"),
    )
    text = format_text([problem], lambda text, role: f"\x1b[1m{text}\x1b[0m")
    assert OBEYED.sub("", text) == re.sub("\x1b", "", text)
    assert text.count("\x1b") == 2 * 3
    lines = text.splitlines()
    assert [lines[2].index("xy"), lines[3].index("^")] == [4 + HOSTILE.index("\x7f") + 1, 4 + 11 + len("\x1b[1m")]
    github = format_github([problem])
    assert github.count("\n") == 1
    assert not OBEYED.search(github)
    assert github.startswith("::error file=a")
    assert github.partition("::error ")[2].partition(",line=3")[0].count(":") == 0
    found = format_json({"a": f"{HOSTILE}\udc80"})
    assert not OBEYED.search(found)
    assert json.loads(found) == {"a": f"{HOSTILE}\udc80"}


def run(*words: str, cwd: Path, **environment: str) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "scormgen", *words], cwd=cwd, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


ENVIRONMENTS = [
    {}, {"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"},
    {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
]  # fmt: skip


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=str)
@pytest.mark.usefixtures("processes")
def test_any_words_can_be_printed_anywhere(workspace: Write, environment: dict[str, str]) -> None:
    page = f"# P\n\n![{HOSTILE} “é” → 😀](x.png)\n\n[a](b.md)\n\n{{{{ x\u202e{HOSTILE} }}}} =={HOSTILE}==\n"
    root = workspace({"courses/c/course.yml": "title: ➜ “é” \u202e😀\ntitel: \u202e\n", "courses/c/01-a.md": page})
    os.mkfifo(os.fsencode(root) + b"/courses/c/02-\xff\x1b[31m.md")
    codec = environment.get("PYTHONIOENCODING", "utf-8")
    for words in (["check"], ["list"], ["build", "-v"], ["check", "--format", "github"]):
        code, output = run(*words, cwd=root, **environment)
        text = output.decode("utf-8" if codec == "ascii" else codec)
        assert code in (0, 1)
        assert not OBEYED.search(text), text
    for words in (["check"], ["list"]):
        code, output = run(*words, "--format", "json", cwd=root, **environment)
        assert r"\u202e" in ascii(json.loads(output.decode("utf-8" if codec == "ascii" else codec)))


@pytest.mark.parametrize(
    "words", [["--\x1b[31mx"], ["build", "\x1b]0;x\x07"], ["rule", "\x9b1m"], ["x\x1b[2J"], ["build", "-C", "no\x1b[1m"], ["rule", "Q\n::error::x"]]
)  # fmt: skip
def test_wrong_usage_does_not_reach_the_terminal_raw(workspace: Write, words: list[str]) -> None:
    run = scormgen(*words, cwd=workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": "Text.\n"}))
    assert run.code in (1, 2)
    assert not OBEYED.search(run.out + run.err)
    assert "\n::" not in run.err


def test_a_failure_and_a_bug_are_shown_without_what_they_carry(workspace: Write) -> None:
    failing = "import scormgen.reading.course\nfrom scormgen.problems.report import Failure\ndef fail(*_):\n    raise {}('a\\x1b[31m\\udc80\\n::error::b')\nscormgen.reading.course.read_course = fail\n"
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": "Text.\n"})
    path = os.pathsep.join([str(root), str(ROOT)])
    for error, expected in (("Failure", 1), ("ValueError", 70)):
        workspace({"sitecustomize.py": failing.format(error)})
        code, output = run("build", cwd=root, PYTHONPATH=path)
        assert (code, b"\x1b" in output, b"\n::" in output) == (expected, False, False)
        assert rb"a\x1b[31m\udc80\n::error::b" in output
    done = scormgen_process("build", "-v", cwd=root, PYTHONPATH=path)
    assert (done.code, "Traceback" in done.err, "\x1b" in done.err) == (70, True, False)


REPORT = "Learner,Interaction,Response,Result\n"


def test_answers_of_learners_are_shown_and_are_no_formulas(workspace: Write, tmp_path: Path) -> None:
    starts = [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        "\n::error::x",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\x1b[31mred",
        "<script>alert(1)</script>",
        "::error::x",
    ]
    content = io.StringIO(newline="")
    writer = csv.writer(content)
    for number, start in enumerate(starts):
        writer.writerow([f"learner {number}", "::warning::q", start, "correct"])
    root = workspace(
        {"courses/c/course.yml": YML, "courses/c/01-a.md": "Text.\n", "report.csv": REPORT + content.getvalue()}
    )
    done = scormgen("decode", "report.csv", "--csv", "out.csv", "--html", "out.html", cwd=root)
    assert done.code == 0, done.err
    assert not OBEYED.search(done.out + done.err)
    assert not re.search(r"^\s*::", done.out, re.MULTILINE)
    assert "<script" not in (tmp_path / "out.html").read_text("utf-8")
    cells = [
        cell
        for row in csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    json.loads(scormgen("decode", "report.csv", "--format", "json", cwd=root).out)


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_a_cell_is_neutralised_and_read_again(start: str) -> None:
    assert safe_cell(f"{start}1") == f"'{start}1"
    assert read_cell(safe_cell(f"{start}1")) == f"{start}1"


@pytest.mark.parametrize("text", ["1", "a=1", "'a", "", " x"])
def test_other_cells_stay(text: str) -> None:
    assert safe_cell(text) == read_cell(text) == text
