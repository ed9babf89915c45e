"""Ids in raw HTML: `<a id="x"></a>` and any other element with an id is a place that links lead to.

All pages of a unit are in one document, so the id of the page is added to each id, as for headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape

from scormgen.model.blocks import Block
from scormgen.model.course import Page
from scormgen.reading.inline import spans
from scormgen.reading.tags import OPEN_TAG, Attribute, attributes
from scormgen.text import without_comments

_HAS_ID = re.compile(r"\s(?:id|name)\s*=", re.I)
# Attributes that name elements of the same page by their ids, several with white space between.
_REFERENCES = frozenset(
    [
        "for",
        "headers",
        "list",
        *(
            f"aria-{name}"
            for name in (
                "labelledby",
                "describedby",
                "controls",
                "details",
                "owns",
                "flowto",
                "errormessage",
                "activedescendant",
            )
        ),
    ]
)
_IN_PICTURE = re.compile(r"(url\(\s*[\"']?#)([^\s\"')]+)")  # a gradient, a clipping path
_ANCHORS = re.compile(r"\s*(?:<a\s+(?:id|name)\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+)\s*>\s*</a>\s*)+", re.I)


def _id_of(tag: re.Match[str]) -> Attribute | None:
    """The id of a tag; the name of an `<a>` is one, too, where it has no id (HTML 4)."""
    by_name = {attribute.name: attribute for attribute in reversed(list(attributes(tag)))}
    return by_name.get("id") or (by_name.get("name") if tag["tag"].lower() == "a" else None)


def find_ids(page: Page) -> Iterator[tuple[str, Block]]:
    """The ids in a page's raw HTML with their blocks, in the page's order."""
    for block in _blocks(page):
        if "<" not in block.text or not _HAS_ID.search(block.text):
            continue
        html = (
            block.text if block.kind == "html" else "".join(s.target for s in spans(block.text, {}) if s.kind == "tag")
        )
        for tag in OPEN_TAG.finditer(without_comments(html)):
            attribute = _id_of(tag)
            if attribute and (name := unescape(attribute.value or "")).strip():
                yield name, block


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


def rename_ids(tag: re.Match[str], names: Mapping[str, str]) -> Callable[[Attribute], dict[str, str] | None]:
    """A function that renames the ids of `names` in the attributes of a tag: the id itself, and references to ids."""
    id_attribute = _id_of(tag) if names else None

    def rename(attribute: Attribute) -> dict[str, str] | None:
        value = unescape(attribute.value or "")
        if attribute == id_attribute:
            return {"id": names[value]} if value in names else None
        if attribute.name in _REFERENCES:
            renamed = " ".join(names.get(word, word) for word in value.split())
        else:
            renamed = _IN_PICTURE.sub(lambda match: match[1] + names.get(match[2], match[2]), value)
        return {attribute.name: renamed} if names and renamed != value else None

    return rename


def behind_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with each empty anchor before a heading moved after it: it belongs to what the heading starts,
    which may be a page.
    """
    moved: list[Block] = []
    for block in blocks:
        anchors: list[Block] = []
        if block.kind == "heading" and not block.text.startswith("Pool:"):
            while moved and moved[-1].kind in ("paragraph", "html") and _ANCHORS.fullmatch(moved[-1].text):
                anchors.insert(0, moved.pop())
        moved += [block, *anchors]
    return tuple(moved)
