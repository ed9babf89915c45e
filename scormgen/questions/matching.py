"""Pairs to match, `- Water -> Paper and wood`. A decoy is `- [ ] -> Gas leaks`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scormgen.model.blocks import Block
from scormgen.model.question import LETTERS, PART_LETTERS, Answers, Option, Part, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import PARTLY, Choice, Draft, Response, Widget
from scormgen.questions.marks import ARROW, BOX, first_text, has_image, near_arrow, near_box
from scormgen.questions.options import by_letter, choices, item_place, items, split_feedback
from scormgen.text import mask_code

NAME = "matching"
WORD = "Q"
KEYS = PARTLY


def detect(draft: Draft) -> bool:
    """Whether there is an arrow in an item without a box: `- [x] File -> Save` is an ordinary option."""
    texts = [first_text(item) for item in items(draft)]
    return any(ARROW.search(mask_code(text)) for text in texts if not BOX.match(text))


def parse(draft: Draft, report: Report) -> Answers | None:
    if not draft.lists:
        if not draft.doubtful:
            report.add("Q002", draft.heading.place())
        return None
    before = report.errors
    options: list[Option] = []
    parts: list[Part] = []
    for item in items(draft):
        _parse_pair(item, draft, options, parts, report)
    if max(len(options), len(parts)) > len(LETTERS):
        report.add("Q003", draft.lists[0].place(), count=max(len(options), len(parts)), limit=len(LETTERS))
    elif len(parts) < 2 and report.errors == before and not draft.doubtful:
        report.add("Q004", draft.lists[0].place())
    return Answers(tuple(options), tuple(parts), scrambled=True) if report.errors == before else None


def _parse_pair(item: Block, draft: Draft, options: list[Option], parts: list[Part], report: Report) -> None:
    """Adds a prompt and its match, or a decoy; adds Q019 or Q020 if the item is neither."""
    first = item.children[0] if item.children else item
    text, place = first_text(item), item.place(item_place(item))
    box = BOX.match(text)
    rest = text[box.end() :] if box else text
    arrow = ARROW.search(mask_code(rest))
    if not arrow:
        if not near_box(text) and not near_arrow(rest.partition("\n")[0]):  # near.py has reported these
            report.add("Q019", place)
        return
    left, right = rest[: arrow.start()].strip(), rest[arrow.end() :].strip()
    if not right or bool(box) == bool(left) or (box and box["mark"] != " "):
        report.add("Q020", place)
        return
    if not left and len(item.children) > 1:
        report.add("Q044", item.children[1].place())
    if has_image(right):
        report.add("Q045", place)
    plain = draft.plain(right)
    index = next((i for i, option in enumerate(options) if option.plain == plain), len(options))
    if index == len(options):
        options.append(Option((first._replace(text=right),), plain, bool(left), place))
    if left:
        more, feedback = split_feedback(item.children[1:])
        options[index] = options[index]._replace(right=True)
        parts.append(Part((first._replace(text=left), *more), draft.plain(left), place, (index,), feedback=feedback))


def _right(question: Question) -> dict[str, str]:
    return {part.letter: question.options[part.options[0]].letter for part in question.parts}


def key(question: Question) -> Mapping[str, object]:
    return {"right": _right(question)}


def responses(question: Question) -> Sequence[Response]:
    prompts = tuple(Choice(part.letter, part.plain, None) for part in question.parts)
    return [Response("matching", (*prompts, *choices(question)), pairs=tuple(_right(question).items()))]


def token_size(question: Question) -> int:
    return 2 + 1 + max(PART_LETTERS.index(part.letter) for part in question.parts)


def instruction(question: Question) -> str:
    return "choose_match"


def widget(question: Question) -> Widget:
    return Widget(order=tuple(by_letter(question)))
