"""The content security policy of a package's pages, and what it would block in a theme's templates: docs/lms.md.

It is in a `<meta>` element, because a package cannot set the headers that an LMS sends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from scormgen.files.source import Root, SourceFile, in_order
from scormgen.problems.report import Place, Report
from scormgen.rendering.theme import Theme, is_built_in
from scormgen.text import quoted

Level = Literal["default", "strict"]
# Blocks what no course needs. LMSs and proxies that insert scripts or styles into the page still work.
_DEFAULT = "object-src 'none'; base-uri 'none'; form-action 'self'"
# The icon of a page and pictures in a style sheet or in Markdown may be data: addresses.
_STRICT = "default-src 'self'; img-src 'self' data:"
_FONTS = "font-src 'self' data:"
# Everything that a page of a course may need, for our own servers, which send it as a header.
STRICT = f"{_STRICT}; {_FONTS}; {_DEFAULT}"

_EMBEDDED_FONT = re.compile(r"@font-face\s*\{[^{}]*url\(\s*[\"']?data:", re.I)
_GOVERNED = re.compile(r"<(?:base|body|link|script|style)\b", re.I)
# What the policy would block in a template. Every part ends at the next tag, so that the time is linear.
_COMMENT = r"<!--.*?(?:-->|\Z)|\{#.*?(?:#\}|\Z)"
_NEVER = r"<(?:base|embed|object)\b"
_INLINE = r"<style\b|<script\b(?![^<>]*(?:\ssrc\s*=|application/json))|<[a-z][^<>]*?\s(?:style|on[a-z]+)\s*="
_ELSEWHERE = (
    r"""<(?:audio|iframe|img|link|script|source|video)\b[^<>]*?\s(?:src|href|poster)\s*=\s*["']?(?:https?:)?//"""
)
_STOPPED = {"default": _NEVER, "strict": f"{_NEVER}|{_INLINE}|{_ELSEWHERE}"}


def content_security_policy(level: Level, style: str) -> str:
    """The policy for `csp:` in course.yml, with no more than the packed style sheet needs."""
    if level == "default":
        return _DEFAULT
    return "; ".join([_STRICT, *([_FONTS] if _EMBEDDED_FONT.search(style) else []), _DEFAULT])


def check_page(document: str, template: str, policy: str, root: Root, theme: Theme, report: Report) -> None:
    """Adds C030 if a unit's document does not have the policy before the first element that it governs."""
    governed = _GOVERNED.search(document)
    if governed and policy in document[: governed.start()]:
        return
    path = next(file for folder in theme.templates if (file := folder / template).is_file())
    source = root.read_text(path, Report())
    line = next((n for n, text in enumerate(source.lines, 1) if "<head" in text), 0) if source else 0
    place = source.find("<head", line, line) if source and line else Place(root.relative(path))
    hint = 'write <meta http-equiv="Content-Security-Policy" content="{{ policy }}"> after <meta charset="utf-8">'
    report.add("C030", place, why="it is not there before the scripts and style sheets", hint=hint)


def check_templates(level: Level, root: Root, theme: Theme, report: Report) -> None:
    """Adds C030 for what the policy would block in the templates of a workspace's theme."""
    folders = (folder for folder in theme.templates if not is_built_in(folder))
    for path in (path for folder in folders for path in in_order(folder.rglob("*.html"))):
        source = root.read_text(path, Report())  # Jinja2 reports unreadable files
        if source:
            _check_template(source, level, report)


def _check_template(source: SourceFile, level: Level, report: Report) -> None:
    text = re.sub(_COMMENT, lambda found: re.sub(r"[^\n]", " ", found[0]), source.text, flags=re.DOTALL)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    for found in re.finditer(_STOPPED[level], text, re.I):
        line = bisect_right(starts, found.start())
        words = re.findall(r"[^\s=]+", found[0])
        what = " … ".join(dict.fromkeys((words[0], words[-1])))
        hint = "move it into style.css or into a file of the theme, or remove csp: strict from course.yml"
        if re.match(_NEVER, found[0], re.I):
            hint = "remove it: no package may have it"
        place = source.place(line, found.start() - starts[line - 1] + 1, len(words[0]))
        report.add("C030", place, why=f"it blocks {quoted(what)}", hint=hint)
