"""Raw HTML in Markdown: what it may hold, where its addresses lead, and whether its tags are closed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape, unescape

from scormgen.model.blocks import Block
from scormgen.problems.report import Place, Report
from scormgen.reading.ids import rename_ids
from scormgen.reading.tags import ANY_TAG, Attribute, attributes, rewrite
from scormgen.rendering.allowed import ELEMENTS, FOREIGN, RESOLVED, is_refused, refuse_attributes
from scormgen.rendering.links import OPENS_TAB, Link
from scormgen.text import quoted, without_comments

# What begins a tag for a browser, whether or not it is one by the grammar.
_MARK = re.compile(r"<(?:/?[A-Za-z][^\s<>]*|[!?][\w\[-]*|/)")
_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_LOOKED_AT = 500  # characters of what may be a tag of JSX, which M016 reports
# A tag, whether or not it is one by the grammar: one of JSX opens an element, too.
_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][^\s/<>]*)(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_START = re.compile(r"</?[A-Za-z][\w-]*")
# Attributes that have no value.
_BARE = frozenset(
    "alt autoplay compact controls default disabled download hidden inert ismap itemscope loop markdown muted nowrap"
    " open playsinline reversed".split()
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Tags whose end may be left out; HTML closes them by itself.
_OPTIONAL = frozenset(
    ["li", "p", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "rt", "rp", "colgroup"]
)

_FORMS = "use the Markdown features of the guide for authors; if it is only text, put it in a code span"
_TABS = "write <!-- tabs -->, a heading for each tab, and <!-- /tabs -->"
_QUESTION = "write a heading ### Q: …, and below it the options as - [x] and - [ ]"
_CALLOUT = "write > [!NOTE] on a line of its own, and > before each line of its text"
# What to write for elements that other tools have.
_INSTEAD = {
    "tabs": _TABS,
    "tab": _TABS,
    "tabitem": _TABS,
    "quiz": _QUESTION,
    "question": _QUESTION,
    "answer": _QUESTION,
    "option": _QUESTION,
    "admonition": _CALLOUT,
    "callout": _CALLOUT,
    "note": _CALLOUT,
    "tip": _CALLOUT,
    "warning": _CALLOUT,
}

_LEADS_AWAY = ("a", "area")
# (attribute, address) -> the address to write, or None if a problem was added.
Resolve = Callable[[str, str], Link | None]


def rewrite_html(html: str, block: Block, resolve: Resolve, names: Mapping[str, str], report: Report) -> str:
    """Raw HTML without comments, with its addresses resolved and the ids of `names` renamed; links leave the course
    open.

    Adds M008 to M012 and M026 for what a course cannot hold.
    """
    html = without_comments(html)
    _check_marks(html, block, report)

    def tag(found: re.Match[str]) -> str:
        if not found["tag"]:
            return found[0]
        _check_tag(found, block, report)
        rename, given = rename_ids(found, names), {one.name: one.value for one in reversed(list(attributes(found)))}

        def change(attribute: Attribute) -> Mapping[str, str] | None:
            if attribute.name not in RESOLVED or attribute.value is None:
                return rename(attribute)
            link = resolve(attribute.name, unescape(attribute.value))
            if link is None:
                return None
            opening = _opening(given, link) if found["tag"].lower() in _LEADS_AWAY else {}
            return {attribute.name: link.href, **opening}

        return rewrite(found, change)

    return ANY_TAG.sub(tag, html)


def _opening(given: Mapping[str, str | None], link: Link) -> Mapping[str, str]:
    """The attributes of `link.opening` that an author's link lacks; none if it has its own target."""
    if "target" in given and (given["target"] or "").lower() != OPENS_TAB:
        return {}
    return {name: value for name, value in link.opening.items() if name not in given}


def note_new_tabs(parts: Sequence[str], note: str) -> list[str]:
    """The raw HTML of a page in its order, with a note for screen readers in each link that opens a new tab, as
    Markdown's have it.
    """
    opens, drawings = False, 0

    def tag(found: re.Match[str]) -> str:
        nonlocal opens, drawings
        name, text = (found["tag"] or found["end"]).lower(), found[0]
        if name == "svg" and not text.endswith("/>"):
            drawings += 1 if found["tag"] else -1
        if name not in _LEADS_AWAY:
            return text
        ended = opens and found["end"]
        opens = bool(found["tag"]) and _opens_tab(found)
        if opens:
            return rewrite(found, lambda one: _in_new_tab(one, note))
        if not ended:
            return text
        # In a drawing, HTML would end it.
        inner = (
            f"<desc>{escape(note)}</desc>" if drawings else f'<span class="sg-visually-hidden"> {escape(note)}</span>'
        )
        return f"{inner}{text}"

    return [ANY_TAG.sub(tag, part) for part in parts]


