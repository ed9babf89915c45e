"""Markdown text to blocks with positions: the block structure of CommonMark and GFM, by markdown-it-py.

Python-Markdown has other block rules and keeps no positions, so it only renders inline text (`prose.py`). Here, a
file becomes a tree of `Block`s that know their source file and lines; nothing is interpreted yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import is_
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from scormgen.files.source import SourceFile
from scormgen.model.blocks import Block, Definition, Document, Kind
from scormgen.problems import limits
from scormgen.problems.report import Report
from scormgen.reading.silences import SUPPRESSION
from scormgen.text import mask_code

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
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]:")
_ABBREVIATION = re.compile(r"^\*\[([^\]]+)\]:[ \t]*(\S.*)$")
_FULL = "full"  # the key for the line that exceeds the limit
_NESTING = 100  # markdown-it drops deeper blocks; M007 is reported long before


@cache
def markdown_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
    footnote_plugin(parser, inline=False)
    deflist_plugin(parser)
    parser.block.ruler.before("table", "budget", _stop)
    return parser


def _stop(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A markdown-it rule that consumes the rest of the file when there are too many blocks."""
    if silent or len(state.tokens) < limits.TOKENS:
        return False
    state.env.setdefault(_FULL, start)
    state.line = end
    return True


def parse_document(source: SourceFile, first_line: int, report: Report) -> Document:
    """Blocks of `source` from line `first_line` (from 1) on; adds M007 if they nest too deeply."""
    lines = source.lines if first_line == 1 else source.lines[first_line - 1 :]
    environment: dict[str, Any] = {}
    tokens: list[Token] = []
    markdown_parser().block.parse("\n".join(lines), markdown_parser(), environment, tokens)
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
        if block.kind == "paragraph" and (pairs := _abbreviations(block.text)):
            for line, (short, long) in enumerate(pairs, start=block.line):
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
    """Adds M030 for texts that exceed the limits, and shortens them; each table cell is a separate text."""
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
    """The blocks without footnote definitions, also those in lists and quotes; the footnotes are added to
    `footnotes`.
    """
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
    """The link references, for which there are no tokens."""
    known = [(label, target, False) for label, target in environment.get("references", {}).items()]
    again = [(target["label"], target, True) for target in environment.get("duplicate_refs", [])]
    for label, target, is_again in (*known, *again):
        line = target["map"][0] + first_line
        written = _REFERENCE.search(source.lines[line - 1])  # the label as it was written, not in capitals
        text = written[0] if written else source.lines[line - 1].strip()
        yield Definition("link reference", written[1] if written else label, source.find(text, line, line), is_again)


def _abbreviations(text: str) -> list[tuple[str, str]]:
    """The abbreviations of a paragraph that has nothing else, one per line."""
    if not text.startswith("*["):
        return []
    rows = [_ABBREVIATION.match(line) for line in text.split("\n")]
    return [(row[1].strip(), row[2].strip()) for row in rows if row] if all(rows) else []


def _nest(tokens: Sequence[Token], source: SourceFile, first_line: int) -> list[Block]:
    """The flat list of tokens as a tree. A token without lines of its own has those of its parent."""
    top: list[Block] = []
    open_: list[tuple[Token, list[Block], int, int]] = []
    siblings: list[Block] = top
    line, end = first_line, first_line
    for token in tokens:
        if token.type in ("inline", "html_block") and "scormgen-ignore" in token.content:
            token.content = _without_suppressions(token.content)
            if not token.content.strip() and token.type == "html_block":
                continue
        if token.type == "inline":
            if token.map:
                line, end = token.map[0] + first_line, max(token.map[1], token.map[0] + 1) + first_line - 1
            siblings.append(Block("paragraph", source, line, end, token.content))
        elif token.type in _LEAF and token.map:
            siblings.append(
                Block(
                    _LEAF[token.type],
                    source,
                    token.map[0] + first_line,
                    token.map[1] + first_line - 1,
                    token.content,
                    info=token.info.strip(),
                )
            )
        elif token.type in _OPEN:
            if token.map:
                line, end = token.map[0] + first_line, max(token.map[1], token.map[0] + 1) + first_line - 1
            open_.append((token, siblings, line, end))
            siblings = []
        elif token.nesting == -1 and open_ and token.type.replace("_close", "_open") == open_[-1][0].type:
            opener, outer, line, end = open_.pop()
            outer.append(_close(opener, siblings, source, line, end))
            siblings = outer
    return top


def _without_suppressions(text: str) -> str:
    """Text without the comments that suppress a rule; in a code span they are text."""
    comments = [comment.span() for comment in SUPPRESSION.finditer(mask_code(text))]
    starts, ends = [0, *(end for _, end in comments)], [*(start for start, _ in comments), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _close(token: Token, children: list[Block], source: SourceFile, line: int, end: int) -> Block:
    kind = _OPEN[token.type]
    while end > line and not source.lines[end - 1].strip():  # the lines of a list include the blank ones after it
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
