"""Raw HTML in Markdown: what it may hold, where its addresses lead, and whether its tags are closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from html.parser import HTMLParser

from scormgen.blocks import Block
from scormgen.diagnostics import Report, quoted

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_TAG_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_ADDRESS = re.compile(
    r"""(\s(?P<name>src|href|poster)\s*=\s*)(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'<>=`]+))""", re.I
)
_REFUSED_ATTRIBUTE = re.compile(r"\s(?P<name>on[a-z]+|style|srcdoc|srcset)\s*=", re.I)
_REFUSED_TAGS = frozenset(
    [
        "applet",
        "base",
        "body",
        "button",
        "embed",
        "form",
        "frame",
        "frameset",
        "head",
        "html",
        "iframe",
        "input",
        "link",
        "main",
        "meta",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "template",
        "textarea",
        "title",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Tags whose end may be left out; HTML closes them by itself.
_OPTIONAL = frozenset(
    ["li", "p", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "rt", "rp", "colgroup"]
)

# (attribute, address) -> the address to write, or None where a problem was added.
Resolve = Callable[[str, str], str | None]


def rewrite_html(html: str, block: Block, resolve: Resolve, report: Report) -> str:
    """Raw HTML without comments and with its addresses resolved; adds M010 for what a course cannot hold."""

    def tag(found: re.Match[str]) -> str:
        text = found[0]
        name = _TAG_NAME.match(text)
        if name and name[1].lower() in _REFUSED_TAGS:
            report.add("M010", block.place(text.partition("\n")[0]), tag=quoted(f"<{name[1]}>"))
        elif refused := _REFUSED_ATTRIBUTE.search(text):
            report.add("M010", block.place(refused["name"]), tag=f"the attribute {quoted(refused['name'])}")
        return _ADDRESS.sub(address, text)

    def address(found: re.Match[str]) -> str:
        value = unescape(next(v for v in (found["a"], found["b"], found["c"], "") if v is not None))
        resolved = resolve(found["name"].lower(), value)
        return f'{found[1]}"{escape(value if resolved is None else resolved)}"'

    return _TAG.sub(tag, _COMMENT.sub("", html))


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.stray: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        while self.open and self.open[-1] != tag and self.open[-1] in _OPTIONAL and tag in self.open:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag != "p":
            self.stray.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass


def check_balance(html: str, raw: Sequence[Block], report: Report) -> None:
    """Adds M008 or M009 for the first tag of the page's raw HTML blocks that is not closed, or closes nothing."""
    balance = _Balance()
    balance.feed(html)
    balance.close()
    left = [tag for tag in balance.open if tag not in _OPTIONAL]
    if balance.stray:
        tag = balance.stray[0]
        block = next((b for b in reversed(raw) if f"</{tag}" in b.text.lower()), raw[0])
        report.add("M009", block.place(f"</{tag}"), tag=quoted(f"</{tag}>"))
    elif left:
        tag = left[-1]
        block = next((b for b in reversed(raw) if f"<{tag}" in b.text.lower()), raw[0])
        report.add("M008", block.place(f"<{tag}"), mark=quoted(f"<{tag}>"), close=f"</{tag}> where it ends")
