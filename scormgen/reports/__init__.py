"""What an LMS's interaction report says: read from the forms that LMSs export, joined with `questions.csv` and `course.lock`, analysed, shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scormgen.problems.report import Failure, Place, Report
from scormgen.reports.answers import read_answers
from scormgen.reports.formats import is_table
from scormgen.reports.items import Analysis, Which, analyse
from scormgen.reports.meanings import choose_meanings


def decode(path: Path, questions: Sequence[Path], locks: Sequence[Path], which: Which, report: Report) -> Analysis:
    """The analysis of the interaction report in a file, with the one of `questions` that knows the most of it; adds D001 to D007.

    What that one does not know, the one of `locks` says that knows the most. Raises Failure if a file cannot be read.
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
