"""build, list, clean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scormgen.cli.session import Session, colours, complete_course, count, echo, with_session

if TYPE_CHECKING:
    from scormgen.pipeline.build import Built


@click.command()
@with_session
@click.argument("course", nargs=-1, shell_complete=complete_course)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder for the packages.  [default: dist/ in the workspace]",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="How many courses to build at the same time.  [default: the number of cores]",
)
@click.option(
    "-t",
    "--target",
    multiple=True,
    metavar="NAME",
    help=(
        "The target: scorm12, or web (without an LMS); can be repeated.  [default: targets: in scormgen.yml, or"
        " scorm12]"
    ),
)
@click.option("--locked", is_flag=True, help="Fail if a course.lock would change: for CI.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
def build(
    session: Session,
    course: tuple[str, ...],
    output: Path | None,
    jobs: int,
    target: tuple[str, ...],
    locked: bool,
    strict: bool,
) -> None:
    """Build all courses, or each COURSE given, into SCORM 1.2 packages, or into websites with --target web.

    COURSE is a course's id, its folder's name or its path. For each course, the build writes ID-VERSION-scorm12.zip,
    ID-VERSION-questions.csv (the meaning of the ids and letters in LMS reports), and a checksum in SHA256SUMS. If there
    is an error, it reports all problems of all courses and writes nothing.

    \b
    scormgen build --strict --locked --format github    in CI
    scormgen build scan -o ../out                       one course, into another folder
    scormgen build --target scorm12 --target web        for an LMS, and for a website
    """
    import gc

    from scormgen.pipeline.build import Options, Result, choose_targets
    from scormgen.pipeline.build import build as run
    from scormgen.problems.formats import format_json, problem_dicts
    from scormgen.reading.workspace import choose_courses
    from scormgen.targets import TARGETS
    from scormgen.text import size_words

    gc.disable()  # a build is short and makes almost no reference cycles; searching for them costs a few per cent
    workspace, report = session.workspace()
    folders = choose_courses(workspace, course, session.folder, report)
    targets = choose_targets(workspace, target, report)
    options = Options(output.resolve() if output else workspace.dist, jobs, locked, strict, targets)
    with _progress(session, len(folders)) as step:
        result: Result = run(workspace, folders, options, report, step)
    session.show(result.problems)
    if session.format == "json":
        packages = [_object(package) for package in result.packages]
        echo(format_json({"packages": packages, "problems": problem_dicts(result.problems)}), nl=False)
    elif session.format == "text":
        for package in result.packages if not session.quiet else ():
            words = [size_words(package.bytes), count(package.pages, "page"), count(package.questions, "question")]
            if TARGETS[package.target].STATE_LIMIT is not None:
                words.append(f"suspend data at most {package.longest_state}")
            echo(f"{package.path}  {', '.join(words)}")
    if session.format != "json":
        for note in result.notes:
            if session.verbose or "commit" in note:
                session.say(note)
    failed = any(problem.severity == "error" for problem in result.problems) or (strict and result.problems)
    if failed and session.format == "text":
        session.say("nothing was written", always=True)
    sys.exit(1 if failed else 0)


def _object(package: Built) -> dict[str, object]:
    """A package in `--format json`: the names are a promise."""
    return {
        "course": package.course,
        "version": package.version,
        "language": package.language,
        "target": package.target,
        "path": package.path,
        "sha256": package.sha256,
        "content_sha256": package.content_sha256,
        "bytes": package.bytes,
        "files": package.files,
        "scos": package.units,
        "pages": package.pages,
        "questions": package.questions,
        "suspend_data_max": package.longest_state,
    }


@contextmanager
def _progress(session: Session, total: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal; nothing elsewhere."""
    if session.quiet or session.format != "text" or total < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True, no_color=not colours(sys.stderr))
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Building", total=total)
        yield lambda name: bar.update(task, advance=1, description=f"Built {name}")


@click.command(name="list")
@with_session
def list_(session: Session) -> None:
    """List the courses of the workspace: id, version, structure, modules, pages and questions.

    Also reports if the packages in dist/ are not from one complete build, and then exits with 1: a build was
    interrupted, or a file was changed later. The next build corrects this.
    """
    from scormgen.packaging.dist import check_dist
    from scormgen.problems.formats import format_json, problem_dicts
    from scormgen.reading.course import read_course
    from scormgen.reading.workspace import choose_courses

    workspace, report = session.workspace()
    rows = []
    for folder in choose_courses(workspace, (), session.folder, report):
        course = read_course(workspace.root, folder, report)
        if course:
            s = course.settings
            rows.append(
                {
                    "course": s.id,
                    "version": s.version,
                    "language": s.language,
                    "title": s.title,
                    "structure": s.structure,
                    "path": course.folder,
                    "modules": len(course.modules),
                    "pages": len(list(course.pages)),
                    "questions": len(list(course.questions)),
                }
            )
    dist = check_dist(workspace.dist, workspace.root, report)
    if session.format == "json":
        result = {"courses": rows, "dist": dist, "problems": problem_dicts(report.sorted())}
        echo(format_json(result), nl=False)
    else:
        widths = {
            key: max((len(str(row[key])) for row in rows), default=0) for key in ("course", "version", "structure")
        }
        for row in rows:
            names = "  ".join(f"{row[key]!s:<{width}}" for key, width in widths.items())
            counts = ", ".join(count(int(str(row[f"{word}s"])), word) for word in ("module", "page", "question"))
            echo(f"{names}  {counts}  {row['title']}")
    session.show(report.sorted())
    sys.exit(1 if report.errors else 0)


@click.command()
@with_session
def clean(session: Session) -> None:
    """Delete what builds have written to dist/ (packages, questions.csv, SHA256SUMS), and temporary files of
    interrupted builds.
    """
    from scormgen.packaging.dist import clean as run

    workspace, report = session.workspace()
    removed = [workspace.root.relative(path) for path in run(workspace.dist, workspace.root, workspace.folders)]
    if session.format == "json":
        from scormgen.problems.formats import format_json

        echo(format_json({"removed": removed}), nl=False)
    else:
        session.say(f"{count(len(removed), 'file')} deleted from {workspace.root.relative(workspace.dist)}/")
    session.show(report.sorted())
    sys.exit(1 if report.errors else 0)
