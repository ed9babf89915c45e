"""new, schema."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from scormgen.cli.session import Session, complete_course, echo, with_session

# The kinds of scormgen.questions, which is too slow to import for a help text; a test compares them.
QUESTION_KINDS = (
    "single",
    "multiple",
    "true-false",
    "matching",
    "order",
    "gaps",
    "text",
    "number",
    "survey",
    "scenario",
)


class _New(click.Group):
    """`scormgen new PATH` is short for `scormgen new workspace PATH`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["workspace", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_New, no_args_is_help=True)
def new() -> None:
    """Create a workspace, a course, a module, a question or a translation of the player.

    \b
    scormgen new my-courses --title "Fire safety"    a workspace with a sample course
    scormgen new my-courses --from ADDRESS           the same; its workflow installs scormgen from ADDRESS
    scormgen new course "Lone working"               a course in this workspace
    scormgen new module lone-working "On the road"   a module in that course
    scormgen new question matching                   the Markdown of a question, to copy
    scormgen new strings fr                          the player's texts, to translate
    """


_title = click.option("--title", metavar="TEXT", help="The title of the course.  [default: asked for on a terminal]")
_language = click.option(
    "--language", default="en-GB", show_default=True, metavar="CODE", help="The language of the course."
)


_bare = click.option(
    "--bare",
    is_flag=True,
    help=(
        "Write no sample course, but one module and one assessment to complete. Default if the language is not English."
    ),
)


def _ask(title: str | None, otherwise: str) -> str:
    if title is None and sys.stdin.isatty():
        title = click.prompt("Title of the course", default=otherwise, err=True)
    return (title or otherwise).strip() or otherwise


def _tell(session: Session, written: Sequence[Path], next_: str) -> None:
    if session.format == "json":
        from scormgen.problems.formats import format_json

        echo(format_json({"written": [path.as_posix() for path in written]}), nl=False)
        return
    here = Path.cwd()
    for path in written:
        session.say(f"{path.relative_to(here) if path.is_relative_to(here) else path} written")
    session.say(f"next: {next_}")


def _say_language(session: Session, language: str, bare: bool) -> None:
    """Says that the sample course was left out, if this was not requested."""
    from scormgen.starter import has_example

    if not bare and not has_example(language) and session.format == "text":
        session.say("the sample course is in English and was left out: complete the module and the assessment instead")


@new.command()
@with_session
@click.argument("path", type=click.Path(path_type=Path))
@_title
@_language
@_bare
@click.option(
    "--from",
    "from_",
    metavar="ADDRESS",
    help=(
        "Where the workflow installs scormgen from: a wheel, which is copied into the workspace, or the address of a"
        " wheel, a Git repository or a package index."
    ),
)
def workspace(session: Session, path: Path, title: str | None, language: str, bare: bool, from_: str | None) -> None:
    """Create a workspace in the new folder PATH: a sample course, a .gitignore, a CI workflow and a schema for editors.

    The workflow checks and builds each push, and publishes the packages of a tag such as v1.0.0. It installs what
    requirements.txt lists: the address of --from, or else this scormgen with fixed versions of its dependencies. If
    this one was installed from a folder on this machine, a wheel of it is written into wheels/.

    \b
    scormgen new x --from scormgen-1.0.0-py3-none-any.whl
    scormgen new x --from git+https://git.example.org/team/scormgen.git@v1.0.0
    scormgen new x --from https://packages.example.org/simple
    """
    from scormgen.starter import write_workspace
    from scormgen.starter.origin import own_origin, read_origin

    folder = session.folder / path
    origin = read_origin(from_, session.folder) if from_ is not None else own_origin()
    written = write_workspace(folder, _ask(title, "My course"), language, bare=bare, origin=origin)
    go = f"cd {path} && " if folder.resolve() != session.folder.resolve() else ""
    _say_language(session, language, bare)
    _tell(session, written, f"{go}scormgen preview --open")
    if origin is None and session.format == "text":
        session.say("before the first push, write in requirements.txt where the workflow installs scormgen from")


@new.command()
@with_session
@click.argument("title", required=False)
@_language
@_bare
def course(session: Session, title: str | None, language: str, bare: bool) -> None:
    """Create a course with the title TITLE in this workspace."""
    from scormgen.starter import write_course
    from scormgen.text import slug

    current, _ = session.workspace()
    name = _ask(title, "My course")
    written = write_course(current.root.folder / "courses" / (slug(name) or "course"), name, language, bare=bare)
    _say_language(session, language, bare)
    _tell(session, written, "scormgen preview --open")


@new.command()
@with_session
@click.argument("course", shell_complete=complete_course)
@click.argument("title")
def module(session: Session, course: str, title: str) -> None:
    """Add a module with the title TITLE at the end of COURSE."""
    from scormgen.reading.workspace import choose_courses
    from scormgen.starter import write_module

    current, report = session.workspace()
    folders = choose_courses(current, (course,), session.folder, report)
    session.show(report.sorted())
    if not folders or report.errors:
        sys.exit(1)
    _tell(session, write_module(folders[0], title), "replace each TODO in it")


@new.command()
@with_session
@click.argument("kind", type=click.Choice(QUESTION_KINDS), metavar="KIND")
@click.argument("title", required=False)
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Add it to the end of this module."
)
def question(session: Session, kind: str, title: str | None, to: Path | None) -> None:
    """Print a question of KIND as Markdown, with TITLE as its text and a TODO for each other text.

    Its id is not yet used in the course of FILE, or in the course of this folder.

    KIND is single, multiple, true-false, matching, order, gaps, text, number, survey or scenario.

    \b
    scormgen new question order
    scormgen new question single "Whom do you call?" --to courses/fire/01-welcome.md
    """
    from scormgen.starter import add_question, ids_around
    from scormgen.starter import question as render

    if to is None:
        echo(render(kind, title, ids_around(session.folder)), nl=False)
        return
    add_question(session.folder / to, kind, title)
    session.say(f"{to}: a question of the kind {kind} added at its end; replace each TODO in it")


@new.command()
@with_session
@click.argument("language")
def strings(session: Session, language: str) -> None:
    """Create strings/LANGUAGE.yml in this workspace, with all texts of the player to translate.

    \b
    scormgen new strings fr
    """
    from scormgen.starter import write_strings

    current, _ = session.workspace()
    _tell(session, write_strings(current.root.folder, language), "translate it, line by line")


@click.command()
@click.argument("file", type=click.Choice(["course", "front-matter", "workspace"]), default="course")
def schema(file: str) -> None:
    """Print the JSON Schema of course.yml, of a module's front matter or of scormgen.yml, for editors.

    An editor with yaml-language-server uses the schema if the first line of course.yml refers to it:

    \b
    # yaml-language-server: $schema=../../course.schema.json
    """
    from scormgen.problems.formats import format_json
    from scormgen.reading.config import json_schema

    echo(format_json(json_schema(file)), nl=False)