def _opens_tab(tag: re.Match[str]) -> bool:
    """Whether the start tag of a link says that it opens in a new tab."""
    given = {one.name: one.value or "" for one in attributes(tag)}
    return "href" in given and given.get("target", "").lower() == OPENS_TAB


def _in_new_tab(attribute: Attribute, note: str) -> Mapping[str, str] | None:
    """What an author's attribute becomes in a link that opens a new tab: the note in the text of an <area>, a `rel`
    that cuts the tab off.
    """
    value = unescape(attribute.value or "")
    if attribute.name == "rel":
        kept = [word for word in value.split() if word.lower() != "opener"]
        return {"rel": " ".join(dict.fromkeys([*kept, "noopener", "noreferrer"]))}
    return {"alt": f"{value} {note}"} if attribute.name == "alt" else None


def _check_tag(found: re.Match[str], block: Block, report: Report) -> None:
    """Adds M010, M012, M026 for an element or attribute that is not in the list of what a course may hold."""
    name, place = found["tag"].lower(), block.place(found[0].partition("\n")[0])
    if _check_name(name, found["tag"], place, block, report) and "={" not in found[0]:  # which M016 has
        given = [(attribute.written, attribute.value) for attribute in attributes(found)]
        loose = [one for one in attributes(found) if one.value is None and one.name not in _BARE]
        if loose:
            close = "> where the tag ends, or write a < that is text as &lt;"
            mark = quoted(found[0][: loose[0].end])
            report.add("M008", block.place(f"<{found['tag']}"), mark=mark, close=close)
        for refusal in refuse_attributes(name, given):
            if refusal.name not in [one.written for one in loose]:
                refusal.tell(block.place(refusal.name), report)


def _check_name(name: str, written: str, place: Place, block: Block, report: Report) -> bool:
    """Whether an element may be in a course; adds M010 or M012."""
    if is_refused(name):
        report.add("M010", place, tag=quoted(f"<{written}>"), hint=f"LMSs may block it; {_FORMS}")
    elif name not in ELEMENTS and not (":" in name and _is_from_word(block, report)):
        report.add("M012", place, tag=quoted(f"<{written}>"), hint=_INSTEAD.get(name, _FORMS))
    return name in ELEMENTS


def _is_from_word(block: Block, report: Report) -> bool:
    """Whether M015 has reported a picture or formula of Word in the block."""
    place = block.source.path, block.line
    return any(p.code == "M015" and (p.place.path, p.place.line) == place for p in report.problems)


def _check_marks(html: str, block: Block, report: Report) -> None:
    """Adds M008, M010 and M012 for what begins a tag and is none by the grammar, and for what would hide all that comes
    after it: a comment without its end, `<?php`, `<!DOCTYPE`."""
    rest = ANY_TAG.sub(" ", html)
    for mark in _MARK.finditer(rest):
        text, place = mark[0], block.place(mark[0])
        if text.startswith("<!--"):
            report.add("M008", block.place("<!--"), mark=quoted("<!--"), close="--> where the comment ends")
            return
        if text[1] in "!?":
            report.add("M012", place, tag=quoted(text), hint=_FORMS)
            return
        name = _NAME.match(text)
        start = rest[mark.start() : mark.start() + _LOOKED_AT].partition(">")[0]
        if (not name or _check_name(name[1].lower(), name[1], place, block, report)) and "={" not in start:
            report.add(
                "M008", place, mark=quoted(text), close="> where the tag ends, or write a < that is text as &lt;"
            )


class _Balance:
    """The elements that are open, and what is wrong with them."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()  # of those that are open
        self.stray: list[str] = []
        self.unclosed: list[str] = []
        self.unknown: set[str] = set()  # which M010 or M012 has reported

    def start(self, tag: str) -> None:
        if tag not in ELEMENTS:
            self.unknown.add(tag)
        elif tag not in _VOID:
            self.open.append(tag)
            self.counts[tag] += 1

    def end(self, tag: str) -> None:
        if tag in self.unknown or tag in _VOID:
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
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if tag["end"]:
            balance.end(name)
        elif not (tag[0].endswith("/>") and name in FOREIGN):  # in HTML itself <div/> is open
            balance.start(name)
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
    """The last block that each beginning of a tag is in, such as `<b` or `</b`."""
    return {start.lower(): block for block in raw for inner in block.walk() for start in _START.findall(inner.text)}
