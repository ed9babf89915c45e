"""The commands: each parses its options, calls one function, prints, and exits.

Exit 0: fine. 1: problems found. 2: wrong usage. 70: a bug of ours. 130: Ctrl-C. Results go to standard output, messages
to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from scormgen import __version__

if TYPE_CHECKING:
    from scormgen.diagnostics import Problem, Report
    from scormgen.workspace import Workspace

_COLOURS: dict[str, dict[str, Any]] = {
    "path": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "caret": {"fg": "cyan"},
}


@dataclass(frozen=True, slots=True)
class Session:
    """The options that every command takes."""

    folder: Path
    format: str
    quiet: bool
    verbose: bool

    def workspace(self) -> tuple[Workspace, Report]:
        from scormgen.diagnostics import Report
        from scormgen.workspace import find_workspace

        report = Report()
        return find_workspace(self.folder, report), report

    def say(self, text: str, *, always: bool = False) -> None:
        """A message for people, on standard error."""
        if always or not self.quiet:
            click.echo(text, err=True)

    def show(self, problems: Sequence[Problem]) -> None:
        """The problems, in the format that was asked for: text on standard error, github on standard output."""
        from scormgen.diagnostics import format_github, format_text

        if self.format == "github":
            click.echo(format_github(problems), nl=False)
        elif self.format == "text" and problems:
            colour = _colours(sys.stderr)
            click.echo(
                format_text(problems, lambda text, role: click.style(text, **_COLOURS.get(role, {})) if colour else text),
                err=True, nl=False, color=colour,
            )  # fmt: skip
            errors = sum(problem.severity == "error" for problem in problems)
            self.say(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}", always=True)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _colours(stream: Any) -> bool:
    return bool(stream.isatty()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _session(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options that every command takes, and hands them over as one Session."""

    @click.pass_context
    def run(context: click.Context, /, folder: Path, format_: str, quiet: bool, verbose: bool, **rest: Any) -> None:
        context.invoke(command, Session(folder, format_, quiet, verbose), **rest)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say more; with a bug of ours, show the traceback."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems and results."),
        click.option("--format", "format_", type=click.Choice(["text", "json", "github"]), default="text", show_default=True, help="How problems and results are written."),
        click.option("-C", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", metavar="DIR", help="Work as if started in DIR."),
    ):  # fmt: skip
        run = option(run)
    run.__click_params__ = [*getattr(command, "__click_params__", []), *run.__click_params__]  # type: ignore[attr-defined]
    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="scormgen", message="%(prog)s %(version)s")
def cli() -> None:
    """Compile Markdown courses into SCORM 1.2 packages.

    A workspace is a folder with courses/; each course is a folder with a course.yml and Markdown files. Run a command
    anywhere inside the workspace.

    \b
    scormgen build                 every course, into dist/
    scormgen build act-awareness   one course
    scormgen list                  what is here
    scormgen decode report.csv     what an LMS's report says
    """


@cli.command()
@_session
@click.argument("course", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the packages go.  [default: dist/ of the workspace]",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="How many courses are built at a time.  [default: as many as there are cores]",
)
@click.option("--locked", is_flag=True, help="Fail where a course.lock would change: for CI.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def build(
    session: Session, course: tuple[str, ...], output: Path | None, jobs: int, locked: bool, strict: bool
) -> None:
    """Build every COURSE, or the named ones, into SCORM 1.2 packages.

    A COURSE is named by its id, its folder's name or its path. For each the build writes ID-VERSION-scorm12.zip,
    ID-VERSION-questions.csv (what the ids and letters in an LMS report mean) and the checksums in SHA256SUMS. Where
    anything is wrong, it names every problem of every course and writes nothing.

    \b
    scormgen build --strict --locked --format github    in CI
    scormgen build scan -o ../out                       one course, elsewhere
    """
    import gc

    from scormgen.build import Options, Result
    from scormgen.build import build as run
    from scormgen.diagnostics import format_json, problem_dicts
    from scormgen.workspace import choose_courses

    gc.disable()  # a build is short and makes next to no cycles; looking for them costs a few per cent
    workspace, report = session.workspace()
    folders = choose_courses(workspace, course, session.folder, report)
    options = Options(output.resolve() if output else workspace.dist, jobs, locked, strict)
    with _progress(session, len(folders)) as step:
        result: Result = run(workspace, folders, options, report, step)
    session.show(result.problems)
    if session.format == "json":
        click.echo(format_json({"packages": result.packages, "problems": problem_dicts(result.problems)}), nl=False)
    elif session.format == "text":
        for package in result.packages:
            if not session.quiet:
                click.echo(
                    f"{package['path']}  {_size(int(str(package['bytes'])))}, {_count(int(str(package['pages'])), 'page')}, "
                    f"{_count(int(str(package['questions'])), 'question')}, suspend data at most {package['suspend_data_max']}"
                )
    if session.format != "json":
        for note in result.notes:
            if session.verbose or "commit" in note:
                session.say(note)
    failed = any(problem.severity == "error" for problem in result.problems) or (strict and result.problems)
    if failed and session.format == "text":
        session.say("nothing was written", always=True)
    sys.exit(1 if failed else 0)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.0f} kB"


