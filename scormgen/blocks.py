"""Markdown text to blocks with positions: the block structure of CommonMark and GFM, by markdown-it-py.

Python-Markdown has block rules of its own and keeps no positions, so it is only given the inline half (`prose.py`). Here a
file becomes a tree of `Block`s that know their source file and lines; nothing is interpreted yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import is_
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from scormgen import limits
from scormgen.diagnostics import Place, Report
from scormgen.scan import code_spans, without_comments
from scormgen.source import SourceFile

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

Kind = Literal[
    "heading", "paragraph", "bullets", "numbers", "item", "quote", "fence", "html", "rule",
    "table", "row", "cell", "terms", "term", "definition", "footnote",
]  # fmt: skip

_OPEN: dict[str, Kind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
    "tr_open": "row",
    "th_open": "cell",
    "td_open": "cell",
    "dl_open": "terms",
    "dt_open": "term",
    "dd_open": "definition",
    "footnote_reference_open": "footnote",
}
_LEAF: dict[str, Kind] = {"fence": "fence", "code_block": "fence", "html_block": "html", "hr": "rule"}
_ATTRIBUTES = re.compile(r"(?:^|[ \t]+)\{([^{}]+)\}[ \t]*$")
_ATTRIBUTE = re.compile(r"""#(?P<id>[^\s#.=]\S*)|\.(?P<cls>\S+)|(?P<key>[\w-]+)(?:=(?P<val>"[^"]*"|\S+))?""")
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]:")
_ABBREVIATION = re.compile(r"^\*\[([^\]]+)\]:[ \t]*(\S.*)$")
# A comment that silences a rule of `check`: no part of the content. `silence.py` reads it.
SILENCE = re.compile(r"[ \t]*<!--[ \t]*scormgen-ignore\b(?P<what>[^\n]*?)-->")
_FULL = "full"  # the key under which the line is kept that is too much
_NESTING = 100  # markdown-it drops what is deeper; M007 comes long before


class Block(NamedTuple):
    """One block: `text` is the inline Markdown of a leaf (or the content of a fence or HTML block).

    `line` and `end` are the first and last line, from 1. `level` is the level of a heading, the start of a numbered list, 1 for a
    header cell. `info` is a fence's language, a cell's alignment, a footnote's label. `tight` marks a paragraph
    that is written without `<p>`.
    """

    kind: Kind
    source: SourceFile
    line: int
    end: int
    text: str = ""
    level: int = 0
    info: str = ""
    tight: bool = False
    children: tuple[Block, ...] = ()

    def place(self, text: str = "") -> Place:
        """The place of `text` in this block, or of the block itself."""
        return self.source.find(text, self.line, self.end)

    def walk(self) -> Iterator[Block]:
        yield self
        for child in self.children:
            yield from child.walk()


class Definition(NamedTuple):
    """Where a link reference, footnote or abbreviation is defined; `again` where an earlier one has the same label."""

    kind: Literal["link reference", "footnote", "abbreviation"]
    label: str
    place: Place
    again: bool


class Document(NamedTuple):
    """A parsed file. References and abbreviations count for the whole file, wherever they stand in it."""

    blocks: tuple[Block, ...]
    references: Mapping[str, tuple[str, str]] = {}  # never changed
    footnotes: Mapping[str, tuple[Block, ...]] = {}  # never changed
    abbreviations: Mapping[str, str] = {}  # never changed
    definitions: tuple[Definition, ...] = ()  # of all of these


class Attributes(NamedTuple):
    """What stands in `{#id .class key=value word}` behind a heading, an image or an option; a bare word maps to ''."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = {}  # never changed


def split_attributes(text: str) -> tuple[str, Attributes]:
    """Takes a trailing `{…}` off inline text."""
    found = _ATTRIBUTES.search(text)
    if not found:
        return text, Attributes()
    identifier, classes, values = "", [], {}
    for part in _ATTRIBUTE.finditer(found[1]):
        if part["id"]:
            identifier = part["id"]
        elif part["cls"]:
            classes.append(part["cls"])
        else:
            values[part["key"]] = (part["val"] or "").strip('"')
    return text[: found.start()].rstrip(), Attributes(identifier, tuple(classes), values)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
    footnote_plugin(parser, inline=False)
    deflist_plugin(parser)
    parser.block.ruler.before("table", "budget", _stop)
    return parser


def _stop(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule of markdown-it that takes all that is left once there are too many blocks."""
    if silent or len(state.tokens) < limits.TOKENS:
        return False
    state.env.setdefault(_FULL, start)
    state.line = end
    return True


