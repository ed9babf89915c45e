"""True or false. Its letters are t and f, whatever `course.lock` says."""

from __future__ import annotations

from collections.abc import Sequence

from scormgen.model.question import Answers, Question
from scormgen.problems.report import Report
from scormgen.questions import single
from scormgen.questions.draft import SCORED, Draft, Response
from scormgen.questions.options import boxes, choices, parse_options, right_letters, texts

NAME = "true-false"
WORD = "Q"
KEYS = SCORED
_WORDS = ["false", "true"]

key, token_size, instruction, widget = single.key, single.token_size, single.instruction, single.widget


def detect(draft: Draft) -> bool:
    return sorted(text.lower().strip(".") for text in texts(draft)) == _WORDS and None not in boxes(draft)


def parse(draft: Draft, report: Report) -> Answers | None:
    before = report.errors
    options = parse_options(draft, report)
    count = sum(option.right for option in options)
    if report.errors == before and not draft.doubtful and (len(options) != 2 or count != 1):
        hint = "write the options True and False (or their translation, in this order), and mark one"
        report.add("Q015", draft.heading.place(), kind=NAME, count=count, hint=hint)
    if report.errors > before or len(options) != 2:
        return None
    words = [option.plain.lower().strip(".") for option in options]
    letters = ("t", "f") if words != _WORDS else ("f", "t")
    return Answers(tuple(option._replace(letter=letter) for option, letter in zip(options, letters, strict=True)))


def responses(question: Question) -> Sequence[Response]:
    return [Response("true-false", choices(question), right=tuple(right_letters(question)))]
