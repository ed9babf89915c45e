"""What `scormgen new` writes: a workspace, a course, a module, a question. The files in this folder are its
templates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from itertools import count
from pathlib import Path
from string import Template

from scormgen.files.source import Root, source_from
from scormgen.files.staging import write_file, write_files
from scormgen.pipeline.compile import compile_course
from scormgen.problems.formats import format_json
from scormgen.problems.report import Failure, Report
from scormgen.reading.config import COURSE, json_schema
from scormgen.reading.keys import parse_yaml, read_keys
from scormgen.reading.workspace import find_workspace
from scormgen.rendering.strings import FOLDER, template
from scormgen.starter.origin import WHEELS, Origin, requirements
from scormgen.text import slug

_FILES = Path(__file__).parent
_EXAMPLE = ("course.yml", "01-welcome.md", "02-tell-someone.md", "90-assessment.md", "assets/notice.svg")
SCHEMA = "course.schema.json"
_MODULE = (
    "# $title\n\nTODO: what learners will be able to do.\n\n## TODO: the title of a page\n\nTODO: what they should"
    " know.\n"
)
_BARE_DESCRIPTION = 'description: "TODO: what learners can do after this course, in a sentence or two."\n'
_BARE_ASSESSMENT = "---\ntitle: Check what you know\nassessment: { pass: 80, shuffle: [questions, options] }\n---\n\n"
_ID = re.compile(r"\{[^{}\n]*?#([^\s{}]+)")


def write_workspace(folder: Path, title: str, language: str, *, bare: bool, origin: Origin | None = None) -> list[Path]:
    """Creates a workspace with one course; returns the written files. `bare` leaves the sample course out.

    Raises Failure if the folder is not empty, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failure(f"{folder} is not empty: choose a new folder")
    course = _course_files(slug(title) or "course", title, language, bare=bare)
    files: dict[str, str | bytes] = {
        ".gitignore": _read("gitignore"),
        ".gitattributes": _read("gitattributes"),
        ".github/workflows/courses.yml": _read("workflow.yml"),
        "requirements.txt": requirements(origin),
        SCHEMA: format_json(json_schema("course")),
    }
    if origin and origin.wheel:
        files[f"{WHEELS}/{origin.wheel.name}"] = origin.wheel.content
    written = _write(folder, files)
    return [*written, *_write_course(folder / "courses" / (slug(title) or "course"), course)]


def write_course(folder: Path, title: str, language: str, *, bare: bool) -> list[Path]:
    """Creates a course in a new folder; raises Failure if the folder exists. `bare` leaves the sample course out."""
    if folder.exists():
        raise Failure(f"{folder} already exists: give the course another title")
    return _write_course(folder, _course_files(folder.name, title, language, bare=bare))


def has_example(language: str) -> bool:
    """Whether the sample course exists in this language: only in English."""
    return language.lower().partition("-")[0] == "en"


def _course_files(name: str, title: str, language: str, *, bare: bool) -> dict[str, str]:
    """A course's files; raises Failure if course.yml would not be valid (a title that is too long, no such
    language).
    """
    files = {file: _read(file) for file in _EXAMPLE}
    if bare or not has_example(language):
        settings = files["course.yml"].partition("description:")[0] + _BARE_DESCRIPTION
        module = Template(_MODULE).substitute(title="Welcome")
        files = {
            "course.yml": settings,
            "01-welcome.md": module,
            "90-assessment.md": _BARE_ASSESSMENT + question("single", None),
        }
    words = {"id": name, "title": json.dumps(title, ensure_ascii=False), "language": language}
    files["course.yml"] = Template(files["course.yml"]).substitute(words)
    report = Report()
    settings_file = source_from("course.yml", files["course.yml"])
    if value := parse_yaml(settings_file, settings_file.text, 0, report):
        read_keys(value, COURSE, report)
    for problem in report.sorted():
        raise Failure(f"{problem.message}: {problem.hint}")
    return files


def _write_course(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Writes a course, and the course.lock that `build --locked` needs in the workflow on the first push."""
    written = _write(folder, files)
    compiled = compile_course(find_workspace(folder, Report()), folder.resolve(), Report())
    return [*written, *_write(folder, {"course.lock": compiled.lock_text})] if compiled else written


def write_strings(workspace: Path, language: str) -> list[Path]:
    """Creates the file of the player's texts in a language; raises Failure if it exists, or if the language is not
    valid.
    """
    if not re.fullmatch(COURSE["language"].parser.schema["pattern"], language):
        raise Failure(f"{language} is not a language code: write one such as fr or pt-BR")
    path = workspace / FOLDER / f"{language}.yml"
    if path.exists():
        raise Failure(f"{path} already exists")
    return _write(path.parent, {path.name: template(language)})


def write_module(course: Path, title: str) -> list[Path]:
    """Adds a module after the last one that is not an assessment, with an id that no other module of the course has."""
    title = _one_line(title)
    numbers = [int(path.name[:2]) for path in course.iterdir() if path.name[:2].isdigit()]
    number = max((n for n in numbers if n < 90), default=0) + 1
    taken = {re.sub(r"^\d+[-_. ]*", "", path.name).removesuffix(".md") for path in course.iterdir()}
    path = course / f"{number:02}-{_free(slug(title) or 'module', taken)}.md"
    return _write(course, {path.name: Template(_MODULE).substitute(title=title)})


def question(kind: str, title: str | None, taken: Collection[str] = ()) -> str:
    """The Markdown of a question of a kind, with TODOs; `title` is its text if given.

    It has an id that is not in `taken`, because an id made from the text would change with it, and an assessed question
    needs one (Q108).
    """
    heading, _, rest = _read(f"questions/{kind}.md").partition("\n")
    text, _, attributes = heading.partition(" {")
    if title is None:
        name = next(name for number in count(1) if (name := f"{kind}-{number}") not in taken)
    else:
        title = _one_line(title)
        name = _free(slug(title, 40) or kind, taken)
        text = f"{text.partition(':')[0]}: {title}"
    return f"{text} {{#{' '.join((name, attributes)) if attributes else name + '}'}\n{rest}"


def add_question(path: Path, kind: str, title: str | None) -> None:
    """Writes a question after the last line of a module; raises Failure if there is no such file."""
    try:
        before = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path} cannot be read: give a Markdown file of a course") from error
    write_file(path, f"{before.rstrip()}\n\n{question(kind, title, ids_around(path.parent))}".encode())


def ids_around(folder: Path) -> frozenset[str]:
    """The ids in the Markdown of the course around a folder; empty outside a course."""
    folder = folder.resolve()
    course = next((f for f in (folder, *folder.parents) if (f / "course.yml").is_file()), None)
    if course is None:
        return frozenset()
    sources = [Root(course).read_text(path, Report()) for path in course.rglob("*.md")]
    return frozenset(name for source in sources if source for name in _ID.findall(source.text))


def _free(name: str, taken: Collection[str]) -> str:
    """The name, with a number after it if it is already used."""
    return next(free for number in count(1) if (free := name if number == 1 else f"{name}-{number}") not in taken)


def _one_line(title: str) -> str:
    """A title in a form that a heading can have; raises Failure if nothing is left."""
    words = " ".join(title.split())
    if not words:
        raise Failure("the title is empty: write a title")
    return words


def _read(name: str) -> str:
    return (_FILES / name).read_text("utf-8")


def _write(folder: Path, files: Mapping[str, str | bytes]) -> list[Path]:
    contents = {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}
    write_files({folder / name: content for name, content in contents.items()})
    return [folder / name for name in files]
