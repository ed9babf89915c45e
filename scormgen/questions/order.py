"""Things to put in order, a numbered list with `type=order`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scormgen.model.question import LETTERS, Answers, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import PARTLY, Draft, Response, Widget
from scormgen.questions.options import by_letter, choices, items, parse_option

NAME = "order"
WORD = "Q"
KEYS = PARTLY


def detect(draft: Draft) -> bool:
    return False  # a numbered list may also be part of the question: only type=order decides


def parse(draft: Draft, report: Report) -> Answers | None:
    if not draft.lists or draft.lists[0].kind != "numbers":
        if draft.lists or not draft.doubtful:
            report.add("Q021", (draft.lists[0] if draft.lists else draft.heading).place())
        return None
    before, count = report.errors, len(items(draft))
    options = tuple(parse_option(item, False, draft, report) for item in items(draft))
    if count > len(LETTERS):
        report.add("Q003", draft.lists[0].place(), count=count, limit=len(LETTERS))
    elif count < 2 and not draft.doubtful:
        report.add("Q004", draft.lists[0].place())
    return Answers(options, scrambled=True) if report.errors == before else None


def _right(question: Question) -> list[str]:
    return [option.letter for option in question.options]


def key(question: Question) -> Mapping[str, object]:
    return {"right": _right(question)}


def responses(question: Question) -> Sequence[Response]:
    return [Response("order", choices(question, neutral=True), right=tuple(_right(question)))]


def token_size(question: Question) -> int:
    return 2 + len(question.options)


def instruction(question: Question) -> str:
    return "put_in_order"


def widget(question: Question) -> Widget:
    shown = by_letter(question)
    if shown == sorted(shown):  # the initial order is never the right one
        shown = [*shown[1:], shown[0]]
    return Widget(order=tuple(shown))
