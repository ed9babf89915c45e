"""What `check --fix` writes: edits at positions of parsed text, verified by parsing the edited file again (`proof.py`).

All bytes outside the edits stay unchanged. An edit that would change more than intended is left out, with the reason.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from scormgen.checking.check import check_courses
from scormgen.checking.proof import Proof
from scormgen.files.source import Root, SourceFile, Written, source_from, written_from
from scormgen.files.staging import write_file
from scormgen.problems.report import Edit, Failure, Problem, Report
from scormgen.reading.workspace import Workspace

_ROUNDS = 20  # each round makes at least one fix; authors do not write texts that need more rounds
_MOVED = "the text has changed since it was checked"
_TWO_WAYS = "this text is used several times, and each use needs another change"
_NOT_MEANT = "it would change more than this: edit the text yourself"


class Unfixed(NamedTuple):
    """A problem whose fix was not made, and the reason."""

    problem: Problem
    why: str


class Fixes(NamedTuple):
    """The problems with a fix, made or not. A fix inside another one is in neither list: it is found again after the
    outer one is made.
    """

    fixed: list[Problem]
    unfixed: list[Unfixed]


class _Change(NamedTuple):
    """An edit in the text on disk: `new` replaces the text from `start` to `end`.

    If a line becomes empty, it is removed; `kept` is where the edit ends if the empty line stays.
    """

    start: int
    end: int
    new: str
    problem: Problem
    kept: tuple[int, int] | None = None


def fix_courses(workspace: Workspace, folders: Sequence[Path], report: Report) -> Fixes:
    """Checks the courses and makes fixes until none is left that can be made; `report` then has the remaining problems.

    A fix may be inside another one, or make another one possible ("picture of an icon of"), so several rounds are
    needed.
    """
    before = list(report.problems)
    fixed: list[Problem] = []
    for _ in range(_ROUNDS):
        report.problems = list(before)
        fixes = fix_files(workspace.root, check_courses(workspace, folders, report))
        fixed += fixes.fixed
        if not fixes.fixed:
            break
    return Fixes(fixed, fixes.unfixed)


def fix_files(root: Root, problems: Iterable[Problem]) -> Fixes:
    """Makes the fixes of the problems that have one, file by file; a file reached by a symbolic link is written at
    its real path.
    """
    fixes = Fixes([], [])
    by_file: dict[Path, list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        path = root.folder / problem.place.path
        if problem.edit:
            by_file.setdefault(path.resolve() if root.holds(path) else path, []).append(problem)
    for path, fixable in by_file.items():
        why = _fix_file(root, path, fixable, fixes)
        reported = {unfixed.problem for unfixed in fixes.unfixed}
        fixes.unfixed.extend(Unfixed(problem, why) for problem in fixable if why and problem not in reported)
    return fixes


def _fix_file(root: Root, path: Path, problems: Sequence[Problem], fixes: Fixes) -> str:
    """Makes the possible fixes in a file; returns why it cannot be written, or ''."""
    content = root.read_bytes(path, Report())
    try:
        text = content.decode() if content is not None else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        return _MOVED
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & 0o222:  # it could still be replaced, but its owner does not want that
        return "the file is read-only"
    before = source_from(problems[0].place.path, text)
    changes = _without_overlaps(_plan(problems, before, written_from(text), fixes), fixes)
    proof = Proof(before)
    made = _prove(changes, [], text, proof)
    refused = {change.problem for change in changes} - {change.problem for change in made}
    fixes.unfixed.extend(Unfixed(problem, _NOT_MEANT) for problem in problems if problem in refused)
    if made:
        try:
            write_file(path, _apply(made, text).encode(), mode)
        except Failure as error:
            return str(error)
        fixes.fixed.extend(change.problem for change in made)
    return ""


def _plan(problems: Sequence[Problem], source: SourceFile, written: Written, fixes: Fixes) -> list[_Change]:
    """The changes of the problems, in the order of the file."""
    changes = []
    for problem in problems:
        change = problem.edit and _locate(problem, problem.edit, source, written)
        if change:
            changes.append(change)
        else:
            fixes.unfixed.append(Unfixed(problem, _MOVED))
    return sorted(changes, key=lambda change: (change.start, -change.end, change.new))


def _locate(problem: Problem, edit: Edit, source: SourceFile, written: Written) -> _Change | None:
    """An edit as the smallest change; None if the text has changed meanwhile, or would stay the same."""
    first, last = problem.place.line, problem.place.line + edit.old.count("\n")
    start = edit.column - 1
    text = "\n".join(source.lines[first - 1 : last])
    if not 0 < first <= last <= len(source.lines) or not text.startswith(edit.old, start) or edit.old == edit.new:
        return None
    if text.strip() and not (text[:start] + edit.new + text[start + len(edit.old) :]).strip():
        kept = written.span(first, 1, last, len(source.lines[last - 1]) + 1)
        return _Change(kept[0], written.after_line(last), "", problem, kept)
    before = _same_start(edit.old, edit.new)
    same = _same_start(edit.old[before:][::-1], edit.new[before:][::-1])
    lines = edit.new[before : len(edit.new) - same].split("\n")
    skipped = edit.old[:before]
    at = first + skipped.count("\n")
    column = len(skipped.rpartition("\n")[2]) + (edit.column if at == first else 1)
    left = edit.old[: len(edit.old) - same]
    until = first + left.count("\n")
    end = len(left.rpartition("\n")[2]) + (edit.column if until == first else 1)
    # Each remaining line keeps its line end; joined lines get that of the first.
    ends = [written.line_end(line) for line in range(at, until)] or [written.line_end(at) or "\n"]
    new = "".join(line + ends[min(n, len(ends) - 1)] for n, line in enumerate(lines[:-1])) + lines[-1]
    return _Change(*written.span(at, column, until, end), new, problem)


def _same_start(first: str, second: str) -> int:
    """How many characters two texts have in common at their start."""
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _without_overlaps(changes: Sequence[_Change], fixes: Fixes) -> list[_Change]:
    """The changes that can be made together: for several at one place, the first if all are equal, otherwise none."""
    differ = {
        (first.start, first.end)
        for first, second in pairwise(changes)
        if (first.start, first.end) == (second.start, second.end) and first.new != second.new
    }
    left: list[_Change] = []
    for change in changes:
        if (change.start, change.end) in differ:
            fixes.unfixed.append(Unfixed(change.problem, _TWO_WAYS))
        elif not left or (change.start >= left[-1].end and change[:3] != left[-1][:3]):
            left.append(change)
    return left


def _prove(changes: Sequence[_Change], made: list[_Change], text: str, proof: Proof) -> list[_Change]:
    """`made` and those of the changes that pass the proof together with them; found by halving, as all pass in most
    files.
    """
    wanted = [*made, *changes]
    if not changes or proof.holds(_apply(wanted, text), [change.problem for change in wanted]):
        return wanted
    if len(changes) > 1:
        half = len(changes) // 2
        return _prove(changes[half:], _prove(changes[:half], made, text, proof), text, proof)
    kept = changes[0].kept  # the empty line may separate two paragraphs
    return _prove([changes[0]._replace(start=kept[0], end=kept[1], kept=None)], made, text, proof) if kept else made


def _apply(changes: Sequence[_Change], text: str) -> str:
    parts = []
    at = 0
    for change in changes:
        parts += [text[at : change.start], change.new]
        at = change.end
    return "".join([*parts, text[at:]])
