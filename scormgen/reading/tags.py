"""The tags in authors' text, by CommonMark's grammar for raw HTML.

A tag that does not match this grammar is an error, because browsers read it in ways that no expression can follow. A
tag that matches is read by every browser as it is read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import NamedTuple

_NAME = r"[A-Za-z_:][\w.:-]*+"
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]++)"""
# Attributes are matched in turn, so that words in a quoted value are not taken for one.
_ATTRIBUTE = re.compile(rf"\s++(?P<name>{_NAME})(?P<set>\s*+=\s*+(?P<value>{_VALUE}))?+")
_OPEN = rf"<(?P<tag>[A-Za-z][A-Za-z0-9:-]*+)(?P<attributes>(?:\s++{_NAME}(?:\s*+=\s*+{_VALUE})?+)*+)\s*+/?>"
OPEN_TAG = re.compile(_OPEN)
# The start of an element, or its end.
ANY_TAG = re.compile(rf"{_OPEN}|</(?P<end>[A-Za-z][A-Za-z0-9:-]*+)\s*+>")


class Attribute(NamedTuple):
    """An attribute of a tag: its name as it is written and in lower case, its value as it is written (None if it has
    none), and its span in the tag."""

    written: str
    name: str
    value: str | None
    start: int
    end: int


def attributes(tag: re.Match[str]) -> Iterator[Attribute]:
    """The attributes of a start tag that `OPEN_TAG` or `ANY_TAG` has found, in order."""
    offset = tag.start("attributes") - tag.start()
    for match in _ATTRIBUTE.finditer(tag["attributes"]):
        value = match["value"]
        if value is not None and value[:1] in ("'", '"'):
            value = value[1:-1]
        yield Attribute(match["name"], match["name"].lower(), value, match.start("name") + offset, match.end() + offset)


def rewrite(tag: re.Match[str], change: Callable[[Attribute], Mapping[str, str] | None]) -> str:
    """A start tag with each attribute replaced by the result of `change`; attributes for which it returns None stay
    unchanged.
    """
    text, done, parts = tag[0], 0, []
    for attribute in attributes(tag):
        if changed := change(attribute):
            written = " ".join(f'{name}="{escape(value)}"' for name, value in changed.items())
            parts += [text[done : attribute.start], written]
            done = attribute.end
    return "".join([*parts, text[done:]])
