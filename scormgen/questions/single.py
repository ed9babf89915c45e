"""One right answer: a SCORM choice with one letter, `b`."""

from __future__ import annotations

from collections.abc import Sequence

from scormgen.diagnostics import Report
from scormgen.model import Option, Question
from scormgen.questions.draft import Draft
from scormgen.questions.options import boxes, parse_options, render_options, right_letters

NAME = "single"
KEYS: tuple[str, ...] = ()


def detect(draft: Draft) -> bool:
    return boxes(draft).count(True) == 1


def parse(draft: Draft, report: Report) -> tuple[Option, ...]:
    options = parse_options(draft, report)
    count = sum(option.right for option in options)
    if count > 1:
        hint = "mark one, or write type=multiple"
        report.add("Q015", draft.heading.place(), kind=NAME, count=count, hint=hint)
        return ()
    return options


def right(question: Question) -> object:
    return right_letters(question)


def pattern(question: Question) -> str:
    return ",".join(right_letters(question))


def token_size(question: Question) -> int:
    return 1


def instruction(question: Question) -> str:
    return "choose_one"


def render(question: Question, texts: Sequence[str]) -> str:
    return render_options(question, texts, input_type="radio")
