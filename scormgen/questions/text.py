"""A text to type, `type=text` with the accepted answers and foreseen wrong ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scormgen.model.question import Answers, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import SCORED, Choice, Draft, Input, Response, Values, Widget, text_size
from scormgen.questions.options import is_one_line, parse_options

NAME = "text"
SIZE = {"size": Values(r"[1-9]\d|1\d\d|2[0-4]\d|25[0-5]", "a number of characters from 10 to 255", "size=40")}
WORD = "Q"
KEYS: Mapping[str, Values] = {**SCORED, "case": Values("exact", "exact", "case=exact"), **SIZE}
MOST = 255  # characters: the limit that fits the reports of all standards


def detect(draft: Draft) -> bool:
    return False


def parse(draft: Draft, report: Report) -> Answers | None:
    before = report.errors
    options = parse_options(draft, report, least=1)
    for option in options:
        if len(option.plain) > MOST:
            report.add("Q022", option.place, limit=MOST)
        if not is_one_line(option) and not draft.doubtful:
            report.add("Q023", option.place)
    return Answers(options) if options and report.errors == before else None


def room(question: Question, accepted: Iterable[str], least: int = 24) -> int:
    """How many bytes of a learner's answer are kept: `size=`, otherwise one and a half times the longest accepted
    answer.
    """
    size = question.attributes.values.get("size", "")
    if size.isdigit():
        return min(int(size), MOST)
    longest = max((len(text.encode()) for text in accepted), default=0)
    return min(max(least, longest + longest // 2), MOST)


def _size(question: Question) -> int:
    return room(question, [option.plain for option in question.options])


def exact(question: Question) -> dict[str, object]:
    return {"exact": 1} if "case" in question.attributes.values else {}


def key(question: Question) -> Mapping[str, object]:
    right = [option.letter for option in question.options if option.right]
    return {"right": right, "texts": [[o.letter, o.plain] for o in question.options], **exact(question)}


def responses(question: Question) -> Sequence[Response]:
    right = tuple(option.plain for option in question.options if option.right)
    return [Response("text", tuple(Choice("", o.plain, o.right) for o in question.options), right=right)]


def token_size(question: Question) -> int:
    return text_size(_size(question))


def instruction(question: Question) -> str:
    return "type_text"


def widget(question: Question) -> Widget:
    return Widget(inputs={"": Input(_size(question))})
