"""Severities from `scormgen.yml`, and comments that suppress a rule for a line: which problems of a run remain.

    <!-- scormgen-ignore W104: the sentence before says where it leads -->      # scormgen-ignore C014: comes with 1.1

A comment on a line of its own applies to the next line that is not empty; otherwise, to its own line. It has a code and
a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scormgen.files.source import SourceFile
from scormgen.problems.codes import Setting, find, is_rule
from scormgen.problems.report import Edit, Problem, Report
from scormgen.text import did_you_mean, mask_code, quoted

# A comment that suppresses a rule; it is not part of the content. `silences.py` reads it.
SUPPRESSION = re.compile(r"[ \t]*<!--[ \t]*scormgen-ignore\b(?P<what>[^\n]*?)-->")
_YAML = re.compile(r"(?:^|[ \t])#[ \t]*scormgen-ignore\b(?P<what>.*)")
_WHAT = re.compile(r"[ \t]+(?P<code>\S+?):[ \t]+(?P<reason>\S.*?)[ \t]*")
_FENCE = re.compile(r"[ \t>]*(?P<mark>```+|~~~+)")


class Suppression(NamedTuple):
    """A comment that suppresses a rule: its location, its code, and the line to which it applies."""

    source: SourceFile
    line: int
    column: int
    text: str
    code: str
    target: int


def find_suppressions(source: SourceFile, report: Report) -> list[Suppression]:
    """The suppressing comments of a file; adds S010 for one without a code that can be suppressed, or without a
    reason.
    """
    if "scormgen-ignore" not in source.text:
        return []
    pattern = SUPPRESSION if source.path.endswith(".md") else _YAML
    comments = []
    fence = ""
    for number, line in enumerate(source.lines, start=1):
        if mark := _FENCE.match(line):
            fence = "" if fence and mark["mark"].startswith(fence) else fence or mark["mark"]
        comment = None if fence else pattern.search(mask_code(line) if pattern is SUPPRESSION else line)
        if not comment:
            continue
        what = _WHAT.fullmatch(line[slice(*comment.span("what"))])
        text = line[slice(*comment.span())]
        place = source.place(number, comment.end() - len(text.lstrip()) + 1, len(text.strip()))
        if not what:
            report.add("S010", place, why="it does not have a code, a colon and a reason")
        elif not is_rule(what["code"]):
            row = find(what["code"])
            why = (
                "an error that stops the build cannot be suppressed"
                if row
                else did_you_mean(what["code"], (), "no such code")
            )
            report.add("S010", place, why=f"{quoted(what['code'])}: {why}")
        else:
            alone = not (line[: comment.start()] + line[comment.end() :]).strip(" \t>-*+")
            behind = range(number + 1, len(source.lines) + 1)
            target = next((n for n in behind if source.lines[n - 1].strip()), number) if alone else number
            comments.append(Suppression(source, number, place.column, text, what["code"], target))
    return comments


def settle(problems: Iterable[Problem], severities: Mapping[str, Setting]) -> list[Problem]:
    """The problems with the severities that the workspace sets, without those that are off."""
    settled = []
    for problem in problems:
        row = find(problem.code)
        setting = severities.get(problem.code) or (row.severity if row else problem.severity)
        if setting != "off":
            settled.append(problem if setting == problem.severity else problem._replace(severity=setting))
    return settled


def suppress(
    problems: Iterable[Problem], sources: Iterable[SourceFile], report: Report, *, unused: bool
) -> list[Problem]:
    """The problems that no comment suppresses; adds S010, and with `unused` S011 for comments that suppress nothing."""
    comments = [comment for source in sources for comment in find_suppressions(source, report)]
    wanted = {(comment.source.path, comment.target, comment.code) for comment in comments}
    left = []
    used = set()
    for problem in problems:
        key = (problem.place.path, problem.place.line, problem.code)
        if key in wanted:
            used.add(key)
        else:
            left.append(problem)
    for comment in comments if unused else ():
        if (comment.source.path, comment.target, comment.code) not in used:
            place = comment.source.place(comment.line, comment.column, len(comment.text.strip()))
            before = len(comment.text) - len(comment.text.lstrip())
            report.add("S011", place, Edit(comment.column - before, comment.text, ""))
    return left
