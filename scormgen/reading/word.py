"""HTML pasted from Microsoft Word: one problem per block, a fix for it, and the block without it.

Word writes the formatting of its document into each tag. The text between the tags is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scormgen.model.blocks import Block
from scormgen.problems.report import Edit, Report

# All attributes are matched in turn, so that words in a quoted value are not taken for one.
_ATTRIBUTE = re.compile(r"""\s+(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'<>=`]+))?""")
_WORD_CLASS = re.compile(r"mso\w*", re.I)
_PARTS = r"""
    (?P<kept> <!--(?!\[(?:if|endif)\b)(?:(?!<!--).)*?--> )               # an ordinary comment
  | (?P<condition> <!--\[if[^\]]*\]--> | <!--\[endif\]-->
       | <!--\[if[^\]]*\]>(?:(?!<!--\[if).)*?<!\[endif\]--> | <!\[(?:if[^\]]*|endif)\]> )
  | (?P<data> <xml\b(?=[^<]*<[ow]:)(?:(?!<xml\b).)*?</xml> )                # the settings of the document
  | (?P<empty> <o:p>(?:\s|&nbsp;|\u00a0)*</o:p> )
  | (?P<element> </?(?:o|w|st1):\w+[^<>]*> )
  | (?P<drawing> </?(?:v|m):\w+[^<>]*> )                      # pictures and formulas: these have no text to keep
  | (?P<tag> <[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*> )
"""
_IN_HTML = re.compile(_PARTS, re.DOTALL | re.I | re.VERBOSE)
_IN_TEXT = re.compile(rf"(?P<code>(?P<ticks>`+).+?(?<!`)(?P=ticks)(?!`))|{_PARTS}", re.DOTALL | re.I | re.VERBOSE)
# Everything that Word writes contains one of these.
_MAYBE = re.compile(r"mso|</?(?:o|w|st1|v|m):|<xml|\[(?:if|endif)", re.I)
_DRAWING = re.compile(r"</?(?:v|m):\w", re.I)


def clean_blocks(blocks: Sequence[Block], report: Report) -> tuple[Block, ...]:
    """The blocks without Word's HTML; adds M015 for each that has some."""

    def clean(block: Block) -> Block:
        children = tuple(clean(child) for child in block.children)
        text = block.text
        if "<" in text and block.kind != "fence" and _MAYBE.search(text):
            text, is_word = clean_html(text, html=block.kind == "html")
            if is_word:
                _add_problem(block, report)
        return (
            block if children == block.children and text is block.text else block._replace(text=text, children=children)
        )

    return tuple(clean(block) for block in blocks)


def _add_problem(block: Block, report: Report) -> None:
    source = block.source
    before = "\n".join(source.lines[block.line - 1 : block.end])
    after, _ = clean_html(before, html=block.kind == "html")
    lost = _DRAWING.search(after)
    # A line that becomes empty would end the block, or the paragraph in a quote.
    lines = [
        line for line in after.split("\n") if line.strip(" \t>") or line in source.lines[block.line - 1 : block.end]
    ]
    edit = None if lost else Edit(1, before, "\n".join(lines))
    hint = (
        "add its pictures and formulas again in Markdown"
        if lost
        else "scormgen check --fix removes it and keeps the text"
    )
    report.add("M015", source.place(block.line, 1, len(source.lines[block.line - 1].rstrip())), edit, hint=hint)


def clean_html(text: str, *, html: bool) -> tuple[str, bool]:
    """Text without Word's HTML, and whether there was any. Styles alone are not removed."""
    pattern = _IN_HTML if html else _IN_TEXT
    if not any(_is_word(match) for match in pattern.finditer(text)):
        return text, False

    def part(match: re.Match[str]) -> str:
        match match.lastgroup:
            case "empty":
                # Only Word's space separates the two words.
                around = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
                return " " if match[0] != "<o:p></o:p>" and all(map(str.isalnum, around)) else ""
            case "condition" | "data" | "element":
                return ""
            case "tag":
                return _ATTRIBUTE.sub(_clean_attribute, match[0])
            case _:
                return match[0]

    return pattern.sub(part, text), True


def _is_word(match: re.Match[str]) -> bool:
    if match.lastgroup != "tag":
        return match.lastgroup not in ("kept", "code", "ticks")
    attributes = list(_ATTRIBUTE.finditer(match[0]))
    styles = [attribute for attribute in attributes if attribute["name"].lower() == "style"]
    others = [attribute for attribute in attributes if attribute not in styles]
    return any("mso-" in attribute[0].lower() for attribute in styles) or any(
        _clean_attribute(attribute) != attribute[0] for attribute in others
    )


def _clean_attribute(match: re.Match[str]) -> str:
    """An attribute without Word's classes; empty for a style, or if no class is left."""
    name = match["name"].lower()
    if name != "class":
        return "" if name == "style" else match[0]
    words = (match["value"] or "").strip("\"'").split()
    kept = [word for word in words if not _WORD_CLASS.fullmatch(word)]
    return match[0] if kept == words else f' class="{" ".join(kept)}"' if kept else ""
