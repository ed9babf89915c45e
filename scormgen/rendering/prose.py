"""Blocks to HTML: a page is converted once, with its questions' texts as further pieces of the same document.

Python-Markdown does the inline half: its block rules are not GitHub's, so `tree.py` builds the tree from parsed blocks instead.
Reference links, footnotes and abbreviations thus work across a page and its questions.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, AtomicString

from scormgen.files.source import kind_of
from scormgen.model.blocks import Block
from scormgen.model.course import Definitions, Page
from scormgen.model.question import Question
from scormgen.problems.report import Report
from scormgen.reading.blocks import parse_document
from scormgen.reading.constructs import report_constructs
from scormgen.reading.dropped import check_dropped
from scormgen.rendering.allowed import find_refused
from scormgen.rendering.html import check_balance, note_new_tabs, rewrite_html
from scormgen.rendering.inline import REFUSED, AttributeLists, GitHubInline
from scormgen.rendering.links import OPENS_TAB, Link, Links
from scormgen.rendering.media import check_shown, find_captions, find_transcript, media_type
from scormgen.rendering.terms import Terms
from scormgen.rendering.tree import BLOCK, RAW, Part, Tree
from scormgen.text import mask_code, quoted

_PIECE = "sg-piece"
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
# As Python-Markdown has it.
_INLINE_HTML = re.compile(r"</?[A-Za-z][^<>@ ]*(?: [^<>]*)?>|<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_RAW_TAGS = re.compile(f"</?{RAW}>")


class Piece(NamedTuple):
    """Something of a page that becomes HTML by itself: a page's parts, or the inline Markdown of a title."""

    parts: Sequence[Part] = ()
    inline: str = ""
    block: Block | None = None  # where the inline text stands
    is_broken: bool = False  # whether these are the parts of questions that have an error


class Converted(NamedTuple):
    """The HTML of each piece, and the questions whose places `<sg-question>n</sg-question>` mark in the first."""

    html: tuple[str, ...]
    questions: tuple[Question, ...]
    cards: int


class _Notes:
    """Gives Python-Markdown's footnotes the blocks of a note where they ask to parse its text."""

    def __init__(self) -> None:
        self.tree: Tree | None = None
        self.footnotes: Mapping[str, Sequence[Block]] = {}

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802
        if self.tree:
            self.tree.build(parent, self.footnotes[text])


