"""Blocks to an element tree whose texts are still Markdown: callouts, tabs, accordions, cards, tables, lists.

Every element of a block carries the block's number in `BLOCK`, so that a wrong link found later is reported with its
line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from scormgen.model.blocks import Block, alert_mark, split_attributes
from scormgen.model.question import Question
from scormgen.problems.report import Report
from scormgen.rendering.allowed import refuse_attributes
from scormgen.rendering.engine import RAW, AtomicString, code_escape
from scormgen.text import quoted

BLOCK = "data-sg-block"
# Elements that are no HTML: a question by its id, and a card with its heading and its text.
QUESTION, CARD = "sg-question", "sg-card"
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_TABS = re.compile(r"\s*<!--\s*(?P<end>/?)tabs\s*-->\s*")
_CARD = re.compile(r"Card:[ \t]*(?P<title>.+)", re.DOTALL)
Part = Block | Question


@dataclass(slots=True)
class Tree:
    """Builds one page's tree. `heading_ids` names headings by file and line; `level` is the page's own heading
    level.
    """

    heading_ids: Mapping[tuple[str, int], str]
    level: int
    strings: Mapping[str, str]
    raw_html: Callable[[str, Block], str]  # raw HTML to its placeholder
    report: Report
    blocks: list[Block] = field(default_factory=list)
    raw: list[Block] = field(default_factory=list)
    # What is built now is of questions that have an error: their own checks look at their headings.
    is_broken: bool = False
    in_card: str = ""  # the title of the card whose text is built now

    def build(self, parent: Element, parts: Sequence[Part]) -> None:
        """Appends the elements of `parts` to `parent`."""
        index = 0
        while index < len(parts):
            part = parts[index]
            if isinstance(part, Question):
                if self.in_card:
                    self.report.add("Q046", part.place, card=quoted(self.in_card))
                SubElement(parent, QUESTION, {"id": part.id})
                index += 1
            elif part.kind == "html" and (mark := _TABS.fullmatch(part.text)):
                index = self._tabs(parent, parts, index, bool(mark["end"]))
            elif part.kind == "html" and part.text.lstrip().lower().startswith("<details"):
                index = self._details(parent, parts, index)
            elif part.kind == "heading" and _CARD.match(part.text):
                index = self._card(parent, parts, index)
            else:
                self._block(parent, part)
                index += 1

    def _tabs(self, parent: Element, parts: Sequence[Part], index: int, stray: bool) -> int:
        block = parts[index]
        assert isinstance(block, Block)
        # Up to the next mark of tabs, whichever it is.
        end = next((i for i in range(index + 1, len(parts)) if _is_mark(parts[i], "/") or _is_mark(parts[i], "")), None)
        if stray or end is None or not _is_mark(parts[end], "/"):
            if stray:
                self.report.add("M009", block.place(block.text.strip()), tag="<!-- /tabs -->")
            else:
                self.report.add(
                    "M008",
                    block.place(block.text.strip()),
                    mark="<!-- tabs -->",
                    close="<!-- /tabs --> after the last tab",
                )
            return index + 1
        inside = parts[index + 1 : end]
        first = inside[0] if inside else None
        if not isinstance(first, Block) or first.kind != "heading":
            self.report.add("M011", block.place(block.text.strip()))
            self.build(parent, inside)
            return end + 1
        tabs = SubElement(parent, "div", {"class": "sg-tabs", "data-module": "tabs"})
        for heading, rest in _by_heading(inside, first.level):
            tab = SubElement(tabs, "section", {"class": "sg-tab"})
            title = self._heading(tab, heading)
            tab.set("id", f"{title.get('id')}--tab")
            title.set("class", "sg-tab-title")
            self.build(tab, rest)
        return end + 1

    def _details(self, parent: Element, parts: Sequence[Part], index: int) -> int:
        """A run of neighbouring <details>: more than one are an accordion."""
        depth, count, end = 0, 0, index
        while end < len(parts):
            part = parts[end]
            html = part.text.lower() if isinstance(part, Block) and part.kind == "html" else ""
            if depth == 0 and not html.lstrip().startswith("<details"):
                break
            for mark in re.finditer(r"<(/?)details\b", html):
                depth += -1 if mark[1] else 1
                count += not mark[1] and depth == 1
            end += 1
            if depth < 0:
                break
        if count > 1 and depth == 0:
            parent = SubElement(parent, "div", {"class": "sg-accordion"})
        for part in parts[index:end]:
            if isinstance(part, Block) and part.kind == "html":
                self._block(parent, part)
            else:
                self.build(parent, [part])
        return end

    def _card(self, parent: Element, parts: Sequence[Part], index: int) -> int:
        heading = parts[index]
        assert isinstance(heading, Block)
        end = index + 1
        while end < len(parts) and not _is_heading(parts[end], heading.level) and not _is_mark(parts[end], "/"):
            end += 1
        card = SubElement(parent, CARD)
        title = self._heading(SubElement(card, "div"), heading)
        title.set("class", "sg-card-title")
        named = _CARD.match(title.text or "")
        title.text = named["title"] if named else title.text
        card.set("id", title.get("id", ""))
        before, self.in_card = self.in_card, title.text or ""
        self.build(SubElement(card, "div"), parts[index + 1 : end])
        self.in_card = before
        return end

    def _heading(self, parent: Element, block: Block) -> Element:
        text, attributes = split_attributes(block.text)
        level = min(6, max(2, block.level - self.level + 1))
        element = self._element(parent, f"h{level}", block, text)
        if identifier := self.heading_ids.get((block.source.path, block.line)):
            element.set("id", identifier)
        given = {**({"class": " ".join(attributes.classes)} if attributes.classes else {}), **attributes.values}
        for refusal in list(refuse_attributes(element.tag, given.items())) if given else ():
            given.pop(refusal.name, None)
            if not self.is_broken and not block.text.startswith("Pool:"):  # which Q043 reports
                refusal.tell(block.place(refusal.name), self.report)
        element.attrib.update(given)
        return element

    def _element(self, parent: Element, tag: str, block: Block, text: str = "") -> Element:
        element = SubElement(parent, tag, {BLOCK: str(len(self.blocks))})
        element.text = text
        self.blocks.append(block)
        return element

    def _block(self, parent: Element, block: Block) -> None:
        match block.kind:
            case "heading":
                self._heading(parent, block)
            case "paragraph" if block.tight and parent.tag in ("li", "dd"):
                self._tight(parent, block)
            case "paragraph" | "term":
                self._element(parent, "dt" if block.kind == "term" else "p", block, block.text)
            case "rule":
                SubElement(parent, "hr")
            case "fence":
                code = SubElement(SubElement(parent, "pre", {"tabindex": "0"}), "code")
                if language := block.info.split(maxsplit=1):
                    code.set("class", f"language-{language[0]}")
                code.text = AtomicString(code_escape(block.text))  # Python-Markdown leaves &lt; as it is
            case "html":
                self.raw.append(block)
                SubElement(parent, RAW).text = AtomicString(self.raw_html(block.text, block))
            case "quote":
                self._quote(parent, block)
            case "table":
                self._table(parent, block)
            case "item":
                self._item(parent, block)
            case _:
                tag = {"bullets": "ul", "numbers": "ol", "terms": "dl", "definition": "dd"}[block.kind]
                element = self._element(parent, tag, block)
                if block.kind == "numbers" and block.level != 1:
                    element.set("start", str(block.level))
                self.build(element, block.children)

    def _tight(self, parent: Element, block: Block) -> None:
        """A tight list's paragraph has no <p>: its text goes straight into the item, behind what is there."""
        if parent.get(BLOCK) is None or len(parent) == 0:
            parent.set(BLOCK, str(len(self.blocks)))
            self.blocks.append(block)
        if len(parent):
            parent[-1].tail = f"{parent[-1].tail or ''}\n{block.text}"
        else:
            parent.text = f"{parent.text or ''}{block.text}"

    def _item(self, parent: Element, block: Block) -> None:
        item = self._element(parent, "li", block)
        children = block.children
        first = children[0] if children else None
        if first and first.kind == "paragraph" and (task := _TASK.match(first.text)):
            item.set("class", "sg-task")
            label = self.strings["done" if task[1] in "xX" else "to_do"]
            box = SubElement(item, "input", {"type": "checkbox", "disabled": "disabled", "aria-label": label})
            if task[1] in "xX":
                box.set("checked", "checked")
            text = Block("paragraph", first.source, first.line, first.end, first.text[task.end() :], tight=first.tight)
            children = (text, *children[1:])
        self.build(item, children)

    def _quote(self, parent: Element, block: Block) -> None:
        alert = alert_mark(block)
        if not alert:
            self.build(self._element(parent, "blockquote", block), block.children)
            return
        name = alert[1].lower()
        callout = SubElement(parent, "div", {"class": f"sg-callout sg-callout-{name}", "role": "note"})
        SubElement(callout, "p", {"class": "sg-callout-title"}).text = AtomicString(self.strings[name])
        first = block.children[0]
        rest = first.text[alert.end() :].strip()
        children = (
            (Block("paragraph", first.source, first.line, first.end, rest), *block.children[1:])
            if rest
            else block.children[1:]
        )
        self.build(callout, children)

    def _table(self, parent: Element, block: Block) -> None:
        frame = {"class": "sg-table", "tabindex": "0", "role": "region", "aria-label": self.strings["table"]}
        table = SubElement(SubElement(parent, "div", frame), "table")
        head, *rows = block.children
        groups = [("thead", [head])] + ([("tbody", rows)] if rows else [])
        for tag, group in groups:
            section = SubElement(table, tag)
            for row in group:
                line = SubElement(section, "tr")
                for cell in row.children:
                    element = self._element(line, "th" if cell.level else "td", cell, cell.text)
                    if cell.level:
                        element.set("scope", "col")
                    if cell.info:
                        element.set("class", f"sg-align-{cell.info}")


def _is_heading(part: Part, level: int) -> bool:
    """Whether a part begins something of this level or a higher one: a heading, or a question."""
    return (isinstance(part, Question) or part.kind == "heading") and part.level <= level


def _is_mark(part: Part, end: str) -> bool:
    found = _TABS.fullmatch(part.text) if isinstance(part, Block) and part.kind == "html" else None
    return found is not None and found["end"] == end


def _by_heading(parts: Sequence[Part], level: int) -> list[tuple[Block, list[Part]]]:
    found: list[tuple[Block, list[Part]]] = []
    for part in parts:
        if isinstance(part, Block) and _is_heading(part, level):
            found.append((part, []))
        else:
            found[-1][1].append(part)
    return found
