"""Things to put in order, a numbered list with `type=order`: SCORM sequencing, `b,a,c`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from scormgen.model.question import LETTERS, Answers, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import PARTLY, Draft, Row, Texts
from scormgen.questions.options import by_letter, items, parse_option, split_label

NAME = "order"
WORD = "Q"
KEYS = PARTLY


def detect(draft: Draft) -> bool:
    return False  # a numbered list may as well be part of the question: type=order says it


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


def rows(question: Question) -> Sequence[Row]:
    pattern = ",".join(_right(question))
    return [Row(question.id, "sequencing", option.letter, option.plain, None, pattern) for option in question.options]


def token_size(question: Question) -> int:
    return 2 + len(question.options)


def instruction(question: Question) -> str:
    return "put_in_order"


def render(question: Question, texts: Texts, strings: Mapping[str, str]) -> tuple[str, str]:
    shown = by_letter(question)
    if shown == sorted(shown):  # never the right order to begin with
        shown = [*shown[1:], shown[0]]
    rows_ = []
    for index in shown:
        option = question.options[index]
        label, more = split_label(texts.options[index])
        buttons = "".join(
            f'<button type="button" class="sg-button sg-move" data-move="{by}" '
            f'aria-label="{escape(strings[word])}: {escape(option.plain)}"><span aria-hidden="true">{sign}</span></button>'
            for by, word, sign in ((-1, "move_up", "\u2191"), (1, "move_down", "\u2193"))
        )
        rows_.append(
            f'<li class="sg-order-item" data-option="{option.letter}"><div class="sg-order-text">'
            f"<span>{label}</span>{more}</div><div class='sg-moves'>{buttons}</div></li>"
        )
    return texts.stem, (
        '<ol class="sg-order">\n' + "\n".join(rows_) + '\n</ol>\n<p class="sg-visually-hidden" role="status"></p>'
    )
