"""The docs say what is there: every key, command and option; and README's commands run."""

from __future__ import annotations

import re
import shlex
import zipfile
from pathlib import Path

import click
import pytest

from scormgen.cli import cli
from scormgen.reading.config import ASSESSMENT, COURSE, FRONT_MATTER, WORKSPACE
from scormgen.rendering.media import IN_HTML, MEDIA_TYPES, PICTURES
from tests.conftest import ROOT, Write, scormgen
from tests.lowest import lowest

AUTHORS = (ROOT / "docs" / "authors.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("key", [*COURSE, *FRONT_MATTER, *ASSESSMENT, *WORKSPACE])
def test_every_key_is_documented(key: str) -> None:
    assert re.search(rf"`{key}[`:]", AUTHORS)


def test_every_token_of_the_theme_is_documented() -> None:
    themes = (ROOT / "docs" / "themes.md").read_text("utf-8")
    style = (ROOT / "themes" / "default" / "style.css").read_text("utf-8")
    tokens = set(re.findall(r"^\s+(--sg-[\w-]+):", style, re.MULTILINE))
    assert len(tokens) > 20
    assert [token for token in sorted(tokens) if f"`{token}`" not in themes] == []


def test_links_between_the_docs_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(
            r"\]\(([^)#]+)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        ):
            if "://" not in target and page.name not in ("rules.md", "authors.md"):
                assert (page.parent / target).exists(), (page.name, target)


def test_every_module_in_the_architecture_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    python, player = text.split("## From a click to the LMS")
    for folder, part in (("scormgen", python), ("scormgen/player/src", player)):
        paths = re.findall(r"`([a-z0-9_/-]+(?:/|\.py|\.js))`", part.partition("relative to")[2].partition(".")[2])
        assert len(paths) > 10
        assert [path for path in paths if not (ROOT / folder / path).exists()] == []


def test_the_start_in_ten_minutes_ends_clean(tmp_path: Path) -> None:
    """Every command of docs/start.md but those that stay, and every file that it has one write."""
    text = (ROOT / "docs" / "start.md").read_text("utf-8")
    commands = re.findall(r"^scormgen (new [^#\n]*)", text, re.MULTILINE)
    page, question = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    assert len(commands) == 3
    assert scormgen(*shlex.split(commands[0]), cwd=tmp_path).code == 0
    root = tmp_path / "my-courses"
    course = root / "courses" / "fire-safety"
    (course / "01-welcome.md").write_text(page)
    assert "assets/way-out.svg" in scormgen("build", cwd=root).err
    (course / "assets").mkdir()
    (course / "assets/way-out.svg").write_text("<svg/>")
    for command in commands[1:]:
        run = scormgen(*shlex.split(command), cwd=root)
        assert run.code == 0, run.err
    written = (course / "01-welcome.md").read_text()
    assert question.partition("\n")[0] in written
    (course / "01-welcome.md").write_text(f"{page}\n{question}")
    (course / "02-at-the-assembly-point.md").write_text("# At the assembly point\n\nStay there.\n")
    (course / "90-assessment.md").write_text(
        f"---\ntitle: Test\nassessment: {{pass: 100}}\n---\n\n{question.replace('{#', '{#test-')}"
    )
    settings = course / "course.yml"
    settings.write_text(re.sub('"TODO: .*"', "Leave when the alarm rings.", settings.read_text()))
    assert scormgen("build", cwd=root).code == 0
    checked = scormgen("check", "--strict", cwd=root)
    assert checked.code == 0, checked.err


def test_the_start_names_every_form_of_from() -> None:
    text = (ROOT / "docs" / "start.md").read_text("utf-8")
    for form in (
        "--from",
        "wheels/",
        ".tar.gz",
        "git+https://",
        "https://….git",
        "git@host:",
        "/simple",
        "requirements.txt",
    ):
        assert form in text


def test_the_page_on_lmss_says_what_their_attempts_and_completion_do() -> None:
    text = (ROOT / "docs" / "lms.md").read_text("utf-8")
    for words in (
        "*Number of attempts* 1 keeps the bookmark",
        "*Start a new attempt*",
        "tick *passed* alone and *Require all SCOs",
        "Takes SCORM 1.2, xAPI and cmi5",
        "php, sh, asp, jsp, py, rb, pl, cgi, shtml",
        "Warns above 250 MB",
    ):
        assert words in text
    assert text.count("`# % & + { } ~`") == 3
    assert "or the bookmark is lost" not in text


def test_every_command_is_in_the_readme() -> None:
    for name in cli.commands:
        assert f"scormgen {name}" in README


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("build s", ["scan"]),
        ("check act", ["act-awareness"]),
        ("preview h", ["hostile-reconnaissance"]),
        ("rule Q10", [f"Q10{n}" for n in range(1, 9)]),
        ("com", ["completion"]),
        ("new question tr", ["true-false"]),
        ("build --fo", ["--format"]),
    ],
)
def test_a_shell_completes(words: str, expected: list[str]) -> None:
    line = f"scormgen {words}"
    run = scormgen(cwd=ROOT, _SCORMGEN_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(line.split()) - 1))
    assert [found.partition(",")[2] for found in run.out.split()] == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_of_a_shell_is_printed(shell: str) -> None:
    run = scormgen("completion", shell)
    assert (run.code, "_SCORMGEN_COMPLETE" in run.out) == (0, True), run.err


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_shows_examples(name: str) -> None:
    """`list`, `clean` and `schema` have nothing to show but themselves."""
    command = cli.commands[name]
    assert name in ("list", "clean", "schema") or f"scormgen {name}" in (command.help or "")


