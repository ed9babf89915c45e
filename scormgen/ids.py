"""Ids in raw HTML: `<a id="x"></a>` and any other element with an id is a place that links lead to.

All pages of a SCO are in one document, so an id is renamed to hold its page's id, as those of headings do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scormgen.blocks import Block, spans
from scormgen.model import Page

_TAG = re.compile(r"<!--.*?-->|<(?P<name>[A-Za-z][A-Za-z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_VALUE = r"""(?P<before>\s*=\s*)(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'<>=`]+))"""
_ID = re.compile(rf"(?<=\s)(?P<attribute>id|name){_VALUE}", re.I)
# Attributes that name elements of the same page by their ids, several with white space between.
_REFERENCES = re.compile(
    rf"(?<=\s)(?P<attribute>for|headers|list|aria-(?:labelledby|describedby|controls|details|owns|flowto|errormessage|activedescendant)){_VALUE}",
    re.I,
)
_ANCHORS = re.compile(r"\s*(?:<a\s+(?:id|name)\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+)\s*>\s*</a>\s*)+", re.I)


def _value(found: re.Match[str]) -> str:
    return next(value for value in (found["a"], found["b"], found["c"], "") if value is not None)


def _ids_of(tag: re.Match[str]) -> list[re.Match[str]]:
    """The id of a tag; the name of an `<a>` is one, too, where it has no id (HTML 4)."""
    found = list(_ID.finditer(tag[0])) if tag["name"] else []
    ids = [one for one in found if one["attribute"].lower() == "id"]
    return ids[:1] or [one for one in found if tag["name"].lower() == "a"][:1]


def find_ids(page: Page) -> Iterator[tuple[str, Block]]:
    """The ids in a page's raw HTML with their blocks, in the page's order."""
    for block in _blocks(page):
        if "<" not in block.text or not _ID.search(block.text):
            continue
        html = (
            block.text if block.kind == "html" else "".join(s.target for s in spans(block.text, {}) if s.kind == "tag")
        )
        for tag in _TAG.finditer(html):
            yield from ((_value(found), block) for found in _ids_of(tag) if _value(found).strip())


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
        text = found[0]
        for own in _ids_of(found):
            if renamed := names.get(_value(own)):
                text = f'{text[: own.start()]}id="{renamed}"{text[own.end() :]}'
        return _REFERENCES.sub(reference, text) if found["name"] else text

    def reference(found: re.Match[str]) -> str:
        renamed = " ".join(names.get(word, word) for word in _value(found).split())
        return f'{found["attribute"]}="{renamed}"'

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
