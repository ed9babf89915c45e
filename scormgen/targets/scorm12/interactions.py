"""Interactions of SCORM 1.2 (`cmi.interactions.n`): their ids, types and patterns of right answers, made from a
question's facts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scormgen.model.course import Course
from scormgen.model.question import Question
from scormgen.problems.report import Report
from scormgen.questions import KINDS
from scormgen.questions.draft import Response, Shape
from scormgen.text import quoted, safe_cell

_TYPES: Mapping[Shape, str] = {
    "choice": "choice",
    "true-false": "true-false",
    "decision": "choice",
    "order": "sequencing",
    "matching": "matching",
    "text": "fill-in",
    "number": "numeric",
    "scale": "likert",
    "path": "performance",
}

CSV_COLUMNS = (
    "interaction",
    "module",
    "page",
    "use",
    "kind",
    "question",
    "letter",
    "option",
    "right",
    "pattern",
    "objective",
    "type",
)


class Row(NamedTuple):
    """An entry of LMS reports: a line of questions.csv."""

    interaction: str
    type: str  # cmi.interactions.n.type
    letter: str
    text: str
    right: bool | None  # None if nothing is right or wrong
    pattern: str


def question_rows(question: Question) -> Iterator[Row]:
    """What the interactions of a question mean."""
    for response in KINDS[question.kind].responses(question):
        identifier = f"{question.id}.{response.part}" if response.part else question.id
        pattern = _pattern(response)
        for choice in response.choices:
            yield Row(identifier, _TYPES[response.shape], choice.letter, choice.text, choice.right, pattern)


def _pattern(response: Response) -> str:
    """`cmi.interactions.n.correct_responses.m.pattern`; alternatives are separated by " | "."""
    match response.shape:
        case "choice" | "order":
            return ",".join(response.right)
        case "matching":
            return ",".join(f"{prompt}.{letter}" for prompt, letter in response.pairs)
        case "number":
            return " | ".join(_decimal(low, high) for low, high in response.ranges)
        case "true-false" | "decision" | "text":
            return " | ".join(response.right)
        case "scale" | "path":
            return ""


def _decimal(low: float, high: float) -> str:
    """One right value, because SCORM 1.2 has no ranges (CMIDecimal)."""
    return f"{(low + high) / 2:.4f}".rstrip("0").rstrip(".")


def check_ids(course: Course, report: Report) -> None:
    """Adds M006 if the interaction of a question's part has the id of another question."""
    taken = {question.id: question for question in course.questions}
    for question in course.questions:
        for part in question.parts:
            other = taken.get(f"{question.id}.{part.letter}")
            if other:
                first = f"{question.place.path}:{question.place.line}"
                report.add("M006", other.place, id=quoted(other.id), first=first)


def questions_csv(course: Course) -> bytes:
    """The meaning of each interaction id and letter in LMS reports: one row per answer (UTF-8 with a byte order
    mark, for Excel).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for module in course.modules:
        for page in module.pages:
            for question in page.questions:
                use = "check" if question in page.checks else "assessment"
                for row in question_rows(question):
                    right = "" if row.right is None else "yes" if row.right else "no"
                    cells = [
                        row.interaction,
                        module.id,
                        page.id,
                        use,
                        question.kind,
                        question.plain,
                        row.letter,
                        row.text,
                        right,
                        row.pattern,
                        question.objective,
                        row.type,
                    ]
                    writer.writerow(map(safe_cell, cells))
    return text.getvalue().encode("utf-8-sig")
