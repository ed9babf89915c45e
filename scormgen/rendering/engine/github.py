"""Inline Markdown of GitHub that Python-Markdown lacks: strikethrough, bare addresses, the backslash break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.inlinepatterns import (
    HTML_RE,
    HtmlInlineProcessor,
    InlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.util import AMP_SUBSTITUTE, INLINE_PLACEHOLDER_RE, AtomicString

from scormgen.model.question import GAP_MARK
from scormgen.reading.tags import OPEN_TAG
from scormgen.rendering.allowed import Refusal, refuse_attributes

GAP = "sg-gap"
REFUSED = "data-sg-refused"  # the number of what an element was not given
_STRIKE = r"(?<!~)(~~?)(?![\s~])(.+?)(?<![\s~])\1(?!~)"
_BREAK = r"\\\n"
_GAP = GAP_MARK.format(r"(\d+)")
# GFM's extended autolinks: an address may not end in punctuation, nor in a bracket that it does not open.
_ADDRESS = r"(?<![\w@./:-])((?:https?://|www\.)[^\s<>\x02\x03]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
_TRAILING = "?!.,:*_~'\";"


class _Address(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        text = m.group(1)
        while text:
            stripped = text.rstrip(_TRAILING)
            if stripped.endswith(")") and stripped.count(")") > stripped.count("("):
                stripped = stripped[:-1]
            if stripped == text:
                break
            text = stripped
        host = text.partition("//")[2] if "//" in text else text
        if not text or "." not in host.partition("/")[0]:
            return None, None, None
        element = Element("a")
        web = text.startswith(("http://", "https://"))
        element.set("href", text if web else f"http://{text}" if text.startswith("www.") else f"mailto:{text}")
        element.text = AtomicString(text)
        return element, m.start(1), m.start(1) + len(text)


class _Gap(InlineProcessor):
    """The place of a gap in the text of a question: an element that is no HTML, with the index of the question's
    part.
    """

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return Element(GAP, {"part": m[1]}), m.start(), m.end()


class _RawHtml(HtmlInlineProcessor):
    """Raw HTML, as the author wrote it. Python-Markdown has put code and addresses aside before it looks for tags, so
    that it takes `<x and <user@example.com> or y>` for one: of what is no tag with them, the beginning alone is HTML,
    which is an error.
    """

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        first = next((f for f in INLINE_PLACEHOLDER_RE.finditer(m[1]) if isinstance(self._stashed(f), Element)), None)
        end, written = m.end(1), self.backslash_unescape(self.unescape(m[1]))
        if first and not written.startswith(("<!", "<?")) and not OPEN_TAG.fullmatch(written):
            end = m.start(1) + first.start()
            written = self.backslash_unescape(self.unescape(data[m.start(1) : end]))
        return self.md.htmlStash.store(written), m.start(), end

    def unescape(self, text: str) -> str:
        return str(super().unescape(INLINE_PLACEHOLDER_RE.sub(self._written, text)))

    def _stashed(self, placeholder: re.Match[str]) -> Any:
        inline: Any = self.md.treeprocessors["inline"]
        return inline.stashed_nodes.get(placeholder[1])

    def _written(self, placeholder: re.Match[str]) -> str:
        """An address between < and > as it was written; other placeholders as they are."""
        found = self._stashed(placeholder)
        if not isinstance(found, Element) or found.tag != "a" or len(found) or not isinstance(found.text, AtomicString):
            return placeholder[0]
        text, href = (unescape((part or "").replace(AMP_SUBSTITUTE, "&")) for part in (found.text, found.get("href")))
        return f"<{text}>" if href in (text, f"mailto:{text}") else placeholder[0]


class GitHubInline(Extension):
    """Registers the patterns: after links, code and raw HTML, whose attributes hold addresses, and before emphasis."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "backslash-break", 185)
        md.inlinePatterns.register(_RawHtml(HTML_RE, md), "html", 90)
        md.inlinePatterns.register(_Gap(_GAP, md), "gap", 88)
        md.inlinePatterns.register(_Address(_ADDRESS, md), "address", 85)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRIKE, "del"), "strike", 70)
        md.treeprocessors.register(_Gated(md), "inline", 20)


class AttributeLists(AttrListExtension):
    """Attribute lists, `{#id .class key=value}`, that give an element only what a course may have (`allowed.py`)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        self.processor = _AttributeLists(md)
        md.treeprocessors.register(self.processor, "attr_list", 8)
        md.registerExtension(self)

    def reset(self) -> None:
        self.processor.refused = []

    @property
    def refused(self) -> Sequence[Sequence[Refusal]]:
        """What was not given, by the numbers that elements have in `REFUSED`."""
        return self.processor.refused


class _AttributeLists(AttrListTreeprocessor):
    refused: list[list[Refusal]]

    def assign_attrs(self, elem: Element, attrs_string: str, **how: bool) -> str:
        before = dict(elem.attrib)
        rest: str = super().assign_attrs(elem, attrs_string, **how)
        given = {name: value for name, value in elem.attrib.items() if name not in before or before[name] != value}
        refused = list(refuse_attributes(elem.tag, given.items()))
        if refused:
            elem.attrib.clear()
            elem.attrib.update({**before, REFUSED: str(len(self.refused))})
            self.refused.append(refused)
        return rest


# What a pattern of Python-Markdown or ours can only match where it is in the text.
_NEEDLES: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "backslash-break": ("\\\n",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "gap": (GAP_MARK[0],),
    "address": ("http", "www.", "@"),
    "html": ("<",),
    "entity": ("&",),
    "strike": ("~",),
    "em_strong": ("*", "_"),
}


class _Gated(InlineTreeprocessor):
    """Python-Markdown's inline work, without calling the patterns whose characters a text does not have.

    It overrides the one private method that calls them: most texts have none, and the calls were a third of a build.
    Should the method be renamed one day, everything goes on as slowly as before.
    """

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self._patterns = list(self.inlinePatterns)
        names = {self.inlinePatterns[name]: name for name in _NEEDLES if name in self.inlinePatterns}
        self._gates = [_NEEDLES[names[pattern]] if pattern in names else ("",) for pattern in self._patterns]
        found: Element = super().run(tree, ancestors)
        return found

    def _InlineProcessor__handleInline(self, data: str, pattern: int = 0) -> str:  # noqa: N802
        if isinstance(data, AtomicString):
            return data
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        start, last = 0, len(self._patterns)
        while pattern < last:
            matched = False
            for needle in self._gates[pattern]:
                if needle in data:
                    data, matched, start = apply(self._patterns[pattern], data, pattern, start)
                    break
            if not matched:
                pattern += 1
                start = 0
        return data
