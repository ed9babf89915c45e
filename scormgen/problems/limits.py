"""How large input may be: anything larger is an error, and is not processed further.

The time of some Markdown steps grows with the square of a paragraph's length or marks, so a short file could keep a
build busy for hours. The limits are far above what a course needs (docs/authors.md lists them). None is a time limit,
which would depend on the machine.
"""

from __future__ import annotations

TEXT_BYTES = 8 * 1024 * 1024  # of a file that is read as text
SOURCE_BYTES = 400_000  # of a file of Markdown or YAML: some 60,000 words
VALUES = 5_000  # keys and values of a YAML file
TEXT = 20_000  # characters of a paragraph, a heading, a table's cell, an option
RAW = 100_000  # characters of a code block or a block of HTML
MARKS = 500  # characters of a paragraph that may begin or end a mark
OPEN = 10  # brackets that are open at the same time
TOKENS = 120_000  # marks of blocks in a file: an item of a list has five, with those of its paragraph
NESTING = 60  # blocks in blocks
INCLUDES = 500  # snippets in a file, with those in snippets
CHAIN = 20  # snippets in snippets
PROBLEMS = 500  # unknown names of a run for which the nearest known one is searched

_SIGNS = "!&*<@[\\]^_`{|}~"


def excess(text: str) -> str:
    """Which limit inline Markdown exceeds, in words; '' if none."""
    if len(text) > TEXT:
        return f"it has {len(text):,} characters, and may have {TEXT:,}"
    if len(text) > MARKS and (marks := count_marks(text)) > MARKS:
        return f"it has {marks:,} marks such as * and [, and may have {MARKS:,}"
    if text.count("[") > OPEN and _most_open(text) > OPEN:
        return f"more than {OPEN} brackets are open at the same time"
    return ""


def shorten(text: str) -> str:
    """The beginning of a text that exceeds a limit, without marks, so that further steps take no time."""
    return "".join(sign for sign in text[:80] if sign not in _SIGNS).strip() or "…"


def count_marks(text: str) -> int:
    """The characters of a text that may begin or end a mark."""
    return sum(map(text.count, _SIGNS))


def _most_open(text: str) -> int:
    """The most square brackets, or addresses in round ones, that are open at the same time."""
    square = round_ = most = 0
    before = ""
    for sign in text:
        match sign:
            case "[":
                square += 1
            case "]":
                square -= square > 0
            case "(" if before == "]" or round_:
                round_ += 1
            case ")":
                round_ -= round_ > 0
        most = max(most, square, round_)
        before = sign
    return most
