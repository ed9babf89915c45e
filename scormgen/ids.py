"""Ids in raw HTML: `<a id="x"></a>` and any other element with an id is a place that links lead to.

All pages of a SCO are in one document, so an id is renamed to hold its page's id, as those of headings do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scormgen.blocks import Block, spans
from scormgen.model import Page

_TAG = re.compile(r"<!--(?:(?!<!--).)*?-->|<(?P<tag>[A-Za-z][A-Za-z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
# All attributes are matched in turn, so that words in a quoted value are not taken for one.
_ATTRIBUTE = re.compile(
    r"""(?<=\s)(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'<>=`]+)))?"""
)
_HAS_ID = re.compile(r"\s(?:id|name)\s*=", re.I)
# Attributes that name elements of the same page by their ids, several with white space between.
_REFERENCES = frozenset(
    ["for", "headers", "list", *(f"aria-{name}" for name in (
        "labelledby", "describedby", "controls", "details", "owns", "flowto", "errormessage", "activedescendant",
    ))]
)  # fmt: skip
_ANCHORS = re.compile(r"\s*(?:<a\s+(?:id|name)\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+)\s*>\s*</a>\s*)+", re.I)


def _value(found: re.Match[str]) -> str:
    return next(value for value in (found["a"], found["b"], found["c"], "") if value is not None)


def _id_of(tag: re.Match[str]) -> re.Match[str] | None:
    """The id of a tag; the name of an `<a>` is one, too, where it has no id (HTML 4)."""
    found = {one["name"].lower(): one for one in reversed(list(_ATTRIBUTE.finditer(tag[0])))} if tag["tag"] else {}
    named = found.get("name") if found and tag["tag"].lower() == "a" else None
    return found.get("id") or named


def find_ids(page: Page) -> Iterator[tuple[str, Block]]:
    """The ids in a page's raw HTML with their blocks, in the page's order."""
    for block in _blocks(page):
        if "<" not in block.text or not _HAS_ID.search(block.text):
            continue
        html = (
            block.text if block.kind == "html" else "".join(s.target for s in spans(block.text, {}) if s.kind == "tag")
        )
        for tag in _TAG.finditer(html):
            found = _id_of(tag)
            if found and _value(found).strip():
                yield _value(found), block


def _blocks(page: Page) -> Iterator[Block]:
    """All blocks with text of a page and its questions."""
    line = page.place.line
    yield Block("paragraph", page.source, line, line, page.title)
    texts: list[Sequence[Block]] = [[part for part in page.parts if isinstance(part, Block)]]
    for question in page.questions:
        line = question.place.line
        yield Block("paragraph", question.source, line, line, question.title)
        texts += [question.stem, *question.notes.values()]
        texts += [text for option in question.options for text in (option.text, option.feedback)]
        texts += [text for part in question.parts for text in (part.text, part.feedback)]
    yield from (inner for text in texts for block in text for inner in block.walk() if inner.kind != "fence")


def rename_ids(html: str, names: Mapping[str, str]) -> str:
    """Raw HTML with the ids of `names` renamed, and what refers to them."""

    def tag(found: re.Match[str]) -> str:
        own = _id_of(found)

        def attribute(one: re.Match[str]) -> str:
            name, value = one["name"].lower(), _value(one)
            if own and one.span() == own.span() and value in names:
                return f'id="{names[value]}"'
            if name in _REFERENCES and any(word in names for word in value.split()):
                return f'{name}="{" ".join(names.get(word, word) for word in value.split())}"'
            return one[0]

        return _ATTRIBUTE.sub(attribute, found[0]) if found["tag"] else found[0]

    return _TAG.sub(tag, html) if names else html


def behind_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with each empty anchor that stands before a heading behind it: it names what the heading begins, which may be a page."""
    found: list[Block] = []
    for block in blocks:
        anchors: list[Block] = []
        if block.kind == "heading" and not block.text.startswith("Pool:"):
            while found and found[-1].kind in ("paragraph", "html") and _ANCHORS.fullmatch(found[-1].text):
                anchors.insert(0, found.pop())
        found += [block, *anchors]
    return tuple(found)
