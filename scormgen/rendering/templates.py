"""Templates: found in a theme's folders, nearest first, compiled once, and rendered.

Those that come with scormgen are trusted. Where a theme of the workspace has templates, all run in the sandbox, and
what is wrong with them is a problem at their line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path

from scormgen.files.source import Root
from scormgen.problems.report import Place, Problem, Report
from scormgen.rendering.sandbox import BUDGET, OPTIONS, READING, Limit, Sandbox
from scormgen.rendering.theme import Theme, is_built_in, read_file
from scormgen.text import did_you_mean, quoted

MAX_TEMPLATE_CHARACTERS = 256 * 1024  # Jinja2 takes seconds and a gigabyte for some megabytes
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


@lru_cache(maxsize=4)
def trusted(*folders: Path) -> jinja2.Environment:
    """Jinja2 over templates that come with scormgen: everything is escaped, and an unknown name is an error."""
    return jinja2.Environment(loader=jinja2.FileSystemLoader(folders), **OPTIONS)  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _sandbox(root: Root, folders: tuple[Path, ...]) -> Sandbox:
    return Sandbox(_Loader(root, folders))


class _Unreadable(Exception):
    """A template's file cannot be read, for these reasons."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("a template cannot be read")
        self.problems = problems


class _Loader(jinja2.BaseLoader):
    """Templates by name, in the nearest folder that has one. Those of the workspace are read like all that authors
    write.
    """

    def __init__(self, root: Root, folders: Sequence[Path]) -> None:
        self.root, self.folders = root, folders

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if isinstance(environment, Sandbox):
            environment.spend(READING)  # each time where there is no such template
        path, report = self._path(template), Report()
        if path is None:
            raise jinja2.TemplateNotFound(template)
        stamp = _stamp(path)
        source = read_file(self.root, path, report)
        if source is None:
            raise _Unreadable(report.problems)
        if len(source.text) > MAX_TEMPLATE_CHARACTERS:
            report.add("C024", Place(source.path), why=f"the file is larger than {MAX_TEMPLATE_CHARACTERS // 1024} kB")
            raise _Unreadable(report.problems)
        # A preview lasts: a template is compiled again when its file changes, goes, or a nearer one comes.
        return source.text, str(path), lambda: self._path(template) == path and _stamp(path) == stamp

    def names(self) -> Iterator[str]:
        """The names of the templates, for a hint."""
        for folder in self.folders:
            yield from (
                path.relative_to(folder).as_posix()
                for path in folder.rglob("*.html")
                if is_built_in(path) or self.root.holds(path)
            )

    def _path(self, name: str) -> Path | None:
        parts = split_template_path(name)  # raises TemplateNotFound if the name would lead out of the folder
        paths = (Path(folder, *parts) for folder in self.folders)
        return next((path for path in paths if parts and os.path.lexists(path)), None)


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class Templates:
    """Renders the templates of a theme for one course; adds to the report what is wrong with those of the workspace,
    each once.
    """

    def __init__(self, root: Root, theme: Theme, report: Report) -> None:
        self._root, self._report = root, report
        self._folders = theme.templates
        self._own = [folder for folder in theme.templates if not is_built_in(folder)]
        self._left = BUDGET
        self._failed: set[str] = set()

    def render(self, name: str, **context: object) -> str:
        """The HTML of a template; empty once it has failed, for the report then has an error."""
        if not self._own:
            return trusted(*self._folders).get_template(name).render(**context)
        if name in self._failed or self._left < 0:
            return ""
        environment = _sandbox(self._root, self._folders)
        environment.left = self._left
        try:
            return environment.get_template(name).render(**context)
        except _Unreadable as error:
            self._report.extend(error.problems)
        except Exception as error:  # a template may raise anything
            found = self._find(error, name)
            if found is None:  # a template that comes with scormgen: a bug in scormgen
                raise
            path, line = found
            source = self._root.read_text(path, Report()) if line else None
            place = source.find("", line, line) if source else Place(self._root.relative(path))
            self._add(error, place, environment)
        finally:
            self._left = environment.left
        self._failed.add(name)
        return ""

    def _find(self, error: Exception, name: str) -> tuple[Path, int] | None:
        """The innermost line of a template of the workspace that an error is from; line 0 where only the file or
        theme is known.
        """
        for path, line in _places(error):
            if any(path.is_relative_to(folder) for folder in self._own):
                return path, line
        if isinstance(error, Limit):  # the last of the budget, after others have spent it
            return self._own[0], 0
        return next(((path, 0) for folder in self._own if os.path.lexists(path := folder / name)), None)

    def _add(self, error: Exception, place: Place, environment: Sandbox) -> None:
        why = _ADDRESS.sub("", str(error)).rstrip(".") or type(error).__name__
        match error:
            case jinja2.TemplateNotFound():
                name = str(error.name)
                known = environment.loader.names() if isinstance(environment.loader, _Loader) else ()
                self._report.add("C025", place, name=quoted(name), hint=did_you_mean(name, set(known)))
            case SecurityError():
                self._report.add("C023", place, why=why)
            case RecursionError():
                self._report.add("C024", place, why="it calls or includes itself endlessly")
            case Limit() | OverflowError() | MemoryError():
                self._report.add("C024", place, why=why)
            case _:
                self._report.add("C016", place, why=why)


def _places(error: Exception) -> Iterator[tuple[Path, int]]:
    """The files and lines that an error was raised in, the innermost first. Jinja2 makes its frames those of the
    templates.
    """
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        yield Path(error.filename), error.lineno
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    yield from ((Path(name), line) for name, line in reversed(frames))