def test_every_option_has_a_help_text() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, (name, parameter.name)


def test_the_readmes_commands_run(workspace: Write) -> None:
    root = workspace({
        "courses/fire-safety/course.yml": "title: Fire safety\n",
        "courses/fire-safety/01-welcome.md": "# Welcome\n\nText.\n",
    })  # fmt: skip
    commands = re.findall(r"^scormgen ((?:build|check|list|rule|clean|completion)\b[^#\n]*)", README, re.MULTILINE)
    assert len(commands) == 8
    for command in commands:
        run = scormgen(*shlex.split(command), cwd=root)
        assert run.code == 0, command + run.err


def test_the_readme_names_the_two_commands() -> None:
    assert "make dist" in README
    assert "make test" in README


def test_every_lower_bound_can_be_tried() -> None:
    """`make test-lowest` installs these; a bound that it cannot read would be one that nobody has tried."""
    found = lowest(ROOT / "pyproject.toml")
    assert all(re.fullmatch(r"[\w.-]+==[\d.]+", constraint) for constraint in found)
    assert "mdit-py-plugins==0.4.1" in found


def test_the_supported_media_types_are_those_of_the_code() -> None:
    section = AUTHORS.partition("### Pictures, video and audio")[2].partition("###")[0]
    cells = re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    rows = {name: re.findall(r"`(\.\w+)`", endings) for name, endings in cells}
    in_code = {
        "pictures": [f".{ending}" for ending in PICTURES],
        "video": [ending for ending, kind in MEDIA_TYPES.items() if kind.startswith("video/")],
        "audio": [ending for ending, kind in MEDIA_TYPES.items() if kind.startswith("audio/")],
        "in raw HTML too": [f".{ending}" for ending in IN_HTML],
    }
    assert {name: rows[name] for name in in_code} == in_code


UNSUPPORTED = [
    (mark, code)
    for marks, code in re.findall(
        r"^\| (.*?) \| (M\d{3}) \|", AUTHORS.partition("### What is not supported")[2], re.MULTILINE
    )
    for mark in re.findall(r"`([^`]+)`", marks)
]


def test_what_is_not_supported_is_reported_as_the_docs_say(workspace: Write) -> None:
    assert len(UNSUPPORTED) == 13
    files: dict[str, str | bytes] = {"courses/c/course.yml": "title: Course\n"}
    for number, (mark, _) in enumerate(UNSUPPORTED):
        files[f"courses/c/{number:02}-a.md"] = f"# Page {number}\n\nText.\n\n{mark}\n"
    found = scormgen("build", "--format", "json", cwd=workspace(files)).json["problems"]
    by_page = {
        (int(Path(problem["path"]).name[:2]), problem["code"]) for problem in found if "-a.md" in problem["path"]
    }
    missing = [UNSUPPORTED[number] for number, (_, code) in enumerate(UNSUPPORTED) if (number, code) not in by_page]
    assert missing == []


def test_a_brand_is_built_as_the_docs_say(workspace: Write) -> None:
    text = (ROOT / "docs" / "branding.md").read_text("utf-8")
    sheet = "".join(re.findall(r"```css\n(.*?)```", text, re.DOTALL))
    root = workspace({
        "courses/c/course.yml": "title: Course\ndescription: What learners can do after it.\nduration: 5 min\ntheme: ours\n",
        "courses/c/01-a.md": "# A\n\nText.\n", "themes/ours/tokens.css": sheet,
        "themes/ours/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"/>',
        "themes/ours/fonts/ours.woff2": b"wOF2",
    })  # fmt: skip
    run = scormgen("build", cwd=root)
    assert run.code == 0, run.err
    with zipfile.ZipFile(root / "dist/c-1.0.0-scorm12.zip") as package:
        assert {"player/theme/logo.svg", "player/theme/fonts/ours.woff2"} < set(package.namelist())
    problems = scormgen("check", "--format", "json", cwd=root).json["problems"]
    assert [problem for problem in problems if problem["code"] == "W108"] == []


def test_every_exit_code_is_documented() -> None:
    section = (
        (ROOT / "docs" / "troubleshooting.md").read_text("utf-8").partition("## Exit codes")[2].partition("\n## ")[0]
    )
    documented = set(re.findall(r"^\| (\d+) \|", section, re.MULTILINE))
    source = "".join(path.read_text("utf-8") for path in (ROOT / "scormgen" / "cli").glob("*.py"))
    assert set(re.findall(r"sys\.exit\((\d+)", source)) | {"0", "2"} == documented  # 2 is click's
