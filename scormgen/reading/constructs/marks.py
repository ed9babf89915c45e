"""Inline marks of other tools: a table of patterns. They are searched in masked text, so nothing in code is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html.entities import html5
from typing import NamedTuple

from rich.emoji import Emoji

from scormgen.reading.constructs.finding import CODE, Context, Finding

# Texts without any of these need no search.
_MARKS = re.compile(r"[$^~%@\\\[{`]|==|\+\+|:[a-z0-9+-]|&[A-Za-z]")


class _Mark(NamedTuple):
    """A mark; texts without any of its `needles` are skipped, which saves nine tenths of the work."""

    code: str
    needles: Sequence[str]
    pattern: re.Pattern[str]
    what: str
    hint: str


def _mark(code: str, needles: str, pattern: str, what: str, hint: str) -> _Mark:
    return _Mark(code, needles.split(), re.compile(pattern, re.DOTALL), what, hint)


_CODE_SPAN = rf"{CODE}+"
# The first that matches a piece of text is used.
_TABLE: tuple[_Mark, ...] = (
    _mark(
        "M023",
        "![[",
        r"!\[\[[^\[\]\n]+\]\]",
        "an embedded file of Obsidian",
        'write ![what it shows](picture.png), or {% include "page.md" %} for text',
    ),
    _mark("M023", "{/*", r"\{/\*.{0,2000}?\*/\}", "a comment of MDX", "write <!-- … -->, which learners do not see"),
    _mark(
        "M023",
        "%%",
        r"(?<![\w%])%%(?!%).{1,2000}?(?<!%)%%(?![\w%])",
        "a comment of Obsidian",
        "write <!-- … -->, which learners do not see",
    ),
    _mark(
        "M023",
        "?[",
        r"(?<![\w!?])(?:!\?|\?\?|\?)\[[^\[\]\n]*\]\x02+",
        "media of LiaScript",
        "write ![what it shows](film.mp4) with a file of the course, or a link",
    ),
    _mark(
        "M023",
        ":\0 }\0",
        rf"(?<![\w:]):[a-z][\w:+-]*:{_CODE_SPAN}|\{{[a-z][\w:+-]*\}}{_CODE_SPAN}",
        "a role of reStructuredText or MyST",
        "write a link as [text](page.md), or plain text",
    ),
    _mark(
        "M017",
        "{",
        r"\{(?P<m>\+\+|--|~~|==|>>)[^{}]+(?:\+\+|--|~~|==|<<)\}",
        "an edit mark of CriticMarkup",
        "accept or reject the edit; for text that is struck out write ~~text~~",
    ),
    _mark(
        "M023",
        "@[",
        r"@\[[^\[\]\n]*\]\x02+",
        "a code file of LiaScript or VuePress",
        "put the code between lines of ```, or write a link",
    ),
    _mark(
        "M017",
        "\1\1",
        r"\x01\x01(?:\([^\n]{1,300}?\x01\x01\)|\[[^\n]{1,300}?\x01\x01\])",
        "a formula of TeX",
        "write it in words or as a picture with alternative text",
    ),
    _mark(
        "M017",
        "$",
        r"(?<![$\w])\$\$[^$]{1,2000}\$\$"
        r"|(?<![$\w])\$(?=[^\s$])(?!\d[\d,.]*[kmb]?[,;:)]*\s+[A-Za-z]{2})[^$]{0,600}?(?<=[^\s$])\$(?![\d$])",
        "a formula of TeX",
        "write it in words or as a picture with alternative text; a dollar sign is \\$",
    ),
    _mark(
        "M017",
        "\\",
        r"(?<![\\\w:/])\\(?:newpage|pagebreak|clearpage|textbf|textit"
        r"|emph|frac|sqrt|sum|int|cdot|times|leq|geq|begin|end|vspace|hspace|section"
        r"|subsection|chapter|cite|footnote|caption|label|tableofcontents)\b",
        "a command of LaTeX",
        "remove it, or write what it stands for",
    ),
    _mark(
        "M017",
        "==",
        r"(?<![=\w])==(?=[^\s=]).{1,600}?(?<=[^\s=])==(?![=\w])",
        "a highlight of other tools",
        "write **text** for emphasis, or <mark>text</mark>",
    ),
    _mark(
        "M017",
        "++",
        r"(?<![\w+])\+\+(?=[^\s+]).{1,600}?(?<=[^\s+])\+\+(?![+\w])",
        "an insertion or a key of other tools",
        "write <ins>text</ins>, or <kbd>Ctrl</kbd> for a key",
    ),
    _mark("M017", "^^", r"(?<![\w^])\^\^[^\s^][^^]*\^\^(?![\w^])", "an insertion of MkDocs", "write <ins>text</ins>"),
    _mark(
        "M017",
        "@",
        r"(?<![\w@])@[A-Za-z][\w.]*\([^()\n]*\)",
        "a macro of LiaScript",
        "remove it, or write what it stands for",
    ),
    _mark(
        "M017",
        "\1ref( (ref:",
        r"\x01\x01ref\([\w:-]+\)|\(ref:[\w-]+\)",
        "a reference of bookdown",
        "write a link as [text](page.md#heading)",
    ),
    _mark("M017", "(@", r"(?<![^\n])\(@[\w-]*\)(?=\s)", "a numbered example of Pandoc", "write a numbered list"),
    _mark("M017", "^", r"(?<=[\w)])\^[^\s^~]+\^(?![\w^])", "superscript of Pandoc", "write <sup>…</sup>"),
    _mark(
        "M017",
        "~",
        r"(?<=[A-Za-z)])~[^\s~^]+~(?!~)",
        "subscript of Pandoc",
        "write <sub>…</sub>; between single tildes text is struck through",
    ),
    _mark(
        "M017",
        "^[",
        r"\^\[[^\[\]\n]+\]",
        "an inline footnote of Pandoc",
        "write [^1], and the note as a paragraph that begins [^1]:",
    ),
    _mark(
        "M017",
        "@",
        r"\[-?@[\w:.-]+[^\[\]]*\]|(?<![\w@])@(?:fig|tbl|sec|eq|lst)-[\w-]+",
        "a citation or a reference of Pandoc or Quarto",
        "write the source or the name in full, or as a footnote",
    ),
    _mark(
        "M017",
        "^",
        r"(?<!\S)\^[A-Za-z0-9-]+$",
        "the name of a block in Obsidian",
        "remove it; {#name} gives a heading an id",
    ),
    _mark(
        "M017",
        ":",
        r"(?<![\w:]):[a-z][\w-]*\[[^\[\]\n]*\](?:\{[^{}\n]*\})?",
        "a directive of Docusaurus or Astro",
        "write only its text",
    ),
    _mark(
        "M017",
        ":",
        r":(?:material|fontawesome|octicons|simple)-[\w-]+:",
        "an icon of Material for MkDocs",
        "remove it, or use a word or a picture",
    ),
    _mark(
        "M017",
        "|",
        r"!\[[^\[\]\n]*\|\d+(?:x\d+)?\](?=\x02)",
        "an image size of Obsidian",
        "write ![what it shows](picture.png){width=300}",
    ),
)
_WIKI = _mark(
    "M023",
    "[[",
    r"(?<!!)\[\[[^\[\]\n]*\]\]",
    "a link of a wiki or a quiz of LiaScript",
    "link to a page as [text](page.md); a gap to fill in belongs below a heading that begins with Q:",
)
_TOC = _mark(
    "M017",
    "TOC toc",
    r"^\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\}|@\[toc\])[^\n]*$|^TOC(?=\n\{:toc\})",
    "a table of contents of other tools",
    "remove it: the player has one",
)
_EMOJI = re.compile(r"(?<![\w:/]):([a-z0-9_+-]+):(?![\w:/])")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]+);")
_RUN_CODE = re.compile(r"(?<!`)`r [^`]+`(?!`)")
_MARKDOWN = re.compile(
    r"\*\*[^\s*][^*]*\*\*|(?<![\w*])\*[^\s*][^*]*\*(?![\w*])"
    r"|`[^`]+`|!?\[[^\[\]]+\]\([^()\s]*\)|</?[a-z][^<>]*>|\{\{.*?\}\}"
)


def worth_a_look(text: str) -> bool:
    return _MARKS.search(text) is not None


def find(masked: str, text: str, context: Context) -> Iterator[Finding]:
    """The marks in a text; each piece of text is reported once."""
    taken: list[tuple[int, int]] = []
    table = (_TOC, *_TABLE) if context.gaps else (_TOC, *_TABLE, _WIKI)
    for mark in table:
        if not any(needle in masked for needle in mark.needles):
            continue
        for match in mark.pattern.finditer(masked):
            start, end = match.span()
            if not any(start < other and end > first for first, other in taken):
                taken.append((start, end))
                yield Finding(mark.code, text[start:end].strip(), mark.what, mark.hint, start, end)
    for gap in _WIKI.pattern.finditer(masked) if context.gaps and "[[" in masked else ():
        for match in _MARKDOWN.finditer(text, gap.start(), gap.end()):
            if match[0].startswith("<"):  # it would be removed from the accepted answer
                yield _finding(
                    "M023", match, "a tag in an answer to type", "write plain text, or put it between back-ticks"
                )
    for match in _EMOJI.finditer(masked) if ":" in masked else ():
        if picture := _emoji(match[0]):
            yield _finding(
                "M017", match, "a short name for an emoji", f"write the character itself, {picture}, or a word"
            )
    for match in _ENTITY.finditer(masked) if "&" in masked else ():
        if f"{match[1]};" not in html5:
            hint = f"write the character itself; for the text {match[0]} write &amp;{match[1]};"
            yield _finding("M014", match, "a character reference that HTML does not have", hint)


def find_run_code(text: str) -> Iterator[Finding]:
    """Code spans that R Markdown replaces by their result: `r mean(x)`."""
    for match in _RUN_CODE.finditer(text):
        yield _finding("M023", match, "code that R Markdown runs", "insert its result")


def find_markdown(text: str) -> Iterator[Finding]:
    """Markdown in plain text: in the glossary."""
    for match in _MARKDOWN.finditer(text):
        hint = "write plain text: the glossary has no Markdown, HTML or variables"
        yield _finding("M017", match, "a mark in plain text", hint)


def _finding(code: str, match: re.Match[str], what: str, hint: str) -> Finding:
    return Finding(code, match[0], what, hint, match.start(), match.end())


@cache
def _emoji(name: str) -> str:
    """The emoji of a short name with its colons; '' if there is none."""
    picture = Emoji.replace(name)
    return "" if picture == name else picture
