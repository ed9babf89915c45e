"""Variables and snippets: `{{ name }}` in text, and `{% include "file.md" %}` in a paragraph of its own.

Both work on parsed blocks, so code stays unchanged and every block keeps its file and line.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from scormgen.model.blocks import Block, Document
from scormgen.problems import limits
from scormgen.problems.report import Problem, Report
from scormgen.reading.tags import ANY_TAG
from scormgen.text import delimited, quoted, ticks

# Code spans, escaped braces and what looks like template code.
_OPENER = re.compile(r"(?<!`)(?P<ticks>`+)|\\\{|(?P<name>\{\{)|(?P<tag>\{%)")
_NAME_END, _TAG_END = re.compile(r"\}\}"), re.compile(r"%\}")
_INCLUDE = re.compile(r"""\{%-?\s*include\s+(?P<quote>["'])(?P<file>[^"'\n]+)(?P=quote)\s*-?%\}""")
_NAME = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_-]*)\s*")

_FOLDED = ("M001", "M002", "M005")
# Finds and parses a snippet by name, relative to a block; None after adding a problem.
Load = Callable[[str, Block], Document | None]


def substitute(blocks: Sequence[Block], variables: Mapping[str, str], report: Report) -> tuple[Block, ...]:
    """The blocks with their variables replaced; adds M001, M002, M005. Fences and code spans stay unchanged.

    In a tag, a variable is the text of an attribute, whatever characters it has.
    """

    def fill(block: Block, text: str) -> str:
        def one(written: str, *, tag: bool, in_tag: bool) -> str:
            content = written[2:-2]
            where = block.place(written.partition("\n")[0])
            if tag:
                report.add("M005", where, text=quoted(written), hint=_tag_hint(content))
                return written
            name = _NAME.fullmatch(content)
            if not name:
                report.add("M002", where, text=quoted(written), hint=_hint(content))
                return written
            if name[1] not in variables:
                otherwise = "" if variables else "add it under variables: in course.yml"
                report.add("M001", where, name=quoted(name[1]), hint=report.near(name[1], variables, otherwise))
                return written
            return escape(variables[name[1]]) if in_tag else variables[name[1]]

        tags = [tag.span() for tag in ANY_TAG.finditer(text)] if "<" in text else []
        parts: list[str] = []
        last = 0
        for opener, _, end in delimited(text, _OPENER, _closer):
            if opener["name"] or opener["tag"]:
                start = opener.start()
                around = bisect(tags, (start, 0))  # the last tag that begins before it
                in_tag = bool(around) and start < tags[around - 1][1]
                parts += text[last:start], one(text[start:end], tag=bool(opener["tag"]), in_tag=in_tag)
                last = end
        return "".join((*parts, text[last:])) if parts else text

    def walk(block: Block) -> Block:
        children = tuple(walk(child) for child in block.children)
        text = block.text
        if "{" in text and block.kind != "fence":
            text = fill(block, text)
            if len(text) > len(block.text) and (why := limits.excess(text)):
                report.add("M030", block.place(), why=why)
                text = limits.shorten(text)
        if children == block.children and text is block.text:
            return block
        return block._replace(text=text, children=children)

    return tuple(walk(block) for block in blocks)


def _closer(opener: re.Match[str]) -> re.Pattern[str] | None:
    if opener["ticks"]:
        return ticks(len(opener["ticks"]))
    return _NAME_END if opener["name"] else _TAG_END if opener["tag"] else None


def fold_repeats(problems: Sequence[Problem]) -> list[Problem]:
    """The problems, with each unknown name once per file, at its first place and with the number of the others."""
    groups: dict[object, list[Problem]] = {}
    for index, problem in enumerate(problems):
        same = (problem.code, problem.place.path, problem.message) if problem.code in _FOLDED else index
        groups.setdefault(same, []).append(problem)
    folded = []
    for group in groups.values():
        places = sorted({(problem.place.line, problem.place.column) for problem in group})
        first = min(group, key=lambda problem: (problem.place.line, problem.place.column))
        others = len(places) - 1
        more = f" (and {others} more {'place' if others == 1 else 'places'} in this file)" if others else ""
        folded.append(first._replace(message=f"{first.message}{more}"))
    return folded


def _hint(content: str) -> str:
    """The hint for braces without a name; it differs by the tool that uses such braces."""
    if content[:1] in ("<", "%"):
        return "this is a shortcode of Hugo or Quarto: write what it stands for"
    if re.match(r"\s*[\d|]", content):
        return "this is an animation of LiaScript: remove it"
    if re.match(r"\s*(?:site|page|layout|include)\.", content):
        return "this is a variable of Jekyll: write its text, or a name from variables: in course.yml"
    if re.match(r"\s*#(?:rustdoc_)?include\b", content):
        return 'this is an include of mdBook: write {% include "file.md" %} in a paragraph of its own'
    if content.lstrip().startswith("#"):
        return "this is a mark of mdBook: remove it"
    return "only {{ name }} is replaced; put literal braces in a code span"


def _tag_hint(tag: str) -> str:
    """What to do about a tag of Liquid or another template language."""
    word = tag.strip(" -\t\n").partition(" ")[0]
    match word:
        case "comment":
            return "write <!-- … --> instead, which learners do not see"
        case "raw" | "highlight":
            return "put its content in a code span or a code block"
        case "link" | "post_url":
            return "write the address of the page from this file, as in [text](page.md)"
        case "include" | "":
            return 'write {% include "file.md" %} in a paragraph of its own'
    return "remove it: scormgen has no template language"


@dataclass(slots=True)
class _Included:
    """What snippets have added to a file so far; `full` when a limit is exceeded."""

    count: int = 0
    characters: int = 0
    full: bool = False

    def add(self, document: Document, depth: int) -> str:
        """The limit that one more snippet would exceed, in words; '' if none."""
        self.count += 1
        self.characters += len(document.blocks[0].source.text) if document.blocks else 0
        why = ""
        if self.count > limits.INCLUDES:
            why = f"more than {limits.INCLUDES} of them"
        elif depth > limits.CHAIN:
            why = f"they include each other more than {limits.CHAIN} deep"
        elif self.characters > limits.SOURCE_BYTES:
            why = f"more than {limits.SOURCE_BYTES:,} characters"
        self.full = bool(why)
        return why


def expand(
    document: Document, load: Load, report: Report, chain: tuple[str, ...] = (), included: _Included | None = None
) -> Document:
    """The document with its snippets inserted, and with their references, footnotes and abbreviations.

    `chain` lists the files that are being included, outermost first; adds M004 if one includes itself, and M031, once
    for the file, if together they exceed a limit.
    """
    so_far = included or _Included()
    references, footnotes = dict(document.references), dict(document.footnotes)
    abbreviations, definitions = dict(document.abbreviations), list(document.definitions)

    def walk(blocks: Sequence[Block]) -> tuple[Block, ...]:
        expanded: list[Block] = []
        for block in blocks:
            include = _INCLUDE.fullmatch(block.text.strip()) if block.kind == "paragraph" else None
            if include:
                expanded.extend(snippet(include["file"], block))
            elif block.children:
                expanded.append(block._replace(children=walk(block.children)))
            else:
                expanded.append(block)
        return tuple(expanded)

    def snippet(name: str, block: Block) -> Sequence[Block]:
        if so_far.full:
            return ()
        loaded = load(name, block)
        if loaded is None:
            return ()
        path = loaded.blocks[0].source.path if loaded.blocks else name
        names = (*(chain or (block.source.path,)), path)
        if path in names[:-1]:
            report.add("M004", block.place(name), name=quoted(name), chain=" > ".join(names))
            return ()
        if why := so_far.add(loaded, len(names)):
            report.add("M031", block.place(name), why=why)
            return ()
        inner = expand(loaded, load, report, names, so_far)
        for label, reference in inner.references.items():
            references.setdefault(label, reference)
        for label, note in inner.footnotes.items():
            footnotes.setdefault(label, note)
        for short, long in inner.abbreviations.items():
            abbreviations.setdefault(short, long)
        definitions.extend(inner.definitions)
        return inner.blocks

    blocks = walk(document.blocks)
    return Document(blocks, references, footnotes, abbreviations, tuple(dict.fromkeys(definitions)))
