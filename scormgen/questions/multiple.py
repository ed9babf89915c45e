"""Several right answers: a SCORM choice with letters in order, `a,c`."""

from __future__ import annotations

from collections.abc import Sequence

from scormgen.diagnostics import Report
from scormgen.model import LETTERS, Option, Question
from scormgen.questions.draft import Draft
from scormgen.questions.options import boxes, parse_options, render_options, right_letters

NAME = "multiple"
KEYS: tuple[str, ...] = ()


def detect(draft: Draft) -> bool:
    return boxes(draft).count(True) > 1


def parse(draft: Draft, report: Report) -> tuple[Option, ...]:
    options = parse_options(draft, report)
    if options and all(option.right for option in options):
        report.add("Q014", draft.lists[0].place())
        return ()
    return options


def right(question: Question) -> object:
    return right_letters(question)


def pattern(question: Question) -> str:
    return ",".join(right_letters(question))


def token_size(question: Question) -> int:
    highest = max(LETTERS.index(option.letter) for option in question.options)
    return 1 + highest // 6 + 1


def instruction(question: Question) -> str:
    return "choose_several"


def render(question: Question, texts: Sequence[str]) -> str:
    return render_options(question, texts, input_type="checkbox")
