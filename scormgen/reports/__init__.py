"""LMS interaction reports: reads the formats that LMSs export, joins them with `questions.csv` and `course.lock`,
analyses and shows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scormgen.problems.report import Failure, Place, Report
from scormgen.reports.answers import read_answers
from scormgen.reports.formats import is_table
from scormgen.reports.items import Analysis, Which, analyse
from scormgen.reports.meanings import choose_meanings


def decode(path: Path, questions: Sequence[Path], locks: Sequence[Path], which: Which, report: Report) -> Analysis:
    """The analysis of the interaction report in a file, with the file of `questions` that has most of its interactions;
    adds D001 to D007.

    Interactions that it lacks are looked up in the file of `locks` that has most of them. Raises Failure if a file
    cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or error}") from error
    answers = read_answers(str(path), content, report) if is_table(str(path), content, report) else []
    if not answers and not report.errors:
        report.add("D001", Place(str(path)), why="it has no answers")
    meanings = choose_meanings(questions, locks, {answer.interaction for answer in answers})
    if answers and meanings.source is None:
        report.add("D005", Place(str(path)))
    return analyse(answers, meanings.by_interaction, which)
