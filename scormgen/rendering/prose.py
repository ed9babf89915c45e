"""A page to fragments: its own blocks and the texts of its questions are converted together, as pieces of one document.

Reference links, footnotes and abbreviations thus work across a page and its questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from html import unescape
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from scormgen.model.blocks import Block, split_attributes
from scormgen.model.course import Definitions, Page
from scormgen.model.question import Option, Part, Question
from scormgen.problems.report import Report
from scormgen.questions import KINDS, gaps
from scormgen.questions.draft import Widget
from scormgen.reading.ids import rename_ids
from scormgen.reading.tags import OPEN_TAG, attributes, rewrite
from scormgen.rendering.allowed import find_refused
from scormgen.rendering.engine import GAP, Engine
from scormgen.rendering.finish import Finish
from scormgen.rendering.fragments import Card, CardOnPage, Fragment, OptionHtml, PageHtml, PartHtml, QuestionHtml
from scormgen.rendering.html import check_balance
from scormgen.rendering.links import Links
from scormgen.rendering.terms import Terms
from scormgen.rendering.tree import BLOCK, CARD, QUESTION, Tree
from scormgen.text import quoted

_NOTES = ("hint", "correct", "wrong", "explanation")
_PIECE = "sg-piece"
_COPY = "take-away--"  # begins the ids of a card's copy, because an id must be unique in a document
_NO_PHRASE = ("p", "div", "a")  # what a button may not hold


class _QuestionPieces(NamedTuple):
    """A question's texts in the tree of its page."""

    question: Question
    title: Element
    stem: Element
    options: list[tuple[Option, Element, Element]]  # with text and feedback
    parts: list[tuple[Part, Element, Element, Element]]  # with text, title and feedback
    notes: dict[str, Element]


