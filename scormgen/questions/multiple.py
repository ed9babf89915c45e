"""Several right answers: a SCORM choice with letters in order, `a,c`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scormgen.diagnostics import Report
from scormgen.model import LETTERS, Answers, Question
from scormgen.questions.draft import PARTLY, Draft, Row, Texts
from scormgen.questions.options import boxes, choice_rows, parse_options, render_options, right_letters

NAME = "multiple"
WORD = "Q"
KEYS = PARTLY


def detect(draft: Draft) -> bool:
    return boxes(draft).count(True) > 1


def parse(draft: Draft, report: Report) -> Answers | None:
    options = parse_options(draft, report)
    if options and all(option.right for option in options):
        report.add("Q014", draft.lists[0].place())
        return None
    return Answers(options) if options else None


def key(question: Question) -> Mapping[str, object]:
    return {"right": right_letters(question)}


def rows(question: Question) -> Sequence[Row]:
    return choice_rows(question, ",".join(right_letters(question)))


def token_size(question: Question) -> int:
    highest = max(LETTERS.index(option.letter) for option in question.options)
    return 1 + highest // 6 + 1


def instruction(question: Question) -> str:
    return "choose_several"


def render(question: Question, texts: Texts, strings: Mapping[str, str]) -> tuple[str, str]:
    return texts.stem, render_options(question, texts, input_type="checkbox")
