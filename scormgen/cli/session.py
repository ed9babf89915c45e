"""The options of every command, and its output: results to standard output, messages to standard error."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scormgen import __version__

if TYPE_CHECKING:
    from scormgen.problems.report import Problem, Report
    from scormgen.reading.workspace import Workspace

_PLACES = 10  # how many problems of a code are shown as text
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
        from scormgen.problems.report import Report
        from scormgen.reading.workspace import find_workspace

        report = Report()
        return find_workspace(self.folder, report), report

    def say(self, text: str, *, always: bool = False) -> None:
        """A message for people, on standard error."""
        if always or not self.quiet:
            echo(text, err=True)

    def show(
        self, problems: Sequence[Problem], *, every: bool = False, rest: str = "scormgen check --all shows them"
    ) -> None:
        """Prints the problems in the requested format: text on standard error, github and sarif on standard output.

        As text, a code is shown at ten places at most, or at all with `every`; `rest` says how to see the others.
        """
        from scormgen.problems.formats import format_counts, format_github, format_sarif, format_text

        if self.format == "github":
            click.echo(format_github(problems), nl=False)  # here, each line is meant to be a workflow command
        elif self.format == "sarif":
            echo(format_sarif(problems, __version__), nl=False)
        elif self.format == "text" and problems:
            colour = colours(sys.stderr)
            click.echo(  # control characters are escaped part by part, because the styles are ours
                format_text(
                    problems,
                    lambda text, role: click.style(text, **_COLOURS.get(role, {})) if colour else text,
                    0 if every else _PLACES,
                    rest,
                ),
                err=True,
                nl=False,
                color=colour,
            )
            echo(format_counts(problems), err=True, nl=False)
            errors = sum(problem.severity == "error" for problem in problems)
            self.say(f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}", always=True)


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Prints text that may come from authors, learners and file names. All output to a terminal goes through here.

    Only problems have colours and workflow commands of ours; their texts are escaped before these are added.
    """
    from scormgen.text import visible

    click.echo(visible(text, lines=True), err=err, nl=nl)


def print_anywhere() -> None:
    """Lets the streams accept any text: characters that their encoding lacks are written as `\\u20ac`, which is
    valid in JSON, too.
    """
    codecs.register_error("scormgen", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="scormgen")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return re.sub("(.{4})", r"\\u\1", units), error.end


def apologise(error: Exception) -> None:
    """Prints two lines for a bug in scormgen."""
    from scormgen.text import visible

    echo(
        f"scormgen has a bug ({type(error).__name__}: {visible(error)}). Your files are not damaged.",
        err=True,
    )
    echo("Please report it with the output of the same command and -v.", err=True)


def complete_course(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The courses' folder names, for the shell."""
    from scormgen.problems.report import Report
    from scormgen.reading.workspace import find_workspace

    folder = context.params.get("folder") or Path()
    return [f.name for f in find_workspace(Path(folder), Report()).folders if f.name.startswith(incomplete)]


def complete_code(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The codes, for the shell."""
    from scormgen.problems.codes import all_codes

    return [code for code in all_codes() if code.startswith(incomplete.upper())]


def count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def colours(stream: Any) -> bool:
    return bool(stream.isatty()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def with_session(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of every command, and passes them as one Session."""

    @click.pass_context
    def run(context: click.Context, /, folder: Path, format_: str, quiet: bool, verbose: bool, **rest: Any) -> None:
        context.invoke(command, Session(folder, format_, quiet, verbose), **rest)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    for option in (
        click.option(
            "-v", "--verbose", is_flag=True, help="Print more; if scormgen itself has a bug, also the traceback."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Print only problems and results."),
        click.option(
            "--format",
            "format_",
            type=click.Choice(["text", "json", "github", "sarif"]),
            default="text",
            show_default=True,
            help="The format of problems and results.",
        ),
        click.option(
            "-C",
            "folder",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            default=".",
            metavar="DIR",
            help="Run as if started in DIR.",
        ),
    ):
        run = option(run)
    params = [*getattr(command, "__click_params__", []), *run.__click_params__]  # type: ignore[attr-defined]
    run.__click_params__ = params  # type: ignore[attr-defined]
    return run
