"""A finding, its position, and the text in which it is searched: code, tags, addresses and escapes are blanked out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from scormgen.files.source import SourceFile
from scormgen.model.blocks import Block
from scormgen.problems.report import Place
from scormgen.text import delimited, ticks

# What replaces a masked character: of code, of text that has no other meaning, of the end of a link or an image.
CODE, OPAQUE, LINK = "\0", "\1", "\2"
_MASKED = re.compile(
    r"""(?P<ticks>(?<!`)`+)|(?P<comment><!--)|<(?P<tag>code|pre|kbd|samp|svg|math)\b
    |(?P<opaque>\\[!-/:-@\[-`{-~]|</?[A-Za-z](?![\w.+-]*[:@])[^<>]*>)
    |(?P<link><[A-Za-z][\w.+-]*[:@][^<>\s]*>|(?<=\])\((?:[^()\\\n]|\\.|\([^()\n]*\))*\)
    |(?:https?://|\bwww\.)[^\s<>\x60]+)""",
    re.DOTALL | re.VERBOSE,
)
_UNCLOSED = re.compile(r"<(?:code|pre|kbd|samp|svg|math)(?![\w.+-]*[:@])[^<>]*>")  # tags that nothing closes
_COMMENT_END = re.compile("-->")
_TAG_ENDS = {tag: re.compile(f"</{tag}>") for tag in ("code", "pre", "kbd", "samp", "svg", "math")}
_REFERENCE = re.compile(r"(?<=\])\[(?P<label>[^\[\]]+)\]|\[(?P<text>[^\[\]^][^\[\]]*)\](?P<empty>\[\])?(?![(\[\2])")


class Context(NamedTuple):
    """The surroundings of a block: `gaps` if `[[…]]` is a gap there, `option` for the first text of a question's
    list item.
    """

    question: bool = False
    gaps: bool = False
    option: bool = False
    runs: bool = False  # whether the file has code that R Markdown runs
    parent: str = ""  # the kind of the block around it


class Finding(NamedTuple):
    """A finding: its code, its text, what it is, what to do, its offset in the block's text, and its place."""

    code: str
    text: str
    what: str
    hint: str
    start: int = 0
    end: int = 0
    place: Place = Place("")
    source: SourceFile | None = None


def mask(text: str, known: Mapping[str, tuple[str, str]]) -> str:
    """Inline Markdown in which everything but text is masked, with the same length; `known` are the link references."""

    def refer(match: re.Match[str]) -> str:
        if normal(match["label"] or match["text"]) not in known:
            return match[0]
        if match["label"]:
            return LINK * len(match[0])
        end = 1 + len(match["empty"] or "")  # the rest is text
        return match[0][:-end] + LINK * end

    parts: list[str] = []
    last = 0
    for opener, _, end in delimited(text, _MASKED, _closer):
        start = opener.start()
        sign = CODE if opener["ticks"] else LINK if opener["link"] else OPAQUE
        parts += text[last:start], sign * (end - start)
        last = end
    masked = "".join((*parts, text[last:])) if parts else text
    if "<" in masked:
        masked = _UNCLOSED.sub(lambda match: OPAQUE * len(match[0]), masked)
    return _REFERENCE.sub(refer, masked) if known else masked


def _closer(opener: re.Match[str]) -> re.Pattern[str] | None:
    if opener["ticks"]:
        return ticks(len(opener["ticks"]))
    return _COMMENT_END if opener["comment"] else _TAG_ENDS[opener["tag"]] if opener["tag"] else None


def normal(label: str) -> str:
    """A reference's label in the form for comparisons."""
    return " ".join(label.split()).lower()


def place_of(block: Block, start: int, end: int) -> Place:
    """The place of a part of a block's text: its line is found by the line breaks before it, its column by the text
    of that line.
    """
    source, text = block.source, block.text
    number = block.line + text.count("\n", 0, start)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", first)
    written = text[first : last if last >= 0 else len(text)]
    line = written.strip()
    part = text[start:end].partition("\n")[0]
    shown = source.lines[number - 1] if number <= len(source.lines) else ""
    if line and (column := shown.find(line)) >= 0:
        indent = len(written) - len(written.lstrip())
        return source.place(number, column + 1 + start - first - indent, max(1, len(part)))
    return source.find(part, number, block.end)
