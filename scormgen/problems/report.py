"""Problems as values: Place, Problem, Report, and how they are printed.

A problem is an author's mistake, never an exception. Parsers take a Report, add to it and go on, so that one run
shows everything. Exceptions are for the environment: `Failure` (exit 1) and `Missing` (exit 3) are caught in `cli/`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from scormgen.problems import limits
from scormgen.problems.codes import Severity, find
from scormgen.text import did_you_mean, known_names, visible


class Failure(Exception):
    """The environment does not allow something: a full disk, a read-only folder."""


class Place(NamedTuple):
    """Where a problem is: path relative to the workspace, line and column from 1, and the line's text.

    `width` is how many characters the caret underlines; line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 1
    width: int = 1
    excerpt: str = ""


class Edit(NamedTuple):
    """A safe fix: in the line of the problem's place, from `column` (1-based), `old` is replaced by `new`. Both may
    have several lines.
    """

    column: int
    old: str
    new: str


class Problem(NamedTuple):
    """One mistake: code and severity of the table, its place, the message and the hint in the author's words.

    `edit` is what `check --fix` may do about it.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    place: Place
    edit: Edit | None = None


@dataclass(slots=True)
class Report:
    """Collects the problems of one run; `add` fills the template of the code."""

    problems: list[Problem] = field(default_factory=list)
    _searches: int = 0

    def near(self, word: str, known: Collection[str], otherwise: str = "") -> str:
        """`did_you_mean`, but only for the first unknown names of a run, because each is compared with all known
        names.
        """
        self._searches += 1
        if self._searches <= limits.PROBLEMS:
            return did_you_mean(word, known, otherwise)
        return otherwise or known_names(sorted(known))

    def add(self, code: str, place: Place, edit: Edit | None = None, **words: object) -> None:
        """Adds a problem, with the fields of its code filled in. A code that is off by default is added as a
        warning.
        """
        row = find(code)
        assert row, code
        severity: Severity = "error" if row.severity == "error" else "warning"
        message, hint = row.message.format(**words), row.hint.format(**words)
        if not message.isprintable() or not hint.isprintable():
            message, hint = visible(message), visible(hint)
        self.problems.append(Problem(code, severity, message, hint, place, edit))

    def extend(self, problems: Iterable[Problem]) -> None:
        self.problems.extend(problems)

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems)

    def sorted(self) -> list[Problem]:
        """The problems, sorted by path, line and column, without duplicates."""
        unique = dict.fromkeys(self.problems)
        return sorted(unique, key=lambda p: (p.place.path, p.place.line, p.place.column, p.code, p.message))
