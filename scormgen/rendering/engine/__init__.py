"""The only module that uses Python-Markdown: inline Markdown on a tree of elements, then footnotes and abbreviations.

Its block rules differ from GitHub's, so `tree.py` builds the tree from blocks. `Engine.write` replaces its serializer:
it cuts the HTML at elements that stand for a question, a gap or a card.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.serializers import RE_AMP
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, STX, AtomicString, code_escape

from scormgen.model.blocks import Block
from scormgen.reading.tags import ANY_TAG
from scormgen.rendering.allowed import Refusal
from scormgen.rendering.engine.github import GAP, REFUSED, AttributeLists, GitHubInline

__all__ = ["GAP", "RAW", "REFUSED", "AtomicString", "Engine", "code_escape", "is_address"]

RAW = "sg-raw"  # an element with only a placeholder of raw HTML
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_NAME_OF_BLOCK = re.compile(r"</?([^ >]+)")


class _Notes:
    """Gives Python-Markdown's footnotes the blocks of a note where they ask to parse its text."""

    def __init__(self) -> None:
        self.build: Callable[[Element, Sequence[Block]], None] | None = None
        self.footnotes: Mapping[str, Sequence[Block]] = {}

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802
        if self.build:
            self.build(parent, self.footnotes[text])


class Engine:
    """Converts inline Markdown, footnotes, abbreviations and attribute lists for the pages of one course, one page
    at a time.
    """

    def __init__(self, footnote_back: str) -> None:
        """`footnote_back` is the title of the link from a footnote back to its reference."""
        self._footnotes = FootnoteExtension(UNIQUE_IDS=True, BACKLINK_TITLE=footnote_back)
        self._abbreviations = AbbrExtension()
        self._attribute_lists = AttributeLists()
        extensions = [self._attribute_lists, self._footnotes, self._abbreviations, GitHubInline()]
        self._markdown = markdown.Markdown(extensions=extensions, output_format="html")
        self._markdown.ESCAPED_CHARS = list(string.punctuation)  # as CommonMark has it
        self._notes = _Notes()
        self._footnotes.parser = self._notes  # type: ignore[assignment]
        self._pages = 0

    def start_page(self, references: Mapping[str, tuple[str, str]], abbreviations: Mapping[str, str]) -> None:
        """Forgets the previous page; footnotes of this page get their own ids."""
        self._pages += 1
        self._markdown.reset()
        self._footnotes.unique_prefix = self._pages
        self._markdown.references.update(references)
        self._abbreviations.abbrs.update(abbreviations)  # type: ignore[attr-defined]  # stubs lag behind

    def add_references(self, references: Mapping[str, tuple[str, str]]) -> None:
        """Adds link references, such as a transcript's; those of the page have priority."""
        for label, reference in references.items():
            self._markdown.references.setdefault(label, reference)

    def place_footnotes(
        self, main: Element, footnotes: Mapping[str, Sequence[Block]], build: Callable[[Element, Sequence[Block]], None]
    ) -> None:
        """Registers the notes that `main` and they themselves refer to, in the order of reference, after the main
        part.
        """
        if not footnotes:
            return
        texts = [element.text or "" for element in main.iter() if not isinstance(element.text, AtomicString)]
        texts += [element.tail or "" for element in main.iter()]
        labels: dict[str, None] = {}
        while texts:
            named = [label for text in texts for label in _FOOTNOTE.findall(text) if label in footnotes]
            new = [label for label in dict.fromkeys(named) if label not in labels]
            labels |= dict.fromkeys(new)
            texts = [inner.text for label in new for block in footnotes[label] for inner in block.walk()]
        self._notes.build, self._notes.footnotes = build, footnotes
        for label in labels:
            self._footnotes.setFootnote(label, label)
        if labels:
            SubElement(main, "p").text = self._footnotes.getConfig("PLACE_MARKER")

    def run(self, root: Element, finish: Callable[[], None]) -> None:
        """Converts the inline text of a page's tree, in place; `finish` is called before escaped characters are
        restored.
        """
        processors: Any = self._markdown.treeprocessors
        for processor in processors:
            if processor is processors["unescape"]:
                finish()
            processor.run(root)

    def run_inline(self, element: Element) -> None:
        """Converts the inline text of an element that was built while `run` finishes."""
        inline: Any = self._markdown.treeprocessors["inline"]
        inline.run(element)

    def unescape(self, value: str) -> str:
        """An attribute's value with escaped characters restored, as Python-Markdown does at the end."""
        processor: Any = self._markdown.treeprocessors["unescape"]
        return str(processor.unescape(value))

    def refused(self, number: str) -> Sequence[Refusal]:
        """The refused attributes of an element, by its number in `REFUSED`."""
        return self._attribute_lists.refused[int(number)]

    # Raw HTML: Python-Markdown stores it separately, with a placeholder in the tree.

    def store(self, html: str) -> str:
        """Stores raw HTML; returns its placeholder."""
        return str(self._markdown.htmlStash.store(html))

    @property
    def stored(self) -> list[Any]:
        """The stored raw HTML, by number; it can be replaced."""
        return self._markdown.htmlStash.rawHtmlBlocks

    def numbers(self, element: Element) -> list[int]:
        """The numbers of the raw HTML in an element, in its order."""
        return [int(found[1]) for found in HTML_PLACEHOLDER_RE.finditer("".join(element.itertext()))]

    def copy_raw(self, text: str, change: Callable[[str], str]) -> str:
        """A text whose raw HTML is a changed copy of what it was."""
        copied = HTML_PLACEHOLDER_RE.sub(lambda found: self.store(change(str(self.stored[int(found[1])]))), text)
        return AtomicString(copied) if isinstance(text, AtomicString) else copied

    def write(self, element: Element, cuts: Collection[str] = (), without: Collection[str] = ()) -> list[str | Element]:
        """What is inside an element as HTML, cut where elements named in `cuts` are; tags in `without` are left out,
        and their content is kept.
        """
        parts: list[str | Element] = []
        out: list[str] = []
        _write_inner(element, out, parts, frozenset(cuts), frozenset(without))
        parts.append("".join(out))
        written = [part if isinstance(part, Element) else self._put_back(part, without) for part in parts]
        if isinstance(first := written[0], str):
            written[0] = first.lstrip()
        if isinstance(last := written[-1], str):
            written[-1] = last.rstrip()
        return [part for part in written if part != ""]

    def html(self, element: Element, without: Collection[str] = ()) -> str:
        """What is inside an element as HTML."""
        return "".join(part for part in self.write(element, (), without) if isinstance(part, str))

    def _put_back(self, html: str, without: Collection[str]) -> str:
        """HTML with the raw HTML and the other placeholders of Python-Markdown filled in. A paragraph that holds only a
        block element loses its <p>.
        """
        if STX in html:

            def raw(found: re.Match[str]) -> str:
                if int(found["number"]) >= len(self.stored):
                    return found[0]
                kept = str(self.stored[int(found["number"])])
                if without and (tag := ANY_TAG.fullmatch(kept)) and (tag["tag"] or tag["end"]).lower() in without:
                    return ""
                inner = _PLACE.sub(raw, kept)
                return f"<p>{inner}</p>" if found["p"] and not self._is_block(kept) else inner

            html = _PLACE.sub(raw, html).replace(AMP_SUBSTITUTE, "&")
        if self._footnotes.footnotes:
            html = html.replace(FN_BACKLINK_TEXT, self._footnotes.getConfig("BACKLINK_TEXT"))
            html = html.replace(NBSP_PLACEHOLDER, "&#160;")
        return html

    def _is_block(self, html: str) -> bool:
        name = _NAME_OF_BLOCK.match(html)
        return bool(name) and (name[1][0] in "!?@%" or self._markdown.is_block_level(name[1]))  # type: ignore[index]


