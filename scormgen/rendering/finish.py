"""The steps after inline Markdown: resolves addresses, also in raw HTML, and turns pictures into figures and media."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from scormgen.files.source import kind_of
from scormgen.model.blocks import Block
from scormgen.model.course import Page
from scormgen.problems.report import Report
from scormgen.reading.blocks import parse_document
from scormgen.reading.constructs import report_constructs
from scormgen.reading.dropped import check_dropped
from scormgen.rendering.engine import RAW, REFUSED, AtomicString, Engine, is_address
from scormgen.rendering.html import note_new_tabs, rewrite_html
from scormgen.rendering.links import OPENS_TAB, Link, Links
from scormgen.rendering.media import check_shown, find_captions, find_transcript, media_type
from scormgen.rendering.tree import BLOCK, Tree
from scormgen.text import mask_code

# As Python-Markdown has it.
_INLINE_HTML = re.compile(r"</?[A-Za-z][^<>@ ]*(?: [^<>]*)?>|<!--(?:(?!<!--|-->).)*-->", re.DOTALL)


class Finish:
    """Finishes the tree of one page. Adds L… and M… problems."""

    def __init__(self, engine: Engine, links: Links, strings: Mapping[str, str], page: Page, report: Report) -> None:
        self.engine, self.links, self.strings, self.page, self.report = engine, links, strings, page, report

    def raw(self, html: str, block: Block) -> str:
        """An author's raw HTML, with its addresses and ids in the package."""
        names = self.links.anchors.raw.get(self.page.id, {})
        return rewrite_html(html, block, lambda name, target: self._resolve(name, target, block), names, self.report)

    def run(self, root: Element, tree: Tree, stashed: int) -> None:
        """Finishes all pieces of a page; raw HTML from number `stashed` on is inline."""
        self._resolve_inline(stashed, tree)
        for piece in root:
            self._walk(piece, None, tree)
        if any(isinstance(html, str) and OPENS_TAB in html.lower() for html in self.engine.stored):
            for piece in root:
                self._note_new_tabs(piece)

    def _resolve(self, name: str, target: str, block: Block) -> Link | None:
        if name == "href":
            return self.links.link(target, block, self.page)
        path = self._asset(target, block, in_html=True)
        return Link(path) if path else None

    def _asset(self, target: str, block: Block, *, in_html: bool = False) -> str | None:
        """The path in the package of an image, video or sound; None after adding M022 or L…."""
        file = self.links.file(target, block)
        shown = check_shown(target, file, block.place(target), self.report, in_html=in_html)
        if not shown and file and kind_of(file) != "file":
            return None  # one problem is enough: the author must use another file
        return self.links.asset(target, block, self.page)

    def _resolve_inline(self, first: int, tree: Tree) -> None:
        """Resolves addresses in inline HTML, which the engine keeps from number `first` on."""
        stored = self.engine.stored
        if first == len(stored):
            return
        blocks = _blocks_by_html(tree)
        known = {(block.source.path, block.line, block.end) for block in tree.raw}
        page = self.page
        for index in range(first, len(stored)):
            html = stored[index]
            if isinstance(html, str) and html.startswith("<"):
                start = html.partition("\n")[0]
                left = blocks.get(start) or [block for block in tree.blocks if start in block.text][:1]
                page_block = Block("paragraph", page.source, page.place.line, len(page.source.lines))
                block = left.pop() if len(left) > 1 else left[0] if left else page_block
                stored[index] = self.raw(html, block)
                if (where := (block.source.path, block.line, block.end)) not in known:
                    known.add(where)
                    tree.raw.append(block)

    def _note_new_tabs(self, piece: Element) -> None:
        """Adds the note on new tabs to links in the raw HTML of a piece, whose tags are stored one by one, in any
        order.
        """
        stored, numbers = self.engine.stored, self.engine.numbers(piece)
        noted = note_new_tabs([str(stored[number]) for number in numbers], self.strings["new_tab"])
        for number, html in zip(numbers, noted, strict=True):
            stored[number] = html

    def _walk(self, element: Element, block: Block | None, tree: Tree) -> None:
        number = element.attrib.pop(BLOCK, None)
        if number is not None:
            block = tree.blocks[int(number)]
        if REFUSED in element.attrib:
            self._refuse(element, block)
        if block is not None:
            if element.tag == "a":
                self._link(element, block)
            elif element.tag == "img":
                self._image(element, block)
                return
            elif element.tag == "p" and len(element) == 1 and _is_alone(element):
                self._figure(element, block, tree)
                return
        for child in list(element):
            self._walk(child, block, tree)

    def _refuse(self, element: Element, block: Block | None) -> None:
        """Adds M010 or M026 for an attribute list's attributes that are not allowed."""
        report = self.report
        for refusal in self.engine.refused(element.attrib.pop(REFUSED)):
            place = block.place(refusal.name) if block else self.page.place
            if refusal.code == "M010" or not _is_foreign(block, report):
                refusal.tell(place, report)

    def _link(self, element: Element, block: Block) -> None:
        target = unescape(self.engine.unescape(element.get("href", "")))
        if "footnote" in element.get("class", "") or is_address(target):
            return  # an address between < and > is written in numbers
        link = self.links.link(target, block, self.page)
        if link is None:
            return
        element.attrib.update({"href": link.href, **link.opening})
        if link.external:
            note = SubElement(element, "span", {"class": "sg-visually-hidden"})
            note.text = AtomicString(f" {self.strings['new_tab']}")

    def _image(self, element: Element, block: Block) -> None:
        path = self._asset(self.engine.unescape(element.get("src", "")), block)
        if path:
            element.set("src", path)
        element.set("loading", "lazy")

    def _figure(self, element: Element, block: Block, tree: Tree) -> None:
        image = element[0]
        if REFUSED in image.attrib:
            self._refuse(image, block)
        caption = image.attrib.pop("title", "")
        element.tag, element.text, image.tail = "figure", None, None
        if kind := media_type(self.engine.unescape(image.get("src", ""))):
            self._media(element, image, kind, block, tree)
        else:
            element.set("class", "sg-figure")
            self._image(image, block)
        if caption:
            SubElement(element, "figcaption").text = caption

    def _media(self, figure: Element, image: Element, kind: str, block: Block, tree: Tree) -> None:
        target = self.engine.unescape(image.get("src", ""))
        path = self._asset(target, block)
        file = self.links.file(target, block)
        if not path or not file:
            return
        place, language = block.place(target), self.links.course.settings.language
        figure.set("class", "sg-media")
        figure.set("data-module", "media")
        figure.remove(image)
        player = SubElement(figure, kind.partition("/")[0], {"controls": "", "preload": "none"})
        if label := image.get("alt"):
            player.set("aria-label", label)
        SubElement(player, "source", {"src": path, "type": kind})
        captions = find_captions(self.links.root, file, language, place, self.report)
        if captions:
            cues = [
                {
                    "lang": found.language,
                    "label": found.language,
                    "src": self.links.add_asset(found.path, self.page, place),
                    "cues": found.cues,
                }
                for found in captions
            ]
            data = json.dumps(cues, ensure_ascii=False).replace("<", "\\u003c")
            html = f'<script type="application/json" class="sg-captions">{data}</script>'
            SubElement(figure, RAW).text = AtomicString(self.engine.store(html))
        if transcript := find_transcript(self.links.root, file, place, self.report):
            details = SubElement(figure, "details", {"class": "sg-transcript"})
            SubElement(details, "summary").text = AtomicString(self.strings["transcript"])
            document = parse_document(transcript, 1, self.report)
            report_constructs(document, self.report)
            check_dropped(document, self.report)
            self.engine.add_references(document.references)
            tree.build(details, document.blocks)
            stashed = len(self.engine.stored)
            self.engine.run_inline(details)
            self._resolve_inline(stashed, tree)
            self._walk(details, block, tree)


def _blocks_by_html(tree: Tree) -> dict[str, list[Block]]:
    """The first line of each inline tag and comment, with the blocks that it is in, each as often as it does."""
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
    """Whether a list of attributes is part of what another tool has, such as kramdown's `{:toc}`, which has been
    reported.
    """
    return block is not None and any(
        p.code in ("M017", "M020", "M024")
        and p.place.path == block.source.path
        and block.line <= p.place.line <= block.end
        for p in report.problems
    )


def _is_alone(paragraph: Element) -> bool:
    image = paragraph[0]
    return image.tag == "img" and not (paragraph.text or "").strip() and not (image.tail or "").strip()
