"""The input of a rule: the compiled course, and functions to walk its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple

from scormgen.files.source import Root, SourceFile
from scormgen.model.blocks import Block, split_attributes
from scormgen.model.course import Course, Page
from scormgen.model.question import Question
from scormgen.problems.report import Place
from scormgen.reading.inline import Span, plain_text, spans
from scormgen.reading.lock import Lock
from scormgen.reading.tags import OPEN_TAG, attributes
from scormgen.rendering.links import author_file
from scormgen.rendering.sheets import SheetFile
from scormgen.rendering.theme import Theme
from scormgen.text import without_comments


class Tag(NamedTuple):
    """A start tag of raw HTML."""

    name: str
    attributes: Mapping[str, str]


class Text(NamedTuple):
    """A block with text, its page, its question, and its plain text: without marks and attributes, and ''
    if it has only an image."""

    page: Page
    block: Block
    question: Question | None
    plain: str


class Subject(NamedTuple):
    """A compiled course and its surroundings. `settings_file` is course.yml; `lock` is what course.lock said before."""

    root: Root
    folder: Path
    course: Course
    settings_file: SourceFile
    theme: Theme
    lock: Lock | None
    assets: Mapping[Path, str]  # files in the package, to their paths in it
    theme_files: Sequence[SheetFile]  # those that the theme's style sheets name
    reading_age: float
    sentence_words: float
    texts: Sequence[Text]  # all blocks with text, in the course's order: pages first, then their questions
    spans: Sequence[tuple[Text, Span]]  # links, images and inline tags; those of HTML blocks are not among them

    @property
    def is_english(self) -> bool:
        return self.course.settings.language.lower().partition("-")[0] == "en"

    def file(self, target: str, block: Block) -> Path:
        """The author's file behind a relative target."""
        return author_file(self.root, target, block)

    def setting(self, text: str) -> Place:
        """The place of a text in course.yml."""
        return self.settings_file.find(text, 1, len(self.settings_file.lines))


_ALERT = re.compile(r"^\[!\w+\]")  # the mark of a callout
_WITH_TEXT = ("paragraph", "heading", "cell", "term", "html")


def find_texts(course: Course) -> Iterator[Text]:
    """All blocks with text. Footnotes come with the first page of their file."""
    noted: set[int] = set()
    for page in course.pages:
        for part in page.parts:
            if not isinstance(part, Question):
                yield from _of(page, (part,), None)
        for question in page.questions:
            yield from _of(page, question_blocks(question), question)
        if page.document not in noted:
            noted.add(page.document)
            for note in course.documents[page.document].footnotes.values():
                yield from _of(page, note, None)


def _of(page: Page, blocks: Sequence[Block], question: Question | None) -> Iterator[Text]:
    for block in blocks:
        for inner in block.walk():
            if inner.kind in _WITH_TEXT and inner.text:
                yield Text(page, inner, question, "" if inner.kind == "html" else prose(inner.text))


def question_blocks(question: Question) -> list[Block]:
    """All text of a question except its title."""
    blocks = [*question.stem]
    for option in question.options:
        blocks.extend((*option.text, *option.feedback))
    for part in question.parts:
        blocks.extend((*part.text, *part.feedback))
    for note in question.notes.values():
        blocks.extend(note)
    return blocks


def find_spans(course: Course, texts: Sequence[Text]) -> Iterator[tuple[Text, Span]]:
    """Links, images and inline tags, with what they are in."""
    for text in texts:
        if text.block.kind != "html" and any(mark in text.block.text for mark in "[<"):
            for span in spans(text.block.text, course.documents[text.page.document].references):
                yield text, span


def tags(html: str) -> list[Tag]:
    """The start tags of raw HTML."""
    return [Tag(tag["tag"].lower(), _values(tag)) for tag in OPEN_TAG.finditer(without_comments(html))]


def _values(tag: re.Match[str]) -> dict[str, str]:
    """The values of a tag's attributes; the first of a name counts, and one without a value is ''."""
    return {attribute.name: unescape(attribute.value or "") for attribute in reversed(list(attributes(tag)))}


def prose(markdown: str) -> str:
    """Inline Markdown as text, without attributes and a callout's mark; '' if it holds only an image."""
    plain = _ALERT.sub("", split_attributes(markdown)[0]).strip()
    if plain.startswith("![") and plain.endswith((")", "]")) and "\n" not in plain:
        return ""
    return plain_text(plain)
