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
    help="The port; if it is in use, another one is chosen.",
)
@click.option("--open", "open_", is_flag=True, help="Open the preview in the browser.")
@click.option(
    "--records",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file for learners and attempts.  [default: .scormgen/preview.sqlite in the workspace]",
)
def preview(session: Session, course: tuple[str, ...], port: int, open_: bool, records: Path | None) -> None:
    """Show all courses, or each COURSE given, live in a simulated LMS. Stop with Ctrl-C.

    The page updates when you save, and shows errors. Panels beside the course show all its calls and the data model,
    and simulate an LMS that is slow, refuses commits, loses its connection or vanishes. Accepts connections from this
    machine only. Writes nothing into your courses.

    \b
    scormgen preview --open         all courses, in a catalogue
    scormgen preview scan --port 0  one course, on any free port
    """
    from scormgen.preview.editions import Catalogue, Edition
    from scormgen.preview.server import Tell, open_socket, serve
    from scormgen.problems.formats import format_json
    from scormgen.reading.workspace import choose_courses

    workspace, report = session.workspace()
    folders = choose_courses(workspace, course, session.folder, report)
    if not folders or any(problem.code == "S004" for problem in report.problems):
        session.show(report.sorted())
        sys.exit(1)
    catalogue = Catalogue(session.folder, folders if course else ())
    listening = open_socket(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    if len(catalogue.editions) == 1:
        address += f"course/{next(iter(catalogue.editions))}"
    if session.format == "json":
        echo(format_json({"url": address}), nl=False)
    else:
        echo(address)
    session.say("press Ctrl-C to stop")
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
        or workspace.own_folder(".scormgen", "delete the link, or set another file with --records") / "preview.sqlite"
    )
    serve(catalogue, records, listening, Tell(built, bug, trouble))