@dataclass(slots=True)
class Prose:
    """Converts the pages of one course."""

    links: Links
    glossary: Mapping[str, str]
    strings: Mapping[str, str]
    report: Report
    engine: markdown.Markdown = field(init=False)
    attribute_lists: AttributeLists = field(init=False)
    _footnotes: FootnoteExtension = field(init=False)
    _notes: _Notes = field(init=False)
    _abbreviations: AbbrExtension = field(init=False)
    _terms: Terms = field(init=False)
    _count: int = 0

    def __post_init__(self) -> None:
        self._footnotes = FootnoteExtension(UNIQUE_IDS=True, BACKLINK_TITLE=self.strings["footnote_back"])
        self._abbreviations = AbbrExtension()
        self.attribute_lists = AttributeLists()
        extensions = [self.attribute_lists, self._footnotes, self._abbreviations, GitHubInline()]
        self.engine = markdown.Markdown(extensions=extensions, output_format="html")
        self.engine.ESCAPED_CHARS = list(string.punctuation)  # as CommonMark has it
        self._notes = _Notes()
        self._footnotes.parser = self._notes  # type: ignore[assignment]
        self._terms = Terms(self.glossary)

    def convert(self, page: Page, definitions: Definitions, pieces: Sequence[Piece]) -> Converted:
        """All pieces of a page as HTML; the first is the page itself. Adds L… and M… problems."""
        engine, self._count = self.engine, self._count + 1
        engine.reset()
        self._footnotes.unique_prefix = self._count
        engine.references.update(definitions.references)
        self._abbreviations.abbrs.update(definitions.abbreviations)  # type: ignore[attr-defined]  # stubs lag behind
        tree = Tree(
            self.links.anchors.ids.get(page.id, {}), page.level, self.strings,
            lambda html, block: engine.htmlStash.store(self._raw(html, block, page)), self.report,
        )  # fmt: skip
        root = Element("div")
        for piece in pieces:
            element = SubElement(root, _PIECE)
            if piece.block:
                element.set(BLOCK, str(len(tree.blocks)))
                tree.blocks.append(piece.block)
                element.text = piece.inline
            else:
                tree.is_broken = piece.is_broken
                tree.build(element, piece.parts)
        self._place_footnotes(root[0], tree, definitions)
        finish = _Finish(engine, tree, self, page)
        engine.treeprocessors.register(finish, "sg-finish", 6)
        for processor in engine.treeprocessors:
            root = processor.run(root) or root
        self._terms.mark(root[0])
        html = tuple(self._serialize(element) for element in root if element.tag == _PIECE)
        for markup in html if tree.raw else ():
            check_balance(markup, tree.raw, self.report)
        if not self.report.errors:
            self._check(html, page, tree)
        return Converted(html, tuple(tree.questions), tree.cards)

    def _check(self, html: Sequence[str], page: Page, tree: Tree) -> None:
        """Adds M027 for what a browser would find in the page and a course may not hold: something that all other checks have let pass."""
        for tag, name, value in find_refused("<hr>".join(html)):
            sought = name or f"<{tag}"
            blocks = [block for block in (*tree.raw, *tree.blocks) if sought in block.text.lower()]
            # Where the same may stand elsewhere, such as <title>, the block that it is wrong in by itself.
            wrong = (block for block in blocks if (tag, name, value) in find_refused(block.text))
            block = next(wrong, blocks[0] if blocks else None)
            what = f"{name}={quoted(value)} of <{tag}>" if name else f"<{tag}> in <{value}>" if value else f"<{tag}>"
            self.report.add("M027", block.place(sought) if block else page.place, what=what)

    def _serialize(self, element: Element) -> str:
        """A piece's inner HTML, with raw HTML back in its place."""
        if not len(element) and not element.text:
            return ""
        element.tail = None
        text: str = _RAW_TAGS.sub("", self.engine.serializer(element))
        text = text[text.index(">") + 1 : text.rindex("<")]
        for processor in self.engine.postprocessors:
            text = processor.run(text)
        return text.strip()

    def _place_footnotes(self, main: Element, tree: Tree, definitions: Definitions) -> None:
        """Registers the notes that this page and they themselves refer to, in the order of reference, behind its main part."""
        if not definitions.footnotes:
            return
        texts = [element.text or "" for element in main.iter() if not isinstance(element.text, AtomicString)]
        texts += [element.tail or "" for element in main.iter()]
        labels: dict[str, None] = {}
        while texts:
            found = [label for text in texts for label in _FOOTNOTE.findall(text) if label in definitions.footnotes]
            new = [label for label in dict.fromkeys(found) if label not in labels]
            labels |= dict.fromkeys(new)
            notes = [block for label in new for block in definitions.footnotes[label]]
            texts = [inner.text for block in notes for inner in block.walk()]
        self._notes.tree, self._notes.footnotes = tree, definitions.footnotes
        for label in labels:
            self._footnotes.setFootnote(label, label)
        if labels:
            SubElement(main, "p").text = self._footnotes.getConfig("PLACE_MARKER")

    def _raw(self, html: str, block: Block, page: Page) -> str:
        names = self.links.anchors.raw.get(page.id, {})
        return rewrite_html(
            html, block, lambda name, target: self._resolve(name, target, block, page), names, self.report
        )

    def _resolve(self, name: str, target: str, block: Block, page: Page) -> Link | None:
        if name == "href":
            return self.links.link(target, block, page)
        path = self.asset(target, block, page, in_html=True)
        return Link(path) if path else None

    def asset(self, target: str, block: Block, page: Page, *, in_html: bool = False) -> str | None:
        """The path in the package of what stands in an image's place; None after adding M022 or L…."""
        file = self.links.file(target, block)
        shown = check_shown(target, file, block.place(target), self.report, in_html=in_html)
        if not shown and file and kind_of(file) != "file":
            return None  # once is enough: what is to be put there is another file
        return self.links.asset(target, block, page)

    def resolve_inline(self, first: int, page: Page, tree: Tree) -> None:
        """Resolves addresses in inline HTML, which Python-Markdown has stashed from number `first` on."""
        stash = self.engine.htmlStash.rawHtmlBlocks
        if first == len(stash):
            return
        blocks = _blocks_by_html(tree)
        known = {(block.source.path, block.line, block.end) for block in tree.raw}
        for index in range(first, len(stash)):
            html = stash[index]
            if isinstance(html, str) and html.startswith("<"):
                start = html.partition("\n")[0]
                left = blocks.get(start) or [block for block in tree.blocks if start in block.text][:1]
                page_block = Block("paragraph", page.source, page.place.line, len(page.source.lines))
                block = left.pop() if len(left) > 1 else left[0] if left else page_block
                stash[index] = self._raw(html, block, page)
                if (where := (block.source.path, block.line, block.end)) not in known:
                    known.add(where)
                    tree.raw.append(block)


