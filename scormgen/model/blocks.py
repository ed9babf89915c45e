"""Markdown as blocks with positions: values that are not interpreted yet, and what can be read directly from a
block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from scormgen.files.source import SourceFile
from scormgen.problems.report import Place
from scormgen.text import without_comments

Kind = Literal[
    "heading",
    "paragraph",
    "bullets",
    "numbers",
    "item",
    "quote",
    "fence",
    "html",
    "rule",
    "table",
    "row",
    "cell",
    "terms",
    "term",
    "definition",
    "footnote",
]

_ATTRIBUTES = re.compile(r"(?:^|[ \t]+)\{([^{}]+)\}[ \t]*$")
_ATTRIBUTE = re.compile(r"""#(?P<id>[^\s#.=]\S*)|\.(?P<cls>\S+)|(?P<key>[\w-]+)(?:=(?P<val>"[^"]*"|\S+))?""")


class Block(NamedTuple):
    """One block: `text` is the inline Markdown of a leaf (or the content of a fence or HTML block).

    `line` and `end` are the first and last line, from 1. `level` is the level of a heading, the start of a numbered
    list, 1 for a header cell. `info` is a fence's language, a cell's alignment, a footnote's label. `tight` marks a
    paragraph that is written without `<p>`.
    """

    kind: Kind
    source: SourceFile
    line: int
    end: int
    text: str = ""
    level: int = 0
    info: str = ""
    tight: bool = False
    children: tuple[Block, ...] = ()

    def place(self, text: str = "") -> Place:
        """The place of `text` in this block, or of the block itself."""
        return self.source.find(text, self.line, self.end)

    def walk(self) -> Iterator[Block]:
        yield self
        for child in self.children:
            yield from child.walk()


class Definition(NamedTuple):
    """The definition of a link reference, footnote or abbreviation; `again` if an earlier one has the same label."""

    kind: Literal["link reference", "footnote", "abbreviation"]
    label: str
    place: Place
    again: bool


class Document(NamedTuple):
    """A parsed file. References and abbreviations apply to the whole file, wherever they are in it."""

    blocks: tuple[Block, ...]
    references: Mapping[str, tuple[str, str]] = {}  # never changed
    footnotes: Mapping[str, tuple[Block, ...]] = {}  # never changed
    abbreviations: Mapping[str, str] = {}  # never changed
    definitions: tuple[Definition, ...] = ()  # of all of these


class Attributes(NamedTuple):
    """What is in `{#id .class key=value word}` after a heading, an image or an option; a bare word maps to ''."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = {}  # never changed


def split_attributes(text: str) -> tuple[str, Attributes]:
    """Splits a trailing `{…}` from inline text."""
    match = _ATTRIBUTES.search(text)
    if not match:
        return text, Attributes()
    identifier, classes, values = "", [], {}
    for part in _ATTRIBUTE.finditer(match[1]):
        if part["id"]:
            identifier = part["id"]
        elif part["cls"]:
            classes.append(part["cls"])
        else:
            values[part["key"]] = (part["val"] or "").strip('"')
    return text[: match.start()].rstrip(), Attributes(identifier, tuple(classes), values)


CALLOUTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
_ALERT = re.compile(rf"\[!({'|'.join(CALLOUTS)})\][ \t]*(?:\n|$)", re.IGNORECASE)


def alert_mark(quote: Block) -> re.Match[str] | None:
    """The mark of a GitHub alert at the start of a quote; its group is the alert's name."""
    first = quote.children[0] if quote.children else None
    return _ALERT.match(first.text) if first and first.kind == "paragraph" else None


def is_comment(html: str) -> bool:
    """Whether raw HTML consists only of comments."""
    return "<!--" in html and not without_comments(html).strip()
