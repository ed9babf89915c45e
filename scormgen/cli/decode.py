"""decode."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from scormgen.cli.session import Session, echo, with_session


@click.command()
@with_session
@click.argument("report", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="The questions.csv of the package.  [default: the one beside REPORT or in dist/ that fits]",
)
@click.option(
    "--lock",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help=(
        "The course.lock of the course, for questions and options that its newest version no longer has.  [default: the"
        " one in the workspace that fits]"
    ),
)
@click.option(
    "--answers",
    type=click.Choice(["first", "last", "all"]),
    default="first",
    show_default=True,
    help="Which of a learner's answers to a question count.",
)
@click.option(
    "--csv",
    "csv_",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the figures to a CSV file.",
)
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the figures to an HTML page."
)
def decode(
    session: Session,
    report: Path,
    questions: tuple[Path, ...],
    lock: tuple[Path, ...],
    answers: Literal["first", "last", "all"],
    csv_: Path | None,
    html: Path | None,
) -> None:
    """Make an LMS's interaction REPORT readable, and analyse its questions.

    REPORT is a CSV file, not a spreadsheet: the interactions report of Moodle or SCORM Cloud, or any table with one row
    per answer and columns for learner, interaction and response (and result and latency, if available). For each
    question, the analysis shows the share of right answers (difficulty), how well it separates learners who know the
    subject from those who do not (discrimination), how often each option was picked, and the time.

    \b
    scormgen decode report.csv
    scormgen decode report.txt --questions dist/scan-1.0.0-questions.csv --html analysis.html
    """
    from scormgen.files.staging import write_file
    from scormgen.problems.formats import format_json, problem_dicts
    from scormgen.problems.report import Report
    from scormgen.reports import decode as run
    from scormgen.reports.meanings import read_lock
    from scormgen.reports.show import to_csv, to_dicts, to_html, to_text

    problems = Report()
    workspace, _ = session.workspace()
    beside = [path for folder in (report.parent, workspace.dist) for path in folder.glob("*-questions.csv")]
    locks = [path for folder in workspace.folders if (path := folder / "course.lock").is_file()]
    for path in lock:
        read_lock(path, problems)
    analysis = run(report, questions or beside, lock or locks, answers, problems)
    session.show(problems.sorted())
    if session.format == "json":
        figures = {
            **analysis._asdict(),
            "items": to_dicts(analysis.items),
            "problems": problem_dicts(problems.sorted()),
        }
        echo(format_json(figures), nl=False)
    if problems.errors:
        sys.exit(1)
    if csv_:
        write_file(csv_, to_csv(analysis))
        session.say(f"{csv_} written")
    if html:
        write_file(html, to_html(analysis, f"{report.name}: item analysis"))
        session.say(f"{html} written")
    if session.format == "text" and not session.quiet:
        echo(to_text(analysis), nl=False)