class _Finish(Treeprocessor):
    """After the inline work: resolves links and images, makes figures and media, takes the block numbers out."""

    def __init__(self, engine: markdown.Markdown, tree: Tree, prose: Prose, page: Page) -> None:
        super().__init__(engine)
        self.tree, self.prose, self.page = tree, prose, page
        self.stashed = len(engine.htmlStash.rawHtmlBlocks)  # what follows is inline HTML

    def run(self, root: Element) -> None:
        self.prose.resolve_inline(self.stashed, self.page, self.tree)
        for piece in root:
            self._walk(piece, None)
        stash = self.md.htmlStash.rawHtmlBlocks
        if any(isinstance(html, str) and OPENS_TAB in html.lower() for html in stash):
            for piece in root:
                self._note_new_tabs(piece)

    def _note_new_tabs(self, piece: Element) -> None:
        """Tells of new tabs in the raw HTML of a piece, whose tags Python-Markdown has stashed one by one, in any order."""
        stash = self.md.htmlStash.rawHtmlBlocks
        numbers = [int(found[1]) for found in HTML_PLACEHOLDER_RE.finditer("".join(piece.itertext()))]
        noted = note_new_tabs([str(stash[number]) for number in numbers], self.prose.strings["new_tab"])
        for number, html in zip(numbers, noted, strict=True):
            stash[number] = html

    def _walk(self, element: Element, block: Block | None) -> None:
        number = element.attrib.pop(BLOCK, None)
        if number is not None:
            block = self.tree.blocks[int(number)]
        if REFUSED in element.attrib:
            self._refuse(element, block)
        if block is not None:
            if element.tag == "a":
                self._link(element, block)
            elif element.tag == "img":
                self._image(element, block)
                return
            elif element.tag == "p" and len(element) == 1 and _is_alone(element):
                self._figure(element, block)
                return
        for child in list(element):
            self._walk(child, block)

    def _refuse(self, element: Element, block: Block | None) -> None:
        """Adds M010 or M026 for what a list of attributes would give an element."""
        report, number = self.prose.report, int(element.attrib.pop(REFUSED))
        for refusal in self.prose.attribute_lists.refused[number]:
            place = block.place(refusal.name) if block else self.page.place
            if refusal.code == "M010" or not _is_foreign(block, report):
                refusal.tell(place, report)

    def _text(self, value: str) -> str:
        """An attribute's value with escaped characters restored, as Python-Markdown does after us."""
        unescape: Any = self.md.treeprocessors["unescape"]
        return str(unescape.unescape(value))

    def _link(self, element: Element, block: Block) -> None:
        target = unescape(self._text(element.get("href", "")))
        if "footnote" in element.get("class", "") or target.startswith(("mailto:", AMP_SUBSTITUTE)):
            return  # an address between < and > is written in numbers
        link = self.prose.links.link(target, block, self.page)
        if link is None:
            return
        element.attrib.update({"href": link.href, **link.opening})
        if link.external:
            note = SubElement(element, "span", {"class": "sg-visually-hidden"})
            note.text = AtomicString(f" {self.prose.strings['new_tab']}")

    def _image(self, element: Element, block: Block) -> None:
        path = self.prose.asset(self._text(element.get("src", "")), block, self.page)
        if path:
            element.set("src", path)
        element.set("loading", "lazy")

    def _figure(self, element: Element, block: Block) -> None:
        image = element[0]
        if REFUSED in image.attrib:
            self._refuse(image, block)
        caption = image.attrib.pop("title", "")
        element.tag, element.text, image.tail = "figure", None, None
        if kind := media_type(self._text(image.get("src", ""))):
            self._media(element, image, kind, block)
        else:
            element.set("class", "sg-figure")
            self._image(image, block)
        if caption:
            SubElement(element, "figcaption").text = caption

    def _media(self, figure: Element, image: Element, kind: str, block: Block) -> None:
        prose, target = self.prose, self._text(image.get("src", ""))
        path = prose.asset(target, block, self.page)
        file = prose.links.file(target, block)
        if not path or not file:
            return
        place, language = block.place(target), prose.links.course.settings.language
        figure.set("class", "sg-media")
        figure.set("data-module", "media")
        figure.remove(image)
        player = SubElement(figure, kind.partition("/")[0], {"controls": "", "preload": "none"})
        if label := image.get("alt"):
            player.set("aria-label", label)
        SubElement(player, "source", {"src": path, "type": kind})
        captions = find_captions(prose.links.root, file, language, place, prose.report)
        if captions:
            cues = [
                {
                    "lang": found.language,
                    "label": found.language,
                    "src": prose.links.add_asset(found.path, self.page, place),
                    "cues": found.cues,
                }
                for found in captions
            ]
            data = json.dumps(cues, ensure_ascii=False).replace("<", "\\u003c")
            html = f'<script type="application/json" class="sg-captions">{data}</script>'
            SubElement(figure, RAW).text = AtomicString(self.md.htmlStash.store(html))
        if transcript := find_transcript(prose.links.root, file, place, prose.report):
            details = SubElement(figure, "details", {"class": "sg-transcript"})
            SubElement(details, "summary").text = AtomicString(prose.strings["transcript"])
            document = parse_document(transcript, 1, prose.report)
            report_constructs(document, prose.report)
            check_dropped(document, prose.report)
            for label, reference in document.references.items():
                self.md.references.setdefault(label, reference)
            self.tree.build(details, document.blocks)
            inline: Any = self.md.treeprocessors["inline"]
            stashed = len(self.md.htmlStash.rawHtmlBlocks)
            inline.run(details)
            prose.resolve_inline(stashed, self.page, self.tree)
            self._walk(details, block)


