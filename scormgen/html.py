"""Raw HTML in Markdown: what it may hold, where its addresses lead, and whether its tags are closed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple

from scormgen.blocks import Block
from scormgen.diagnostics import Report, quoted
from scormgen.scan import without_comments

_TAG = re.compile(r"<[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_OPEN_TAG = re.compile(r"</?[A-Za-z][^\s>]*")
_PARTS = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)>""")
_ATTRIBUTE = re.compile(r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'<>=`]+)))?""")
_START = re.compile(r"</?[A-Za-z][\w-]*")
_DECLARATION = re.compile(r"<[!?][\w\[]*")
_TAG_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_ADDRESS = re.compile(
    r"""(\s(?P<name>src|href|poster)\s*=\s*)(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'<>=`]+))""", re.I
)
_VALUED = re.compile(r"""[^\s"'>/=]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
# Attributes that have no value; M020 reports `markdown`.
_BARE = frozenset(
    "alt autoplay compact controls default disabled download hidden inert ismap itemscope loop markdown muted nowrap open playsinline reversed".split()  # noqa: SIM905
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
# The other elements of HTML that show what they hold, obsolete ones that browsers still show, and those of SVG and MathML.
_KNOWN = frozenset(
    """
    a abbr acronym address area article aside audio b bdi bdo big blockquote br caption center cite code col colgroup data dd
    del details dfn dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd label
    legend li map mark meter nav nobr ol output p picture pre progress q rb rp rt rtc ruby s samp search section small source span
    strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr
    svg g path circle ellipse rect line polyline polygon text tspan textpath defs desc use symbol marker mask pattern clippath
    lineargradient radialgradient stop filter image
    math maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle
    msub msubsup msup mtable mtd mtext mtr munder munderover semantics annotation
    """.split()  # noqa: SIM905
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Tags whose end may be left out; HTML closes them by itself.
_OPTIONAL = frozenset(
    ["li", "p", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "rt", "rp", "colgroup"]
)

_FORMS = "use the Markdown forms of the author's guide; where it is only text, put it into a code span"
_TABS = "write <!-- tabs -->, a heading for each tab, and <!-- /tabs -->"
_QUESTION = "write a heading ### Q: …, and below it the options as - [x] and - [ ]"
_CALLOUT = "write > [!NOTE] on a line of its own, and > before each line of its text"
# What to write for elements that other tools have.
_INSTEAD = {
    "tabs": _TABS, "tab": _TABS, "tabitem": _TABS, "quiz": _QUESTION, "question": _QUESTION, "answer": _QUESTION, "option": _QUESTION,
    "admonition": _CALLOUT, "callout": _CALLOUT, "note": _CALLOUT, "tip": _CALLOUT, "warning": _CALLOUT,
}  # fmt: skip

# (attribute, address) -> the address to write, or None where a problem was added.
Resolve = Callable[[str, str], str | None]


def rewrite_html(html: str, block: Block, resolve: Resolve, report: Report) -> str:
    """Raw HTML without comments and with its addresses resolved; adds M008, M010 and M012 for what a course cannot hold."""

    def tag(found: re.Match[str]) -> str:
        text = found[0]
        name = _TAG_NAME.match(text)
        if name and name[1].lower() in _REFUSED_TAGS:
            report.add("M010", block.place(text.partition("\n")[0]), tag=quoted(f"<{name[1]}>"))
        elif name and text[name.end() :].startswith(":") and _is_from_word(block, report):
            pass  # a picture or formula of Word, which M015 has
        elif name and name[1].lower() not in _KNOWN:
            hint = _INSTEAD.get(name[1].lower(), _FORMS)
            report.add("M012", block.place(text.partition("\n")[0]), tag=quoted(f"<{name[1]}>"), hint=hint)
        elif name and "={" in text:
            pass  # M016 has it
        elif name and (loose := _loose_words(text)):
            start = block.place(f"<{name[1]}")
            close = "> where the tag ends; a < that is text is written &lt;"
            report.add("M008", start, mark=quoted(f"<{name[1]} {loose}"), close=close)
        elif refused := _REFUSED_ATTRIBUTE.search(text):
            report.add("M010", block.place(refused["name"]), tag=f"the attribute {quoted(refused['name'])}")
        return _ADDRESS.sub(address, text)

    def address(found: re.Match[str]) -> str:
        value = unescape(next(v for v in (found["a"], found["b"], found["c"], "") if v is not None))
        resolved = resolve(found["name"].lower(), value)
        return f'{found[1]}"{escape(value if resolved is None else resolved)}"'

    html = without_comments(html)
    _check_ends(html, block, report)
    return _TAG.sub(tag, html)


def _is_from_word(block: Block, report: Report) -> bool:
    place = block.source.path, block.line
    return any(p.code == "M015" and (p.place.path, p.place.line) == place for p in report.problems)


def _loose_words(tag: str) -> str:
    """What stands in a tag and is no attribute: text that was meant to come after it."""
    rest = _VALUED.sub(" ", re.sub(r"^<[\w-]+|/?>$", " ", tag))
    return " ".join(word for word in rest.split() if word.lower() not in _BARE)


def _check_ends(html: str, block: Block, report: Report) -> None:
    """Adds M008 and M012 for what would hide all that comes after it: a comment or tag without its end, `<?php`, `<!DOCTYPE`."""
    rest = re.sub(r"</[A-Za-z][^<>]*>", "", _TAG.sub("", html))
    if "<!--" in rest:
        report.add("M008", block.place("<!--"), mark=quoted("<!--"), close="--> where the comment ends")
    elif found := _DECLARATION.search(rest):
        report.add("M012", block.place(found[0]), tag=quoted(found[0]), hint=_FORMS)
    elif found := _OPEN_TAG.search(rest):
        report.add("M008", block.place(found[0]), mark=quoted(found[0]), close="> where the tag ends")


class Tag(NamedTuple):
    """A tag as it is written: its name in small letters, where its attributes are, and which end of an element it is."""

    name: str
    attributes: str
    is_end: bool
    is_empty: bool  # <br/>

    def values(self) -> dict[str, str]:
        """The values of its attributes, by their names in small letters; '' for one without a value."""
        found = [
            (one["name"].lower(), one["a"] or one["b"] or one["c"] or "")
            for one in _ATTRIBUTE.finditer(self.attributes)
        ]
        return {name: unescape(value) for name, value in reversed(found)}  # the first of a name counts


def find_tags(html: str) -> Iterator[Tag]:
    """The tags of HTML, without those in comments."""
    for found in _PARTS.finditer(without_comments(html)):
        attributes = found["attributes"]
        yield Tag(found["name"].lower(), attributes, bool(found["end"]), attributes.endswith("/"))


class _Balance:
    """The elements that are open, and what is wrong with them."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()  # of those that are open
        self.stray: list[str] = []
        self.unclosed: list[str] = []
        self.unknown: set[str] = set()  # which M012 has reported

    def start(self, tag: str) -> None:
        if tag not in _KNOWN:
            self.unknown.add(tag)
        elif tag not in _VOID:
            self.open.append(tag)
            self.counts[tag] += 1

    def end(self, tag: str) -> None:
        if tag in _VOID or tag in self.unknown:
            return
        if not self.counts[tag]:
            if tag != "p":
                self.stray.append(tag)
            return
        self.counts[tag] -= 1
        while (last := self.open.pop()) != tag:
            self.counts[last] -= 1
            self.unclosed.append(last)


def check_balance(html: str, raw: Sequence[Block], report: Report) -> None:
    """Adds M008 and M009 for the tags of raw HTML in `html` that are not closed, or close nothing, each once."""
    balance = _Balance()
    for tag in find_tags(html):
        if tag.is_end:
            balance.end(tag.name)
        elif not tag.is_empty:
            balance.start(tag.name)
    left = [tag for tag in (*balance.unclosed, *reversed(balance.open)) if tag not in _OPTIONAL]
    starts = dict.fromkeys([*(f"</{tag}" for tag in balance.stray), *(f"<{tag}" for tag in left)])
    blocks = _blocks_by_start(raw) if starts else {}
    reported = False
    for start in starts:
        block = blocks.get(start)
        if block is None and reported:
            continue  # an element of ours, which another tag has closed
        place, reported = (block or raw[0]).place(start), True
        if start.startswith("</"):
            report.add("M009", place, tag=quoted(f"{start}>"))
        else:
            report.add("M008", place, mark=quoted(f"{start}>"), close=f"</{start[1:]}> where it ends")


def _blocks_by_start(raw: Sequence[Block]) -> dict[str, Block]:
    """The last block that each beginning of a tag stands in, such as `<b` or `</b`."""
    return {start.lower(): block for block in raw for inner in block.walk() for start in _START.findall(inner.text)}
