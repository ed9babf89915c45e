"""What Markdown leaves out without a word: definitions that nothing uses, and table cells beyond the header.

A link reference, footnote or abbreviation that nothing refers to would vanish with all that it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scormgen.blocks import Block, Definition, Document, mask_code
from scormgen.diagnostics import Report, quoted
from scormgen.questions.page_parts import in_questions

_BRACKETS = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]")
_COMMENTS = ("#", "")  # what `[//]: # (a comment)` and `[//]: <> (a comment)` lead to


def check_dropped(written: Document, document: Document, report: Report) -> None:
    """Adds M013 for definitions that are used nowhere or come twice and text behind a code's language, M014 for footnotes in questions, M015 for cells.

    `written` is the document before its variables were filled in.
    """
    for block in (*written.blocks, *(block for note in written.footnotes.values() for block in note)):
        for inner in block.walk():
            if inner.kind == "row":
                _check_row(inner, report)
            elif inner.kind == "fence":
                _check_info(inner, report)
    _check_definitions(document, report)
    _check_footnotes(document, report)


def _check_row(row: Block, report: Report) -> None:
    """Adds M015 for what stands in the row's line behind its last cell."""
    line, end = row.source.lines[row.line - 1], 0
    for cell in row.children:
        text = cell.text if cell.text in line else cell.text.replace("|", "\\|")
        start = line.find(text or "|", end)
        if start < 0:
            return  # a comment was taken out of it
        end = start + len(text or "|")
    rest = line[end:].strip("| \t")
    if rest:
        report.add("M015", row.source.place(row.line, line.index(rest, end) + 1, len(rest)))


def _check_info(fence: Block, report: Report) -> None:
    """Adds M013 for what follows the language of a code block; attributes in braces are for other tools."""
    rest = re.sub(r"\{[^{}]*\}", "", fence.info).strip().partition(" ")[2].strip()
    if rest:
        what = "behind the language of a code block is shown nowhere"
        report.add("M013", fence.source.find(rest, fence.line, fence.line), kind="text", name=quoted(rest), what=what)


def _check_definitions(document: Document, report: Report) -> None:
    texts = list(_texts((*document.blocks, *(block for note in document.footnotes.values() for block in note))))
    labels = {_plain(label) for text in texts for label in _BRACKETS.findall(text)}
    for found in document.definitions:
        if found.again:
            report.add("M013", found.place, kind=found.kind, name=quoted(found.label), what="is defined twice")
        elif not _is_used(found, labels, texts, document):
            report.add("M013", found.place, kind=found.kind, name=quoted(found.label), what="is used nowhere")


def _check_footnotes(document: Document, report: Report) -> None:
    for block in in_questions(document.blocks):
        for inner in block.walk():
            text = mask_code(inner.text) if inner.kind not in ("fence", "html") else ""
            for label in _BRACKETS.findall(text):
                if label.startswith("^") and label[1:] in document.footnotes:
                    report.add("M014", inner.place(f"[{label}]"), label=quoted(f"[{label}]"))


def _is_used(found: Definition, labels: set[str], texts: Sequence[str], document: Document) -> bool:
    match found.kind:
        case "abbreviation":
            word = re.compile(rf"(?<!\w){re.escape(found.label)}(?!\w)")
            return any(word.search(text) for text in texts)
        case "footnote":
            return f"^{found.label}".lower() in labels
        case _:
            target = document.references.get(_plain(found.label))
            return _plain(found.label) in labels or (target is not None and target[0] in _COMMENTS)


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        for inner in block.walk():
            if inner.text and inner.kind not in ("fence", "html"):
                yield mask_code(inner.text)


def _plain(label: str) -> str:
    return " ".join(label.split()).lower()