def parse_document(source: SourceFile, first_line: int, report: Report) -> Document:
    """Blocks of `source` from line `first_line` (from 1) on; adds M007 where they nest too deeply."""
    lines = source.lines if first_line == 1 else source.lines[first_line - 1 :]
    environment: dict[str, Any] = {}
    tokens: list[Token] = []
    _parser().block.parse("\n".join(lines), _parser(), environment, tokens)
    if _FULL in environment:
        report.add("M032", source.place(environment[_FULL] + first_line))
    _check_limits(tokens, source, first_line, report)
    deep = next((t for t in tokens if t.level > limits.NESTING and t.map), None)
    if deep and deep.map:
        report.add("M007", source.place(deep.map[0] + first_line))
    abbreviations: dict[str, str] = {}
    footnotes: dict[str, tuple[Block, ...]] = {}
    definitions: list[Definition] = []
    blocks = []
    for block in _without_footnotes(tuple(_nest(tokens, source, first_line)), footnotes, definitions):
        if block.kind == "paragraph" and (found := _abbreviations(block.text)):
            for line, (short, long) in enumerate(found, start=block.line):
                again = short in abbreviations
                definitions.append(Definition("abbreviation", short, source.find("*[", line, line), again))
                abbreviations.setdefault(short, long)
        else:
            blocks.append(block)
    references = {
        label.lower(): (target["href"], target["title"]) for label, target in environment.get("references", {}).items()
    }
    definitions.extend(_references(environment, source, first_line))
    return Document(tuple(blocks), references, footnotes, abbreviations, tuple(definitions))


def _check_limits(tokens: Sequence[Token], source: SourceFile, first_line: int, report: Report) -> None:
    """Adds M030 for texts that are more than can be read, and shortens these; what stands in a table's cell is a text of its own."""
    line = 0
    for token in tokens:
        if token.map:
            line = token.map[0]
        if token.type == "inline":
            why = limits.excess(token.content) if len(token.content) > limits.OPEN else ""
        elif len(token.content) > limits.RAW:
            why = f"it has {len(token.content):,} characters, and may have {limits.RAW:,}"
        else:
            continue
        if why:
            report.add("M030", source.place(line + first_line), why=why)
            token.content = limits.shorten(token.content) if token.type != "html_block" else ""


def _without_footnotes(
    blocks: tuple[Block, ...], footnotes: dict[str, tuple[Block, ...]], definitions: list[Definition]
) -> tuple[Block, ...]:
    """The blocks without the footnotes that are defined among them, also in lists and quotes; these are added to `footnotes`."""
    kept = []
    for block in blocks:
        children = _without_footnotes(block.children, footnotes, definitions) if block.children else block.children
        if block.kind != "footnote":
            kept.append(block if children is block.children else block._replace(children=children))
            continue
        definitions.append(Definition("footnote", block.info, block.place(), block.info in footnotes))
        footnotes.setdefault(block.info, children)
    same = len(kept) == len(blocks) and all(map(is_, kept, blocks))
    return blocks if same else tuple(kept)


def _references(environment: Mapping[str, Any], source: SourceFile, first_line: int) -> Iterator[Definition]:
    """The link references, which leave no token."""
    known = [(label, target, False) for label, target in environment.get("references", {}).items()]
    again = [(target["label"], target, True) for target in environment.get("duplicate_refs", [])]
    for label, target, is_again in (*known, *again):
        line = target["map"][0] + first_line
        written = _REFERENCE.search(source.lines[line - 1])  # the label as it was written, not in capitals
        text = written[0] if written else source.lines[line - 1].strip()
        yield Definition("link reference", written[1] if written else label, source.find(text, line, line), is_again)


def _abbreviations(text: str) -> list[tuple[str, str]]:
    """The abbreviations of a paragraph that holds nothing else, one on each line."""
    if not text.startswith("*["):
        return []
    rows = [_ABBREVIATION.match(line) for line in text.split("\n")]
    return [(row[1].strip(), row[2].strip()) for row in rows if row] if all(rows) else []


def _nest(tokens: Sequence[Token], source: SourceFile, first_line: int) -> list[Block]:
    """The flat list of tokens as a tree. A token without lines of its own has those of its parent."""
    top: list[Block] = []
    open_: list[tuple[Token, list[Block], int, int]] = []
    found: list[Block] = top
    line, end = first_line, first_line
    for token in tokens:
        if token.type in ("inline", "html_block") and "scormgen-ignore" in token.content:
            token.content = _without_silences(token.content)
            if not token.content.strip() and token.type == "html_block":
                continue
        if token.type == "inline":
            if token.map:
                line, end = token.map[0] + first_line, max(token.map[1], token.map[0] + 1) + first_line - 1
            found.append(Block("paragraph", source, line, end, token.content))
        elif token.type in _LEAF and token.map:
            found.append(
                Block(
                    _LEAF[token.type], source, token.map[0] + first_line, token.map[1] + first_line - 1,
                    token.content, info=token.info.strip(),
                )
            )  # fmt: skip
        elif token.type in _OPEN:
            if token.map:
                line, end = token.map[0] + first_line, max(token.map[1], token.map[0] + 1) + first_line - 1
            open_.append((token, found, line, end))
            found = []
        elif token.nesting == -1 and open_ and token.type.replace("_close", "_open") == open_[-1][0].type:
            opener, outer, line, end = open_.pop()
            outer.append(_close(opener, found, source, line, end))
            found = outer
    return top


