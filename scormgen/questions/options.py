"""Options as task-list items: what single, multiple and true-false share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from scormgen.blocks import Block, split_attributes
from scormgen.diagnostics import Report, did_you_mean, quoted
from scormgen.model import LETTERS, Option, Question
from scormgen.questions.draft import Draft

_BOX = re.compile(r"\[(?P<mark>[ xX])\](?:[ \t]+|$|\n)")


def boxes(draft: Draft) -> list[bool | None]:
    """For each item of the option list: ticked, not ticked, or None where it has no box."""
    items = draft.lists[0].children if draft.lists else ()
    marks = [_BOX.match(_first_text(item)) for item in items]
    return [mark["mark"] in "xX" if mark else None for mark in marks]


def texts(draft: Draft) -> list[str]:
    """The options' first paragraphs as plain text."""
    items = draft.lists[0].children if draft.lists else ()
    return [draft.plain(split_attributes(_BOX.sub("", _first_text(item), count=1))[0]) for item in items]


def _first_text(item: Block) -> str:
    return item.children[0].text if item.children and item.children[0].kind == "paragraph" else ""


def parse_options(draft: Draft, report: Report) -> tuple[Option, ...]:
    """The options of the draft's list; () after adding Q002, Q003, Q004, Q009, Q012 or Q013."""
    if not draft.lists:
        report.add("Q002", draft.heading.place())
        return ()
    items, marks = draft.lists[0].children, boxes(draft)
    before = report.errors
    for item, mark in zip(items, marks, strict=True):
        if mark is None:
            report.add("Q013", item.place(_first_text(item).partition("\n")[0]))
    if report.errors == before:
        if len(items) > len(LETTERS):
            report.add("Q003", draft.lists[0].place(), count=len(items), limit=len(LETTERS))
        elif len(items) == 1:
            report.add("Q004", draft.lists[0].place())
        if not any(marks):
            report.add("Q012", items[0].place("[ ]"))
    options = [_option(item, bool(mark), draft, report) for item, mark in zip(items, marks, strict=True)]
    return tuple(options) if report.errors == before else ()


def _option(item: Block, right: bool, draft: Draft, report: Report) -> Option:
    first, *rest = item.children or (Block("paragraph", item.source, item.line, item.end),)
    raw, attributes = split_attributes(_BOX.sub("", first.text, count=1))
    where = item.place(_first_text(item).partition("\n")[0])
    for key in attributes.values:
        if key != "pin":
            report.add("Q005", item.place(key), key=quoted(key), hint=did_you_mean(key, ["pin"]))
    feedback: list[Block] = []
    text: list[Block] = []
    for block in rest:
        if block.kind == "quote":
            feedback.extend(block.children)
        else:
            text.append(block)
    if not raw.strip() and not text:
        report.add("Q009", item.place())
    return Option(
        (first._replace(text=raw), *text), draft.plain(raw), right, where, tuple(feedback),
        "pin" in attributes.values, attributes.id,
    )  # fmt: skip


def right_letters(question: Question) -> list[str]:
    return sorted((o.letter for o in question.options if o.right), key=LETTERS.index)


def render_options(question: Question, option_html: Sequence[str], *, input_type: str) -> str:
    """Radio buttons or check boxes; an option of several blocks has its first as the label and the rest below it."""
    name = escape(question.id)
    rows = []
    for option, html in zip(question.options, option_html, strict=True):
        identifier = f"{name}--{option.letter}"
        label, more = split_label(html)
        described = f' aria-describedby="{identifier}-more"' if more else ""
        rows.append(
            f'<div class="sg-option" data-option="{option.letter}"{" data-pin" if option.pinned else ""}>'
            f'<input type="{input_type}" name="{name}" id="{identifier}" value="{option.letter}"{described}>'
            f'<label for="{identifier}">{label}</label>'
            + (f'<div class="sg-option-more" id="{identifier}-more">{more}</div>' if more else "")
            + "</div>"
        )
    return '<div class="sg-options">\n' + "\n".join(rows) + "\n</div>"


def split_label(html: str) -> tuple[str, str]:
    """The first paragraph's content, which a label may hold, and the blocks after it."""
    found = re.match(r"\s*<p>(.*?)</p>(.*)", html, re.DOTALL)
    return (found[1].strip(), found[2].strip()) if found else (html.strip(), "")
