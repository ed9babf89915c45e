"""What `scormgen new` writes: a workspace, a course, a module, a question. The files beside this one are what it begins with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from string import Template

from scormgen.config import json_schema
from scormgen.diagnostics import Failure, format_json
from scormgen.keys import slug
from scormgen.package import write_file

_FILES = Path(__file__).parent
_COURSE = ("course.yml", "01-welcome.md", "02-tell-someone.md", "90-assessment.md", "assets/notice.svg")
SCHEMA = "course.schema.json"
_MODULE = "# $title\n\nTODO: what learners will be able to do.\n\n## TODO: the title of a page\n\nTODO: what they should know.\n"
_BARE_ASSESSMENT = "---\ntitle: Check what you know\nassessment: { pass: 80, shuffle: [questions, options] }\n---\n\n"


def write_workspace(folder: Path, title: str, language: str, *, bare: bool) -> list[Path]:
    """Makes a workspace with one course that builds; returns what was written. `bare` leaves the example out.

    Raises Failure where the folder holds anything already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failure(f"{folder} is not empty: name a new folder")
    files = {
        ".gitignore": _read("gitignore"),
        ".github/workflows/courses.yml": _read("workflow.yml"),
        SCHEMA: format_json(json_schema("course")),
    }
    written = _write(folder, files)
    name = slug(title) or "course"
    return [*written, *write_course(folder / "courses" / name, title, language, bare=bare)]


def write_course(folder: Path, title: str, language: str, *, bare: bool) -> list[Path]:
    """Makes a course in a folder that is not there yet; raises Failure where it is. `bare` leaves the example out."""
    if folder.exists():
        raise Failure(f"{folder} is there already: give the course another title")
    words = {"id": folder.name, "title": json.dumps(title, ensure_ascii=False), "language": language}
    files = {name: _read(name) for name in _COURSE}
    if bare:
        settings = files["course.yml"].partition("duration:")[0]
        module = Template(_MODULE).substitute(title="Welcome")
        test = _BARE_ASSESSMENT + question("single", None)
        files = {"course.yml": settings, "01-welcome.md": module, "90-assessment.md": test}
    files["course.yml"] = Template(files["course.yml"]).substitute(words)
    return _write(folder, files)


def write_module(course: Path, title: str) -> list[Path]:
    """Adds a module behind the last one that is no assessment; raises Failure where its name is taken."""
    numbers = [int(path.name[:2]) for path in course.iterdir() if path.name[:2].isdigit()]
    number = max((n for n in numbers if n < 90), default=0) + 1
    path = course / f"{number:02}-{slug(title) or 'module'}.md"
    if path.exists():
        raise Failure(f"{path} is there already: give the module another title")
    return _write(course, {path.name: Template(_MODULE).substitute(title=title)})


def question(kind: str, title: str | None) -> str:
    """The Markdown of a question of a kind, to be filled; with `title` as its text where there is one."""
    text = _read(f"questions/{kind}.md")
    if title is None:
        return text
    heading, _, rest = text.partition("\n")
    word, _, _ = heading.partition(":")
    attributes = heading.partition("{")[2].rstrip("}")
    return f"{word}: {title} {{#{slug(title, 40) or kind}{f' {attributes}' if attributes else ''}}}\n{rest}"


def add_question(path: Path, kind: str, title: str | None) -> None:
    """Writes a question behind the last line of a module; raises Failure where there is no such file."""
    try:
        before = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path} cannot be read: name a Markdown file of a course") from error
    write_file(path, f"{before.rstrip()}\n\n{question(kind, title)}".encode())


def _read(name: str) -> str:
    return (_FILES / name).read_text("utf-8")


def _write(folder: Path, files: Mapping[str, str]) -> list[Path]:
    for name, text in files.items():
        write_file(folder / name, text.encode())
    return [folder / name for name in files]
