"""Minifies a style sheet without changing its meaning, and finds the places where a browser would ignore part of it.

The minifier works on the tokens of CSS Syntax Level 3 and does not interpret properties, selectors or at-rules, so it
also works with future CSS. It removes comments, joins white space, and removes it beside braces and semicolons.
Minifiers that rewrite rules were tried and were not safe: rcssmin removes the space in `.a :is(.b)`, tdewolff-minify
drops `unicode-range: U+26`, Lightning CSS reorders `@layer`. A test compares the rules of both sheets in Chromium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import dropwhile
from typing import Any, NamedTuple

import tinycss2

Node = Any  # tinycss2 has no types
_END = "\3"  # a character that no source file has; it shows which block is still open at the end
_BRACES, _OPENING = "{} block", {"() block": "(", "[] block": "[", "{} block": "{"}
_SPACE = ("whitespace", "comment")
_BAD_TOKENS = {
    "bad-string": "a quotation mark is missing at the end of this text",
    "eof-in-string": "a quotation mark is missing at the end of this text",
    "bad-url": "this url( ) cannot be read: put its address in quotation marks",
    "eof-in-url": "this url( is never closed",
}


class Fault(NamedTuple):
    """Something that a browser would ignore. Line and column are 1-based."""

    line: int
    column: int
    why: str


class Sheet(NamedTuple):
    """A style sheet as it is packed: ASCII, so that a wrong charset from a server has no effect."""

    text: str
    faults: tuple[Fault, ...]


@lru_cache(maxsize=16)
def minify(text: str) -> Sheet:
    """Makes a style sheet smaller and finds its syntax errors (CSS Syntax Level 3, "parse a stylesheet").

    `text` has `\\n` line ends and no control characters. If there are faults, the text of the result must not be used.
    """
    try:
        return _minify(text)
    except RecursionError:
        return Sheet("", (Fault(1, 1, "blocks or brackets are nested too deeply in this style sheet"),))
    except ValueError:  # from Python, which does not parse numbers of more than 4,300 digits
        return Sheet("", (Fault(1, 1, "a number in this style sheet has too many digits"),))


def is_readable(text: str) -> bool:
    """Whether a style sheet can be parsed; the parser recurses as deep as the brackets."""
    sheet = minify(text)
    return bool(sheet.text) or not sheet.faults


def _minify(text: str) -> Sheet:
    nodes = tinycss2.parse_component_value_list(f"{text}\n{_END}")
    unclosed = _unclosed(nodes)
    writer = _Writer()
    small = writer.statements([node for node in nodes if not _is_literal(node, _END)], inside=False)
    faults = sorted(writer.faults)
    broken = next((fault for fault in faults if fault.why in _BAD_TOKENS.values()), None)
    if unclosed and broken:  # after a missing quotation mark, the end of a block is part of the string
        faults = [fault for fault in faults if fault <= broken]
    elif unclosed:  # what comes after it was read as part of it
        faults = [*(fault for fault in faults if fault < unclosed), unclosed]
    small = re.sub(r"[^\0-\x7f]", lambda found: f"\\{ord(found[0]):x} ", small)
    return Sheet(small, tuple(faults))


def _unclosed(nodes: list[Node]) -> Fault | None:
    """The innermost block, function or comment that the end of the sheet is in."""
    last: Node = None
    while nodes and not _is_literal(nodes[-1], _END):
        last = nodes[-1]
        nodes = last.arguments if last.type == "function" else getattr(last, "content", None) or []
    if last is None or last.type == "error":  # this is reported as another fault
        return None
    start = "/*" if last.type == "comment" else f"{last.name}(" if last.type == "function" else _OPENING[last.type]
    return Fault(last.source_line, last.source_column, f"{start} is never closed")


@dataclass(slots=True)
class _Writer:
    """Writes statements, and collects their faults."""

    faults: list[Fault] = field(default_factory=list)

    def statements(self, nodes: list[Node], *, inside: bool) -> str:
        """Rules and declarations. `inside`: within a block, where declarations are allowed."""
        small = "".join(self._statement(statement, inside=inside) for statement in _split(nodes, inside=inside))
        return small.removesuffix(";") if inside else small  # another sheet may follow

    def _statement(self, nodes: list[Node], *, inside: bool) -> str:
        at_rule = nodes[0].lower_value if nodes[0].type == "at-keyword" else ""
        self._examine(nodes)
        if nodes[-1].type != _BRACES or (inside and _is_custom(nodes)):
            return f"{_write(nodes)};" if at_rule else self._declaration(nodes, inside=inside)
        prelude, body = nodes[:-1], nodes[-1]
        if not prelude:
            self._fault(body, "a selector is missing before {")
        elif inside and len(prelude) > 2 and _is_named(prelude) and prelude[2].type in _SPACE:
            self._fault(nodes[0], f"a semicolon is missing after the value of {nodes[0].value}")
        return f"{_write(prelude)}{{{self.statements(body.content, inside=True)}}}"

    def _declaration(self, nodes: list[Node], *, inside: bool) -> str:
        name, rest = nodes[0], list(dropwhile(_is_space, nodes[1:]))
        value = rest[1:]
        words = [node for node in value if not _is_space(node)]
        colon = next((i for i, node in enumerate(words) if _is_literal(node, ":")), None)
        if name.type == "error" or _END in tinycss2.serialize(nodes[-1:]):
            pass  # already reported: a bracket too many, or one that is never closed
        elif not inside:
            self._fault(name, f"{_excerpt(nodes)} is outside a rule")
        elif not _is_named([name, *rest]):
            self._fault(name, f"{_excerpt(nodes)} is not a property, a colon and a value")
        elif _is_custom([name, *rest]):  # its value is kept as it is, with white space
            return f"{name.value}:{tinycss2.serialize(value).strip()};"
        elif not words:
            self._fault(name, f"{name.value} has no value")
        elif colon is not None:  # no value has a colon outside brackets
            culprit = words[max(colon - 1, 0)]
            self._fault(culprit, f"a semicolon is missing before {tinycss2.serialize([culprit])}")
        return f"{tinycss2.serialize([name])}:{_write(value)};"

    def _examine(self, nodes: list[Node]) -> None:
        """Notes bad tokens, also in brackets; a block in braces is examined by its own statements."""
        for node in nodes:
            if node.type == "error":
                self._fault(node, _BAD_TOKENS.get(node.kind, f"there is one {node.kind} too many"))
            elif node.type == "function":
                self._examine(node.arguments)
            elif node.type in _OPENING and (node.type != _BRACES or _is_custom(nodes)):
                self._examine(node.content)

    def _fault(self, node: Node, why: str) -> None:
        self.faults.append(Fault(node.source_line, node.source_column, why))


def _split(nodes: list[Node], *, inside: bool) -> Iterator[list[Node]]:
    """Statements, without white space around them: each ends at a semicolon or with a block in braces."""
    statement: list[Node] = []
    for node in nodes:
        ends = _is_literal(node, ";")
        if not ends and (statement or not _is_space(node)):
            statement.append(node)
        if statement and (ends or (node.type == _BRACES and not (inside and _is_custom(statement)))):
            yield _bare(statement)
            statement = []
    if statement:
        yield _bare(statement)


def _bare(statement: list[Node]) -> list[Node]:
    """A statement without white space at its end."""
    return list(dropwhile(_is_space, statement[::-1]))[::-1]


def _is_space(node: Node) -> bool:
    return node.type in _SPACE


def _is_literal(node: Node, text: str) -> bool:
    return bool(node.type == "literal" and node.value == text)


def _is_named(nodes: list[Node]) -> bool:
    """Whether a statement begins as a declaration does: a name and a colon."""
    return len(nodes) > 1 and nodes[0].type == "ident" and _is_literal(nodes[1], ":")


def _is_custom(nodes: list[Node]) -> bool:
    """Whether a statement sets a custom property, whose value may be anything, braces too."""
    rest = list(dropwhile(_is_space, nodes[1:3]))
    return nodes[0].type == "ident" and nodes[0].value.startswith("--") and bool(rest) and _is_literal(rest[0], ":")


def _write(nodes: list[Node]) -> str:
    """Values, selectors and conditions: without comments, and with single spaces."""
    return re.sub(r"^ | $", "", tinycss2.serialize(list(_spaced(nodes))))


def _spaced(nodes: list[Node]) -> Iterator[Node]:
    gap = False
    for node in nodes:
        if node.type == "comment":
            continue
        if node.type == "whitespace":
            if not gap:
                yield tinycss2.ast.WhitespaceToken(node.source_line, node.source_column, " ")
            gap = True
            continue
        gap = False
        if node.type == "function":
            node = tinycss2.ast.FunctionBlock(
                node.source_line, node.source_column, node.name, list(_spaced(node.arguments))
            )
        elif node.type in ("() block", "[] block"):
            node = type(node)(node.source_line, node.source_column, list(_spaced(node.content)))
        yield node


def _excerpt(nodes: list[Node]) -> str:
    text = " ".join(tinycss2.serialize(nodes).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