_PLACE = re.compile(rf"(?P<p><p>)?{HTML_PLACEHOLDER_RE.pattern.replace('([0-9]+)', '(?P<number>[0-9]+)')}(?(p)</p>)")


def _write_inner(
    element: Element, out: list[str], parts: list[str | Element], cuts: frozenset[str], without: frozenset[str]
) -> None:
    if element.text:
        out.append(_escaped(element.text))
    for child in element:
        tag = child.tag
        if tag in cuts:
            parts += ["".join(out), child]
            out.clear()
        elif tag == RAW or tag in without:
            _write_inner(child, out, parts, cuts, without)
        else:
            out.append(_start(child))
            if child.text or len(child):
                _write_inner(child, out, parts, cuts, without)
            if tag not in _VOID:
                out.append(f"</{tag}>")
        if child.tail:
            out.append(_escaped(child.tail))


def _start(element: Element) -> str:
    if not element.attrib:
        return f"<{element.tag}>"
    given = "".join(
        f" {name}" if name == value else f' {name}="{_quoted(value)}"' for name, value in sorted(element.attrib.items())
    )
    return f"<{element.tag}{given}>"


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)  # what is an entity already stays one
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _quoted(value: str) -> str:
    value = _escaped(value)
    return value.replace('"', "&quot;") if '"' in value else value


def is_address(target: str) -> bool:
    """Whether a link's target is a mail address between < and >, which Python-Markdown has written in numbers."""
    return target.startswith(("mailto:", AMP_SUBSTITUTE))
