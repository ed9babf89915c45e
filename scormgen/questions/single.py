"""One right answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scormgen.model.question import Answers, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import SCORED, Draft, Response
from scormgen.questions.options import boxes, choices, parse_options, plain_widget, right_letters

NAME = "single"
WORD = "Q"
KEYS = SCORED

widget = plain_widget


def detect(draft: Draft) -> bool:
    return boxes(draft).count(True) == 1


def parse(draft: Draft, report: Report) -> Answers | None:
    before = report.errors
    options = parse_options(draft, report)
    count = sum(option.right for option in options)
    if count > 1:
        hint = "mark one, or write type=multiple"
        report.add("Q015", draft.heading.place(), kind=NAME, count=count, hint=hint)
    return Answers(options) if options and report.errors == before else None


def key(question: Question) -> Mapping[str, object]:
    return {"right": right_letters(question)}


def responses(question: Question) -> Sequence[Response]:
    return [Response("choice", choices(question), right=tuple(right_letters(question)))]


def token_size(question: Question) -> int:
    return 1


def instruction(question: Question) -> str:
    return "choose_one"
