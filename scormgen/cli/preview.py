"""preview."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from scormgen.cli.session import Session, apologise, complete_course, count, echo, with_session


@click.command()
@with_session
@click.argument("course", nargs=-1, shell_complete=complete_course)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8642,
    show_default=True,
    metavar="N",
    help="The port on this machine; another where it is taken.",
)
@click.option("--open", "open_", is_flag=True, help="Open it in the browser.")
@click.option(
    "--records",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where learners and attempts are kept.  [default: .scormgen/preview.sqlite of the workspace]",
)
def preview(session: Session, course: tuple[str, ...], port: int, open_: bool, records: Path | None) -> None:
    """Show every COURSE, or the named ones, live in a simulated LMS, until Ctrl-C.

    The page changes in place as you save; errors are shown in it. Beside the course stand all calls that it makes, the data
    model, and buttons to play an LMS that is slow, refuses commits, loses the connection or vanishes. Only this machine can
    reach it. Nothing is written into your courses.

    \b
    scormgen preview --open         every course, in a catalogue
    scormgen preview scan --port 0  one course, on any free port
    """
    from scormgen.preview.editions import Edition, Shelf
    from scormgen.preview.server import Tell, open_socket, serve
    from scormgen.problems.formats import format_json
    from scormgen.reading.workspace import choose_courses

    workspace, report = session.workspace()
    folders = choose_courses(workspace, course, session.folder, report)
    if not folders or any(problem.code == "S004" for problem in report.problems):
        session.show(report.sorted())
        sys.exit(1)
    shelf = Shelf(session.folder, folders if course else ())
    listening = open_socket(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    if len(shelf.editions) == 1:
        address += f"course/{next(iter(shelf.editions))}"
    if session.format == "json":
        echo(format_json({"url": address}), nl=False)
    else:
        echo(address)
    session.say("Ctrl-C stops it")
    sys.stdout.flush()
    if open_:
        click.launch(address)

    def built(edition: Edition) -> None:
        errors = sum(problem.severity == "error" for problem in edition.problems)
        session.say(f"{edition.name}: {count(errors, 'error')}, {count(len(edition.problems) - errors, 'warning')}")

    def bug(error: Exception) -> None:
        apologise(error)
        if session.verbose:
            echo("".join(traceback.format_exception(error)), err=True)

    def trouble(message: str) -> None:
        session.say(message, always=True)

    records = (
        records
        or workspace.own_folder(".scormgen", "take the link away, or name a file with --records") / "preview.sqlite"
    )
    serve(shelf, records, listening, Tell(built, bug, trouble))
