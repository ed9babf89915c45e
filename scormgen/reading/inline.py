"""Inline Markdown, read by markdown-it-py: links, images and tags in it, and its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Literal, NamedTuple

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from scormgen.reading.blocks import markdown_parser
from scormgen.text import replace_code


class Span(NamedTuple):
    """A link, an image or a tag in a block's text: what is in its brackets (as text), and its target (or the tag's
    attributes).
    """

    kind: Literal["link", "image", "tag"]
    text: str
    target: str


def inline_tokens(text: str, references: Mapping[str, tuple[str, str]]) -> Sequence[Token]:
    """Inline Markdown as markdown-it-py reads it."""
    known = {normalizeReference(label): {"href": href, "title": title} for label, (href, title) in references.items()}
    tokens = markdown_parser().parseInline(text, {"references": known})
    return tokens[0].children or [] if tokens else []


def spans(text: str, references: Mapping[str, tuple[str, str]]) -> list[Span]:
    """The links, images and raw tags of inline Markdown, in order, by markdown-it-py; an image in a link comes after
    it.
    """
    children = inline_tokens(text, references)
    items: list[Span] = []
    for index, token in enumerate(children):
        if token.type == "image":
            items.append(Span("image", plain_text(token.content), str(token.attrGet("src") or "")))
        elif token.type == "html_inline":
            items.append(Span("tag", "", token.content))
        elif token.type == "link_open":
            end = next(i for i in range(index, len(children)) if children[i].type == "link_close")
            inside = "".join(child.content for child in children[index:end] if child.type != "html_inline")
            items.append(Span("link", " ".join(inside.split()), str(token.attrGet("href") or "")))
    return items


_MARKED = re.compile(r"[`*_\[<&\\~]")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])(?:\{[^{}]*\})?")
_MARKS = re.compile(r"<(?:/?[A-Za-z]|!--)[^<>]*>|(?<!\\)(?:\*{1,3}|~~)|(?<![\w\\])_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_text(inline: str) -> str:
    """Inline Markdown as text on one line: for titles in the menu, the manifest and reports."""
    if not _MARKED.search(inline):
        return " ".join(inline.split())

    def code(start: int, end: int, count: int) -> str:
        content = inline[start + count : end - count]
        return content.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")

    text = replace_code(inline, code)
    for _ in range(3):  # an image in a link
        text = _IMAGE_OR_LINK.sub(r"\1", text)
    return " ".join(unescape(_ESCAPED.sub(r"\1", _MARKS.sub("", text))).split())
