"""The marks of question syntax (boxes, arrows, gaps, notes), and text that only looks like them.

The kinds read the marks; `near.py` reports the near-forms.
"""

from __future__ import annotations

import re

from scormgen.model.blocks import Block
from scormgen.text import mask_code

LABELS = ("hint", "correct", "wrong", "explanation")  # of notes
BOX = re.compile(r"\[(?P<mark>[ xX])\](?:[ \t]+|$|\n)")
ARROW = re.compile(r"(?:^|(?<=\s))->(?=\s|$)")
GAP = re.compile(r"\\?\[\\?\[(?P<answers>[^\[\]]*?)\\?\]\\?\]")  # formatters add the backslashes

_SPACE = r"[ \t\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]"
TICKS = "xXхХ✓✔☑✗✘✕✖×√☒*·•"  # the third and fourth are Cyrillic
_OPEN, _END = r"\\?[\[［【]", r"\\?[\]］】]"
_CLOSE, _BLANK = rf"{_END}(?![(\[])", rf"{_OPEN}{_SPACE}*{_END}"  # a link with a text is not a box
_BULLET = rf"(?:\\?(?:-{{1,3}}|[+*])|[•·▪●◦–—−‐‑－]|\d{{1,9}}\\?[.)]){_SPACE}*"
# With any one character in a square box, or with a tick (or nothing) alone.
_SQUARE = rf"{_BLANK}|{_OPEN}{_SPACE}*(?:[^\s\[\]\\()^]|xx|ok|OK)?{_SPACE}*{_CLOSE}"
_TICKED = rf"{_BLANK}|{_OPEN}{_SPACE}*[{re.escape(TICKS)}]?{_SPACE}*{_CLOSE}"
_ROUND = rf"[(（]{_SPACE}*[{re.escape(TICKS)}]?{_SPACE}*[)）]"
_BALLOT = "[☐☑☒]"
_TICKED_BOX = re.compile(_TICKED)
_NEAR_BOX = re.compile(rf"{_SQUARE}|{_ROUND}|{_BALLOT}")
_NEAR_ARROW = re.compile(r"-{2,}\\?>|=+\\?>|[–—−]\\?>|->|-\\>|-&gt;|[→⇒➔➜⟶⇨]|(?<=\s)-\s+>(?=\s)")
# A line of text, code or HTML that was meant as an option. Without a bullet only a box with a tick or nothing counts.
NEAR_OPTION = re.compile(
    rf"{_SPACE}*(?:{_BULLET}(?P<box>{_SQUARE}|{_ROUND}|{_BALLOT}|\\?\[[xX ]?(?={_SPACE}+\w))"
    rf"|(?P<bare>{_TICKED}|{_ROUND}(?={_SPACE})|{_BALLOT}))"
)
# The same for an item of a list without boxes, on a line that continues another item.
NEAR_ITEM = re.compile(r"[ \t]*(?:[-+](?=[^\W\d_])|\*(?=[^\W_][^*]*$)|[•▪●◦])")
NEAR_NUMBER = re.compile(r"[ \t]*(?:\d{1,2}[ \t]?[.)](?!\d)|\(\d{1,2}\))[ \t]*(?=\S)")
HALF_GAP = re.compile(r"\\?\[\\?\[|\\?\]\\?\]")


def has_image(text: str) -> bool:
    """Whether inline text has a picture; used where only text can be shown."""
    return "![" in mask_code(text)


def first_text(item: Block) -> str:
    """The Markdown of a list item's first paragraph."""
    return item.children[0].text if item.children and item.children[0].kind == "paragraph" else ""


def near_box(text: str) -> re.Match[str] | None:
    """The start of a list item's text, if it was meant as a box but is not one."""
    return None if BOX.match(text) else _NEAR_BOX.match(text)


def near_check(text: str) -> re.Match[str] | None:
    """The same outside a question, where only a tick or nothing in brackets counts."""
    return None if BOX.match(text) else _TICKED_BOX.match(text)


def near_arrow(text: str) -> re.Match[str] | None:
    """The characters that were meant as an arrow, in a text without one."""
    masked = mask_code(text)
    return None if ARROW.search(masked) else _NEAR_ARROW.search(masked)
