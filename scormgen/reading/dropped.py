"""What Markdown leaves out without a message: definitions that nothing uses.

A link reference, footnote or abbreviation that nothing refers to would disappear with its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scormgen.model.blocks import Block, Definition, Document
from scormgen.problems.report import Report
from scormgen.text import mask_code, quoted

_BRACKETS = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]")
_COMMENTS = ("#", "")  # what `[//]: # (a comment)` and `[//]: <> (a comment)` lead to


def check_dropped(document: Document, report: Report) -> None:
    """Adds M013 for definitions that are not used or are defined twice."""
    texts = list(_texts((*document.blocks, *(block for note in document.footnotes.values() for block in note))))
    labels = {_plain(label) for text in texts for label in _BRACKETS.findall(text)}
    for definition in document.definitions:
        if definition.again:
            report.add(
                "M013", definition.place, kind=definition.kind, name=quoted(definition.label), what="is defined twice"
            )
        elif not _is_used(definition, labels, texts, document):
            report.add(
                "M013", definition.place, kind=definition.kind, name=quoted(definition.label), what="is used nowhere"
            )


def _is_used(definition: Definition, labels: set[str], texts: Sequence[str], document: Document) -> bool:
    match definition.kind:
        case "abbreviation":
            word = re.compile(rf"(?<!\w){re.escape(definition.label)}(?!\w)")
            return any(word.search(text) for text in texts)
        case "footnote":
            return f"^{definition.label}".lower() in labels
        case _:
            target = document.references.get(_plain(definition.label))
            return _plain(definition.label) in labels or (target is not None and target[0] in _COMMENTS)


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        for inner in block.walk():
            if inner.text and inner.kind not in ("fence", "html"):
                yield mask_code(inner.text)


def _plain(label: str) -> str:
    return " ".join(label.split()).lower()
