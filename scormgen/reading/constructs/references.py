"""References without a definition: footnotes, links, and attribute lists without effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scormgen.model.blocks import Block, Document
from scormgen.problems.report import Place
from scormgen.reading.constructs.finding import CODE, LINK, Context, Finding, normal
from scormgen.text import did_you_mean

_NOTE = re.compile(r"\[\^(?P<label>[^\s\[\]]+)\]")
_REFERENCE = re.compile(r"(?<!\w)\[(?P<text>[^\[\]\n]*)\]\[(?P<label>[^\[\]\n]*)\]")
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'{}=]+)"""
_NAMED = rf"(?:[#.][A-Za-z][\w:.-]*|[A-Za-z][\w:-]*={_VALUE})"
_ATTRIBUTES = re.compile(
    rf"(?<!\{{)\{{(?::?[ ]*(?:[A-Za-z][\w-]*[ ]+)*{_NAMED}(?:[ ]+(?:{_NAMED}|[\w-]+))*[ ]*|::?[^{{}}\n]*)\}}"
)
_HINT = (
    "put it directly after a link, an image, code, *emphasis* or **strong text**, or at the end of a heading; otherwise"
    " remove it"
)

_KRAMDOWN_HINT = (
    "remove it; a callout is > [!NOTE] and > before each line of its text; for text that opens on a click, write"
    " <details><summary>…</summary>"
)


def find(masked: str, block: Block, context: Context, document: Document) -> Iterator[Finding]:
    """References in a text that are not defined, and attributes without effect."""
    for match in _NOTE.finditer(masked):
        if context.question:
            hint = (
                "write it in the text: footnotes are at the end of the page, where learners would read them before they"
                " answer"
            )
            yield _finding("M019", match, block, "a footnote in a question", hint)
        elif match["label"] not in document.footnotes:
            otherwise = (
                f"write the note as a paragraph that begins [^{match['label']}]:, or put the mark in a code span"
            )
            near = did_you_mean(match["label"], document.footnotes, otherwise)
            yield _finding("M019", match, block, "a footnote without a note", near)
    for match in _REFERENCE.finditer(masked):
        label = normal(match["label"] or match["text"])
        if label not in document.references and not match["text"].startswith("^"):
            otherwise = f"write the address as [text](address), or as a line [{label}]: address"
            near = did_you_mean(label, document.references, otherwise)
            yield _finding("M019", match, block, "a link without an address", near)
    for match in _ATTRIBUTES.finditer(masked):
        if not _is_taken(match, masked, block, context):
            if _takes(block, context) and masked[: match.start()].strip() and not masked[match.end() :].strip():
                what, hint = "a list of attributes without a space before it", "put a space before it"
            else:
                what = "a list of attributes that has no effect"
                hint = _KRAMDOWN_HINT if match[0].startswith("{:") else _HINT
            yield _finding("M020", match, block, what, hint)
        elif match[0].startswith("{:") and _is_for_quote(match.start(), block):
            yield _finding(
                "M024", match, block, "the kind of a quote of Jekyll, which scormgen does not know", _KRAMDOWN_HINT
            )


def _is_taken(match: re.Match[str], masked: str, block: Block, context: Context) -> bool:
    before, behind = masked[: match.start()], masked[match.end() :]
    if before.endswith((CODE, LINK)) or re.search(r"\S(?:[*_]|~~)$", before):
        return True  # of what it touches
    if behind.strip():
        return False
    if before.endswith("\n") or ("\n" in before and not before.rpartition("\n")[2].strip()):
        return True  # of the block, on a line of its own
    return _takes(block, context) and (before[-1:] in (" ", "\t") or (not before and block.kind != "cell"))


def _takes(block: Block, context: Context) -> bool:
    """Whether attributes at the end of a text, after a space, belong to it."""
    return context.option or block.kind in ("heading", "term", "cell")


def _is_for_quote(start: int, block: Block) -> bool:
    """Whether attributes below a quote are meant for the quote: they have fewer > than its last line."""
    line = block.line + block.text.count("\n", 0, start)
    above, below = (block.source.lines[number - 1] for number in (line - 1, line))
    marks = re.match(r"[> \t]*", above)  # matches always
    return marks is not None and below.partition("{")[0].count(">") < marks[0].count(">")


def notes_in_title(title: str, place: Place) -> Iterator[Finding]:
    for match in _NOTE.finditer(title):
        column = place.excerpt.find(match[0])
        where = place._replace(column=column + 1, width=len(match[0])) if column >= 0 else place
        hint = "put it in the text: the title is also shown in the menu and in reports"
        yield Finding("M019", match[0], "a footnote in a title", hint, place=where)


def _finding(code: str, match: re.Match[str], block: Block, what: str, hint: str) -> Finding:
    return Finding(code, block.text[match.start() : match.end()], what, hint, match.start(), match.end())