def _without_silences(text: str) -> str:
    """Text without the comments that silence a rule; in a code span they are text."""
    found = [comment.span() for comment in SILENCE.finditer(mask_code(text))]
    starts, ends = [0, *(end for _, end in found)], [*(start for start, _ in found), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _close(token: Token, children: list[Block], source: SourceFile, line: int, end: int) -> Block:
    kind = _OPEN[token.type]
    while end > line and not source.lines[end - 1].strip():  # a list's lines end behind its blank ones
        end -= 1
    match kind:
        case "heading" | "paragraph" | "term":
            text = children[0].text if children else ""
            level = int(token.tag[1]) if kind == "heading" else 0
            return Block(kind, source, line, end, text, level, tight=token.hidden)
        case "cell":
            text = children[0].text if children else ""
            style = str(token.attrGet("style") or "")
            return Block(kind, source, line, end, text, int(token.tag == "th"), style.partition(":")[2])
        case "numbers":
            start = token.attrGet("start")
            return Block(kind, source, line, end, level=1 if start is None else int(start), children=tuple(children))
        case "footnote":
            return Block(kind, source, line, end, info=str(token.meta["label"]), children=tuple(children))
        case _:
            return Block(kind, source, line, end, children=tuple(children))


CALLOUTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
_ALERT = re.compile(rf"\[!({'|'.join(CALLOUTS)})\][ \t]*(?:\n|$)", re.IGNORECASE)


def alert_mark(quote: Block) -> re.Match[str] | None:
    """The mark of a GitHub alert at the start of a quote; its group is the alert's name."""
    first = quote.children[0] if quote.children else None
    return _ALERT.match(first.text) if first and first.kind == "paragraph" else None


def is_comment(html: str) -> bool:
    """Whether raw HTML is nothing but comments."""
    return "<!--" in html and not without_comments(html).strip()


class Span(NamedTuple):
    """A link, an image or a tag in a block's text: what is in its brackets (as text), and its target (or the tag's attributes)."""

    kind: Literal["link", "image", "tag"]
    text: str
    target: str


def inline_tokens(text: str, references: Mapping[str, tuple[str, str]]) -> Sequence[Token]:
    """Inline Markdown as markdown-it-py reads it."""
    from markdown_it.common.utils import normalizeReference

    known = {normalizeReference(label): {"href": href, "title": title} for label, (href, title) in references.items()}
    tokens = _parser().parseInline(text, {"references": known})
    return tokens[0].children or [] if tokens else []


def spans(text: str, references: Mapping[str, tuple[str, str]]) -> list[Span]:
    """The links, images and raw tags of inline Markdown, in order, by markdown-it-py; an image in a link comes after it."""
    children = inline_tokens(text, references)
    found: list[Span] = []
    for index, token in enumerate(children):
        if token.type == "image":
            found.append(Span("image", plain_text(token.content), str(token.attrGet("src") or "")))
        elif token.type == "html_inline":
            found.append(Span("tag", "", token.content))
        elif token.type == "link_open":
            end = next(i for i in range(index, len(children)) if children[i].type == "link_close")
            inside = "".join(child.content for child in children[index:end] if child.type != "html_inline")
            found.append(Span("link", " ".join(inside.split()), str(token.attrGet("href") or "")))
    return found


_MARKED = re.compile(r"[`*_\[<&\\~]")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])(?:\{[^{}]*\})?")
_MARKS = re.compile(r"<(?:/?[A-Za-z]|!--)[^<>]*>|(?<!\\)(?:\*{1,3}|~~)|(?<![\w\\])_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def mask_code(text: str) -> str:
    """Inline text with code spans blanked out, of the same length: nothing in them is syntax."""
    if "`" not in text:
        return text
    return _replace_code(text, lambda start, end, _: "\0" * (end - start))


def _replace_code(text: str, replace: Callable[[int, int, int], str]) -> str:
    """Text with its code spans replaced, which are given by their start, end and number of back-ticks."""
    parts: list[str] = []
    last = 0
    for start, end, count in code_spans(text):
        parts += text[last:start], replace(start, end, count)
        last = end
    return "".join((*parts, text[last:]))


def plain_text(inline: str) -> str:
    """Inline Markdown as text on one line: for titles in the menu, the manifest and reports."""
    if not _MARKED.search(inline):
        return " ".join(inline.split())
    from html import unescape

    def code(start: int, end: int, count: int) -> str:
        content = inline[start + count : end - count]
        return content.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")

    text = _replace_code(inline, code)
    for _ in range(3):  # an image in a link
        text = _IMAGE_OR_LINK.sub(r"\1", text)
    return " ".join(unescape(_ESCAPED.sub(r"\1", _MARKS.sub("", text))).split())
