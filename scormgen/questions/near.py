"""Near-forms of question syntax: text that was meant as an option, an arrow, a gap or a note, but is read as text.

They are errors that show what to write: otherwise, learners would see the answers, or an option would become part of
the one before it. This is a module of its own because it checks the blocks of a question as they were written, whatever
the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scormgen.model.blocks import Block
from scormgen.problems.report import Place, Report
from scormgen.questions.draft import Draft
from scormgen.questions.marks import (
    ARROW,
    BOX,
    GAP,
    HALF_GAP,
    LABELS,
    NEAR_ITEM,
    NEAR_NUMBER,
    NEAR_OPTION,
    TICKS,
    first_text,
    near_arrow,
    near_box,
)
from scormgen.text import mask_code, quoted

_NOTE = re.compile(
    r"(?P<mark>\*{0,3}|_{0,3})[ \t]*(?P<label>[A-Za-z]{4,11})[ \t]*(?P<inside>[:：]?)[ \t]*(?P=mark)["
    r" \t]*(?P<behind>[:：.–—-]?)"
)


class Line(NamedTuple):
    """A line of a block's text and its number in the file. `item` says that the block is the first text of a list
    item.
    """

    block: Block
    number: int
    text: str
    item: bool
    first: bool  # of its block

    @property
    def place(self) -> Place:
        return self.block.source.find(self.text.strip(), self.number, self.number)


def check_near_forms(draft: Draft, body: Sequence[Block], report: Report) -> None:
    """Adds Q035 to Q040 for the near-forms in a question; `body` has all blocks that belong to its heading."""
    for block in body:
        _check_items(block, draft, report, inner=False)
        for line in _lines(block):
            _check_line(line, draft, report)
        _check_note(block, report)
    if draft.word == "Scenario":
        _check_feedback(body, report)
    elif draft.word == "Q" and draft.type in ("", "gaps"):
        _check_gaps(draft, report)


def _check_items(block: Block, draft: Draft, report: Report, *, inner: bool) -> None:
    """Adds Q035 for wrong boxes and boxes in a numbered list, Q036 for an option inside another item, Q037 for
    arrows.
    """
    if block.kind in ("bullets", "numbers"):
        for item in block.children:
            text = first_text(item)
            box, near = BOX.match(text), near_box(text)
            if near:
                _report_option(item.place(near[0]), near[0], text[near.end() :], draft, report)
            elif box and block.kind == "numbers":
                _report_option(item.place(text.partition("\n")[0]), box[0], text[box.end() :], draft, report)
            elif box and inner:
                report.add("Q036", item.place(text.partition("\n")[0]))
            elif block in draft.lists and draft.word == "Q" and block.kind == "bullets":
                _check_arrow(item, text[box.end() :] if box else text, bool(box), draft, report)
    for child in block.children:
        _check_items(child, draft, report, inner=inner or block.kind == "item")


def _check_arrow(item: Block, text: str, boxed: bool, draft: Draft, report: Report) -> None:
    """Adds Q037; after a box, only an arrow that starts a decoy counts, because an option may have one."""
    found = near_arrow(text.partition("\n")[0])
    pairs = any(ARROW.search(mask_code(first_text(other))) for other in draft.lists[0].children)
    if found and (not boxed or (pairs and not text[: found.start()].strip())):
        report.add("Q037", item.place(found[0]), text=quoted(found[0]))


def _report_option(place: Place, box: str, rest: str, draft: Draft, report: Report) -> None:
    """Adds Q035 with the line as it should be written; a statement of a scale has no box."""
    mark = "x" if any(character in TICKS for character in box) else " "
    words = " ".join(rest.partition("\n")[0].lstrip(":").split())
    start = "-" if "scale" in draft.attributes.values else f"- [{mark}]"
    report.add("Q035", place, example=quoted(f"{start} {words}".rstrip()))


def _lines(block: Block, *, item: bool = False) -> Iterator[Line]:
    """The lines that may have an unrecognised option: of text, tables, HTML, and indented code."""
    if block.kind == "fence" and not _is_indented_code(block):
        return
    for index, text in enumerate(block.text.split("\n") if block.text else ()):
        yield Line(block, min(block.line + index, block.end), text, item, index == 0)
    for index, child in enumerate(block.children):
        yield from _lines(child, item=block.kind == "item" and index == 0)


def _is_indented_code(block: Block) -> bool:
    return not re.match(r"[ \t>*+\-\d.)]*(`{3}|~{3})", block.source.lines[block.line - 1])


def _check_line(line: Line, draft: Draft, report: Report) -> None:
    """Adds Q035 for a line that was meant as an option or list item, but is part of something else."""
    if line.item and line.first:
        return  # _check_items reports it
    if found := NEAR_OPTION.match(mask_code(line.text)):
        if found["box"] or line.block.kind != "cell":  # a table may hold ticks
            _report_option(line.place, found["box"] or found["bare"], line.text[found.end() :], draft, report)
    elif line.item and draft.type == "order" and (found := NEAR_NUMBER.match(line.text)):
        report.add("Q035", line.place, example=quoted(f"2. {line.text[found.end() :].strip()}"))
    elif line.item and (found := NEAR_ITEM.match(line.text)):
        report.add("Q035", line.place, example=quoted(f"- {line.text[found.end() :].strip()}"))


def _check_gaps(draft: Draft, report: Report) -> None:
    """Adds Q038 for brackets that are left when all gaps are removed, and for a gap in the heading."""
    heading = mask_code(draft.heading.text)
    if found := GAP.search(heading) or HALF_GAP.search(heading):
        report.add("Q038", draft.heading.place(found[0]), why="a gap cannot be in the heading")
    blocks = [inner for part in draft.stem for inner in part.walk() if inner.kind not in ("fence", "html")]
    gaps = any(GAP.search(mask_code(block.text)) for block in blocks)
    for block in blocks:
        left = list(HALF_GAP.finditer(GAP.sub(lambda gap: "\0" * len(gap[0]), mask_code(block.text))))
        opening = sum("[" in mark[0] for mark in left)
        if left and (gaps or draft.type or 2 * opening != len(left)):
            place = _place_at(block, left[0].start(), left[0][0])
            report.add("Q038", place, why="the brackets of a gap are not closed, or not opened")


def _place_at(block: Block, offset: int, text: str) -> Place:
    """The place of a text that begins at an offset of the block's text."""
    number = min(block.line + block.text.count("\n", 0, offset), block.end)
    before = block.text[:offset].rpartition("\n")[2]
    place = block.source.find(before + text, number, number)
    return place._replace(column=place.column + len(before), width=len(text))


def _check_note(block: Block, report: Report) -> None:
    """Adds Q039 for a quote, or a paragraph with a bold label, that was meant as a note."""
    quote = block.kind == "quote"
    first = block.children[0] if quote and block.children else block
    found = _NOTE.match(first.text) if first.kind == "paragraph" else None
    if not found or found["label"].lower() not in LABELS:
        return
    bold, ended = len(found["mark"]) >= 2, bool(found["inside"] or found["behind"])
    if quote and found["mark"] == "**" and ":" in (found["inside"], found["behind"]):
        return  # a note
    if (quote and (bold or ended)) or (bold and ended):
        written = found[0].strip()
        report.add(
            "Q039", first.place(written), label=quoted(written), example=f"> **{found['label'].capitalize()}:** …"
        )


def _check_feedback(body: Sequence[Block], report: Report) -> None:
    """Adds Q040 for a quote directly below a list of decisions: elsewhere in a scene, it is part of the text."""
    for block, following in pairwise(body):
        if block.kind == "bullets" and following.kind == "quote" and following.line == block.end + 1:
            report.add("Q040", following.place())