class Prose:
    """Renders the pages of one course."""

    def __init__(self, links: Links, glossary: Mapping[str, str], strings: Mapping[str, str], report: Report) -> None:
        self._links, self._strings, self._report = links, strings, report
        self._engine = Engine(strings["footnote_back"])
        self._terms = Terms(glossary)

    def render(self, page: Page, definitions: Definitions) -> PageHtml:
        """A page and its questions as HTML. Adds L…, M… and Q… problems."""
        engine = self._engine
        engine.start_page(definitions.references, definitions.abbreviations)
        finish = Finish(engine, self._links, self._strings, page, self._report)
        tree = Tree(
            heading_ids=self._links.anchors.ids.get(page.id, {}),
            level=page.level,
            strings=self._strings,
            raw_html=lambda html, block: engine.store(finish.raw(html, block)),
            report=self._report,
        )
        root = Element("div")
        main = _add_blocks(root, tree, page.parts)
        line = page.place.line
        heading = Block("paragraph", page.source, line, line, split_attributes(page.title)[0])
        title = _add_text(root, tree, page.title, heading)
        questions = [_add_question(root, tree, question) for question in page.questions]
        tree.is_broken = True
        broken = _add_blocks(root, tree, page.broken)
        tree.is_broken = False
        engine.place_footnotes(main, definitions.footnotes, tree.build)
        stashed = len(engine.stored)
        engine.run(root, lambda: finish.run(root, tree, stashed))
        self._terms.mark(main)
        written = {pieces.question.id: self._question(pieces) for pieces in questions}
        rendered = PageHtml(
            Markup(engine.html(title)),
            tuple(self._fragments(main, written)),
            tuple(written[question.id] for question in page.assessment.questions) if page.assessment else (),
        )
        # Of decisions too what their buttons leave out: a tag that closes nothing is an error there as well.
        decisions = [text for pieces in questions for option, text, _ in pieces.options if option.to >= 0]
        texts = [*rendered.texts, *map(engine.html, [*decisions, *([broken] if page.broken else [])])]
        for text in texts if tree.raw else ():
            check_balance(text, tree.raw, self._report)
        if not self._report.errors:
            self._check(texts, page, tree)
        return rendered

    def _check(self, texts: Sequence[str], page: Page, tree: Tree) -> None:
        """Adds M027 for what a browser would find in the page and a course may not hold: something that all other
        checks have let pass.
        """
        for tag, name, value in find_refused("<hr>".join(texts)):
            sought = name or f"<{tag}"
            blocks = [block for block in (*tree.raw, *tree.blocks) if sought in block.text.lower()]
            # Where the same may stand elsewhere, such as <title>, the block that it is wrong in by itself.
            wrong = (block for block in blocks if (tag, name, value) in find_refused(block.text))
            block = next(wrong, blocks[0] if blocks else None)
            what = f"{name}={quoted(value)} of <{tag}>" if name else f"<{tag}> in <{value}>" if value else f"<{tag}>"
            self._report.add("M027", block.place(sought) if block else page.place, what=what)

    def _fragments(self, main: Element, written: Mapping[str, QuestionHtml]) -> Iterator[Fragment]:
        for part in self._engine.write(main, (QUESTION, CARD)):
            if isinstance(part, str):
                yield Markup(part)
            elif part.tag == QUESTION:
                yield written[part.get("id", "")]
            else:
                copy = self._copy(part)
                yield CardOnPage(self._card(part), self._card(copy))

    def _card(self, card: Element) -> Card:
        heading, body = card
        return Card(card.get("id", ""), Markup(self._engine.html(heading)), Markup(self._engine.html(body)))

    def _copy(self, card: Element) -> Element:
        """A card for the take-away page, with other ids, also in raw HTML: an id stands once in a document."""
        engine, copy = self._engine, deepcopy(card)
        ids = [value for element in card.iter() if (value := element.get("id"))]
        raw = engine.numbers(card)
        tags = [tag for number in raw for tag in OPEN_TAG.finditer(str(engine.stored[number]))]
        ids += [unescape(a.value or "") for tag in tags for a in attributes(tag) if a.name == "id"]
        names = {name: f"{_COPY}{name}" for name in ids}

        def rename(html: str) -> str:
            return OPEN_TAG.sub(lambda tag: rewrite(tag, rename_ids(tag, names)), html)

        for element in copy.iter():
            for key in ("id", "aria-labelledby"):
                if value := element.get(key):
                    element.set(key, " ".join(names.get(word, word) for word in value.split()))
            if raw and element.text:
                element.text = engine.copy_raw(element.text, rename)
            if raw and element.tail:
                element.tail = engine.copy_raw(element.tail, rename)
        return copy

    def _question(self, pieces: _QuestionPieces) -> QuestionHtml:
        """The question's texts, once all pieces of its page are finished."""
        question, widget = pieces.question, KINDS[pieces.question.kind].widget(pieces.question)
        options = [self._option(question, *row) for row in pieces.options]
        parts = tuple(self._part(number, *row, widget, options) for number, row in enumerate(pieces.parts, start=1))
        return QuestionHtml(
            question=question,
            title=self._html(pieces.title),
            stem=tuple(self._stem(pieces, {str(index): part for index, part in enumerate(parts)})),
            options=tuple(options[index] for index in widget.order) if widget.order else tuple(options),
            parts=parts,
            input=widget.inputs.get(""),
            points=tuple(self._strings[name] for name in widget.points),
            notes={name: self._html(note) for name, note in pieces.notes.items()},
        )

    def _stem(self, pieces: _QuestionPieces, parts: Mapping[str, PartHtml]) -> Iterator[Markup | PartHtml]:
        """The text of a question, with its gaps. Adds Q047 for a gap that has no place in it."""
        left = dict(parts)
        for piece in self._engine.write(pieces.stem, (GAP,)):
            if isinstance(piece, str):
                yield Markup(piece)
            elif part := left.pop(piece.get("part", ""), None):
                yield part
        if pieces.question.kind == gaps.NAME:
            for number in left:
                self._report.add("Q047", pieces.parts[int(number)][0].place)

    def _option(self, question: Question, option: Option, text: Element, feedback: Element) -> OptionHtml:
        is_decision = option.to >= 0
        label, more = (self._engine.html(text, _NO_PHRASE), "") if is_decision else self._split(text)
        return OptionHtml(
            letter=option.letter,
            plain=option.plain,
            label=Markup(label),
            more=Markup(more),
            feedback=self._html(feedback),
            pinned=option.pinned,
            to=question.parts[option.to].letter if is_decision else "",
        )

    def _part(
        self,
        number: int,
        part: Part,
        text: Element,
        title: Element,
        feedback: Element,
        widget: Widget,
        options: Sequence[OptionHtml],
    ) -> PartHtml:
        is_scene = widget.scenes
        label, more = ("", "") if is_scene else self._split(text)
        return PartHtml(
            number=number,
            letter=part.letter,
            plain=part.plain,
            title=self._html(title),
            text=self._html(text) if is_scene else Markup(),
            label=Markup(label),
            more=Markup(more),
            feedback=self._html(feedback),
            options=tuple(options[index] for index in part.options) if is_scene else (),
            input=widget.inputs.get(part.letter),
        )

    def _html(self, element: Element) -> Markup:
        return Markup(self._engine.html(element))

    def _split(self, element: Element) -> tuple[str, str]:
        """The first paragraph's content, which a label may hold, and the blocks after it."""
        first = element[0] if len(element) else None
        if first is None or first.tag != "p" or first.attrib:
            return self._engine.html(element), ""
        rest = Element("div")
        rest.extend(element[1:])
        return self._engine.html(first), self._engine.html(rest)


def _add_blocks(root: Element, tree: Tree, parts: Sequence[Block | Question]) -> Element:
    element = SubElement(root, _PIECE)
    tree.build(element, parts)
    return element


def _add_text(root: Element, tree: Tree, text: str, block: Block | None) -> Element:
    """Inline Markdown that is in `block`; None if there is none."""
    element = SubElement(root, _PIECE)
    if block:
        element.set(BLOCK, str(len(tree.blocks)))
        tree.blocks.append(block)
        element.text = text
    return element


def _add_question(root: Element, tree: Tree, question: Question) -> _QuestionPieces:
    def heading(text: str, line: int) -> Element:
        return _add_text(root, tree, text, Block("paragraph", question.source, line, line, text) if text else None)

    def add(blocks: Sequence[Block]) -> Element:
        return _add_blocks(root, tree, blocks)

    return _QuestionPieces(
        question=question,
        title=heading(question.title, question.place.line),
        stem=add(question.stem),
        options=[(option, add(option.text), add(option.feedback)) for option in question.options],
        parts=[(p, add(p.text), heading(p.title, p.place.line), add(p.feedback)) for p in question.parts],
        notes={name: add(question.notes.get(name, ())) for name in _NOTES},
    )
