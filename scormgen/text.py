"""Strings: searching for spans such as code between back-ticks in linear time, quoting, similar names, slugs.

A regular expression with `.*?` searches the whole rest of a text for the end of each opener without an end. Here, a
missing end is searched only once.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_TICKS = re.compile("`+")
_COMMENT, _COMMENT_END = re.compile("<!(?=--)"), re.compile("-->")  # <!--> is a comment, too


class Found(NamedTuple):
    """A span: the match of its opener, and where its closer begins and ends."""

    opener: re.Match[str]
    close: int
    end: int


def delimited(
    text: str, opener: re.Pattern[str], closer: Callable[[re.Match[str]], re.Pattern[str] | None]
) -> Iterator[Found]:
    """The spans from `opener` to the pattern that `closer` returns for it; if it returns None, the opener is a span by
    itself.

    An opener without an end is skipped, except that another opener may begin at its second character.
    """
    missing: set[re.Pattern[str]] = set()
    start = 0
    while match := opener.search(text, start):
        pattern = closer(match)
        if pattern is None:
            yield Found(match, match.end(), match.end())
            start = max(match.end(), start + 1)
            continue
        close = None if pattern in missing else pattern.search(text, match.end())
        if close:
            yield Found(match, *close.span())
            start = close.end()
        else:
            missing.add(pattern)
            start = match.start() + 1


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where HTML comments begin and end."""
    if "<!--" in text:
        yield from ((span.opener.start(), span.end) for span in delimited(text, _COMMENT, lambda _: _COMMENT_END))


def without_comments(html: str) -> str:
    """HTML without its comments."""
    parts: list[str] = []
    last = 0
    for start, end in comments(html):
        parts.append(html[last:start])
        last = end
    return "".join((*parts, html[last:])) if parts else html


@lru_cache(maxsize=256)
def ticks(count: int) -> re.Pattern[str]:
    """A pattern for a run of exactly this many back-ticks."""
    return re.compile(f"(?<!`){'`' * count}(?!`)")


def code_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """The code spans of inline Markdown: where each begins, where it ends, and its number of back-ticks.

    As in Python-Markdown: a run of back-ticks without an equal run after it may be a shorter run, with the other
    back-ticks in the code.
    """
    missing: set[int] = set()
    start = 0
    while run := _TICKS.search(text, start):
        start = run.end()
        for count in range(len(run[0]), 0, -1):
            if count in missing:
                continue
            close = ticks(count).search(text, run.end())
            if close:
                yield run.start(), close.end(), count
                start = close.end()
                break
            missing.add(count)


def mask_code(text: str) -> str:
    """Inline text of the same length, with code spans blanked out, because nothing in them is syntax."""
    if "`" not in text:
        return text
    return replace_code(text, lambda start, end, _: "\0" * (end - start))


def replace_code(text: str, replace: Callable[[int, int, int], str]) -> str:
    """Text with its code spans replaced; each span has a start, an end and a number of back-ticks."""
    parts: list[str] = []
    last = 0
    for start, end, count in code_spans(text):
        parts += text[last:start], replace(start, end, count)
        last = end
    return "".join((*parts, text[last:]))


# Control characters, halves of surrogate pairs (which stand for bytes that are no UTF-8), and what is no character at
# all.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
SLASHES = "write / between the names of folders, on Windows too"
NEAR = "did you mean "  # the start of a hint with a similar name
_LONGEST_NAME = 200  # characters: for longer names no similar one is searched
_NAMED = 40  # known names that a hint lists


def quoted(value: object) -> str:
    """An author's text inside a message: on one line, cut if long, in quotation marks."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= 80 else text[:79] + '…'}”"


# Terminals execute C0 and C1 controls, and bidirectional controls change how text looks; half a surrogate pair cannot
# be encoded.
_HIDDEN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
UNPRINTABLE = re.compile(f"[{_HIDDEN}]")
# The start of a line that GitHub's runners take for a command, whoever wrote it.
_COMMAND = re.compile(r"^([ \t]*)(::|##\[)", re.MULTILINE)


def visible(text: object, *, lines: bool = False) -> str:
    """Text from others, safe for a terminal: control characters are shown, as `\\x1b`; line ends too, unless `lines`
    allows several.
    """
    shown = UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), str(text))
    return _COMMAND.sub(r"\1\\\2", shown) if lines else shown.replace("\n", "\\n")


def size_words(count: int) -> str:
    """A number of bytes, for people."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.0f} kB"


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint with the known word most similar to `word`, otherwise `otherwise`, otherwise all known words."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6) if len(word) <= _LONGEST_NAME else []
    if near:
        return f"{NEAR}{near[0]}?"
    return otherwise or known_names(names)


def known_names(names: Sequence[str]) -> str:
    return f"known: {', '.join(names[:_NAMED])}{' …' if len(names) > _NAMED else ''}"


def slug(text: str, most: int = 100) -> str:
    """Text as an id: lower-case ASCII letters, digits and single hyphens; cut between words at `most` characters.

    Empty if no character can be kept.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")
    if len(words) > most:
        words = words[: most + 1].rpartition("-")[0] or words[:most]
    return words if words and words[0].isalpha() else f"n{words}" if words else ""


# What spreadsheets take for the start of a formula: also after a tab or line end, and in the full-width forms of Asian
# keyboards.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def safe_cell(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_cell(cell: str) -> str:
    """The text of a cell made by `safe_cell`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
