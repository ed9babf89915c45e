"""Whether an edited file differs only by the intended fixes: both texts are parsed and compared.

An edit changes lines at a position; learners see blocks and inline Markdown. So a fix is accepted only if
the parsed file has the same blocks, all other texts are the same, and the text that was edited is the same in the form
that fixes leave alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

from scormgen.files.source import SourceFile, source_from
from scormgen.model.blocks import Block, Document, split_attributes
from scormgen.problems.report import Problem, Report
from scormgen.reading.blocks import parse_document
from scormgen.reading.config import read_front_matter
from scormgen.reading.inline import inline_tokens
from scormgen.reading.keys import Value, parse_yaml
from scormgen.reading.word import clean_html

_WORD, _ID, _SUPPRESSION = "M015", "Q108", "S011"


class Proof:
    """Compares edited texts of a file with the original."""

    def __init__(self, before: SourceFile) -> None:
        self.before = before
        self.document = _Parsed(before)

    def holds(self, text: str, problems: Sequence[Problem]) -> bool:
        """Whether the file with this text differs from the original only by the fixes of the problems."""
        after = _Parsed(source_from(self.before.path, text))
        return self.document.values == after.values and _Comparison(problems).agree(self.document, after)


class _Parsed:
    """The content of a file: Markdown as its document and the lines above it, YAML as its values."""

    def __init__(self, source: SourceFile) -> None:
        self.values: object = None
        self.document = Document(())
        if source.path.endswith(".md"):
            first = read_front_matter(source, Report())[1]
            self.values = source.lines[: first - 1]
            self.document = parse_document(source, first, Report())
        else:
            value = parse_yaml(source, source.text, 0, Report())
            self.values = object() if value is None else _plain(value)  # unreadable content is equal to nothing


def _plain(value: Value) -> object:
    """A YAML value without its positions."""
    content = value.content
    if isinstance(content, Mapping):
        return {key: _plain(child) for key, child in content.items()}
    return content if isinstance(content, str) else tuple(_plain(child) for child in content)


class _Comparison:
    """Comparing a document with its edited version: the lines that each fix may change, and those that it did
    change.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.meant = {line: problem.code for problem in problems for line in _lines(problem)}
        self.wanted = {
            problem.place.line: problem.code for problem in problems if problem.code not in (_WORD, _SUPPRESSION)
        }
        self.done: set[int] = set()
        self.references: Mapping[str, tuple[str, str]] = {}

    def agree(self, before: _Parsed, after: _Parsed) -> bool:
        one, two = before.document, after.document
        self.references = one.references
        return (
            (one.references, one.abbreviations) == (two.references, two.abbreviations)
            and one.footnotes.keys() == two.footnotes.keys()
            and self._same_blocks(one.blocks, two.blocks)
            and all(self._same_blocks(note, two.footnotes[label]) for label, note in one.footnotes.items())
            and self.done >= self.wanted.keys()
        )

    def _same_blocks(self, before: Sequence[Block], after: Sequence[Block]) -> bool:
        left = [block for block in before if not self._is_gone(block)]
        return len(left) == len(after) and all(map(self._same, left, after))

    def _codes(self, block: Block) -> set[str]:
        return (
            {code for line in range(block.line, block.end + 1) if (code := self.meant.get(line))}
            if self.meant
            else set()
        )

    def _is_gone(self, block: Block) -> bool:
        """Whether a block has only HTML from Word."""
        return (
            block.kind in ("html", "paragraph")
            and _WORD in self._codes(block)
            and not clean_html(block.text, html=block.kind == "html")[0].strip()
        )

    def _same(self, before: Block, after: Block) -> bool:
        shape = before.kind, before.level, before.info, before.tight
        if shape != (after.kind, after.level, after.info, after.tight):
            return False
        if before.text != after.text:
            codes = self._codes(before) - {_SUPPRESSION}
            if not codes or before.kind == "fence" or not self._same_text(before, after, codes):
                return False
            self.done |= {line for line in range(before.line, before.end + 1) if line in self.meant}
        return self._same_blocks(before.children, after.children)

    def _same_text(self, before: Block, after: Block, codes: set[str]) -> bool:
        is_html = before.kind == "html"
        one, two = (
            _without_word(block.text, html=is_html) if _WORD in codes else block.text for block in (before, after)
        )
        if _WORD in codes:
            shown = _visible(before.text)
            if shown is None or shown != _visible(after.text):
                return False
        if is_html:
            return one == two
        given = split_attributes(one)[1].id, split_attributes(two)[1].id
        if given[0] != given[1] and (given[0] or _ID not in codes):
            return False
        return (given[0] != given[1] or _ID not in codes) and self._form(one) == self._form(two)

    def _form(self, text: str) -> object:
        """Inline Markdown without what fixes write: the id after a heading, strong emphasis, alternative texts."""
        words, attributes = split_attributes(text)
        parts: list[tuple[str, ...]] = []
        for token in inline_tokens(words, self.references):
            if token.type in ("strong_open", "strong_close"):
                continue
            named = [f"{name}={value}" for name, value in token.attrs.items() if name != "alt"]
            shown = "" if token.type == "image" else token.content
            if token.type == "text" and parts and parts[-1][0] == "text":
                parts[-1] = ("text", parts[-1][1] + shown)
            else:
                parts.append((token.type, shown, *named))
        return parts, attributes.classes, attributes.values


def _lines(problem: Problem) -> range:
    """The lines that a problem's fix may change."""
    old = problem.edit.old if problem.edit else ""
    return range(problem.place.line, problem.place.line + old.count("\n") + 1)


def _without_word(text: str, *, html: bool) -> str:
    cleaned = clean_html(text, html=html)[0]
    return "\n".join(line.strip() for line in cleaned.split("\n") if line.strip())


class _Text(HTMLParser):
    """The text that a browser shows for HTML, without the settings of a Word document."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside += tag == "xml"

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "xml" and self.inside > 0

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.words.append(data)


def _visible(html: str) -> list[str] | None:
    """The words of HTML; None if it cannot be read."""
    parser = _Text()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:  # html.parser's word for a marked section that it does not know
        return None
    return "".join(parser.words).split()
