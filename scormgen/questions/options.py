"""Options as task-list items: shared by the kinds with a list of answers."""

from __future__ import annotations

from collections.abc import Sequence

from scormgen.model.blocks import Block, split_attributes
from scormgen.model.question import LETTERS, Option, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import Choice, Draft, Widget, check_attributes
from scormgen.questions.marks import BOX, first_text, has_image, near_arrow, near_box
from scormgen.text import without_comments


def items(draft: Draft) -> tuple[Block, ...]:
    return draft.lists[0].children if draft.lists else ()


def item_place(item: Block) -> str:
    return first_text(item).partition("\n")[0]


def boxes(draft: Draft) -> list[bool | None]:
    """For each item of the option list: ticked, not ticked, or None if it has no box."""
    marks = [BOX.match(first_text(item)) for item in items(draft)]
    return [mark["mark"] in "xX" if mark else None for mark in marks]


def texts(draft: Draft) -> list[str]:
    """The options' first paragraphs as plain text."""
    return [draft.plain(split_attributes(BOX.sub("", first_text(item), count=1))[0]) for item in items(draft)]


def parse_options(draft: Draft, report: Report, *, least: int = 2, right_needed: bool = True) -> tuple[Option, ...]:
    """The options of the draft's list; adds Q002, Q003, Q004, Q009, Q012 and Q013. () only if there is no list."""
    if not draft.lists:
        if not draft.doubtful:
            report.add("Q002", draft.heading.place())
        return ()
    marks = boxes(draft)
    for item, mark in zip(items(draft), marks, strict=True):
        text = first_text(item)
        if (
            mark is None and not near_box(text) and not near_arrow(text.partition("\n")[0])
        ):  # near.py has reported these
            report.add("Q013", item.place(item_place(item)))
    if len(marks) > len(LETTERS):
        report.add("Q003", draft.lists[0].place(), count=len(marks), limit=len(LETTERS))
    elif len(marks) < least and not draft.doubtful:
        report.add("Q004", draft.lists[0].place())
    if right_needed and not any(marks) and None not in marks and not draft.doubtful:
        report.add("Q012", items(draft)[0].place("[ ]"))
    options = [parse_option(item, bool(mark), draft, report) for item, mark in zip(items(draft), marks, strict=True)]
    return tuple(options)


def parse_option(item: Block, right: bool, draft: Draft, report: Report) -> Option:
    """The option of a list item; quotes in it are its feedback."""
    first, *rest = item.children or (Block("paragraph", item.source, item.line, item.end),)
    raw, attributes = split_attributes(BOX.sub("", first.text, count=1))
    where = item.place(item_place(item))
    check_attributes(attributes, ["pin"], item, report)
    text, feedback = split_feedback(rest)
    if not without_comments(raw).strip() and not text:
        report.add("Q009", item.place())
    return Option(
        (first._replace(text=raw), *text),
        draft.plain(raw),
        right,
        where,
        feedback,
        "pin" in attributes.values,
        attributes.id,
    )


def is_one_line(option: Option) -> bool:
    """Whether this option can be a typed answer: one line of text, not pinned."""
    text = option.text[0].text
    return len(option.text) == 1 and not option.pinned and "\n" not in text.strip() and not has_image(text)


def split_feedback(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """An item's further blocks: text, and the content of quotes as feedback."""
    text = tuple(block for block in blocks if block.kind != "quote")
    return text, tuple(child for block in blocks if block.kind == "quote" for child in block.children)


def right_letters(question: Question) -> list[str]:
    return sorted((o.letter for o in question.options if o.right), key=LETTERS.index)


def choices(question: Question, *, neutral: bool = False) -> tuple[Choice, ...]:
    """The options as answers; `neutral` if none is right or wrong."""
    return tuple(Choice(o.letter, o.plain, None if neutral else o.right) for o in question.options)


def plain_widget(question: Question) -> Widget:
    """The widget of a question that shows its options in the written order."""
    return Widget()


def by_letter(question: Question) -> list[int]:
    """Indexes of the options in the order of their letters, in which a scrambled list is shown."""
    return sorted(range(len(question.options)), key=lambda index: LETTERS.index(question.options[index].letter))