def _blocks_by_html(tree: Tree) -> dict[str, list[Block]]:
    """The first line of each inline tag and comment, with the blocks that it stands in, each as often as it does."""
    found: dict[str, list[Block]] = {}
    taken: set[tuple[str, int, str]] = set()
    for block in tree.blocks:
        counts: Counter[str] = Counter()
        for text in (block.text, *(child.text for child in block.children[:1] if block.kind == "item")):
            if "<" in text:  # a task's text is that of its item
                counts |= Counter(html.partition("\n")[0] for html in _INLINE_HTML.findall(mask_code(text)))
        for html, count in counts.items():
            if (where := (block.source.path, block.line, html)) not in taken:
                taken.add(where)
                found.setdefault(html, []).extend([block] * count)
    return found


def _is_foreign(block: Block | None, report: Report) -> bool:
    """Whether a list of attributes is part of what another tool has, such as kramdown's `{:toc}`, which has been reported."""
    return block is not None and any(
        p.code in ("M017", "M020", "M024")
        and p.place.path == block.source.path
        and block.line <= p.place.line <= block.end
        for p in report.problems
    )


def _is_alone(paragraph: Element) -> bool:
    image = paragraph[0]
    return image.tag == "img" and not (paragraph.text or "").strip() and not (image.tail or "").strip()
