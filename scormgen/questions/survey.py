"""A survey, never scored: rows on a scale, a free text, or a list to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scormgen.model.question import PART_LETTERS, Answers, Part, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import SCORED, Choice, Draft, Input, Response, Values, Widget, text_size
from scormgen.questions.marks import BOX, first_text
from scormgen.questions.options import choices, item_place, items, parse_options
from scormgen.questions.text import MOST, SIZE, room

NAME = "survey"
# Points of each scale, lowest first; the player's strings name them <scale>_<point>.
SCALES = {"agree5": 5, "often5": 5, "quality5": 5, "confident5": 5}
WORD = "Survey"
KEYS: Mapping[str, Values] = {
    "type": SCORED["type"],
    "scale": Values("|".join(SCALES), " or ".join(SCALES), "scale=agree5"),
    **SIZE,
}
_COMMENT = 120  # bytes of a comment that are kept unless size= says otherwise


def detect(draft: Draft) -> bool:
    return True  # the word is in the heading


def parse(draft: Draft, report: Report) -> Answers | None:
    if draft.type:
        if draft.type != "text" or draft.lists or "scale" in draft.attributes.values:
            report.add("Q028", (draft.lists[0] if draft.lists else draft.heading).place())
            return None
        return Answers(scored=False)
    if "scale" in draft.attributes.values:
        return _parse_rows(draft, report)
    if not draft.lists:
        if not draft.doubtful:
            report.add("Q028", draft.heading.place())
        return None
    before = report.errors
    options = parse_options(draft, report, right_needed=False)
    for option in options:
        if option.right:
            report.add("Q029", option.place)
    return Answers(options, scored=False) if report.errors == before else None


def _parse_rows(draft: Draft, report: Report) -> Answers | None:
    """The rows of a scale; without a list, the heading is the row."""
    if not draft.lists:
        return Answers(parts=(Part((), draft.plain(draft.heading.text), draft.heading.place()),), scored=False)
    parts = []
    before = report.errors
    for item in items(draft):
        text, place = first_text(item), item.place(item_place(item))
        if BOX.match(text) or not text.strip():
            report.add("Q029", place)
        parts.append(Part(item.children, draft.plain(text), place))
    if len(parts) > len(PART_LETTERS):
        report.add("Q003", draft.lists[0].place(), count=len(parts), limit=len(PART_LETTERS))
    return Answers(parts=tuple(parts), scored=False) if report.errors == before else None


def _points(question: Question) -> dict[int, str]:
    """The points of the question's scale, each with the key of its name."""
    scale = question.attributes.values.get("scale", "")
    return {point: f"{scale}_{point}" for point in range(1, SCALES.get(scale, 0) + 1)}


def _size(question: Question) -> int:
    return min(room(question, (), _COMMENT), MOST)


def key(question: Question) -> Mapping[str, object]:
    return {}


def responses(question: Question) -> Sequence[Response]:
    if question.options:
        return [Response("choice", choices(question, neutral=True))]
    if not question.parts:
        return [Response("text", (Choice("", "", None),))]
    points = _points(question)
    return [
        Response(
            "scale", tuple(Choice(str(p), f"{part.plain}: {p} of {len(points)}", None) for p in points), part.letter
        )
        for part in question.parts
    ]


def token_size(question: Question) -> int:
    if question.options:
        return 1
    if not question.parts:
        return text_size(_size(question))
    return 2 + 1 + max(PART_LETTERS.index(part.letter) for part in question.parts)


def instruction(question: Question) -> str:
    if question.options:
        return "survey_one"
    return "survey_rows" if question.parts else "survey_text"


def widget(question: Question) -> Widget:
    if question.options:
        return Widget()
    if not question.parts:
        return Widget(inputs={"": Input(_size(question))})
    return Widget(points=tuple(_points(question).values()))
