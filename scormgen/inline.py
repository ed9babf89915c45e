"""Inline Markdown that GitHub has and Python-Markdown has not: strikethrough, bare addresses, the backslash break."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor, SubstituteTagInlineProcessor
from markdown.util import AtomicString

_STRIKE = r"(?<!~)(~~?)(?![\s~])(.+?)(?<![\s~])\1(?!~)"
_BREAK = r"\\\n"
# GFM's extended autolinks: an address may not end in punctuation, nor in a bracket that it does not open.
_ADDRESS = r"(?<![\w@./:-])((?:https?://|www\.)[^\s<>\x02\x03]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
_TRAILING = "?!.,:*_~'\";"


class _Address(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
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


class GitHubInline(Extension):
    """Registers the patterns: after links and code, before emphasis."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "backslash-break", 185)
        md.inlinePatterns.register(_Address(_ADDRESS, md), "address", 95)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRIKE, "del"), "strike", 70)
