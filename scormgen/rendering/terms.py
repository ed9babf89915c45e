"""Glossary terms in a page's prose: the first use of each becomes a button that explains it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from scormgen.rendering.engine import AtomicString

# Where a term is marked, and what is left alone inside those.
_IN = ("p", "li", "td", "dd")
_NOT_IN = (
    "a",
    "abbr",
    "button",
    "code",
    "pre",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "summary",
    "figcaption",
    "th",
    "dt",
    "label",
)
# Marks that stand on the same line as the word that they touch.
_OPENING, _CLOSING = "([{¿¡“‘«\"'", ")]}.,;:!?…”’»\"'"


class Terms:
    """Finds the terms of a glossary. An all-capital term is only found as written; others in any case."""

    def __init__(self, glossary: Mapping[str, str]) -> None:
        # Python-Markdown leaves &lt; as it is, and a definition is plain text.
        self._definitions = {_key(term): text.replace("&", "&amp;") for term, text in glossary.items()}
        names = sorted(glossary, key=lambda term: (-len(term), term))
        parts = [re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in names]
        self._pattern = re.compile(rf"(?<![\w/@-])(?:{'|'.join(parts)})(?![\w-])") if parts else None

    def mark(self, page: Element) -> None:
        """Changes the tree of a page in place."""
        if self._pattern:
            self._walk(page, marking=False, seen=set())

    def _walk(self, element: Element, *, marking: bool, seen: set[str]) -> None:
        if element.tag in _NOT_IN:
            return
        marking = marking or element.tag in _IN
        if marking and element.text:
            element.text, made = self._split(element.text, seen)
            for index, button in enumerate(made):
                element.insert(index, button)
        index = 0
        while index < len(element):
            child = element[index]
            index += 1
            if child.get("class") in ("sg-term", "sg-tie"):
                continue
            self._walk(child, marking=marking, seen=seen)
            if marking and child.tail:
                child.tail, made = self._split(child.tail, seen)
                for button in made:
                    element.insert(index, button)
                    index += 1

    def _split(self, text: str, seen: set[str]) -> tuple[str, list[Element]]:
        """Text before the first term, and an element for each term with the text after it."""
        assert self._pattern
        if "\x02" in text or isinstance(text, AtomicString):
            return text, []
        before = text
        made: list[Element] = []
        last = 0
        for found in self._pattern.finditer(text):
            key = _key(found[0])
            if key in seen or key not in self._definitions:
                continue
            seen.add(key)
            head, tail = text[last : found.start()], text[found.end() :]
            opening = head[len(head.rstrip(_OPENING)) :]
            closing = tail[: len(tail) - len(tail.lstrip(_CLOSING))]
            head = head.removesuffix(opening)
            if made:
                made[-1].tail = head
            else:
                before = head
            made.append(_tie(opening, self._button(found[0], key), closing))
            last = found.end() + len(closing)
        if made:
            made[-1].tail = text[last:]
        return before, made

    def _button(self, term: str, key: str) -> Element:
        attributes = {
            "type": "button",
            "class": "sg-term",
            "data-module": "term",
            "data-definition": self._definitions[key],
            "aria-expanded": "false",
        }
        button = Element("button", attributes)
        button.text = term
        return button


def _tie(opening: str, button: Element, closing: str) -> Element:
    """The button with the marks that touch it: a line may break beside any button, even after a bracket."""
    if not opening and not closing:
        return button
    tie = Element("span", {"class": "sg-tie"})
    tie.text, button.tail = opening, closing
    tie.append(button)
    return tie


def _key(term: str) -> str:
    return term if term.isupper() else term.casefold()
