"""Several right answers."""

from __future__ import annotations

from scormgen.model.question import LETTERS, Answers, Question
from scormgen.problems.report import Report
from scormgen.questions import single
from scormgen.questions.draft import PARTLY, Draft
from scormgen.questions.options import boxes, parse_options

NAME = "multiple"
WORD = "Q"
KEYS = PARTLY

key, responses, widget = single.key, single.responses, single.widget


def detect(draft: Draft) -> bool:
    return boxes(draft).count(True) > 1


def parse(draft: Draft, report: Report) -> Answers | None:
    before = report.errors
    options = parse_options(draft, report)
    if options and all(option.right for option in options) and not draft.doubtful:
        report.add("Q014", draft.lists[0].place())
    return Answers(options) if options and report.errors == before else None


def token_size(question: Question) -> int:
    highest = max(LETTERS.index(option.letter) for option in question.options)
    return 1 + highest // 6 + 1


def instruction(question: Question) -> str:
    return "choose_several"
