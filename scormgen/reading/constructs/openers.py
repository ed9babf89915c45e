"""Blocks of other tools, by the line that opens them; unknown callouts; comments that are nearly one of our marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scormgen.model.blocks import CALLOUTS, Block
from scormgen.questions.marks import BOX, NEAR_OPTION, TICKS, first_text, near_box, near_check
from scormgen.reading.constructs.finding import CODE, LINK, OPAQUE, Context, Finding, mask, place_of
from scormgen.reading.silences import SUPPRESSION
from scormgen.text import comments, did_you_mean, mask_code, quoted

_CALLOUT_HINT = "write > [!NOTE] on a line of its own, and > before each line of its text"

_QUIZ_HINT = "write a heading ### Q: …, and below it the options as - [x] and - [ ]"
_ANIMATION_HINT = "remove it"
BLOCK = "a block of Docusaurus, Pandoc or MyST"
BLOCK_END = "the end of a block of Docusaurus, Pandoc or MyST"


class _Opener(NamedTuple):
    pattern: re.Pattern[str]
    what: str
    hint: str


def _opener(pattern: str, what: str, hint: str) -> _Opener:
    return _Opener(re.compile(pattern), what, hint)


# Lines of a paragraph.
_LINES: tuple[_Opener, ...] = (
    _opener(
        r"(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][\w-]*(?:[ \t]+[a-z-]+)*(?:[ \t]+\"[^\"]*\")?[ \t]*$",
        "an admonition of MkDocs",
        _CALLOUT_HINT,
    ),
    _opener(
        r":{3,}[ \t]*\S",
        BLOCK,
        "a callout is > [!NOTE] with > before each line of its text, tabs begin with <!-- tabs -->; otherwise remove"
        " the lines with :::",
    ),
    _opener(r":{3,}[ \t]*$", BLOCK_END, "remove it"),
    _opener(r";?-+8<-+", "an include of MkDocs", 'write {% include "file.md" %} as a paragraph'),
    _opener(r"\{!\s*\S+\s*!\}$", "an include of other tools", 'write {% include "file.md" %} as a paragraph'),
    _opener(
        r"::[A-Za-z][\w-]*[\[{]",
        "a directive of Docusaurus or Astro",
        "write what it stands for: a picture, a video or a link",
    ),
    _opener(
        r"===[+!]*[ \t]+\"[^\"]*\"[ \t]*$",
        "a tab of MkDocs",
        "write <!-- tabs -->, a heading for each tab, and <!-- /tabs -->",
    ),
    _opener(
        r"\.\. (?:[\w:-]+::|_[^:]+:|\|[^|]+\|)",
        "a directive of reStructuredText",
        "write what it stands for in Markdown",
    ),
    _opener(r"(?:image|video|include|audio)::\S+\[", "a block of AsciiDoc", "write ![what it shows](picture.png)"),
    _opener(
        r"import\s+(?:[\w$*{},\s]+\s+from\s+)?(?P<q>['\"])[^'\"]+(?P=q);?\s*$",
        "an import of MDX",
        "remove it: scormgen runs no code",
    ),
    _opener(
        r"export\s+(?:(?:const|let|var)\s+\w+\s*=|(?:default\s+)?(?:async\s+)?(?:function|class)\b|default\s+\w*[({])",
        "an export of MDX",
        "remove it: scormgen runs no code",
    ),
    _opener(r"\[(?:\((?:[ xX]|\d+)\)|\[(?:[ xX?]|\d+)\])\](?:\s|$)", "a quiz of LiaScript", _QUIZ_HINT),
)
# A paragraph without any of these at the start of a line needs no search: masking its text costs more than all the
# rest.
_MAYBE = re.compile(
    r"^[ \t]*(?:!!!|\?\?\?|::|===|\.\. |image::|video::|include::|audio::|import\s|export\s|\[[(\[!]|;?-+8<|\{!|#|:["
    r" \t]|Table:)",
    re.M,
)
_FENCES = re.compile(
    r"(?P<drawn>mermaid|plantuml|puml|graphviz|d2|wavedrom|vega|vega-lite|markmap|echarts|geojson|topojson)\b"
    r"|(?P<math>math|katex)$"
    r"|(?P<run>\{(?:r|python|julia|bash|ojs|sql|stan|js|javascript)\b[^{}]*\})"
    r"|(?P<myst>\{[A-Za-z][\w:-]*\}|ad-\w+)"
    r"|(?P<query>dataview|dataviewjs|tasks|query)$"
)
_FENCE_HINTS = {
    "drawn": ("a diagram that other tools draw", "insert it as a picture; to show its source, write ```text"),
    "math": (
        "a formula that other tools set",
        "insert it as a picture with alternative text; to show its source, write ```text",
    ),
    "run": (
        "code that R Markdown and Quarto run",
        "run it and insert the result; to show the code, write only the language, as in ```r",
    ),
    "myst": ("a block of MyST or Obsidian", _CALLOUT_HINT),
    "query": ("a query of Obsidian", "insert its result"),
}
# The first line of indented code: LiaScript indents its quizzes and the marks of its slides.
_INDENTED = re.compile(r"\[(?:\((?:[ xX]|\d+)\)|\[[^\[\]]*\])\]|(?P<animation>(?:--)?\{\{[^{}]*\}\}(?:--)?$)")
# In masked text: an image or link, bold text, a heading, code, a list of several items, a row of a table.
_MARKDOWN = re.compile(
    rf"!?\[[^\[\]\n]+\]{LINK}+|\*\*[^\s*][^*\n]*\*\*|^[ \t]*#{{1,6}}[ \t]+\S[^\n]*|{CODE}+"
    r"|^[ \t]*(?:[-*+]|1[.)])[ \t]+\S[^\n]*(?=\n[ \t]*(?:[-*+]|2[.)])[ \t]+\S)|^[ \t]*\|[^\n]+\|[ \t]*$",
    re.MULTILINE,
)
_MARKDOWN_ATTRIBUTE = re.compile(r"<[A-Za-z][\w-]*\s(?:[^<>]*?\s)?(?P<name>markdown(?:=[^\s<>]+)?)(?=[\s/>])")
_BRACES = re.compile(r"<[A-Za-z][\w.]*\s[^<>]*?=\{[^<>]*>")
_BETWEEN = "Markdown between HTML tags works if there is an empty line before and after it"
_EMPTY_LINES = "put an empty line before and after it, or write it in HTML"
_CAPTION = re.compile(r"(?:Table)?:[ \t]+\S")
_HASHES = re.compile(r"#{1,6}[A-Za-zÀ-ɏ][^#]*$|#{2,6}[^\s#][^#]*$")
_ALERT = re.compile(r"\[!(?P<kind>[^\[\]\n]+)\](?P<fold>[+-]?)(?P<rest>[^\n]*)")
_BOLD = re.compile(
    r"(?P<m>\*\*|__)(?P<word>Note|Tip|Hint|Info|Important|Warning|Caution|Danger|Attention)[ \t]*[:!]?(?P=m)", re.I
)
_LIKE = {
    "INFO": "NOTE",
    "ABSTRACT": "NOTE",
    "SUMMARY": "NOTE",
    "TLDR": "NOTE",
    "TODO": "NOTE",
    "QUESTION": "NOTE",
    "HELP": "NOTE",
    "FAQ": "NOTE",
    "EXAMPLE": "NOTE",
    "QUOTE": "NOTE",
    "CITE": "NOTE",
    "HINT": "TIP",
    "SUCCESS": "TIP",
    "CHECK": "TIP",
    "DONE": "TIP",
    "ATTENTION": "WARNING",
    "FAILURE": "CAUTION",
    "FAIL": "CAUTION",
    "MISSING": "CAUTION",
    "DANGER": "CAUTION",
    "ERROR": "CAUTION",
    "BUG": "CAUTION",
}
_TABS = re.compile(r"\s*/?tabs\s*")
_FORMS = {
    "quiz": "a question is a heading ### Q: …",
    "question": "a question is a heading ### Q: …",
    "survey": "a survey is a heading ### Survey: …",
    "scenario": "a scenario is a heading ### Scenario: …",
    "pool": "a pool is a heading ## Pool: …",
    "assessment": "an assessment is a file with assessment: in its front matter",
    "card": "an action card is a heading ## Card: …",
    "cards": "an action card is a heading ## Card: …",
    "hint": "a hint is a quote > **Hint:** …",
    "feedback": "feedback is a quote below its option",
    "note": _CALLOUT_HINT,
    "callout": _CALLOUT_HINT,
    "warning": _CALLOUT_HINT,
    "tip": _CALLOUT_HINT,
    "include": 'write {% include "file.md" %}',
    "details": "write <details><summary>…</summary>",
    "accordion": "write <details><summary>…</summary>",
}


def find(block: Block, context: Context) -> Iterator[Finding]:
    """What a block is, or nearly is."""
    match block.kind:
        case "paragraph":
            yield from _paragraph(block, context)
        case "fence":
            yield from _fence(block)
        case "quote":
            yield from _quote(block, context)
        case "bullets" if not context.question:
            yield from _checklist(block)
    if block.kind == "html":
        yield from _markdown(block)
    elif block.kind != "fence" and "<" in block.text:
        yield from _tags(block, mask_code(block.text))
    if block.kind == "html" or ("<!--" in block.text and block.kind != "fence"):
        yield from _comments(block)


def _paragraph(block: Block, context: Context) -> Iterator[Finding]:
    if not _MAYBE.search(block.text):
        return
    masked = mask(block.text, {})
    start = 0
    for line in masked.split("\n"):
        text = line.lstrip()
        begin, end = start + len(line) - len(text), start + len(line)
        start = end + 1
        for opener in _LINES:
            if opener.pattern.match(text):
                yield _at(block, "M016", opener.what, opener.hint, begin, end)
                break
    if context.parent != "quote" and (alert := _ALERT.match(block.text)) and alert["kind"].upper() in CALLOUTS:
        yield _at(block, "M024", "a callout outside a quote", _CALLOUT_HINT, 0, alert.end("kind") + 1)
    if _CAPTION.match(block.text):
        hint = "write a caption as a paragraph before its table, and a definition below its term, without an empty line"
        yield _at(block, "M017", "a table caption of Pandoc or a definition without a term", hint, 0, len(block.text))
    if "\n" not in block.text and masked[:1] not in (CODE, OPAQUE) and _HASHES.match(masked):
        marks = block.text[: len(block.text) - len(block.text.lstrip("#"))]
        hint = f"put a space after {marks}; if no heading is meant, write a backslash before it"
        yield _at(block, "M014", "a heading without a space", hint, 0, len(block.text))


def _fence(block: Block) -> Iterator[Finding]:
    opening = block.source.lines[block.line - 1].lstrip(" \t>-*+0123456789.)")
    if not opening.startswith(("```", "~~~")):  # indented code
        first = block.text.strip().partition("\n")[0].rstrip()
        if match := _INDENTED.match(first):
            what = "an animation of LiaScript" if match["animation"] else "a quiz of LiaScript"
            hint = _ANIMATION_HINT if match["animation"] else _QUIZ_HINT
            yield _where(block, "M016", first, what, f"{hint}; code goes between lines of ```")
        return
    info = block.info
    if match := _FENCES.match(info):
        what, hint = _FENCE_HINTS[match.lastgroup or ""]
        yield _where(block, "M016", info, what, hint)
        return
    language, _, rest = info.partition(" ")
    if rest.strip() or language.startswith("{"):
        hint = "write only the language, as in ```python; write a title as a paragraph before the code"
        yield _where(
            block,
            "M020",
            info if language.startswith("{") else rest.strip(),
            "an option of a code block that has no effect",
            hint,
        )


def _quote(block: Block, context: Context) -> Iterator[Finding]:
    first = block.children[0] if block.children else None
    if not first or first.kind != "paragraph":
        return
    if match := _ALERT.match(first.text):
        kind, rest = match["kind"].strip().upper(), match["rest"].strip()
        length = match.end("fold")
        if context.question and context.parent == "item":
            hint = "a quote below an option is its feedback: remove the mark"
            yield _at(first, "M024", "a callout in feedback", hint, 0, length)
        elif kind not in CALLOUTS:
            otherwise = f"write [!{_LIKE.get(kind, 'NOTE')}]"
            hint = otherwise if kind in _LIKE else did_you_mean(kind, CALLOUTS, otherwise)
            hint += "; for text that opens on a click, write <details><summary>…</summary>" if match["fold"] else ""
            yield _at(first, "M024", "a callout that scormgen does not know", hint, 0, length)
        elif match["fold"]:
            hint = "remove the sign after it; for text that opens on a click, write <details><summary>…</summary>"
            yield _at(first, "M024", "a folded callout of Obsidian", hint, 0, length)
        elif rest and not SUPPRESSION.fullmatch(rest):
            hint = "put the text after the mark on the next line, after >"
            yield _at(first, "M024", "a callout with text after its mark", hint, 0, length)
    elif not context.question and (match := _BOLD.match(first.text)):
        word = match["word"].upper()
        kind = word if word in CALLOUTS else _LIKE.get(word, "NOTE")
        hint = f"write > [!{kind}] on a line of its own instead of the word in bold"
        yield _at(first, "M024", "a plain quote, not a callout", hint, 0, match.end())


def _comments(block: Block) -> Iterator[Finding]:
    text = mask_code(block.text) if block.kind != "html" else block.text
    for start, end in comments(text):
        content = text[start + 4 : end - 3]
        words = re.sub(r"[^a-z-]+", " ", content.lower()).split()
        word = " ".join(w for w in words if w not in ("end", "start", "begin", "close"))
        hint = ""
        if _TABS.fullmatch(content):
            if block.kind != "html" or text[start:end].strip() != block.text.strip():
                hint = "write it alone on a line, with an empty line before and after"
        elif word in ("tab", "tabs", "tabset", "tabbed"):
            hint = "write <!-- tabs --> before the first tab and <!-- /tabs --> after the last"
        elif content.strip().lower().startswith("scormgen"):
            hint = "write <!-- scormgen-ignore W104: why this is right here -->"
        elif word in _FORMS:
            hint = _FORMS[word]
        if hint:
            yield _at(block, "M021", "a comment without effect", hint, start, end)


def _checklist(block: Block) -> Iterator[Finding]:
    """Boxes of a list that are not read as boxes: learners would see the brackets, or the line joins the item before
    it.
    """
    texts = [item.children[0] for item in block.children if first_text(item)]
    ticked = any(BOX.match(part.text) for part in texts)
    if not ticked and not all(near_check(part.text) for part in texts):
        return
    for part in texts:
        start = 0
        for line in part.text.split("\n"):
            found = NEAR_OPTION.match(line) if start else near_box(line)
            if found and (not start or found["box"]):
                box = found["box"] if start else found[0]
                mark = "x" if any(sign in TICKS for sign in box) else " "
                hint = f"write {quoted(f'- [{mark}] {line[found.end() :].strip()}')} on a line of its own"
                at = start + line.index(box)
                yield _at(part, "M014", "a box of a list that is not read as one", hint, at, at + len(box))
            start += len(line) + 1


def _markdown(block: Block) -> Iterator[Finding]:
    """Markdown in a block of HTML, which Markdown tools leave as it is until the next empty line."""
    yield from _tags(block, block.text)
    for match in _MARKDOWN.finditer(mask(block.text, {})):
        code = "M023" if match[0].startswith("![") else "M017"
        yield _at(block, code, "Markdown in a block of HTML", _EMPTY_LINES, *match.span())


def _tags(block: Block, text: str) -> Iterator[Finding]:
    """Attributes of other tools in HTML tags."""
    for match in _MARKDOWN_ATTRIBUTE.finditer(text):
        yield _at(block, "M020", "an attribute that has no effect", f"remove it; {_BETWEEN}", *match.span("name"))
    for match in _BRACES.finditer(text):
        hint = 'write each value in quotation marks, as in width="300", and remove code'
        yield _at(block, "M016", "a tag of MDX", hint, *match.span())


def _at(block: Block, code: str, what: str, hint: str, start: int, end: int) -> Finding:
    return Finding(code, block.text[start:end].strip(), what, hint, start, end, place_of(block, start, end))


def _where(block: Block, code: str, text: str, what: str, hint: str) -> Finding:
    """A finding in the lines of a code block, whose text is not that of its opening line."""
    return Finding(code, text, what, hint, place=block.place(text))
