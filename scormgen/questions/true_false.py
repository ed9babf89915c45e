"""True or false: a SCORM true-false with `t` or `f`. Its letters are t and f, whatever `course.lock` says."""

from __future__ import annotations

from collections.abc import Sequence

from scormgen.diagnostics import Report
from scormgen.model import Option, Question
from scormgen.questions.draft import Draft
from scormgen.questions.options import boxes, parse_options, render_options, right_letters, texts

NAME = "true-false"
KEYS: tuple[str, ...] = ()
_WORDS = ["false", "true"]


def detect(draft: Draft) -> bool:
    return sorted(text.lower().strip(".") for text in texts(draft)) == _WORDS and None not in boxes(draft)


def parse(draft: Draft, report: Report) -> tuple[Option, ...]:
    options = parse_options(draft, report)
    count = sum(option.right for option in options)
    if options and (len(options) != 2 or count != 1):
        hint = "write the options True and False (or their translation, in this order), and mark one"
        report.add("Q015", draft.heading.place(), kind=NAME, count=count, hint=hint)
        return ()
    words = [option.plain.lower().strip(".") for option in options]
    letters = ("t", "f") if words != _WORDS else ("f", "t")
    return tuple(option._replace(letter=letter) for option, letter in zip(options, letters, strict=False))


def right(question: Question) -> object:
    return right_letters(question)


def pattern(question: Question) -> str:
    return right_letters(question)[0]


def token_size(question: Question) -> int:
    return 1


def instruction(question: Question) -> str:
    return "choose_one"


def render(question: Question, texts: Sequence[str]) -> str:
    return render_options(question, texts, input_type="radio")
