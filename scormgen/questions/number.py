"""A number to type, `type=number` with right values, tolerances or ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scormgen.model.question import Answers, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import SCORED, Choice, Draft, Input, Response, Widget
from scormgen.questions.numeric import NUMBER_SIZE, NUMBER_TOKEN, parse_range
from scormgen.questions.options import is_one_line, parse_options
from scormgen.text import quoted

NAME = "number"
WORD = "Q"
KEYS = SCORED


def detect(draft: Draft) -> bool:
    return False


def parse(draft: Draft, report: Report) -> Answers | None:
    before = report.errors
    options = parse_options(draft, report, least=1)
    for option in options:
        if not is_one_line(option) and not draft.doubtful:
            report.add("Q023", option.place)
        if parse_range(option.plain) is None and not draft.doubtful:
            report.add("Q024", option.place, text=quoted(option.plain))
    return Answers(options) if options and report.errors == before else None


def _ranges(question: Question) -> list[tuple[str, bool, float, float]]:
    found = [(option, parse_range(option.plain)) for option in question.options]
    return [(option.letter, option.right, *range_) for option, range_ in found if range_]


def key(question: Question) -> Mapping[str, object]:
    ranges = _ranges(question)
    return {
        "right": [letter for letter, right, _, _ in ranges if right],
        "ranges": [[letter, low, high] for letter, _, low, high in ranges],
    }


def responses(question: Question) -> Sequence[Response]:
    ranges = tuple((low, high) for _, right, low, high in _ranges(question) if right)
    return [Response("number", tuple(Choice("", o.plain, o.right) for o in question.options), ranges=ranges)]


def token_size(question: Question) -> int:
    return NUMBER_TOKEN


def instruction(question: Question) -> str:
    return "type_number"


def widget(question: Question) -> Widget:
    return Widget(inputs={"": Input(NUMBER_SIZE, numeric=True)})
