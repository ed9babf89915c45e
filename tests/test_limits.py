"""Input that is too large, too deep or too odd: a problem that names it, without a crash, and in time that does not explode.

What would take for ever is run in a process of its own under a limit of CPU seconds: far more than it needs, and far less than it
took when each beginning was looked for its end through all the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scormgen.checking.check import check_course
from scormgen.files.source import is_link, kind_of, resolved
from scormgen.pipeline.build import Options, build_course
from scormgen.problems import limits
from scormgen.problems.formats import format_github, format_json, format_sarif, format_text, problem_dicts
from scormgen.problems.report import Place, Report
from scormgen.reading.constructs.finding import mask
from scormgen.reading.workspace import find_workspace
from scormgen.reports.answers import read_seconds
from scormgen.text import comments, mask_code, without_comments
from tests.conftest import ROOT, Write, scormgen

Files = dict[str, str | bytes]
YML = "title: Course\n"
SECONDS = 20


def course(page: str, yml: str = YML, **more: str) -> Files:
    """One course with one page; `more` names further files of it, with `_dot_` for `.`."""
    files: Files = {"courses/c/course.yml": yml, "courses/c/01-page.md": page}
    return files | {f"courses/c/{name.replace('_dot_', '.')}": content for name, content in more.items()}


def problems(root: Path) -> list[tuple[str, str, int]]:
    """Code, path and line of what a build finds."""
    report = Report()
    workspace = find_workspace(root, report)
    for folder in workspace.folders:
        report.extend(build_course(workspace, folder, Options(workspace.dist))[1])
    return [(problem.code, problem.place.path, problem.place.line) for problem in report.sorted()]


PAGE = "courses/c/01-page.md"
CONFIG = "courses/c/course.yml"
LONG = "b" * 300
# Files, and the complete list of what is found in them.
CASES: dict[str, tuple[Files, list[tuple[str, str, int]]]] = {
    "a link whose name no file can have": (course(f"# P\n\n[a]({LONG}.md)\n"), [("L003", PAGE, 3)]),
    "a picture whose name no file can have": (course(f"# P\n\n![a]({LONG}.png)\n"), [("L001", PAGE, 3)]),
    "a snippet whose name no file can have": (course(f'# P\n\n{{% include "{LONG}.md" %}}\n'), [("M003", PAGE, 3)]),
    "a theme whose name no folder can have": (course("# P\n\nText.\n", f"{YML}theme: {LONG}\n"), [("C010", CONFIG, 0)]),
    "a language whose name no file can have": (course("# P\n\nText.\n", f"{YML}language: {LONG}\n"), [("C004", CONFIG, 2), ("C017", CONFIG, 2)]),
    "a link with an escaped NUL": (course("# P\n\n[a](b%00.md)\n"), [("L002", PAGE, 3)]),
    "a mark of Python-Markdown in YAML": (course("# P\n\nText.\n", 'title: "\\x02wzxhzdk:0\\x03"\n'), [("C026", CONFIG, 1)]),
    "half a character in YAML": (course("# P\n\nText.\n", f'{YML}keywords: ["\\uD800"]\n'), [("C001", CONFIG, 2)]),
    "a control character in a glossary": (course("# P\n\nText.\n", glossary_dot_yml='Text: "a\\0b"\n'), [("C026", "courses/c/glossary.yml", 1)]),
    "control characters in a page": (course("# P\r\n\r\nA\tb\x0cc\x08d\r\n"), [("S022", PAGE, 3)]),
    "a control character in course.yml": (course("# P\n\nText.\n", f"{YML}keywords: [a\x7fb]\n"), [("S022", CONFIG, 2)]),
    "a mark of byte order in a glossary": (course("# P\n\nText.\n", glossary_dot_yml="Text: a\ufeffb\n"), [("S022", "courses/c/glossary.yml", 1)]),
    "many keywords": (course("# P\n\nText.\n", f"{YML}keywords: [{'a, ' * 5_000}]\n"), [("C027", CONFIG, 0)]),
    "keywords in reason": (course("# P\n\nText.\n", f"{YML}keywords: [{'a, ' * 4_900}]\n"), []),
    "a long paragraph": (course("# P\n\n" + "word " * 4_001 + "\n"), [("M030", PAGE, 3)]),
    "a paragraph of 3,900 words": (course("# P\n\n" + "word " * 3_900 + "\n"), []),
    "a paragraph full of marks": (course("# P\n\n" + "**a** " * 126 + "\n"), [("M030", PAGE, 3)]),
    "a paragraph with many marks": (course("# P\n\n" + "**a** " * 124 + "\n"), []),
    "brackets in brackets": (course("# P\n\na " + "[" * 11 + "\n"), [("M030", PAGE, 3)]),
    "a few brackets in brackets": (course("# P\n\na " + "[b " * 9 + "a" + " b]" * 9 + "\n"), []),
    "a variable that is too much": (course("# P\n\n{{ a }} {{ a }}\n", f"{YML}variables: {{a: {'b' * 12_000}}}\n"), [("M030", PAGE, 3)]),
    "a code block that is too long": (course("# P\n\n```\n" + "code\n" * 20_001 + "```\n"), [("M030", PAGE, 3)]),
    "a page that is too long": (course("# P\n\n" + "Some words.\n\n" * 33_000), [("S020", PAGE, 0)]),
    "a list that is too long": (course("# P\n\n" + "- a\n" * 24_001), [("M032", PAGE, 24_002)]),
    "a long list": (course("# P\n\n" + "- a\n" * 5_000), []),
    "snippets that double": (
        course("# P\n\n" + '{% include "s0.md" %}\n')
        | {f"courses/_shared/s{n}.md": f'{{% include "s{n + 1}.md" %}}\n\n' * 2 for n in range(15)}
        | {"courses/_shared/s15.md": "Text.\n"},
        [("M031", "courses/_shared/s13.md", 3)],
    ),
    "snippets in snippets": (
        course("# P\n\n" + '{% include "s0.md" %}\n')
        | {f"courses/_shared/s{n}.md": f'{{% include "s{n + 1}.md" %}}\n' for n in range(600)},
        [("M031", "courses/_shared/s18.md", 1)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_too_much_is_named(name: str, workspace: Write) -> None:
    files, expected = CASES[name]
    assert problems(workspace(files)) == expected


@pytest.mark.parametrize("name", [b"02-\xff.md", b"02-a\nb.md", b"02-\x1b[31m.md", b"02-\xff/01-a.md"])
def test_a_file_whose_name_is_no_text_is_named(name: bytes, workspace: Write) -> None:
    root = workspace(course("# P\n\nText.\n"))
    path = root / "courses/c" / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("# X\n\nText.\n")
    run = scormgen("build", "--format", "sarif", cwd=root)
    assert (run.code, "S021" in run.out) == (1, True), run.err


def test_every_format_can_be_written_whatever_a_path_holds() -> None:
    report = Report()
    report.add("S002", Place("a:b/%/\udcff\n\x1b.md"), path="“\ud800”", why="x")
    (problem,) = report.sorted()
    assert '"uri": "a%3Ab/%25/%FF%0A%1B.md"' in format_sarif([problem], "1")
    texts = (
        format_json(problem_dicts([problem])),
        format_github([problem]),
        format_text([problem], lambda text, _: text),
    )
    for text in texts:
        assert text.isascii() or text.encode()
        assert "\x1b" not in text
    assert "\\ud800" in problem.message


def test_a_path_that_cannot_be_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    assert [kind_of(tmp_path / name) for name in ("a", ".", "b", LONG, "a/b", "x\0", "\ud800")] == [
        "file",
        "folder",
        *[""] * 5,
    ]
    for name in (LONG, "x\0", "\ud800"):
        assert not is_link(tmp_path / name)
        assert resolved(tmp_path / name) == tmp_path / name


@pytest.mark.parametrize("css", ["{" * 5_000, "[" * 5_000, "(" * 5_000, "1" * 5_000])
def test_a_style_sheet_that_cannot_be_read_is_named(css: str, workspace: Write) -> None:
    root = workspace(
        course("# P\n\nText.\n", f"{YML}theme: t\n") | {"themes/t/tokens.css": f":root {{ --a: {css}; }}\n"}
    )
    assert problems(root) == [("P003", "themes/t/tokens.css", 1)]
    workspace_ = find_workspace(root, Report())
    assert "P003" in {problem.code for problem in check_course(workspace_, workspace_.folders[0])}


@pytest.mark.parametrize("epoch", ["²", "1" * 20, "253402300800", "-1", " 1 ", "x"])
def test_a_date_of_no_calendar_is_named(epoch: str, workspace: Write) -> None:
    for yml in (YML, f"{YML}review_by: 2030-01-01\n"):
        run = scormgen("build", cwd=workspace(course("# P\n\nText.\n", yml)), SOURCE_DATE_EPOCH=epoch)
        assert (run.code, run.err.startswith("scormgen: SOURCE_DATE_EPOCH is “")) == (1, True), run.err


@pytest.mark.parametrize("epoch", ["", "0", "253402300799"])
def test_the_first_and_last_dates_are_taken(epoch: str, workspace: Write) -> None:
    root = workspace(course("# P\n\nText.\n", f"{YML}review_by: 2030-01-01\n"))
    assert scormgen("build", cwd=root, SOURCE_DATE_EPOCH=epoch).code == 0


@pytest.mark.parametrize("latency", ["9" * 400, "9" * 400 + ":00:00", "PT" + "9" * 400 + "H", "PT" + "9" * 400 + "S"])
def test_a_time_that_no_one_takes_is_none(latency: str) -> None:
    assert read_seconds(latency) is None


def test_code_and_comments_are_found_as_before() -> None:
    assert mask_code("a `b` ``c`d`` `` e") == "a \0\0\0 \0\0\0\0\0\0\0 `` e"
    assert mask_code("``a` b") == "\0\0\0\0 b"  # as Python-Markdown has it
    assert list(comments("a<!--b--><!-- c")) == [(1, 9)]
    assert without_comments("a<!--b-->c<!-- d") == "ac<!-- d"
    assert mask("`a` <code>*b* <b> c", {}) == "\0\0\0 \1\1\1\1\1\1*b* \1\1\1 c"


def paragraph(text: str) -> Files:
    return course(f"# P\n\n{text}\n")


def html(text: str) -> Files:
    return course(f"# P\n\n<div>\n{text}\n</div>\n")


def heading(text: str) -> Files:
    return course(f"# P\n\nText.\n\n## a {text} b\n\nText.\n")


def option(text: str) -> Files:
    return course(f"# P\n\n### Q: a {{#q}}\n\n- [x] a {text}\n- [ ] b\n")


def many(text: str) -> Files:
    """The text in paragraphs, each within the limits."""
    size = limits.MARKS - 50
    return course("# P\n\n" + "\n\n".join(text[at : at + size] for at in range(0, len(text), size)))


def settings(text: str) -> Files:
    return course("# P\n\nText.\n", f"{YML}{text}\n")


# Position, unit and how often it comes: with each of these a build took minutes or hours.
SLOW: list[tuple[Callable[[str], Files], str, int]] = [
    (heading, " ", 20_000), (heading, "[", 100_000), (paragraph, "[", 100_000), (paragraph, "{{a ", 90_000), (paragraph, "![", 100_000),
    (paragraph, " <![CDATA[", 10_000), (paragraph, "\\`", 100_000), (paragraph, "[a](b)", 60_000), (paragraph, "`" * 9 + "a", 30_000),
    (paragraph, "<!--", 90_000), (paragraph, "<!-- tabs -->\n\n", 20_000), (paragraph, "<b>", 100_000), (option, "~~a ", 90_000),
    (option, "[[", 100_000), (html, "{{", 45_000), (html, "<!--", 24_000), (html, "<?", 45_000), (html, "</x1>", 19_000),
    (many, "[a](b)", 60_000), (many, "{{ a }}", 50_000), (settings, "keywords:\n" + "- a\n" * 90_000, 1), (settings, "[", 300_000),
    (settings, "a: b\n", 70_000),
]  # fmt: skip


# Each under the limit by itself, in one process: a start of Python costs more than most of them.
BUILD_AND_CHECK = """
import resource, sys
from scormgen.cli import main
limit = int(sys.argv[1])
for command in ("build", "check"):
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limit
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    sys.argv[1:] = [command, "-q"]
    try:
        main()
    except SystemExit as end:
        if end.code not in (None, 0, 1):
            raise
"""


@pytest.mark.parametrize(("position", "unit", "count"), SLOW, ids=lambda value: str(value)[:20])
@pytest.mark.usefixtures("processes")
def test_repeated_marks_do_not_keep_a_build_busy(
    position: Callable[[str], Files], unit: str, count: int, workspace: Write
) -> None:
    root = workspace(position(unit * count))
    done = subprocess.run(
        [sys.executable, "-c", BUILD_AND_CHECK, str(SECONDS)], cwd=root, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]


def test_a_limit_is_far_above_what_a_course_has() -> None:
    for path in (ROOT / "courses").rglob("*.md"):
        assert path.stat().st_size * 10 < limits.SOURCE_BYTES, path
    for folder in (ROOT / "courses").glob("*/course.yml"):
        report = Report()
        workspace = find_workspace(folder.parent, report)
        found = {problem.code for problem in check_course(workspace, folder.parent)}
        assert not found & {"S020", "M030", "M031", "M032", "C027"}