@contextmanager
def _progress(session: Session, total: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal; nothing elsewhere."""
    if session.quiet or session.format != "text" or total < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True, no_color=not _colours(sys.stderr))
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Building", total=total)
        yield lambda name: bar.update(task, advance=1, description=f"Built {name}")


@cli.command()
@_session
@click.argument("report", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="The questions.csv of the package.  [default: the one beside REPORT or in dist/ that fits]",
)
@click.option(
    "--answers",
    type=click.Choice(["first", "last", "all"]),
    default="first",
    show_default=True,
    help="Which of a learner's answers to one question count.",
)
@click.option(
    "--csv", "csv_", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the figures as CSV."
)
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write them as one HTML page."
)
def decode(
    session: Session, report: Path, questions: tuple[Path, ...], answers: Literal["first", "last", "all"],
    csv_: Path | None, html: Path | None,
) -> None:  # fmt: skip
    """Say what an LMS's interaction REPORT means, and analyse its questions.

    REPORT is a CSV file: Moodle's interactions report, SCORM Cloud's, or any with a row an answer and columns for learner,
    interaction and response (result and latency where there are). For each question it prints how many are right
    (difficulty), whether it tells those who know from those who do not (discrimination), what each option was picked,
    and the time.

    \b
    scormgen decode report.csv
    scormgen decode report.txt --questions dist/scan-1.0.0-questions.csv --html analysis.html
    """
    from scormgen.decode import decode as run
    from scormgen.decode.show import to_csv, to_dicts, to_html, to_text
    from scormgen.diagnostics import Report, format_json, problem_dicts
    from scormgen.package import write_file

    problems = Report()
    beside = [path for folder in (report.parent, session.folder / "dist") for path in folder.glob("*-questions.csv")]
    analysis = run(report, questions or beside, answers, problems)
    session.show(problems.sorted())
    if session.format == "json":
        figures = {
            **analysis._asdict(),
            "items": to_dicts(analysis.items),
            "problems": problem_dicts(problems.sorted()),
        }
        click.echo(format_json(figures), nl=False)
    if problems.errors:
        sys.exit(1)
    if csv_:
        write_file(csv_, to_csv(analysis))
        session.say(f"{csv_} written")
    if html:
        write_file(html, to_html(analysis, f"{report.name}: item analysis"))
        session.say(f"{html} written")
    if session.format == "text" and not session.quiet:
        click.echo(to_text(analysis), nl=False)


@cli.command(name="list")
@_session
def list_(session: Session) -> None:
    """List the courses of the workspace: id, version, structure, modules, pages and questions."""
    from scormgen.course import read_course
    from scormgen.diagnostics import format_json, problem_dicts
    from scormgen.workspace import choose_courses

    workspace, report = session.workspace()
    rows = []
    for folder in choose_courses(workspace, (), session.folder, report):
        course = read_course(workspace.root, folder, report)
        if course:
            s = course.settings
            rows.append({
                "course": s.id, "version": s.version, "language": s.language, "title": s.title, "structure": s.structure,
                "path": course.folder, "modules": len(course.modules), "pages": len(list(course.pages)),
                "questions": len(list(course.questions)),
            })  # fmt: skip
    if session.format == "json":
        click.echo(format_json({"courses": rows, "problems": problem_dicts(report.sorted())}), nl=False)
    else:
        widths = {
            key: max((len(str(row[key])) for row in rows), default=0) for key in ("course", "version", "structure")
        }
        for row in rows:
            names = "  ".join(f"{row[key]!s:<{width}}" for key, width in widths.items())
            counts = ", ".join(_count(int(str(row[f"{word}s"])), word) for word in ("module", "page", "question"))
            click.echo(f"{names}  {counts}  {row['title']}")
    session.show(report.sorted())
    sys.exit(1 if report.errors else 0)


@cli.command()
@_session
def clean(session: Session) -> None:
    """Delete what builds have written into dist/: packages, their questions.csv and SHA256SUMS."""
    from scormgen.diagnostics import Failure

    workspace, report = session.workspace()
    removed = []
    for pattern in (
        "*-scorm12.zip",
        "*-questions.csv",
        "SHA256SUMS",
        ".*-scorm12.zip.*",
        ".*-questions.csv.*",
        ".SHA256SUMS.*",
    ):
        for path in sorted(workspace.dist.glob(pattern)):
            try:
                path.unlink()
            except OSError as error:
                raise Failure(f"{path} cannot be deleted: {error.strerror or error}") from error
            removed.append(workspace.root.relative(path))
    if session.format == "json":
        from scormgen.diagnostics import format_json

        click.echo(format_json({"removed": removed}), nl=False)
    else:
        session.say(f"{_count(len(removed), 'file')} deleted from {workspace.root.relative(workspace.dist)}/")
    session.show(report.sorted())
    sys.exit(1 if report.errors else 0)


def main() -> None:
    """Runs the command line; turns exceptions into messages and exit codes, here alone."""
    from scormgen.diagnostics import Failure

    verbose = any(argument in ("-v", "--verbose") for argument in sys.argv[1:])
    try:
        cli.main(prog_name="scormgen", standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo("stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output is gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)
    except Failure as error:
        click.echo(f"scormgen: {error}", err=True)
        sys.exit(1)
    except Exception as error:
        click.echo(
            f"scormgen has met a bug of its own ({type(error).__name__}: {error}); nothing of yours is lost.", err=True
        )
        click.echo("Please report it with the output of the same command and -v.", err=True)
        if verbose:
            raise
        sys.exit(70)
